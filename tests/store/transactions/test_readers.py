"""Readers share a few lines: who finds none free is told so, and closing does not make room for more."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from kuule.core.computing_place import hold_place
from kuule.core.problems import StoreError
from kuule.store.database import close_connections
from kuule.store.transactions import readers
from kuule.store.transactions.readers import MAX_READERS, read
from tests.store.conftest import Kept


def one(cursor: CursorWrapper) -> int:
    cursor.execute("SELECT 1")
    return int(cursor.fetchone()[0])


def test_reader_that_finds_no_line_free_is_told_and_the_next_one_reads(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "READER_WAIT_SECONDS", 0.05)
    close_connections()
    all_hold, over = threading.Barrier(MAX_READERS + 1, timeout=20), threading.Event()

    def hold(cursor: CursorWrapper) -> int:
        all_hold.wait()
        over.wait(20)
        return one(cursor)

    with ThreadPoolExecutor(MAX_READERS) as pool:
        held = [pool.submit(read, hold) for _ in range(MAX_READERS)]
        try:
            all_hold.wait()
            with pytest.raises(StoreError, match=r"STORE_019 .*all 4 connections that this process reads over"):
                read(one)
        finally:
            over.set()
        assert [each.result(20) for each in held] == [1] * MAX_READERS
    assert read(one) == 1


class Place:
    """Writes down when it is left and taken again."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def leave(self) -> bool:
        self.done.append("leave")
        return True

    def retake(self) -> None:
        self.done.append("retake")


def test_who_waits_for_a_lock_as_long_as_it_takes_keeps_no_place(kept: Kept) -> None:
    """Coming back with a code waits as long as the address says. Four who did held all places of a worker."""
    place = Place()

    def look(cursor: CursorWrapper) -> int:
        place.done.append("read")
        return one(cursor)

    read(one)
    with hold_place(place):
        assert read(look) == 1
        assert read(look, patience=0.0) == 1
    assert place.done == ["leave", "read", "retake", "read"]


def test_connections_to_a_file_have_a_small_cache(kept: Kept) -> None:
    """SQLite's own is two MiB for each of four connections, in each worker."""

    def cache(cursor: CursorWrapper) -> int:
        cursor.execute("PRAGMA cache_size")
        return int(cursor.fetchone()[0])

    close_connections()
    if connection.vendor == "sqlite":
        assert read(cache) == -512
