"""A semaphore that serves in the order of coming: a place that is freed goes to whoever has waited longest.

A semaphore of the standard library lets those pass who come just then, and sends the one it woke to the end of the
queue: where all places are taken, some then wait many times as long as others.

Where those who come are told apart by their circuit, each circuit has a queue of its own, and places go round the
circuits: whoever asks without pause waits for their own, and keeps nobody else waiting.

Whoever has a place may leave it while they wait for something else, and take one again: before all who have had none
yet, since they came earlier.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from dataclasses import dataclass, field

NO_LIMIT = 1 << 30
RETAKE_SECONDS = 1.0
"""How long whoever comes back waits for a place at most, and then goes on without one. Who computes has theirs for some
thousandths of a second, so where none came free for so long, those who hold them wait for something themselves, perhaps
for whoever comes back."""


@dataclass(slots=True)
class _Turn:
    """One who waits. `given`: whether a place was given; `over`: released when the wait is over, with or without."""

    circuit: str
    given: bool = False
    over: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.over.acquire()


class FairSemaphore:
    """So many places, and queues before them. Made for many threads.

    `seats`: how many may wait, all told. `share`: how many places one circuit may have at once, those that were left
    for a while included. Those whose circuit is "" are not told apart. `aside`: how many may have left their place for
    a while.
    """

    def __init__(self, number: int, *, seats: int = NO_LIMIT, share: int = NO_LIMIT, aside: int = NO_LIMIT) -> None:
        self._free = number
        """Below 0 where some go on without a place (RETAKE_SECONDS)."""
        self._seats = seats
        self._share = share
        self._aside_left = aside
        self._held: Counter[str] = Counter()
        self._queues: dict[str, deque[_Turn]] = {}
        """By circuit, the one whose turn is next first. None is empty."""
        self._waiting = 0
        self._returning: deque[_Turn] = deque()
        self._lock = threading.Lock()

    def acquire(self, patience: float = 0.0, circuit: str = "") -> bool:
        """Take a place, after at most `patience` seconds. False where none is free until then, or where all seats are
        taken. With all seats taken, whoever came last of the circuit that has most of them gives theirs up."""
        with self._lock:
            if self._free > 0 and self._may_have(circuit):
                self._take(circuit)
                return True
            if patience <= 0 or not self._find_seat(circuit):
                return False
            turn = _Turn(circuit)
            self._queues.setdefault(circuit, deque()).append(turn)
            self._waiting += 1
        turn.over.acquire(timeout=patience)
        with self._lock:
            # The place may have been given at the very moment when the wait was over.
            if not turn.given and turn in self._queues.get(circuit, ()):
                self._leave_queue(turn)
            return turn.given

    def release(self, circuit: str = "") -> None:
        """Give the place back: to who left theirs for a while and wants one again; else to the next circuit that waits
        and may have one, to the one of it who has waited longest."""
        with self._lock:
            self._held[circuit] -= 1
            if not self._held[circuit]:
                del self._held[circuit]
            self._hand_on()

    def leave(self) -> bool:
        """Leave a place that one has, for a while. False, and nothing changed, where too many have done so."""
        with self._lock:
            if not self._aside_left:
                return False
            self._aside_left -= 1
            self._hand_on()
            return True

    def retake(self) -> None:
        """Take a place again, before all who have had none, in the order of coming back. Returns after RETAKE_SECONDS
        at the latest, if need be with one place more than there are."""
        with self._lock:
            self._aside_left += 1
            if self._free > 0:
                self._free -= 1
                return
            turn = _Turn("")
            self._returning.append(turn)
        turn.over.acquire(timeout=RETAKE_SECONDS)
        with self._lock:
            if not turn.given:
                self._returning.remove(turn)
                self._free -= 1

    def _hand_on(self) -> None:
        """Give a place that has come free to who is next, if anybody is."""
        self._free += 1
        if self._free <= 0:
            return
        if self._returning:
            turn = self._returning.popleft()
            self._free -= 1
        else:
            following = next((one for one in self._queues if self._may_have(one)), None)
            if following is None:
                return
            turn = self._queues[following][0]
            self._leave_queue(turn)
            if following in self._queues:
                self._queues[following] = self._queues.pop(following)
            self._take(following)
        turn.given = True
        turn.over.release()

    def _may_have(self, circuit: str) -> bool:
        return not circuit or self._held[circuit] < self._share

    def _take(self, circuit: str) -> None:
        self._free -= 1
        self._held[circuit] += 1

    def _find_seat(self, circuit: str) -> bool:
        """Whether there is one, if need be that of whoever came last of the circuit that has most."""
        if self._waiting < self._seats:
            return True
        most = max(self._queues, key=lambda one: len(self._queues[one]), default="")
        if len(self._queues.get(most, ())) <= len(self._queues.get(circuit, ())) + 1:
            return False
        last = self._queues[most][-1]
        self._leave_queue(last)
        last.over.release()
        return True

    def _leave_queue(self, turn: _Turn) -> None:
        queue = self._queues[turn.circuit]
        queue.remove(turn)
        self._waiting -= 1
        if not queue:
            del self._queues[turn.circuit]
