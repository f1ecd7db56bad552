"""The desk of this process: one session of one person, and what they look at now. Nothing of it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kuule.helplines.service import Service
from kuule.qualitative.identifiers.name_model import NameModel
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.quotes.quote_states import QuoteBasis
from kuule.usecases.open_answers.project_overview import TextFilter, list_texts
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.quoting import QuoteLookedAt
from kuule.usecases.open_answers.reading_care import ReadingDay
from kuule.usecases.open_answers.waiting_texts import TextTask, waits_for

DEFAULT_TAGS = ("sexual violence in childhood", "fear, shame and loneliness", "not being believed", "wishing to die")


@dataclass(frozen=True, slots=True)
class Notice:
    """What the next page says first. `problem` is for something that was not done, and `lead` says what."""

    text: str
    remedy: str = ""
    problem: bool = False
    lead: str = "Not saved."


@dataclass
class QuoteCheckup:
    """A re-identification check that somebody is in the middle of: what they were shown, and what they said to each
    question so far."""

    looked_at: QuoteLookedAt
    answers: dict[str, str] = field(default_factory=dict)


@dataclass
class Desk:
    """A session and its pages. `tags` say what the texts may be about, `stop` ends the command. `dataset` and `release`
    are the folders that somebody named, `model` is asked for suggestions beside the rules.

    The words that somebody searches for are kept here and in no address: a browser writes addresses down.
    """

    session: ProjectSession
    reading: ReadingDay
    base: str
    help: Sequence[Service] = ()
    tags: Sequence[str] = DEFAULT_TAGS
    wanted: TextFilter = field(default_factory=TextFilter)
    task: TextTask | None = None
    stop: Callable[[], None] = lambda: None
    numbered: bool = False
    dataset: Path | None = None
    release: Path | None = None
    model: NameModel | None = None
    checkups: dict[int, QuoteCheckup] = field(default_factory=dict)
    basis: tuple[object, QuoteBasis] | None = None
    """What quotes were looked at beside last, with what tells whether it is still so."""
    _notices: list[Notice] = field(default_factory=list)

    def tell(self, notice: Notice) -> None:
        self._notices.append(notice)

    def take_notices(self) -> list[Notice]:
        """What is to be said, once."""
        said, self._notices = self._notices, []
        return said

    def chosen_texts(self) -> tuple[AnswerText, ...]:
        """The texts of the list as it is chosen now."""
        texts = list_texts(self.session, self.wanted)
        if self.task is None:
            return texts
        return tuple(text for text in texts if waits_for(self.session, text.id, self.task))


class _Running:
    desk: Desk | None = None


def running_desk() -> Desk:
    """The desk that the views belong to."""
    if _Running.desk is None:
        raise RuntimeError("no desk runs in this process")
    return _Running.desk


def run_desk(desk: Desk) -> None:
    """From now on the views belong to this desk."""
    _Running.desk = desk
