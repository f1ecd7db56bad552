"""`retention_days` is carried out: what is due is said, what needs people waits for them, and the rest goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kuule.destruction.dispositions import Dispositions
from kuule.destruction.ending_steps import EndingStep
from kuule.usecases.collecting.end_collector import CollectorEnd, find_collector_end
from kuule.usecases.collecting.retention import (
    RetentionState,
    carry_out_retention,
    retention_items,
    retention_problems,
    with_backups,
)
from tests.store.conftest import Kept, database, kept, postgresql, server
from tests.study.small_study import SETTINGS, make_edition
from tests.usecases.collecting.test_end_collector import CLOSED, Ending, close_on, over
from tests.usecases.recovery.answered import answer

__all__ = ["database", "kept", "postgresql", "server"]

LAST = date(2028, 2, 29)
"""365 days after the closing."""


@pytest.fixture
def ending(tmp_path: Path, kept: Kept) -> Ending:
    return over(tmp_path, kept)


def on(ending: Ending, day: date) -> CollectorEnd:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    found = find_collector_end(
        [ending.folder / "edition"],
        database=ending.answered.url,
        records=ending.records,
        archives=ending.records,
        said=Dispositions(),
        now=now,
    )
    return with_backups(found, (ending.answered.backups,))


def states(ending: Ending, day: date) -> list[RetentionState]:
    return [item.state for item in retention_items(on(ending, day))]


def test_days_are_counted_from_the_closing_and_said_in_time(ending: Ending) -> None:
    assert states(ending, LAST - timedelta(days=30)) == [RetentionState.KEPT] * 2
    assert states(ending, LAST - timedelta(days=29)) == [RetentionState.DUE] * 2
    assert states(ending, LAST) == [RetentionState.DUE] * 2
    late = on(ending, LAST + timedelta(days=1))
    items = retention_items(late)
    assert [item.state for item in items] == [RetentionState.OVERDUE] * 2
    assert all("make the last archives" in item.needs for item in items)
    assert [one.code for one in retention_problems(late, items)] == ["RETENTION_001"] * 2


def test_link_among_the_backups_keeps_all_of_them_and_is_named(ending: Ending, tmp_path: Path) -> None:
    ending.archived()
    ending.opened()
    link, other = ending.answered.backups / "small-study-2027-03-02.kuule-backup", tmp_path / "other"
    other.write_text("not ours")
    link.symlink_to(other)
    late = on(ending, LAST + timedelta(days=1))
    assert carry_out_retention(late) == ()
    assert all(f"people are needed: {link}: " in item.needs for item in retention_items(late))
    assert other.read_text() == "not ours"


def test_nothing_that_nobody_opened_is_destroyed_by_a_timer(ending: Ending) -> None:
    late = LAST + timedelta(days=1)
    assert carry_out_retention(on(ending, late)) == ()
    ending.archived()
    assert carry_out_retention(on(ending, late)) == ()
    assert all("kuule end analyst" in item.needs for item in retention_items(on(ending, late)))
    assert ending.answered.kept.ask("SELECT count(*) FROM store_response") == [(18,)]


def test_what_was_opened_goes_by_itself_once_it_is_overdue(ending: Ending) -> None:
    ending.archived()
    ending.opened()
    assert carry_out_retention(on(ending, LAST)) == ()
    late = LAST + timedelta(days=1)
    done = carry_out_retention(on(ending, late))
    assert [record.step for record in done] == [EndingStep.STORE, EndingStep.BACKUPS]
    assert [str(item) for item in retention_items(on(ending, late))] == [
        "the database of the collector: destroyed on 2028-03-01",
        "backups: destroyed on 2028-03-01",
    ]
    assert carry_out_retention(on(ending, late)) == ()
    assert (ending.folder / "token-secret").exists(), "it has no answers: people end the rest"
    ending.carried_out()
    assert not (ending.folder / "token-secret").exists()


def test_survey_in_the_field_has_no_day_and_a_later_withdrawal_is_warned_of(tmp_path: Path, database: Path) -> None:
    kept = Kept("sqlite", f"sqlite:///{database}?timeout=0.2", path=database)
    settings = SETTINGS + "\n[coming_back]\nwithdraw_until = 2029-01-31\n"
    ending = Ending(answer(tmp_path, make_edition(tmp_path, settings=settings), kept), ())
    assert states(ending, CLOSED.date()) == [RetentionState.IN_FIELD] * 2
    close_on(ending.answered, CLOSED)
    found = on(ending, CLOSED.date())
    assert [one.code for one in retention_problems(found, retention_items(found))] == ["RETENTION_002"]
