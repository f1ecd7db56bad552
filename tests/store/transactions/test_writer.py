"""Writing together: nobody goes on before the disk, nobody is dragged along by another's fault."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper

from kuule.core.problems import StoreError
from kuule.store.rows.responses import SubmissionResult, read_responses, save_response
from kuule.store.sqlite.file_lock import lock_database_folder
from kuule.store.transactions import writer
from kuule.store.transactions.readers import read
from kuule.store.transactions.writer import write, writer_connection
from tests.patience import PATIENCE, wait_until
from tests.sealing.rows import EDITION, rows
from tests.store import conftest
from tests.store.kept import count_by_edition
from tests.store.transactions.stopped import Stopped, stopped_as_soon_as


def all_at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """What each comes to, or raises, when all were waiting before the first is done."""
    outcomes: list[Any] = [None] * len(works)

    def do(number: int) -> None:
        try:
            outcomes[number] = works[number]()
        except (StoreError, ValueError) as error:
            outcomes[number] = error

    threads = [threading.Thread(target=do, args=(number,)) for number in range(len(works))]
    with writer_connection():  # nobody's turn comes before all wait
        for thread in threads:
            thread.start()
        time.sleep(0.2)
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes


def test_many_at_once_are_each_kept_once(kept: conftest.Kept) -> None:
    mine = rows(60)
    outcomes = all_at_once([lambda row=row: save_response(row) for row in (*mine, *mine)])  # type: ignore[misc]
    assert (outcomes.count(SubmissionResult.NEW), outcomes.count(SubmissionResult.ALREADY)) == (60, 60)
    assert tuple(read_responses(EDITION)) == mine


def test_what_waits_together_is_one_transaction(kept: conftest.Kept) -> None:
    marks: list[Any] = []
    number = "SELECT txid_current()" if kept.kind == "postgresql" else "SELECT total_changes()"

    def mark(cursor: CursorWrapper, again: bool) -> None:
        cursor.execute(number)
        marks.append(cursor.fetchone()[0])

    all_at_once([lambda: write(mark)] * 20)
    assert len(marks) == 20
    if kept.kind == "postgresql":
        assert len(set(marks)) == 1


def test_nobody_whose_work_is_done_waits_for_the_next_transaction(kept: conftest.Kept) -> None:
    """The work of the first lets a third one queue, whose work ends only when the second one has gone on."""
    queue, gone_on, outcome = writer._Running.writer, threading.Event(), []
    later = threading.Thread(
        target=lambda: outcome.append(write(lambda cursor, again: gone_on.wait(PATIENCE))), daemon=True
    )

    def first(cursor: CursorWrapper, again: bool) -> None:
        later.start()
        wait_until(lambda: len(queue._queue) == 1)

    def second() -> None:
        write(lambda cursor, again: None)
        gone_on.set()

    threads = [threading.Thread(target=work) for work in (lambda: write(first), second)]
    with writer_connection():
        for number, thread in enumerate(threads):
            thread.start()
            wait_until(lambda number=number: len(queue._queue) == number + 1)
    for thread in (*threads, later):
        thread.join(PATIENCE)
    assert outcome == [True]


def test_more_than_one_transaction_has_room_for_are_all_kept(
    kept: conftest.Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MOST_TOGETHER", 3)
    mine = rows(10)
    assert all_at_once([partial(save_response, row) for row in mine]) == [SubmissionResult.NEW] * 10
    assert tuple(read_responses(EDITION)) == mine


def test_work_at_fault_is_done_once(kept: conftest.Kept) -> None:
    class DoneAgain(BaseException):
        """Ends what would never end."""

    tried: list[bool] = []

    def at_fault(cursor: CursorWrapper, again: bool) -> None:
        tried.append(again)
        raise DoneAgain if len(tried) > 1 else ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        write(at_fault)
    assert tried == [False]


def test_fault_of_one_work_is_its_own(kept: conftest.Kept) -> None:
    def at_fault(cursor: CursorWrapper, again: bool) -> None:
        cursor.execute("INSERT INTO store_withdrawal (row_id) VALUES (%s)", (77,))
        raise ValueError("mine")

    def refused(cursor: CursorWrapper, again: bool) -> None:
        cursor.execute("INSERT INTO store_withdrawal (row_id) VALUES (NULL), (NULL)")
        cursor.execute("INSERT INTO store_response (row_id, key_id, envelope) VALUES (5, NULL, NULL)")

    works = [lambda row=row: save_response(row) for row in rows(10)]  # type: ignore[misc]
    outcomes = all_at_once([*works[:5], lambda: write(at_fault), lambda: write(refused), *works[5:]])
    assert [type(outcome) for outcome in outcomes] == [SubmissionResult] * 5 + [ValueError, StoreError] + [
        SubmissionResult
    ] * 5
    assert tuple(read_responses(EDITION)) == rows(10)
    assert kept.ask("SELECT count(*) FROM store_withdrawal WHERE row_id = 77") == [(0,)]


def test_work_that_was_kept_without_an_answer_is_not_taken_for_a_resend(kept: conftest.Kept) -> None:
    """As where the line breaks between the commit and its answer: the same envelope is found, and it is this one's."""
    row = rows(1)[0]
    again = replace(row, envelope=row.envelope[:-1] + bytes([row.envelope[-1] ^ 1]))
    save_response(row)
    line_breaks_after_commit(kept)
    assert save_response(row) is SubmissionResult.NEW
    line_breaks_after_commit(kept)
    assert save_response(again) is SubmissionResult.ALREADY
    assert list(read_responses(EDITION)) == [row]


def line_breaks_after_commit(kept: conftest.Kept) -> None:
    """The next COMMIT of the writer's line is done, and then the line is gone."""

    class Broken(Exception):
        sqlstate = "08006"

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql == "COMMIT":
            raise OperationalError("lost") from Broken()
        return result

    with writer_connection() as line:
        line.execute_wrappers.append(wrapper)


def test_fault_of_none_of_the_works_leaves_nobody_without_an_answer(
    kept: conftest.Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once there is no memory for the transaction; all who waited are told, and the next is kept."""
    turns = iter([MemoryError()])

    def scarce(settings: Mapping[str, Any]) -> AbstractContextManager[None]:
        for error in turns:
            raise error
        return lock_database_folder(settings)

    monkeypatch.setattr(writer, "lock_database_folder", scarce)
    some = rows(4)
    outcomes = all_at_once([partial(save_response, row) for row in some])
    assert [outcome.problems[0].code for outcome in outcomes] == ["STORE_009"] * 4
    assert list(read_responses(EDITION)) == []
    assert [save_response(row) for row in some] == [SubmissionResult.NEW] * 4


@pytest.mark.parametrize("is_first", [True, False])
def test_one_who_is_stopped_while_they_wait_keeps_nobody_waiting(kept: conftest.Kept, is_first: bool) -> None:
    """Both whose turn it is to write, and who waits for another."""
    queue, some = writer._Running.writer, rows(3)
    with ThreadPoolExecutor(2) as people:
        with writer_connection():
            others = [] if is_first else [people.submit(save_response, some[0])]
            wait_until(lambda: len(queue._queue) == len(others))
            with stopped_as_soon_as(lambda: len(queue._queue) > len(others)), pytest.raises(Stopped):
                save_response(some[1])
            others.append(people.submit(save_response, some[2]))
            wait_until(lambda: len(queue._queue) == len(others))
        assert {one.result(PATIENCE) for one in others} == {SubmissionResult.NEW}
    assert queue._queue == []


def test_a_fork_has_a_writer_of_its_own(kept: conftest.Kept) -> None:
    save_response(rows(3)[0])
    child = os.fork()
    if child == 0:
        os._exit(0 if save_response(rows(3)[1]) is SubmissionResult.NEW else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert save_response(rows(3)[2]) is SubmissionResult.NEW
    assert count_by_edition() == {EDITION: 3}


TEMPORARY = {
    "sqlite": "SELECT name FROM sqlite_temp_master",
    "postgresql": "SELECT relname FROM pg_class WHERE relpersistence = 't' AND pg_table_is_visible(oid)",
}


@pytest.mark.parametrize("of", ["writer", "readers"])
def test_a_fork_has_a_line_of_its_own(kept: conftest.Kept, of: str) -> None:
    """Over a line that two processes share, each would get the other's answers. What is temporary is of one line."""

    def over_line(work: Callable[[CursorWrapper], Any]) -> Any:
        if of == "readers":
            return read(work)
        with writer_connection() as line, line.cursor() as cursor:
            return work(cursor)

    def tables(cursor: CursorWrapper) -> list[Any]:
        cursor.execute(TEMPORARY[kept.kind])
        return list(cursor.fetchall())

    over_line(lambda cursor: cursor.execute("CREATE TEMPORARY TABLE mine (number integer)"))
    assert over_line(tables) == [("mine",)]
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if over_line(tables) == [] else 1)
        finally:
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
    assert over_line(tables) == [("mine",)]


def test_nothing_is_kept_where_it_is_refused(kept: conftest.Kept) -> None:
    def refused(cursor: CursorWrapper, again: bool) -> None:
        cursor.execute("INSERT INTO store_withdrawal (row_id) VALUES (%s)", (78,))
        cursor.execute("INSERT INTO store_response (row_id, key_id, envelope) VALUES (5, NULL, NULL)")

    with pytest.raises(StoreError):
        write(refused)
    assert kept.ask("SELECT count(*) FROM store_withdrawal") == [(0,)]
