"""Free text: normalised to NFC, without control characters, and no longer than its limit."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import ClassVar

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.violations import Violation, ViolationKind

MAX_LINE_LENGTH = 200
"""The most characters of a single-line text."""
_KEPT_CONTROLS = frozenset("\u200c\u200d\u200e\u200f")
"""Joiners, which Persian, Sinhala and emoji need, and direction marks, which text in mixed directions needs."""
_REMOVED = frozenset({"Cc", "Cf", "Cs", "Co"})


def clean_text(text: str, *, lines: bool) -> str:
    """The text in NFC, without control and invisible format characters. Only with `lines` are line breaks kept, as
    \\n."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (_one(character, lines=lines) for character in unicodedata.normalize("NFC", text))
    return "".join(kept).strip()


def _one(character: str, *, lines: bool) -> str:
    if character == "\n":
        return "\n" if lines else " "
    if character == "\t":
        return " "
    if character in _KEPT_CONTROLS or unicodedata.category(character) not in _REMOVED:
        return character
    return ""


def decode(posted: Sequence[str], *, longest: int, lines: bool) -> str | Violation:
    text = clean_text(posted[0] if posted else "", lines=lines)
    if len(text) > longest:
        return Violation(ViolationKind.TOO_LONG, detail=str(longest))
    return text


class TextType(QuestionType):
    control = Control.TEXT
    value_types = ("string",)
    xlsform_types = ("text",)
    note = "answered in a line of text"
    is_text = True
    lines: ClassVar[bool] = False
    """Whether an answer can have line breaks."""

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted, longest=self.max_length(longest_text), lines=self.lines)

    def max_length(self, longest_text: int) -> int:
        return min(MAX_LINE_LENGTH, longest_text)

    def max_bytes(self, choices: Sequence[str], longest_text: int) -> int:
        return 4 * self.max_length(longest_text)


TEXT = TextType()
