"""Paused drafts: written once, replaced only by who read them last, gone when their last week is over."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from kuule.core.problems import StoreError
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.drafts import (
    SealedDraft,
    delete_draft,
    delete_expired_drafts,
    find_draft,
    replace_draft,
    save_draft,
    week_number,
)
from tests.store.conftest import Kept

WEEK = week_number(date(2026, 11, 24))
DRAFT = SealedDraft(2**63 - 1, WEEK + 2, b"one" * 1000)


def test_draft_comes_back_as_it_was_kept(kept: Kept) -> None:
    assert (save_draft(DRAFT, WEEK), find_draft(DRAFT.draft_id, WEEK)) == (True, DRAFT)
    assert find_draft(7, WEEK) is None


def test_id_that_is_taken_changes_nothing(kept: Kept) -> None:
    save_draft(DRAFT, WEEK)
    assert save_draft(SealedDraft(DRAFT.draft_id, WEEK, b"other"), WEEK) is False
    assert find_draft(DRAFT.draft_id, WEEK) == DRAFT


def test_id_of_what_ran_out_is_free_before_it_is_deleted(kept: Kept) -> None:
    save_draft(DRAFT, WEEK)
    again = SealedDraft(DRAFT.draft_id, WEEK + 5, b"again")
    assert [save_draft(again, WEEK + 2), save_draft(again, WEEK + 3)] == [False, True]
    assert find_draft(DRAFT.draft_id, WEEK + 3) == again


def test_draft_is_replaced_only_by_who_read_it_last(kept: Kept) -> None:
    save_draft(DRAFT, WEEK)
    second = SealedDraft(DRAFT.draft_id, WEEK + 3, b"two")
    third = SealedDraft(DRAFT.draft_id, WEEK + 4, b"three")
    assert (replace_draft(second, DRAFT.sealed), replace_draft(third, DRAFT.sealed)) == (True, False)
    assert find_draft(DRAFT.draft_id, WEEK) == second


def test_draft_is_kept_to_the_end_of_its_last_week(kept: Kept) -> None:
    save_draft(DRAFT, WEEK)
    assert [delete_expired_drafts(WEEK + weeks) for weeks in (0, 2)] == [0, 0]
    assert find_draft(DRAFT.draft_id, WEEK + 2) == DRAFT
    assert find_draft(DRAFT.draft_id, WEEK + 3) is None
    assert (delete_expired_drafts(WEEK + 3), find_draft(DRAFT.draft_id, WEEK)) == (1, None)


def test_draft_is_deleted_once(kept: Kept) -> None:
    save_draft(DRAFT, WEEK)
    assert [delete_draft(DRAFT.draft_id), delete_draft(DRAFT.draft_id)] == [True, False]


def test_weeks_begin_on_monday() -> None:
    monday = date(2026, 11, 23)
    assert [week_number(monday + timedelta(days=day)) - week_number(monday) for day in (-1, 0, 6, 7)] == [-1, 0, 0, 1]
    assert week_number(date(1, 1, 1)) == 0


def test_bytes_of_a_draft_that_was_deleted_or_replaced_are_gone_from_the_file(kept: Kept) -> None:
    marks = [os.urandom(24) for _ in range(3)]
    drafts = [SealedDraft(number, WEEK, mark * 500) for number, mark in enumerate(marks)]
    for draft in drafts:
        save_draft(draft, WEEK)
    replace_draft(SealedDraft(0, WEEK, b"\x01" * 12_000), drafts[0].sealed)
    delete_draft(1)
    if kept.path is not None:
        content = b"".join(file.read_bytes() for file in kept.path.parent.iterdir())
        assert [mark * 2 in content for mark in marks] == [False, False, True]


def test_database_that_is_gone_is_said(kept: Kept) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE store_draft")
    with pytest.raises(StoreError):
        save_draft(DRAFT, WEEK)
    with pytest.raises(StoreError):
        find_draft(DRAFT.draft_id, WEEK)


def test_rewriting_deletes_what_is_over(kept: Kept) -> None:
    """Also where nobody comes back: a collector rewrites when it starts, when it stops and daily."""
    week = week_number(datetime.now(UTC).date())
    for number, last in enumerate((week - 1, week, week + 1)):
        save_draft(SealedDraft(number, last, b"draft"), WEEK)
    rewrite_store()
    assert [find_draft(number, 0) is None for number in range(3)] == [True, False, False]
