"""Memos of the team, and translations of texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.code_entries import CodeId


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a text, on a code, or on the project where both are None. It goes with the text that it is on."""

    memo: str
    words: str
    text: TextId | None = None
    code: CodeId | None = None
    kind: Literal["memo"] = "memo"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.memo)

    @property
    def about_text(self) -> TextId | None:
        return self.text


class TranslationOrigin(StrEnum):
    """Who made a translation of an answer: a person, or a machine whose words nobody has read yet."""

    PERSON = "person"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class AnswerTranslation:
    """A text in another language, for readers of the team. Codes and redactions are on the original."""

    text: TextId
    language: str
    words: str
    origin: TranslationOrigin
    kind: Literal["translation"] = "translation"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.text, self.language)

    @property
    def about_text(self) -> TextId | None:
        return self.text
