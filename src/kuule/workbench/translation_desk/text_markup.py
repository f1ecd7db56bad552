"""A text as the desk shows it: always escaped, with invisible characters made visible and changes marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from markupsafe import Markup, escape

_UNSEEN = {
    "\u200e": "LRM", "\u200f": "RLM", "\u061c": "ALM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF",
    "\u202d": "LRO", "\u202e": "RLO", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
    "\u200b": "ZWSP", "\u2060": "WJ", "\ufeff": "BOM", "\u00a0": "NBSP", "\u202f": "NNBSP", "\u00ad": "SHY",
    "\u2028": "LS", "\u2029": "PS",
}  # fmt: skip
"""Invisible characters that turn, join or break a line. Those that a script needs (ZWJ, ZWNJ) are left alone."""
_PIECE = re.compile(r"(\$\{\s*[^{}\s]+\s*\})|([" + "".join(_UNSEEN) + r"\x00-\x08\x0b-\x1f\x7f-\x9f])")
_WORDS = re.compile(r"\s+|[^\s]+")


def mark_up_text(text: str) -> Markup:
    """The text, escaped. Placeholders are kept in one piece, and invisible characters are shown by their names."""
    pieces, end = [], 0
    for match in _PIECE.finditer(text):
        pieces.append(escape(text[end : match.start()]))
        pieces.append(_placeholder(match[1]) if match[1] else _mark(match[2]))
        end = match.end()
    pieces.append(escape(text[end:]))
    return Markup("").join(pieces)


def mark_up_changes(old: str, new: str) -> Markup:
    """The new text with what was removed and what was added, word by word."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    made = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(mark_up_text("".join(after[c:d])))
            continue
        made += [_within("del", before[a:b]), _within("ins", after[c:d])]
    return Markup("").join(made)


def clean_typed_text(text: str, source: str) -> str:
    """What was typed into a field of several lines: with line ends as in a file, without spaces at either end unless
    the source has them, and without characters that no text contains."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", plain)
    return plain.strip() if source == source.strip() else plain


def join_lines(text: str) -> str:
    """A note on a single line of the file, whatever line ends were typed."""
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]", "", text).split())


def _within(tag: str, words: Sequence[str]) -> Markup:
    if not words:
        return Markup("")
    return Markup(f"<{tag}>{{}}</{tag}>").format(mark_up_text("".join(words)))  # noqa: S704 - a tag of ours around what is escaped


def _placeholder(text: str) -> Markup:
    return Markup('<code class="keep" dir="ltr" translate="no">{}</code>').format(text)


def _mark(character: str) -> Markup:
    name = _UNSEEN.get(character, f"U+{ord(character):04X}")
    return Markup('<span class="unseen-mark" dir="ltr" translate="no">{}</span>').format(name)
