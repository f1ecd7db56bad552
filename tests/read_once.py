"""What is made of the same bytes again and again is made once in a process of the tests: nothing changes it, and to
make it takes longer than most of what is tried of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")
_KEPT = 64
"""All languages of Kuule, and those of a few studies."""


def by_content(read: Callable[[Path], _T]) -> Callable[[Path], _T]:
    """`read`, which is asked only of bytes that it did not read before. A file that cannot be read is told of each
    time, and one that others write meanwhile is not kept."""
    known: dict[bytes, _T] = {}

    def read_once(path: Path) -> _T:
        digest = _digest(path)
        if (kept := known.get(digest)) is not None:
            return kept
        made = read(path)
        if digest and digest == _digest(path):
            if len(known) >= _KEPT:
                known.clear()
            known[digest] = made
        return made

    return read_once


def _digest(path: Path) -> bytes:
    try:
        return sha256(path.read_bytes()).digest() if path.is_file() else b""
    except OSError:
        return b""


def by_texts(make: Callable[[Iterable[str], str], _T]) -> Callable[[Iterable[str], str], _T]:
    """`make`, of texts in a language, which is asked only of texts that it was not asked of before."""
    of_texts = lru_cache(maxsize=_KEPT)(make)
    return lambda texts, tag: of_texts(tuple(texts), tag)


def by_sheets(convert: Callable[..., Any]) -> Callable[..., Any]:
    """`convert` as `kuule.forms.xlsform.converter` calls it, with what it said the first time for the same sheets."""
    known: dict[str, tuple[Any, list[str]]] = {}

    def converted(sheets: Any, *, warnings: list[str] | None = None, form_name: str = "", **more: Any) -> Any:
        if warnings is None or not form_name or more:  # a test that asks the converter itself
            named = {"form_name": form_name} if form_name else {}
            return convert(sheets, **({} if warnings is None else {"warnings": warnings}), **named, **more)
        asked = repr((sheets, form_name))
        if asked not in known:
            said: list[str] = []
            known[asked] = convert(sheets, warnings=said, form_name=form_name), said
        made, said = known[asked]
        warnings += said
        return made

    return converted
