"""Opens parts of archives in several processes at once, or in this one if there is little to do.

The processes return columns. No answer is written anywhere on the way.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path

import kuule
from kuule.core.problems import ArchiveError, Problem
from kuule.core.processors import available_cpus
from kuule.dataset.ingest.part_opener import OpenedPart, OpeningTask, PartOpener
from kuule.opening.private_key import PrivateKey

_MODULE = "kuule.dataset.ingest.pool_worker"
_PARTS_WAITING = 2
"""How many parts a process has waiting, so that it never idles."""
_MIN_PARTS_PER_PROCESS = 4
"""With fewer parts for each process than this, starting it takes longer than its work."""

PartNumber = tuple[int, int]


def open_parts(task: OpeningTask, keys: Sequence[PrivateKey], jobs: int | None = None) -> Iterator[OpenedPart]:
    """Each part of each archive of a task, in the order in which they finish. `jobs` is the most processes; None means
    as many as there are processors for this one. Where no pipe can be passed on (Windows), only this process works.

    Raises ArchiveError OPEN_001 (a file can no longer be read), OPEN_012 (a process was ended from outside).
    """
    orders = [(place, number) for place, sealed in enumerate(task.archives) for number in sealed.part_numbers]
    most = (jobs or available_cpus()) if hasattr(os, "fork") else 1
    started = min(most, len(orders) // _MIN_PARTS_PER_PROCESS)
    if started < 2:
        opener = PartOpener(task, keys)
        for order in orders:
            yield opener.open(*order)
        return
    with ExitStack() as stack:
        workers = [stack.enter_context(_worker()) for _ in range(started)]
        for worker in workers:
            worker.begin(task, keys)
        yield from _answers(workers, deque(orders))


class _Worker:
    """A process that opens parts. Pipes are its only input and output."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a worker has pipes")
        self._process = process
        self._orders = Connection(os.dup(process.stdin.fileno()), readable=False)
        self.answers = Connection(os.dup(process.stdout.fileno()), writable=False)
        process.stdin.close()
        process.stdout.close()
        self.under_way = 0

    def begin(self, task: OpeningTask, keys: Sequence[PrivateKey]) -> None:
        """Tell it what to do, and give it the keys."""
        with _lost_process():
            self._orders.send(task)
            self._orders.send([key.public.rehearsal for key in keys])
            for key in keys:
                self._orders.send_bytes(key.reveal())

    def ask(self, order: PartNumber) -> None:
        with _lost_process():
            self._orders.send(order)
        self.under_way += 1

    def answer(self) -> OpenedPart:
        with _lost_process():
            answer = self.answers.recv()
        self.under_way -= 1
        if isinstance(answer, OpenedPart):
            return answer
        if isinstance(answer, tuple):
            raise ArchiveError(*answer)
        raise RuntimeError(f"a worker broke off:\n{answer}")

    def end(self) -> None:
        """End it at once: whatever it is doing is no longer needed."""
        self._orders.close()
        self.answers.close()
        self._process.kill()
        self._process.wait()


@contextmanager
def _worker() -> Iterator[_Worker]:
    """A process in a group of its own, so that Ctrl-C reaches this process first. It is gone when the block ends."""
    source = str(Path(kuule.__file__).parent.parent)
    paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter and our own module
        [sys.executable, "-P", "-m", _MODULE],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "POLARS_MAX_THREADS": "1"},
    )  # fmt: skip
    worker = _Worker(process)
    try:
        yield worker
    finally:
        worker.end()


@contextmanager
def _lost_process() -> Iterator[None]:
    """Turn a closed pipe into the problem that the process at its other end is gone."""
    try:
        yield
    except (EOFError, BrokenPipeError, ConnectionResetError):
        cause = "one of the processes that open was ended from outside (perhaps for want of memory)"
        remedy = "open once more, with --jobs 1 if memory is short; nothing half was left"
        raise ArchiveError(Problem("OPEN_012", "kuule open", cause, remedy)) from None


def _answers(workers: Sequence[_Worker], orders: deque[PartNumber]) -> Iterator[OpenedPart]:
    for _ in range(_PARTS_WAITING):
        for worker in workers:
            if orders:
                worker.ask(orders.popleft())
    busy = {worker.answers: worker for worker in workers if worker.under_way}
    while busy:
        for ready in wait(list(busy)):
            worker = busy[ready]  # type: ignore[index]  # wait gives back what it was given
            part = worker.answer()
            if orders:
                worker.ask(orders.popleft())
            elif not worker.under_way:
                del busy[worker.answers]
            yield part
