"""What is proposed to be quoted, and what another person decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kuule.qualitative.project_model.answer_text import TextId, TextSpan
from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin

ActId = str
"""32 random hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class QuoteProposal:
    """A span of a text that somebody wants to quote. `number` is what a report writes; `group` names at most one broad
    group, "" for none."""

    quote: str
    number: int
    text: TextId
    span: TextSpan
    role: str
    group: str = ""
    kind: Literal["quote"] = "quote"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.quote)

    @property
    def about_text(self) -> TextId | None:
        return self.text


class QuoteDecision(StrEnum):
    """What became of a proposal."""

    RELEASED = "released"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class QuoteRuling:
    """A decision about a proposal, by another person than its proposer. `based_on` are the acts that were looked at:
    the proposal and the redactions of its text. A ruling on other acts than those in force is stale.

    `answers` are (question, answer) of the re-identification check.
    """

    quote: str
    text: TextId
    role: str
    decision: QuoteDecision
    based_on: tuple[ActId, ...]
    answers: tuple[tuple[str, str], ...] = ()
    kind: Literal["ruling"] = "ruling"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.quote)

    @property
    def about_text(self) -> TextId | None:
        return self.text


@dataclass(frozen=True, slots=True)
class QuoteNumber:
    """Says which quote a number is. It stays when the text of the quote is withdrawn, so that the number is never given
    to another; it says nothing else of it."""

    number: int
    quote: str
    kind: Literal["quote-number"] = "quote-number"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, str(self.number))

    @property
    def about_text(self) -> TextId | None:
        return None


@dataclass(frozen=True, slots=True)
class QuoteTranslation:
    """The redacted words of a quote in another language. `reviewed` once somebody else than its translator has read
    both."""

    quote: str
    text: TextId
    language: str
    words: str
    origin: TranslationOrigin
    role: str
    reviewed: bool = False
    kind: Literal["quote-translation"] = "quote-translation"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.quote, self.language)

    @property
    def about_text(self) -> TextId | None:
        return self.text


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What somebody was shown before they decided: (question, what the answers and the tables say of it), counted in
    this version of the dataset and beside the tables with this hash. A ruling is based on it."""

    quote: str
    text: TextId
    role: str
    dataset: str
    tables: str
    facts: tuple[tuple[str, str], ...]
    kind: Literal["quote-check"] = "quote-check"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.quote, self.role)

    @property
    def about_text(self) -> TextId | None:
        return self.text
