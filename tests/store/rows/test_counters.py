"""The counters: whole tens, all or none, in a place that tells nothing of who came first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kuule.core.problems import StoreError
from kuule.store.rewriting import rewrite_store
from kuule.store.rows import counters
from kuule.store.rows.counters import CounterKind, PartnerCounter, add_steps, counter_totals
from kuule.store.transactions.writer import write
from tests.store.conftest import Kept

SV, AR, LINK = (
    PartnerCounter(CounterKind.LANGUAGE, "sv"),
    PartnerCounter(CounterKind.LANGUAGE, "ar"),
    PartnerCounter(CounterKind.LINK, "k7"),
)


def test_counters_add_up_in_tens(kept: Kept) -> None:
    assert counter_totals() == {}
    add_steps({SV: 3, LINK: 1})
    add_steps({SV: 1, AR: 2})
    assert counter_totals() == {AR: 20, SV: 40, LINK: 10}


def test_language_and_link_of_one_name_are_two_counters(kept: Kept) -> None:
    add_steps({PartnerCounter(CounterKind.LANGUAGE, "a1"): 1, PartnerCounter(CounterKind.LINK, "a1"): 2})
    assert list(counter_totals().values()) == [10, 20]


def test_rows_lie_in_the_same_order_whatever_came_first(database: Path) -> None:
    names = [PartnerCounter(CounterKind.LANGUAGE, tag) for tag in ("sv", "ar", "fi", "de", "pt-BR")]
    for counter in names:
        add_steps({counter: 1})
    rewrite_store()
    with closing(sqlite3.connect(database)) as raw:
        rows = raw.execute("SELECT rowid, name FROM store_counter").fetchall()
    assert rows == sorted((counter.counter_id, counter.name) for counter in names)


def test_nothing_is_added_where_not_all_can_be(database: Path) -> None:
    add_steps({SV: 1})
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError):
            add_steps({SV: 1, LINK: 1})
    assert counter_totals() == {SV: 10}


def test_what_may_have_been_added_before_the_line_broke_is_not_added_twice(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counters, "write", lambda work: write(lambda cursor, again: work(cursor, True)))
    add_steps({SV: 1})
    assert counter_totals() == {}


def test_table_holds_no_more_than_a_name_and_steps(database: Path) -> None:
    with closing(sqlite3.connect(database)) as raw:
        columns = raw.execute("SELECT name FROM pragma_table_info('store_counter')").fetchall()
    assert columns == [("counter_id",), ("kind",), ("name",), ("steps",)]
