"""Definition, example and "when not" of a code in the one description that REFI-QDA has, and out of it again."""

from __future__ import annotations

import re
from typing import NamedTuple

from kuule.qualitative.refi_qda.plain_text import writable

_EXAMPLE, _WHEN_NOT = "Example: ", "Not when: "
_LABEL = re.compile(rf"(^|\n\n)(\\*(?:{_EXAMPLE}|{_WHEN_NOT}))")
_SHIELDED = re.compile(rf"(^|\n\n)\\(\\*(?:{_EXAMPLE}|{_WHEN_NOT}))")
_PARTS = re.compile(
    rf"(?P<definition>.*?)(?:(?:^|\n\n){_EXAMPLE}(?P<example>.*?))?(?:(?:^|\n\n){_WHEN_NOT}(?P<when_not>.*))?",
    re.DOTALL,
)


class CodeWording(NamedTuple):
    """What a codebook says of a code beside its name."""

    definition: str = ""
    example: str = ""
    when_not: str = ""


def code_description(wording: CodeWording) -> str:
    """One text of the three. Where a part has a paragraph that begins like a label, a backslash stands before that."""
    parts = [_shield(wording.definition)]
    parts += [f"{_EXAMPLE}{_shield(wording.example)}"] if wording.example else []
    parts += [f"{_WHEN_NOT}{_shield(wording.when_not)}"] if wording.when_not else []
    return "\n\n".join(parts if wording.definition else parts[1:])


def code_wording(description: str) -> CodeWording:
    """The three of a description. One of another program is all definition."""
    found = _PARTS.fullmatch(description)
    if found is None:
        return CodeWording(description)
    return CodeWording(*(_unshield(found[part] or "") for part in CodeWording._fields))


def _shield(part: str) -> str:
    return _LABEL.sub(r"\1\\\2", writable(part))


def _unshield(part: str) -> str:
    return _SHIELDED.sub(r"\1\2", part)
