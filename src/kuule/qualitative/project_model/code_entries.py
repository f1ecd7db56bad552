"""The entries of the codebook, and what coders and adjudicators say of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kuule.qualitative.project_model.answer_text import TextId, TextSpan

CodeId = str
"""32 random hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code: its place in the tree, when to use it and when not. `example` is made up and never an answer.

    `names` has (language, name) for readers of other languages, sorted. `codable` is False for a heading that only
    groups others. A code that was `retired` stays in old codings; `merged_into` says which code counts in its place.
    """

    code: CodeId
    name: str
    parent: CodeId | None = None
    definition: str = ""
    example: str = ""
    when_not: str = ""
    colour: str = ""
    codable: bool = True
    retired: bool = False
    merged_into: CodeId | None = None
    names: tuple[tuple[str, str], ...] = ()
    kind: Literal["code"] = "code"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.code)

    @property
    def about_text(self) -> TextId | None:
        return None


@dataclass(frozen=True, slots=True)
class CodedSegment:
    """A code on a span of a text."""

    code: CodeId
    span: TextSpan


@dataclass(frozen=True, slots=True)
class TextCoding:
    """All codes that one coder gave one text, blind to those of others. `done` once the coder is content with it."""

    text: TextId
    role: str
    segments: tuple[CodedSegment, ...]
    done: bool
    kind: Literal["coding"] = "coding"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.text, self.role)

    @property
    def about_text(self) -> TextId | None:
        return self.text


@dataclass(frozen=True, slots=True)
class Adjudication:
    """The codes that a text has after its blind codings were compared, by whoever compared them, and why."""

    text: TextId
    role: str
    segments: tuple[CodedSegment, ...]
    reason: str = ""
    kind: Literal["adjudication"] = "adjudication"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.text, self.role)

    @property
    def about_text(self) -> TextId | None:
        return self.text
