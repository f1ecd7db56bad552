"""Truth values as XForms stores them: 1, 0 or blank. No question asks for one; calculations give them."""

from __future__ import annotations

_TRUE = frozenset({"1", "true"})
_FALSE = frozenset({"0", "false"})


def to_stored_form(text: str) -> str:
    text = text.strip().lower()
    if text in _TRUE:
        return "1"
    return "0" if text in _FALSE else ""
