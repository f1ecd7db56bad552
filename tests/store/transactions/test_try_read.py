"""A look at the store: right when it is free, and given up soon when it is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from kuule.store.rows.responses import save_response
from kuule.store.rows.visit_status import VisitStatus, visit_status
from kuule.store.transactions import readers
from kuule.store.transactions import try_read as glancing
from kuule.store.transactions.readers import MAX_READERS, read
from kuule.store.transactions.try_read import LOCK_PATIENCE, PAUSE_SECONDS, try_read
from tests.patience import PATIENCE, wait_until
from tests.sealing.rows import rows
from tests.store.conftest import Kept
from tests.store.transactions.stopped import Stopped, stopped_as_soon_as


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glancing.RetryPause, "until", float("-inf"))


@contextmanager
def locked() -> Iterator[None]:
    """As while the store is being rewritten."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN EXCLUSIVE")
            yield
            cursor.execute("ROLLBACK")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE store_response, store_withdrawal IN ACCESS EXCLUSIVE MODE")
        yield


def test_locked_store_is_given_up_soon_and_not_asked_again_for_a_while(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = rows(1)
    save_response(row)
    assert visit_status(row.row_id) is VisitStatus.SENT
    began = time.monotonic()
    with locked():
        assert visit_status(row.row_id) is None
    assert began + LOCK_PATIENCE + PAUSE_SECONDS <= glancing.RetryPause.until <= time.monotonic() + PAUSE_SECONDS
    monkeypatch.setattr(glancing.RetryPause, "until", float("inf"))
    assert visit_status(row.row_id) is None, "free again, and asked all the same"
    monkeypatch.setattr(glancing.RetryPause, "until", time.monotonic())
    assert visit_status(row.row_id) is VisitStatus.SENT


def test_first_of_those_who_wait_reads_for_all_of_them(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six who come while it is locked, and more attempts than each of them would have made at once."""
    (row,) = rows(1)
    save_response(row)
    monkeypatch.setattr(glancing, "LOCK_PATIENCE", PATIENCE)
    tried = threading.Semaphore(0)

    def counted(work: Callable[[CursorWrapper], object], *, patience: float) -> object:
        tried.release()
        return read(work, patience=patience)

    monkeypatch.setattr(glancing, "read", counted)
    with ThreadPoolExecutor(6) as people:
        with locked():
            looks = [people.submit(visit_status, row.row_id) for _ in range(6)]
            wait_until(lambda: len(glancing._Running.queue._queue) == 6)
            assert all(tried.acquire(timeout=PATIENCE) for _ in range(12))
            assert not any(one.done() for one in looks)
        assert [one.result(PATIENCE) for one in looks] == [VisitStatus.SENT] * 6
    assert (visit_status(row.row_id), visit_status(7)) == (VisitStatus.SENT, VisitStatus.OPEN)


def test_fault_of_one_read_is_of_nobody_else(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads for all, the others learn what they asked for, and only one is told of the fault."""
    monkeypatch.setattr(glancing, "LOCK_PATIENCE", PATIENCE)

    def at_fault(cursor: CursorWrapper) -> object:
        cursor.execute("SELECT row_id FROM store_response")
        raise ValueError("mine")

    works: list[Callable[[], object]] = [
        partial(visit_status, 7),
        partial(try_read, at_fault),
        partial(visit_status, 7),
    ]
    with ThreadPoolExecutor(3) as people:
        with locked():
            looks = []
            for number, work in enumerate(works, 1):
                looks.append(people.submit(work))
                wait_until(lambda number=number: len(glancing._Running.queue._queue) == number)  # type: ignore[misc]
        outcomes = [one.exception(PATIENCE) or one.result() for one in looks]
    assert [outcomes[0], type(outcomes[1]), outcomes[2]] == [VisitStatus.OPEN, ValueError, VisitStatus.OPEN]
    assert visit_status(7) is VisitStatus.OPEN


def test_one_who_is_stopped_while_they_wait_keeps_nobody_waiting(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glancing, "LOCK_PATIENCE", PATIENCE)
    queue = glancing._Running.queue
    with ThreadPoolExecutor(2) as people:
        with locked():
            first = people.submit(visit_status, 7)
            wait_until(lambda: len(queue._queue) == 1)
            with stopped_as_soon_as(lambda: len(queue._queue) == 2), pytest.raises(Stopped):
                visit_status(7)
            last = people.submit(visit_status, 7)
            wait_until(lambda: len(queue._queue) == 2)
        assert [first.result(PATIENCE), last.result(PATIENCE)] == [VisitStatus.OPEN] * 2
    assert queue._queue == []


def test_patience_of_others_is_as_it_was(kept: Kept) -> None:
    """The line is shared: who reads on it next waits as long as the address says."""

    def wait(cursor: CursorWrapper) -> str:
        cursor.execute("PRAGMA busy_timeout" if cursor.db.vendor == "sqlite" else "SHOW lock_timeout")
        return str(cursor.fetchone()[0])

    hurried = try_read(wait)
    visit_status(7)
    assert hurried in ("0", "1ms")
    assert read(wait) in ("200", "200ms")


def test_store_that_is_gone_is_no_answer(kept: Kept) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE store_withdrawal RENAME TO away")
    assert visit_status(7) is None


def test_those_who_come_when_all_turns_are_taken_do_not_wait_for_one(kept: Kept) -> None:
    taken = [glancing.TURNS.acquire(timeout=PATIENCE) for _ in range(MAX_READERS)]
    try:
        found = visit_status(7)
    finally:
        for _ in taken:
            glancing.TURNS.release()
    assert found is None
    assert visit_status(7) is VisitStatus.OPEN


def test_those_who_come_when_all_connections_are_in_use_do_not_wait_for_one(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while people come back with a code, and the store is being rewritten: they wait as long as it takes."""
    monkeypatch.setattr(readers, "READER_WAIT_SECONDS", 2.0 * PATIENCE)
    all_hold, over = threading.Barrier(MAX_READERS + 1, timeout=PATIENCE), threading.Event()

    def hold(cursor: CursorWrapper) -> None:
        all_hold.wait()
        over.wait(PATIENCE)

    with ThreadPoolExecutor(MAX_READERS + 1) as people:
        try:
            for _ in range(MAX_READERS):
                people.submit(read, hold)
            all_hold.wait()
            assert people.submit(visit_status, 7).result(PATIENCE) is None
        finally:
            over.set()
    monkeypatch.setattr(glancing.RetryPause, "until", float("-inf"))
    assert visit_status(7) is VisitStatus.OPEN
