"""The remedy for an expression that cannot be parsed, recognised from characters that other programs and word
processors write."""

from __future__ import annotations

_QUOTES = "‘’‚“”„«»`´′″"
_REMEDIES = (
    ("==", "write one = to compare"),
    ("&&", "write and between two conditions"),
    ("||", "write or between two conditions"),
    ("<>", "write != for is not"),
    ("≠", "write != for is not"),
    ("≥", "write >= for at least"),
    ("≤", "write <= for at most"),
    ("!", "write not(…) to turn a condition round"),
    (";", "write a comma between arguments"),
    ("–", "write a plain - to subtract"),
    ("—", "write a plain - to subtract"),
    ("−", "write a plain - to subtract"),
    ("%", "write mod for what is left of a division"),
)
GENERAL_REMEDY = "check brackets, quotes and operators"


def remedy_at(text: str, at: int) -> str:
    """The remedy for a text that cannot be read from character `at` on."""
    rest, before = text[at:], text[max(at - 1, 0) : at + 1]
    if rest[:1] and rest[0] in _QUOTES:
        return "write straight quotes, ' or \""
    if rest.startswith("/") or (rest[:1].isdigit() and text[:at].rstrip().endswith("/")):
        return "write div to divide"
    for sign, remedy in _REMEDIES:
        if rest.startswith(sign) or before.startswith(sign):
            return remedy
    if rest[:1] in ("'", '"') and rest.count(rest[0]) == 1:
        return f"close the quote with {rest[0]}"
    return GENERAL_REMEDY
