"""Many visits at once: the people of a rehearsal, shared among a few threads, each with a browser of its own."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date

from kuule.errors import Problem
from kuule.rehearsal.browsing import Browser, RehearsalError
from kuule.rehearsal.persona import Persona
from kuule.rehearsal.visitor import Left, languages_offered, visit
from kuule.rehearsal.weights import weights_of
from kuule.study.edition import Edition

THREADS = 4


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """How many people sent (and did not take it back), were stopped by a gate, left without sending, and took back
    what they had sent. Together: everyone. `paused` of them came back by a code in between."""

    sent: int
    stopped: int
    left: int
    withdrawn: int = 0
    paused: int = 0


def rehearse(
    url: str,
    edition: Edition,
    *,
    responses: int,
    seed: int,
    today: date,
    report_progress: Callable[[int], None] = lambda done: None,
) -> Rehearsed:
    """Have `responses` people who do not exist answer the site at `url`, which serves `edition`.

    `report_progress` is called with the number of people who are done, from any thread. Raises RehearsalError where
    the edition is a real one (DEMO_006), the site is not on this machine (DEMO_002) or a page is not understood.
    """
    check_is_rehearsal(edition)
    weights = weights_of(edition.rehearsal_weights)
    languages = _languages(url, edition)
    queue = _Queue(responses)
    returns: list[None] = []  # a list, since `append` is whole from any thread

    def came_back() -> None:
        returns.append(None)

    def work() -> Counter[Left]:
        endings: Counter[Left] = Counter()
        with Browser(url) as browser:
            for number in queue:
                endings[visit(browser, Persona(seed, number, weights, languages), today, came_back)] += 1
                report_progress(queue.one_done())
        return endings

    endings = sum(_in_threads(work, queue), Counter[Left]())
    return Rehearsed(
        endings[Left.SENT], endings[Left.STOPPED], endings[Left.AWAY], endings[Left.WITHDRAWN], len(returns)
    )


def check_is_rehearsal(edition: Edition) -> None:
    """Real and rehearsed answers never mix: raises DEMO_006 where the edition seals to a real key."""
    if not edition.rehearsal:
        cause = "this edition is for real answers, and people who do not exist may not answer it"
        remedy = "freeze an edition with a key of `kuule keys new --rehearsal`"
        raise RehearsalError(Problem("DEMO_006", f"edition {edition.short}", cause, remedy))


def _languages(url: str, edition: Edition) -> tuple[str, ...]:
    with Browser(url) as browser:
        offered = languages_offered(browser)
    languages = tuple(tag for tag in offered if tag in edition.languages)
    if not languages:
        cause = f"the site offers {', '.join(offered)}, and edition {edition.short} has none of them"
        raise RehearsalError(Problem("DEMO_007", url, cause, "give the edition that is served there"))
    return languages


class _Queue:
    """The numbers of the people still to come, for several threads; `stop` lets each finish the visit it is in."""

    def __init__(self, people: int) -> None:
        self._numbers = iter(range(people))
        self._lock = threading.Lock()
        self._done = 0
        self._stopped = False

    def __iter__(self) -> Iterator[int]:
        while True:
            with self._lock:
                number = None if self._stopped else next(self._numbers, None)
            if number is None:
                return
            yield number

    def one_done(self) -> int:
        with self._lock:
            self._done += 1
            return self._done

    def stop(self) -> None:
        with self._lock:
            self._stopped = True


def _in_threads(work: Callable[[], Counter[Left]], queue: _Queue) -> list[Counter[Left]]:
    with ThreadPoolExecutor(THREADS) as pool:
        futures = [pool.submit(work) for _ in range(THREADS)]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            queue.stop()
    return [future.result() for future in futures]
