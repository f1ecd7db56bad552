"""The characters that one part of a pattern can match, as far as needed to tell whether two parts can match the same
one."""

from __future__ import annotations

import re

_LAST = 0x10FFFF
_NAMED_FROM = _LAST + 1
r"""Classes that are known only by name (`\p{L}`) count as one character each, beyond all code points."""
_NAMED_TO = _NAMED_FROM + 0xFFFF

CodePointRanges = tuple[tuple[int, int], ...]
"""First and last code points, each pair in order."""

_CLASSES: dict[str, CodePointRanges] = {
    "d": ((48, 57),),
    "w": ((48, 57), (65, 90), (95, 95), (97, 122)),
    "s": ((9, 13), (32, 32)),
}
_CONTROLS = {"n": 10, "r": 13, "t": 9, "f": 12, "v": 11, "a": 7}
_POSIX = re.compile(r"\[:(\w+):\]")
_HEX = re.compile(r"\\(?:x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4}))")
_ONE = re.compile(
    r"\[:\w+:\]|\\[pP]\{[^}]*\}|\\[pP].|\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\u\{[0-9A-Fa-f]+\}|\\u[0-9A-Fa-f]{4}|\\.|.",
    re.DOTALL,
)


def have_overlap(one: CodePointRanges, other: CodePointRanges) -> bool:
    """Whether some character is in both."""
    return any(first <= last2 and first2 <= last for first, last in one for first2, last2 in other)


def atom_ranges(text: str) -> CodePointRanges:
    """What a character, an escape, a class or `.` matches."""
    if text == ".":
        return _without(((10, 10),))
    if text.startswith("[") and text.endswith("]"):
        return _of_set(text[1:-1])
    return _of_one(text)


def _of_set(inside: str) -> CodePointRanges:
    negated = inside.startswith("^")
    parts = _ONE.findall(inside[1:] if negated else inside)
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(parts):
        if at + 2 < len(parts) and parts[at + 1] == "-":
            found.append((_of_one(parts[at])[0][0], _of_one(parts[at + 2])[-1][1]))
            at += 3
        else:
            found.extend(_of_one(parts[at]))
            at += 1
    return _without(tuple(found)) if negated else tuple(found)


def _of_one(text: str) -> CodePointRanges:
    number = _HEX.fullmatch(text)
    if number is not None:
        code = min(int(next(group for group in number.groups() if group), 16), _LAST)
        return ((code, code),)
    if _POSIX.fullmatch(text) or text[:2] in ("\\p", "\\P"):
        code = _NAMED_FROM + sum(map(ord, text)) % (_NAMED_TO - _NAMED_FROM)
        return ((code, code),)
    if text.startswith("\\") and len(text) == 2:
        name = text[1]
        if name.lower() in _CLASSES:
            return _CLASSES[name] if name.islower() else _without(_CLASSES[name.lower()])
        return ((_CONTROLS.get(name, ord(name)),) * 2,)
    return ((ord(text[0]),) * 2,)


def _without(ranges: CodePointRanges) -> CodePointRanges:
    left, at = [], 0
    for first, last in sorted(ranges):
        if first > at:
            left.append((at, first - 1))
        at = max(at, last + 1)
    return (*left, (at, _NAMED_TO)) if at <= _NAMED_TO else tuple(left)
