"""The personas of a rehearsal, who visit a site at the same time. A few threads share them, each with a browser."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Self

from kuule.core.problems import Problem
from kuule.rehearsal.browser import Browser, RehearsalError
from kuule.rehearsal.persona import Persona
from kuule.rehearsal.visitor import VisitEnding, make_visit, offered_languages
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.rehearsal_settings import RehearsalSettings, read_rehearsal_settings

THREADS = 4


@dataclass(frozen=True, slots=True)
class RehearsalCounts:
    """How the visits of a rehearsal ended: sent and kept, stopped by a gate, left without sending, sent and withdrawn,
    or not begun because the survey is closed. These five add up to everyone. `paused` counts those who paused and came
    back with a code."""

    sent: int
    stopped: int
    left: int
    withdrawn: int = 0
    paused: int = 0
    closed: int = 0

    @property
    def people(self) -> int:
        """How many people came."""
        return self.sent + self.stopped + self.left + self.withdrawn + self.closed

    def __str__(self) -> str:
        """How the visits ended, in one line."""
        words = f"{self.sent} sent, {self.stopped} stopped at a first question, {self.left} left unsent"
        if self.withdrawn:
            words += f", {self.withdrawn} took back what they had sent"
        if self.closed:
            words += f", {self.closed} found the survey closed"
        return f"{words}; {self.paused} paused and came back" if self.paused else words


def rehearse(
    url: str,
    edition: Edition,
    *,
    responses: int,
    seed: int,
    today: date,
    report_progress: Callable[[int], None] = lambda done: None,
) -> RehearsalCounts:
    """Have `responses` people who do not exist answer the site at `url`, which serves `edition`.

    `report_progress` is called from any thread, with the number of people who have finished. Raises as `Crowd` does.
    """
    with Crowd(url, edition, people=responses, seed=seed, today=today, report_progress=report_progress) as crowd:
        crowd.wait()
        return crowd.counts


class Crowd:
    """`people` personas who visit the site while the block runs. A visit in progress at its end is finished.

    Raises RehearsalError before anybody comes if the edition is a real one (DEMO_006), or the site is not on this
    machine (DEMO_002) or does not serve the edition (DEMO_007, DEMO_008). `wait` and `suspend` raise what made a visit
    fail. `report_progress` is called from any thread, with the number of people who have finished. `threads` is how
    many people can be there at once; who comes and what they answer does not depend on it.
    """

    def __init__(
        self,
        url: str,
        edition: Edition,
        *,
        people: int,
        seed: int,
        today: date,
        report_progress: Callable[[int], None] = lambda done: None,
        threads: int = THREADS,
    ) -> None:
        check_is_rehearsal(edition)
        weights, languages = _weights(edition), _languages(url, edition)
        self._url, self._today, self._report_progress = url, today, report_progress
        self._people = (Persona(seed, number, weights, languages) for number in range(people))
        self._endings: Counter[VisitEnding] = Counter()
        self._paused = 0
        self._under_way = 0
        self._resting = self._stopped = False
        self._error: BaseException | None = None
        self._changed = threading.Condition()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop(None)
        for thread in self._threads:
            thread.join()

    @property
    def counts(self) -> RehearsalCounts:
        """How the visits that are over ended."""
        with self._changed:
            ended = self._endings
            return RehearsalCounts(
                ended[VisitEnding.SENT],
                ended[VisitEnding.STOPPED],
                ended[VisitEnding.AWAY],
                ended[VisitEnding.WITHDRAWN],
                self._paused,
                ended[VisitEnding.CLOSED],
            )

    def wait(self, seconds: float | None = None, *, people: int | None = None) -> bool:
        """Wait until everyone, or that many people, have come. Returns False if it took longer than `seconds`."""
        until = None if seconds is None else time.monotonic() + seconds
        with self._changed:
            while not self._is_over() and (people is None or self._endings.total() < people):
                left = None if until is None else until - time.monotonic()
                if left is not None and left <= 0:
                    return False
                self._changed.wait(left)
            self._raise()
            return True

    @contextmanager
    def suspend(self) -> Iterator[RehearsalCounts]:
        """While the block runs, nobody comes and no visit is in progress. Gives the counts of all visits so far."""
        with self._changed:
            self._resting = True
            while self._under_way:
                self._changed.wait()
        try:
            self._raise()
            yield self.counts
        finally:
            with self._changed:
                self._resting = False
                self._changed.notify_all()

    def _work(self) -> None:
        try:
            with Browser(self._url) as browser:
                while (persona := self._next()) is not None:
                    ending = None
                    try:
                        ending = make_visit(browser, persona, self._today, self._came_back)
                    finally:
                        self._done(ending)
                    browser.close_connection()  # with several server workers, each person gets one of them
        except BaseException as error:  # noqa: BLE001 -- raised again by whoever waits for the crowd
            self._stop(error)

    def _next(self) -> Persona | None:
        """The next persona, as soon as nobody is suspended; None at the end."""
        with self._changed:
            while self._resting and not self._stopped:
                self._changed.wait()
            persona = None if self._stopped else next(self._people, None)
            if persona is None:
                self._stopped = True
                self._changed.notify_all()
            else:
                self._under_way += 1
            return persona

    def _done(self, ending: VisitEnding | None) -> None:
        with self._changed:
            self._under_way -= 1
            if ending is not None:
                self._endings[ending] += 1
            done = self._endings.total()
            self._changed.notify_all()
        if ending is not None:
            self._report_progress(done)

    def _came_back(self) -> None:
        with self._changed:
            self._paused += 1

    def _stop(self, error: BaseException | None) -> None:
        """Let nobody else come."""
        with self._changed:
            self._stopped = True
            self._error = self._error or error
            self._changed.notify_all()

    def _is_over(self) -> bool:
        return self._stopped and not self._under_way

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error


def _weights(edition: Edition) -> RehearsalSettings:
    """The settings of rehearsal.toml. Where it says nothing about a gate, everyone passes the gate."""
    passing = {gate.question: {gate.answer: 1.0} for gate in edition.study.gates.values()}
    return read_rehearsal_settings(edition.rehearsal_weights).with_default_answers(passing)


def check_is_rehearsal(edition: Edition) -> None:
    """Raise DEMO_006 if the edition seals to a real key, so that real and rehearsed answers never mix."""
    if not edition.rehearsal:
        cause = "this edition is for real answers, and people who do not exist may not answer it"
        remedy = "freeze an edition with a key of `kuule keys new --rehearsal`"
        raise RehearsalError(Problem("DEMO_006", f"edition {edition.short}", cause, remedy))


def _languages(url: str, edition: Edition) -> tuple[str, ...]:
    with Browser(url) as browser:
        offered = offered_languages(browser)
    languages = tuple(tag for tag in offered if tag in edition.languages)
    if not languages:
        cause = f"the site offers {', '.join(offered)}, and edition {edition.short} has none of them"
        raise RehearsalError(Problem("DEMO_007", url, cause, "give the edition that is served there"))
    return languages
