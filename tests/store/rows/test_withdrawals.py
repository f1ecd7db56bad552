"""Taking back: the row goes, its id stays, and nothing is ever kept under it again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from kuule.core.problems import StoreError
from kuule.store.rewriting import rewrite_store
from kuule.store.rows import responses
from kuule.store.rows.drafts import SealedDraft, VisitIsOver, find_draft, replace_draft, save_draft, week_number
from kuule.store.rows.responses import read_responses, save_response
from kuule.store.rows.visit_status import VisitStatus, visit_status
from kuule.store.rows.withdrawals import (
    ResponseRow,
    apply_withdrawals,
    delete_draft_and_end_visit,
    end_visit_if_paused,
    find_response_row,
    mark_visit_ended,
    withdraw_response,
    withdrawn_row_ids,
)
from tests.sealing.rows import EDITION, rows
from tests.store.conftest import Kept

WEEK = week_number(date(2026, 11, 24))
TIE, TAG = b"one-tie!", b"sixteen bytes of"


def test_row_that_is_taken_back_is_gone_and_stays_gone(kept: Kept) -> None:
    one, other = rows(2)
    save_response(one)
    save_response(other)
    assert [withdraw_response(one.row_id), withdraw_response(one.row_id)] == [True, False]
    assert (list(read_responses(EDITION)), withdrawn_row_ids()) == ([other], (one.row_id,))
    assert (save_response(one), list(read_responses(EDITION))) == (responses.SubmissionResult.WITHDRAWN, [other])


def test_standing_tells_open_sent_and_ended(kept: Kept) -> None:
    one, other = rows(2)
    save_response(one)
    mark_visit_ended(other.row_id)
    assert [visit_status(row_id) for row_id in (5, one.row_id, other.row_id)] == [
        VisitStatus.OPEN, VisitStatus.SENT, VisitStatus.ENDED,
    ]  # fmt: skip
    withdraw_response(one.row_id)
    assert visit_status(one.row_id) is VisitStatus.ENDED


def test_unknown_row_leaves_no_id(kept: Kept) -> None:
    assert (withdraw_response(5), withdrawn_row_ids()) == (False, ())


def test_visit_without_drafts_is_not_ended_for_having_been_paused(kept: Kept) -> None:
    paused, other, sent = rows(3)
    save_draft(SealedDraft(7, WEEK, b"draft", TIE), WEEK)
    end_visit_if_paused(other.row_id, b"another!")
    assert (find_draft(7, WEEK) is not None, withdrawn_row_ids()) == (True, ())
    end_visit_if_paused(paused.row_id, TIE)
    assert (find_draft(7, WEEK), withdrawn_row_ids()) == (None, (paused.row_id,))
    save_draft(SealedDraft(8, WEEK, b"draft", TIE), WEEK)
    save_response(sent)
    end_visit_if_paused(sent.row_id, TIE)
    assert (find_draft(8, WEEK), visit_status(sent.row_id)) == (None, VisitStatus.SENT)


def test_visit_that_was_ended_is_not_kept_and_its_draft_goes(kept: Kept) -> None:
    (row,) = rows(1)
    save_draft(SealedDraft(7, WEEK, b"draft"), WEEK)
    mark_visit_ended(row.row_id, None, 7)
    mark_visit_ended(row.row_id, None, 7)
    assert (save_response(row), find_draft(7, WEEK), withdrawn_row_ids()) == (
        responses.SubmissionResult.WITHDRAWN,
        None,
        (row.row_id,),
    )


def test_visit_that_was_ended_leaves_no_draft_that_is_tied_to_it(kept: Kept) -> None:
    (row,) = rows(1)
    drafts = [SealedDraft(number, WEEK, b"draft", visit) for number, visit in enumerate((TIE, TIE, b"another!", None))]
    for draft in drafts:
        save_draft(draft, WEEK)
    mark_visit_ended(row.row_id, TIE)
    assert [find_draft(number, WEEK) for number in range(4)] == [None, None, *drafts[2:]]


def test_visit_is_ended_with_its_last_draft_and_not_before(kept: Kept) -> None:
    (row,) = rows(1)
    for number in (7, 8):
        save_draft(SealedDraft(number, WEEK, b"draft", TIE), WEEK)
    assert (delete_draft_and_end_visit(row.row_id, TIE, 7), visit_status(row.row_id)) == (True, VisitStatus.OPEN)
    assert (delete_draft_and_end_visit(row.row_id, TIE, 8), visit_status(row.row_id)) == (True, VisitStatus.ENDED)
    assert (delete_draft_and_end_visit(row.row_id, TIE, 8), withdrawn_row_ids()) == (False, (row.row_id,))


def test_visit_that_is_over_is_not_paused(kept: Kept) -> None:
    """As where it is ended or sent from one page in the moment in which it is paused from another."""
    sent, ended, open_one = rows(3)
    save_response(sent)
    draft = SealedDraft(7, WEEK, b"draft", TIE)
    assert save_draft(draft, WEEK, open_one.row_id) is True
    mark_visit_ended(ended.row_id)
    for over in (sent, ended):
        with pytest.raises(VisitIsOver):
            save_draft(SealedDraft(8, WEEK, b"draft", TIE), WEEK, over.row_id)
        with pytest.raises(VisitIsOver):
            replace_draft(SealedDraft(7, WEEK, b"other", TIE), b"draft", over.row_id)
    assert [find_draft(number, WEEK) for number in (7, 8)] == [draft, None]


def test_ending_does_not_take_back_what_was_sent(kept: Kept) -> None:
    (row,) = rows(1)
    save_response(row)
    mark_visit_ended(row.row_id)
    assert (visit_status(row.row_id), list(read_responses(EDITION)), withdrawn_row_ids()) == (
        VisitStatus.SENT,
        [row],
        (),
    )


def test_restored_database_obeys_an_archive(kept: Kept) -> None:
    """As from a copy that was made before: the rows are there again, their ids are not known."""
    for row in rows(4):
        save_response(row)
    ids = [row.row_id for row in rows(4)]
    assert (apply_withdrawals([ids[0], ids[2], 5]), apply_withdrawals([ids[0]])) == (2, 0)
    assert [row.row_id for row in read_responses(EDITION)] == [ids[1], ids[3]]
    assert withdrawn_row_ids() == tuple(sorted([ids[0], ids[2], 5]))


def test_row_that_stands_beside_its_own_tombstone_does_not_leave(kept: Kept) -> None:
    """Two transactions of PostgreSQL at once could leave both."""
    one, other = rows(2)
    save_response(one)
    save_response(other)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO store_withdrawal (row_id) VALUES (%s)", (one.row_id,))
    assert (list(read_responses(EDITION)), visit_status(one.row_id)) == ([other], VisitStatus.ENDED)


def test_edition_of_a_row_is_the_one_in_its_envelope(kept: Kept) -> None:
    (row,) = rows(1)
    save_response(row)
    assert find_response_row(range(row.row_id, row.row_id + 1), TAG, row.row_id) == ResponseRow(row.row_id, EDITION)
    assert find_response_row(range(5, 6), TAG, 5) is None


def test_row_is_found_by_its_tag_among_those_of_its_code(kept: Kept) -> None:
    """One that has a tag by nothing else; one that has none by its id alone, as before there were tags."""
    tagged, other, untagged = sorted(rows(3), key=lambda row: row.row_id)
    save_response(tagged, TAG)
    save_response(other, TAG[::-1])
    save_response(untagged)
    all_ids = range(2**63)
    assert find_response_row(all_ids, TAG, 5) == ResponseRow(tagged.row_id, EDITION)
    assert find_response_row(all_ids, TAG[::-1], 5) == ResponseRow(other.row_id, EDITION)
    assert find_response_row(all_ids, b"nobody's" * 2, untagged.row_id) == ResponseRow(untagged.row_id, EDITION)
    assert find_response_row(all_ids, b"nobody's" * 2, tagged.row_id) is None
    assert find_response_row(range(tagged.row_id), TAG, 5) is None
    assert find_response_row(range(tagged.row_id + 1, 2**63), TAG, 5) is None


def test_tags_and_ties_are_rewritten_with_their_rows(kept: Kept) -> None:
    (row,) = rows(1)
    save_response(row, TAG)
    draft = SealedDraft(7, week_number(date(2100, 1, 1)), b"draft", TIE)
    save_draft(draft, WEEK)
    rewrite_store()
    assert find_response_row(range(2**63), TAG, 5) == ResponseRow(row.row_id, EDITION)
    assert find_draft(7, WEEK) == draft


def test_withdrawal_that_cannot_be_made_is_said_and_removes_nothing(kept: Kept) -> None:
    (row,) = rows(1)
    save_response(row)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE store_withdrawal RENAME TO elsewhere")
    with pytest.raises(StoreError):
        withdraw_response(row.row_id)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO store_withdrawal")
    assert list(read_responses(EDITION)) == [row]


def test_bytes_of_what_was_taken_back_are_gone_from_the_file(kept: Kept) -> None:
    one, other = rows(2)
    save_response(one)
    save_response(other)
    withdraw_response(one.row_id)
    if kept.path is not None:
        content = b"".join(file.read_bytes() for file in kept.path.parent.iterdir())
        assert [row.envelope[60:120] in content for row in (one, other)] == [False, True]
