"""An act: one thing that somebody did in a project. Acts are added and never changed; a project is the set of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.code_entries import Adjudication, CodeEntry, TextCoding
from kuule.qualitative.project_model.notes_and_translations import AnswerTranslation, Memo
from kuule.qualitative.project_model.quote_acts import (
    ActId,
    QuoteCheck,
    QuoteNumber,
    QuoteProposal,
    QuoteRuling,
    QuoteTranslation,
)
from kuule.qualitative.project_model.redaction_marks import RedactionPass


@dataclass(frozen=True, slots=True)
class TakenDataset:
    """A version of the dataset whose texts were taken in. `repeated` has how often each text occurs that occurs more
    than once, sorted by text. `with_leave` are texts that all who wrote them gave leave to quote, `without_leave` those
    that somebody was asked of and did not; of the others, the dataset does not know that everybody was asked."""

    study: str
    version: str
    rehearsal: bool
    repeated: tuple[tuple[TextId, int], ...] = ()
    with_leave: tuple[TextId, ...] = ()
    without_leave: tuple[TextId, ...] = ()
    kind: Literal["dataset"] = "dataset"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind,)

    @property
    def about_text(self) -> TextId | None:
        return None


@dataclass(frozen=True, slots=True)
class Undoing:
    """Takes an act back, as if it had not been done. An undoing can be undone."""

    act: ActId
    text: TextId | None = None
    kind: Literal["undoing"] = "undoing"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.act)

    @property
    def about_text(self) -> TextId | None:
        return self.text


ActContent = (
    TakenDataset
    | RedactionPass
    | CodeEntry
    | TextCoding
    | Adjudication
    | Memo
    | AnswerTranslation
    | QuoteProposal
    | QuoteRuling
    | QuoteNumber
    | QuoteTranslation
    | QuoteCheck
    | Undoing
)
"""What an act can say. `cell` is what it says it of: of one cell the newest act counts. `about_text` is the text with
which it goes when that is withdrawn."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `clock` is one more than that of any act its author's copy had; `replaces` are the acts of the same cell
    that were in force there. There is a day and no time of day: nobody's speed can be read from it."""

    id: ActId
    clock: int
    role: str
    day: date
    content: ActContent
    replaces: tuple[ActId, ...] = ()

    @property
    def order(self) -> tuple[int, ActId]:
        """Sorts acts alike on every copy."""
        return (self.clock, self.id)
