"""The store proxy: tasks at the collector's database, in a process of its own, on PostgreSQL with a login for
little."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import StoreError
from kuule.store.rows.field_control import change_field_control
from kuule.study.settings.field_phase import FieldOrder, StandingOrder
from kuule.workbench import store_proxy
from kuule.workbench.store_proxy import StoreProxy
from tests.loaded.forked_module import start_forking, with_forked_modules
from tests.store.conftest import Kept, postgresql, server
from tests.workbench.conftest import Collected, collect

__all__ = ["postgresql", "server"]

GRANTS = """
CREATE ROLE workbench LOGIN PASSWORD 'little';
GRANT SELECT ON store_counter, store_switchedoff, store_fieldcontrol TO workbench;
GRANT SELECT ON store_response, store_withdrawal, store_identity TO workbench;
GRANT INSERT, DELETE ON store_switchedoff TO workbench;
"""
"""As docs/how-to/workbench.md has it."""


def test_address_is_shown_nowhere() -> None:
    assert repr(StoreProxy("postgresql://user:secret@host/name")) == "<Clerk>"


def test_database_without_the_tables_is_said_in_words(tmp_path: Path) -> None:
    proxy = StoreProxy(f"sqlite:///{tmp_path / 'not-there.sqlite3'}")
    for task in (proxy.read_snapshot, lambda: proxy.switch_link("k7", on=False)):
        with pytest.raises(StoreError) as raised:
            task()
        assert [problem.code.partition("_")[0] for problem in raised.value.problems] == ["STORE"]
    assert list(tmp_path.iterdir()) == []


def test_address_that_is_none_is_said_in_words() -> None:
    with pytest.raises(StoreError, match="STORE_00"):
        StoreProxy("mysql://somewhere").read_snapshot()


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on a task is run by a fork, as servers of the tests run it."""
    start_forking()
    monkeypatch.setattr(store_proxy, "subprocess", with_forked_modules())


def test_process_that_python_starts_reads_what_was_collected(tmp_path: Path) -> None:
    look = StoreProxy(collect(tmp_path).database).read_snapshot()
    assert (look.counts[("language", "sv")], look.order) == (340, StandingOrder())


def test_look_switch_and_archive(forked: None, tmp_path: Path) -> None:
    collected = collect(tmp_path)
    tried(StoreProxy(collected.database), collected, tmp_path)


def tried(proxy: StoreProxy, collected: Collected, folder: Path) -> None:
    look = proxy.read_snapshot()
    assert (look.counts[("language", "sv")], look.counts[("link", "k7")], look.switched_off) == (340, 120, frozenset())
    assert look.order == StandingOrder()
    proxy.switch_link("k7", on=False)
    assert proxy.read_snapshot().switched_off == {"k7"}
    proxy.switch_link("k7", on=True)
    assert proxy.read_snapshot().switched_off == frozenset()
    assert look.order == StandingOrder()
    change_field_control(lambda before: StandingOrder(FieldOrder.CLOSE, date(2026, 11, 27), 2))
    assert proxy.read_snapshot().order == StandingOrder(FieldOrder.CLOSE, date(2026, 11, 27), 2)
    assert proxy.write_archive(collected.edition_folder, folder / "an.archive") == 3
    assert (folder / "an.archive").stat().st_size > 0


def test_login_of_the_how_to_can_do_all_errands_and_change_no_answer(
    forked: None, postgresql: Kept, tmp_path: Path
) -> None:
    collected = collect(tmp_path, postgresql.url)
    assert postgresql.server is not None
    postgresql.ask("GRANT USAGE ON SCHEMA public TO PUBLIC")  # as in a new database; this one was emptied
    for statement in filter(str.strip, GRANTS.split(";")):
        postgresql.ask(statement)
    tried(StoreProxy(postgresql.server.url(postgresql.name, user="workbench")), collected, tmp_path)
    assert postgresql.ask("SELECT has_table_privilege('workbench', 'store_response', 'INSERT, UPDATE, DELETE')") == [
        (False,)
    ]
