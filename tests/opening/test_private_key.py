"""The private key: made from 32 bytes, shown to nothing."""

import copy
import pickle
import traceback

import pytest

from kuule.core.problems import KeyMaterialError
from kuule.opening.private_key import PrivateKey

SECRET = bytes(range(100, 132))
KEY = PrivateKey.generate(SECRET, rehearsal=False)


def test_private_key_of_the_same_bytes_is_the_same() -> None:
    assert PrivateKey.generate(SECRET, rehearsal=False).public == KEY.public


def test_private_key_of_rehearsal_has_another_name_and_the_same_bytes() -> None:
    rehearsal = PrivateKey.generate(SECRET, rehearsal=True).public
    assert rehearsal.raw == KEY.public.raw
    assert len({rehearsal.key_id, KEY.public.key_id}) == len({rehearsal.fingerprint, KEY.public.fingerprint}) == 2


@pytest.mark.parametrize("rehearsal", [True, False])
def test_private_text_is_read_back(rehearsal: bool) -> None:
    key = PrivateKey.generate(SECRET, rehearsal)
    assert PrivateKey.from_text(key.to_text()).to_text() == key.to_text()


def test_private_text_of_a_public_key_is_told() -> None:
    with pytest.raises(KeyMaterialError) as raised:
        PrivateKey.from_text(KEY.public.to_text(), "study.pub")
    assert [problem.code for problem in raised.value.problems] == ["KEY_002"]


@pytest.mark.parametrize("length", [0, 31, 33])
def test_private_key_of_other_lengths_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        PrivateKey.generate(bytes(length), rehearsal=False)


def test_private_key_shows_its_public_id_only() -> None:
    assert f"{KEY} {KEY!r} {KEY:}" == " ".join([f"<PrivateKey {KEY.public.key_id.hex()}>"] * 3)
    assert not hasattr(KEY, "__dict__")


@pytest.mark.parametrize("taken", [pickle.dumps, copy.copy, copy.deepcopy])
def test_private_key_is_not_pickled_or_copied(taken: object) -> None:
    with pytest.raises(TypeError, match="not pickled"):
        taken(KEY)  # type: ignore[operator]


def test_private_key_in_a_traceback_with_locals_shows_nothing() -> None:
    def fails(key: PrivateKey) -> None:
        raise RuntimeError(str(key))

    with pytest.raises(RuntimeError) as raised:
        fails(KEY)
    shown = "".join(traceback.TracebackException.from_exception(raised.value, capture_locals=True).format())
    assert "<PrivateKey" in shown
    assert KEY.to_text().splitlines()[1] not in shown
    assert repr(SECRET)[2:20] not in shown


def test_record_keys_are_the_same_whenever_a_row_is_opened_and_other_with_another_key():
    one, again, other = (
        PrivateKey.generate(secret, rehearsal=True) for secret in (bytes(32), bytes(32), bytes([1] * 32))
    )
    keys = [one.record_key(row) for row in range(1000)]
    assert keys == [again.record_key(row) for row in range(1000)]
    assert len(set(keys)) == len(set(keys) | {other.record_key(row) for row in range(1000)}) - 1000 == 1000
    assert 0 <= min(keys) < max(keys) < 1 << 32
    assert sum(keys) / 1000 / (1 << 32) == pytest.approx(0.5, abs=0.05)
    assert one.record_key(7) == 5595235
