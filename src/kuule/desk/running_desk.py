"""The desk of this process: one session of one person, and what they look at now. Nothing of it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kuule.helplines.service import Service
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.usecases.open_answers.project_overview import TextFilter, list_texts
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.reading_care import ReadingDay
from kuule.usecases.open_answers.waiting_texts import TextTask, waits_for

DEFAULT_TAGS = ("sexual violence in childhood", "fear, shame and loneliness", "not being believed", "wishing to die")


@dataclass(frozen=True, slots=True)
class Notice:
    """What the next page says first. `problem` is for something that was not done."""

    text: str
    remedy: str = ""
    problem: bool = False


@dataclass
class Desk:
    """A session and its pages. `tags` say what the texts may be about, `stop` ends the command.

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
