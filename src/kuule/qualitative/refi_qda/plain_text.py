"""A text as it is written into a file of its own, and where positions are in it.

Other programs count otherwise where a text has a byte order mark, line ends of two characters, or characters that XML
cannot have. So the file has none of them, and every reader finds the same letter at the same position.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kuule.qualitative.project_model.answer_text import TextSpan

_BYTE_ORDER_MARK, _WORD_JOINER, _REPLACEMENT = "\ufeff", "\u2060", "\ufffd"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PAIR = re.compile("\r\n")


@dataclass(frozen=True, slots=True)
class PlainText:
    """The words as they are written. `pairs` are where the two-character line ends of the text before it began."""

    words: str
    pairs: tuple[int, ...] = ()

    def written_span(self, span: TextSpan) -> TextSpan:
        """Where a span of the text before it is in `words`. Of half a line end, the whole line end is in it."""
        start = span.start - bisect_left(self.pairs, span.start)
        return TextSpan(start, span.end - bisect_right(self.pairs, span.end - 2))

    def read_span(self, span: TextSpan) -> TextSpan:
        """Where a span of `words` is in the text before it."""
        written = [pair - earlier for earlier, pair in enumerate(self.pairs)]
        return TextSpan(span.start + bisect_left(written, span.start), span.end + bisect_left(written, span.end))


def plain_text(words: str) -> PlainText:
    """The text with line ends of one character, a word joiner for each byte order mark (the same to the eye), and a
    replacement character for each control character. Nothing else of it changes; what was written so stays as it is."""
    pairs = tuple(found.start() for found in _PAIR.finditer(words))
    return PlainText(writable(words), pairs)


def writable(words: str) -> str:
    """Words that a text file and XML can have. What was written so stays as it is."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(_REPLACEMENT, lines.replace(_BYTE_ORDER_MARK, _WORD_JOINER))
