"""One day of a study, and what is not known of its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StudyDay:
    """`id` stays the same when the day moves, so that a calendar moves the event. `what` is to be done, in words;
    `commands` are those of the command line, with words in capitals for what only the organisation knows.

    `waits`: it stays to be done after its day, until a file of the study says that it was.
    """

    id: str
    day: date
    title: str
    what: str
    commands: tuple[str, ...] = ()
    waits: bool = False

    def is_due(self, today: date) -> bool:
        """Whether it is to be done by now and was not."""
        return self.waits and self.day <= today

    def is_over(self, today: date) -> bool:
        """Whether nothing is left of it."""
        return not self.waits and self.day < today


@dataclass(frozen=True, slots=True)
class UnknownDays:
    """Days that cannot be worked out: which, and what to write where."""

    place: str
    why: str
