"""Keeping: once, durably, also by two at once. The same contract for every store."""

import dataclasses
from random import Random

import pytest
from django.db import connection, transaction

from kuule.core.problems import StoreError
from kuule.opening.decryption import open_envelope
from kuule.sealing.envelope import SealedResponse, seal
from kuule.store.rows import responses
from kuule.store.rows.drafts import SealedDraft, find_draft, save_draft
from kuule.store.rows.responses import (
    MAX_STORED_ENVELOPE,
    SubmissionResult,
    read_key_ids,
    read_responses,
    save_response,
)
from tests.patience import PATIENCE
from tests.sealing.rows import EDITION, KEY, STUDY, rows
from tests.store import conftest
from tests.store.files import python, random_rows, set_off
from tests.store.kept import count_by_edition, count_responses

OTHER_EDITION = "f0" * 32
WEEK = 800


def code_of_keep(sealed: SealedResponse) -> str:
    with pytest.raises(StoreError) as raised:
        save_response(sealed)
    return raised.value.problems[0].code


def test_keep_gives_back_what_was_kept_in_the_order_of_ids(kept: conftest.Kept) -> None:
    arrived = Random(5).sample(rows(30), 30)
    assert [save_response(row) for row in arrived] == [SubmissionResult.NEW] * 30
    assert tuple(read_responses(EDITION)) == rows(30)
    assert count_responses(EDITION) == 30


def test_keep_the_same_row_again_changes_nothing(kept: conftest.Kept) -> None:
    row = rows(1)[0]
    assert [save_response(row), save_response(row)] == [SubmissionResult.NEW, SubmissionResult.ALREADY]
    assert list(read_responses(EDITION)) == [row]


def test_keep_a_resend_that_was_sealed_anew_keeps_the_first(kept: conftest.Kept) -> None:
    first, again = (
        seal(record, key=KEY.public, study_id=STUDY, edition_id=EDITION, row_id=9, size=2048) for record in (b"1", b"2")
    )
    assert [save_response(first), save_response(again)] == [SubmissionResult.NEW, SubmissionResult.ALREADY]
    assert list(read_responses(EDITION)) == [first]


@pytest.mark.parametrize("row_id", [0, 1, 2**31, 2**63 - 1])
def test_keep_takes_every_row_id_of_63_bits(kept: conftest.Kept, row_id: int) -> None:
    row = dataclasses.replace(rows(1)[0], row_id=row_id)
    assert (save_response(row), list(read_responses(EDITION))) == (SubmissionResult.NEW, [row])


def test_key_ids_are_those_of_all_that_is_kept(kept: conftest.Kept) -> None:
    assert read_key_ids() == frozenset()
    for row in rows(3):
        save_response(row)
    other = dataclasses.replace(rows(4)[3], key_id=bytes(8))
    save_response(other)
    assert read_key_ids() == {KEY.public.key_id, bytes(8)}


def test_envelopes_of_more_than_a_batch_come_whole(kept: conftest.Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "BATCH_SIZE", 20)
    for row in rows(63):
        save_response(row)
    assert tuple(read_responses(EDITION)) == rows(63)


def test_envelopes_of_one_edition_leave_the_other(kept: conftest.Kept) -> None:
    other = seal(b"r", key=KEY.public, study_id=STUDY, edition_id=OTHER_EDITION, row_id=9, size=2048)
    for row in (other, *rows(3)):
        save_response(row)
    assert (tuple(read_responses(EDITION)), list(read_responses(OTHER_EDITION))) == (rows(3), [other])
    assert (count_responses(EDITION), count_responses(OTHER_EDITION), count_by_edition()) == (
        3,
        1,
        {EDITION: 3, OTHER_EDITION: 1},
    )


def test_editions_counts_a_damaged_row_too(kept: conftest.Kept) -> None:
    save_response(dataclasses.replace(rows(1)[0], envelope=b"short"))
    assert (count_responses(EDITION), count_by_edition()) == (0, {"": 1})


def test_envelopes_while_another_writes_are_not_locked(kept: conftest.Kept) -> None:
    for row in rows(3):
        save_response(row)
    reading = read_responses(EDITION)
    next(reading)
    assert save_response(dataclasses.replace(rows(1)[0], row_id=2**63 - 1)) is SubmissionResult.NEW


def test_keep_the_largest_envelope(kept: conftest.Kept) -> None:
    (row,) = random_rows(1, Random(1), size=MAX_STORED_ENVELOPE)
    assert (save_response(row), list(read_responses("ab" * 32))) == (SubmissionResult.NEW, [row])


def test_keep_a_larger_envelope_is_refused(kept: conftest.Kept) -> None:
    (row,) = random_rows(1, Random(1), size=MAX_STORED_ENVELOPE + 1)
    assert (code_of_keep(row), count_by_edition()) == ("STORE_012", {})


def test_keep_within_a_transaction_is_refused(kept: conftest.Kept) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside of transactions"):
        save_response(rows(1)[0])


def test_keep_is_seen_by_another_as_soon_as_it_returns(kept: conftest.Kept) -> None:
    save_response(rows(1)[0])
    assert kept.ask("SELECT row_id FROM store_response") == [(rows(1)[0].row_id,)]


def test_keep_survives_a_kill_right_after_it_was_answered(kept: conftest.Kept) -> None:
    script = (
        "import sys; from kuule.store.database import configure; from kuule.store.rows.responses import save_response\n"
        "from tests.sealing.rows import rows\n"
        "configure(sys.argv[1])\n"
        "for row in rows(200): print(row.row_id, save_response(row).name, flush=True)"
    )
    process = python(script, kept.url)
    assert process.stdout is not None
    thanked = [process.stdout.readline() for _ in range(40)]
    process.kill()
    thanked += process.communicate(timeout=PATIENCE)[0].splitlines()
    ids = {int(line.split()[0]) for line in thanked if line.strip().endswith("NEW")}
    assert len(ids) >= 40
    assert ids <= {row.row_id for row in read_responses(EDITION)}


def test_keep_by_two_processes_at_once_keeps_each_row_once(kept: conftest.Kept) -> None:
    script = (
        "import sys; from random import Random; from kuule.store.database import configure\n"
        "from kuule.store.rows.responses import save_response; from tests.sealing.rows import rows\n"
        "configure(sys.argv[1]); mine = Random(sys.argv[2]).sample(rows(150), 150)\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(' '.join(save_response(row).name for row in mine))"
    )
    # a lock is waited for as long as people would wait
    url = kept.url.replace("timeout=0.2", "timeout=20")
    processes = [python(script, url, name) for name in ("one", "two")]
    set_off(processes)
    answers = [process.communicate(timeout=PATIENCE) for process in processes]
    assert [errors for _, errors in answers] == ["", ""]
    said = [word for output, _ in answers for word in output.split()]
    assert (said.count("NEW"), said.count("ALREADY")) == (150, 150)
    found = list(read_responses(EDITION))
    assert [row.row_id for row in found] == [row.row_id for row in rows(150)]
    records = {open_envelope(row, KEY, study_id=STUDY, edition_id=EDITION) for row in found}
    assert records == {f"person {number}".encode() for number in range(150)}


def test_drafts_of_a_visit_go_in_the_transaction_that_keeps_its_response(kept: conftest.Kept) -> None:
    """All or nothing: where the drafts cannot be deleted, nothing was sent, and nobody is told that it was."""
    first, second = rows(2)
    for number, visit in ((1, b"mine-mine"), (2, b"mine-mine"), (3, b"another's"), (4, None)):
        save_draft(SealedDraft(number, WEEK, b"sealed", visit), WEEK)
    assert save_response(first, visit=b"mine-mine", draft_id=4) is SubmissionResult.NEW
    assert [find_draft(number, WEEK) is not None for number in (1, 2, 3, 4)] == [False, False, True, False]
    save_draft(SealedDraft(5, WEEK, b"sealed", b"mine-mine"), WEEK)
    assert save_response(first, visit=b"mine-mine") is SubmissionResult.ALREADY
    assert find_draft(5, WEEK) is None
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE store_draft RENAME TO away")
    with pytest.raises(StoreError):
        save_response(second, visit=b"mine-mine")
    assert tuple(read_responses(EDITION)) == (first,)
