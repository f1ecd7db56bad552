"""The lock of a draft: the same code and study give the same, nothing else does, and it alone opens the draft."""

from __future__ import annotations

import base64
import json
import os
import pickle
import threading
from functools import cache
from pathlib import Path
from random import Random

import pytest

from kuule.collector.server.fair_semaphore import NO_LIMIT, FairSemaphore
from kuule.collector.server.waiting_room import MAX_ASIDE
from kuule.collector.session import draft_sealing
from kuule.collector.session.draft_sealing import (
    DRAFT_SIZES,
    ContentTooLong,
    KeyDerivationBusy,
    UnreadableDraft,
    derive_draft_key,
    open_draft,
    seal_draft,
)
from kuule.core.computing_place import hold_place
from kuule.core.limits import MAX_PAGE_ENVELOPE
from kuule.sealing.return_codes import ReturnCode, check_digit, new_code
from tests.patience import PATIENCE, wait_until

VECTOR = json.loads((Path(__file__).parents[2] / "vectors" / "draft-1.json").read_text("utf-8"))
CODE = ReturnCode("0123456789012345678" + check_digit("0123456789012345678"))
CONTENT = '{"v":2,"answers":{"/data/wish":"كفى"}}'.encode()


@cache
def lock() -> draft_sealing.DraftKey:
    """Made when the first test asks: it takes long on purpose."""
    return derive_draft_key("our-voice", CODE)


@cache
def other_lock() -> draft_sealing.DraftKey:
    return derive_draft_key("our-voice", new_code())


def test_lock_is_frozen() -> None:
    """The code stands on somebody's paper: a lock that came out otherwise would lose what they wrote."""
    assert (lock().draft_id, derive_draft_key("our-voice", CODE).draft_id) == (VECTOR["draft_id"],) * 2
    assert (VECTOR["study"], VECTOR["code"]) == ("our-voice", CODE.digits)
    assert open_draft(base64.b64decode(VECTOR["draft"]), lock()).decode() == VECTOR["content"]


def test_lock_is_another_for_another_study_or_code() -> None:
    ids = {lock().draft_id, other_lock().draft_id, derive_draft_key("small-study", CODE).draft_id}
    assert len(ids) == 3
    assert all(0 <= one < 2**63 for one in ids)


@pytest.mark.parametrize("length", [0, 1, 3000, 20_000, 60_000])
def test_draft_has_one_of_few_sizes_and_opens(length: int) -> None:
    content = Random(length).randbytes(length)
    sealed = seal_draft(content, lock())
    assert (len(sealed) in DRAFT_SIZES, open_draft(sealed, lock())) == (True, content)
    assert max(DRAFT_SIZES) <= MAX_PAGE_ENVELOPE


def test_what_has_no_room_is_said() -> None:
    with pytest.raises(ContentTooLong):
        seal_draft(os.urandom(max(DRAFT_SIZES)), lock())


def test_draft_shows_nothing_of_what_is_inside() -> None:
    one, other = (seal_draft(CONTENT, lock()) for _ in range(2))
    assert one[1:] != other[1:]
    assert [CONTENT[at : at + 6] in one for at in range(len(CONTENT) - 6)] == [False] * (len(CONTENT) - 6)


@pytest.mark.parametrize("at", [0, 1, 12, 13, 100, 3071])
def test_draft_that_was_altered_does_not_open(at: int) -> None:
    sealed = seal_draft(CONTENT, lock())
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    with pytest.raises(UnreadableDraft):
        open_draft(changed, lock())


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 3071, b"\x01" * 3072, os.urandom(12_288)])
def test_what_is_no_draft_does_not_open(sealed: bytes) -> None:
    with pytest.raises(UnreadableDraft):
        open_draft(sealed, lock())


def test_draft_of_another_code_does_not_open() -> None:
    with pytest.raises(UnreadableDraft):
        open_draft(seal_draft(CONTENT, other_lock()), lock())


def test_draft_moved_to_another_id_does_not_open() -> None:
    moved = draft_sealing.DraftKey(lock().draft_id ^ 1, lock()._key)
    with pytest.raises(UnreadableDraft):
        open_draft(seal_draft(CONTENT, lock()), moved)


def test_draft_that_would_inflate_without_bound_is_cut_off() -> None:
    sealed = seal_draft(bytes(50 * 1024 * 1024), lock())
    assert len(open_draft(sealed, lock())) == draft_sealing.MAX_DRAFT_CONTENT


def test_no_more_hashes_at_once_than_memory_is_meant_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_sealing, "WAIT_SECONDS", 0.01)
    taken = [draft_sealing.SLOTS.acquire(timeout=PATIENCE) for _ in range(draft_sealing.MAX_CONCURRENT)]
    try:
        with pytest.raises(KeyDerivationBusy):
            derive_draft_key("our-voice", CODE)
    finally:
        for _ in taken:
            draft_sealing.SLOTS.release()
    assert derive_draft_key("our-voice", CODE).draft_id == lock().draft_id


@pytest.mark.usefixtures("cheap_locks")
def test_codes_that_are_made_up_take_a_few_places_and_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty at once: those who find no chair are told so at once, and hold nobody's place for ten seconds."""
    cheap = derive_draft_key("our-voice", CODE).draft_id
    monkeypatch.setattr(draft_sealing, "WAIT_SECONDS", PATIENCE)  # however busy this machine is, those who wait get in
    taken = [draft_sealing.SLOTS.acquire(timeout=PATIENCE) for _ in range(draft_sealing.MAX_CONCURRENT)]
    refused = threading.Semaphore(0)
    found: list[int] = []

    def come() -> None:
        try:
            found.append(derive_draft_key("our-voice", CODE).draft_id)
        except KeyDerivationBusy:
            refused.release()

    threads = [threading.Thread(target=come) for _ in range(40)]
    try:
        for thread in threads:
            thread.start()
        waiting = draft_sealing.MAX_CONCURRENT + draft_sealing.MAX_WAITING
        assert all(refused.acquire(timeout=PATIENCE) for _ in range(40 - waiting))
        assert waiting * 2 <= MAX_ASIDE, "everyone else may wait for the store too"
    finally:
        for _ in taken:
            draft_sealing.SLOTS.release()
        for thread in threads:
            thread.join()
    assert found == [cheap] * waiting


def test_hash_and_the_wait_for_it_hold_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_sealing, "WAIT_SECONDS", PATIENCE)
    places, taken = FairSemaphore(1), []

    def come() -> None:
        assert places.acquire()
        with hold_place(places):
            taken.append(derive_draft_key("our-voice", CODE).draft_id)
        places.release()

    for _ in range(draft_sealing.MAX_CONCURRENT):
        assert draft_sealing.SLOTS.acquire(timeout=PATIENCE)
    thread = threading.Thread(target=come)
    try:
        thread.start()
        wait_until(lambda: places._aside_left < NO_LIMIT)
        assert places.acquire(), "its place is free"
        places.release()
    finally:
        for _ in range(draft_sealing.MAX_CONCURRENT):
            draft_sealing.SLOTS.release()
        thread.join(PATIENCE)
    assert (taken, places.acquire(), places.acquire()) == ([lock().draft_id], True, False)


def test_many_at_once_all_come_to_their_turn() -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(derive_draft_key("our-voice", CODE).draft_id)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [lock().draft_id] * 6


def test_lock_shows_nothing_of_itself() -> None:
    assert (repr(lock()), hasattr(lock(), "__dict__")) == ("<DraftKey>", False)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(lock())
