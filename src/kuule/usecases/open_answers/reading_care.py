"""Care for whoever reads: how long they read and how many texts, until a break or the end of their day.

Only their own day is kept, on their own machine, and nothing of it in the project: nobody else sees it, and tomorrow it
is gone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.qualitative.project_model.answer_text import TextId

_LONGEST_LOOK = 5 * 60
"""Seconds. Who asks for nothing for longer is somewhere else."""
BREAK_SECONDS = 5 * 60


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """After how many minutes a break comes, and how many minutes and texts are enough for a day."""

    minutes: int = 30
    minutes_a_day: int = 120
    texts_a_day: int = 100


class ReadingState(StrEnum):
    """Whether there is to be another text now."""

    NOTE = "note"
    """The note has not been read yet."""
    OPEN = "open"
    BREAK = "break"
    DAY_DONE = "day-done"


@dataclass
class ReadingDay:
    """One person's reading on one day. `now` gives seconds that only go forward; `keep` keeps what was read."""

    limits: ReadingLimits
    now: Callable[[], float]
    keep: Callable[[float, int], None] = lambda seconds, texts: None
    seconds: float = 0
    texts: int = 0
    began: bool = False
    opened: set[TextId] = field(default_factory=set)
    _since_break: float = 0
    _looked: float | None = None
    _break_began: float | None = None

    def begin(self) -> None:
        """The note was read."""
        self.began = True

    def look(self) -> None:
        """Something was asked for: the time since the last look was reading, if it was not too long."""
        at = self.now()
        if self._looked is not None and self._break_began is None:
            spent = min(at - self._looked, _LONGEST_LOOK)
            self.seconds += spent
            self._since_break += spent
            self.keep(self.seconds, self.texts)
        self._looked = at if self.opened else None

    @property
    def state(self) -> ReadingState:
        if not self.began:
            return ReadingState.NOTE
        if self.seconds >= self.limits.minutes_a_day * 60 or self.texts >= self.limits.texts_a_day:
            return ReadingState.DAY_DONE
        if self._since_break >= self.limits.minutes * 60:
            return ReadingState.BREAK
        return ReadingState.OPEN

    def unfold(self, text: TextId) -> None:
        """A text is shown from now on. It counts once, however often it is looked at."""
        if text not in self.opened:
            self.opened.add(text)
            self.texts += 1
            self.keep(self.seconds, self.texts)
        self._looked = self.now()

    def fold(self) -> None:
        """No text is shown any more."""
        self.opened.clear()
        self._looked = None

    def rest(self) -> int:
        """Begin a break, or go on with it. Gives the seconds that are left of it, 0 when it is over."""
        at = self.now()
        self.fold()
        if self._break_began is None:
            self._break_began = at
        return max(0, round(BREAK_SECONDS - (at - self._break_began)))

    def come_back(self) -> bool:
        """Whether the break is over; then reading goes on."""
        if self.rest():
            return False
        self._since_break, self._break_began = 0, None
        return True


def reading_today(limits: ReadingLimits, *, role: str, day: date, file: Path, now: Callable[[], float]) -> ReadingDay:
    """The reading of a role on this machine today, as far as it came already."""
    seconds, texts = _kept(file, day).get(role, (0.0, 0))

    def keep(spent: float, opened: int) -> None:
        kept = {**_kept(file, day), role: (round(spent, 1), opened)}
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(file, json.dumps({"day": day.isoformat(), "read": kept}).encode(), mode=0o600)

    return ReadingDay(limits, now, keep, seconds, texts)


def reading_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a machine keeps how much of today was read: with other states of programs, closed to other users."""
    base = environment.get("XDG_STATE_HOME") or str(Path("~/.local/state").expanduser())
    return Path(base) / "kuule" / "reading-today.json"


def _kept(file: Path, day: date) -> dict[str, tuple[float, int]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if found["day"] != day.isoformat():
            return {}
        return {str(role): (float(seconds), int(texts)) for role, (seconds, texts) in found["read"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
