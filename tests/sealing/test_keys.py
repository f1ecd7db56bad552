"""The public key: its id, its fingerprint, its text."""

import pytest

from kuule.core.problems import KeyMaterialError
from kuule.opening.private_key import PrivateKey
from kuule.sealing.keys import PUBLIC_LENGTH, SMALL_ORDER, PublicKey

RAW = PrivateKey.generate(bytes(range(32)), rehearsal=True).public.raw
REHEARSAL = PublicKey(RAW, rehearsal=True)
REAL = PublicKey(RAW, rehearsal=False)


def code_of(raw: bytes) -> str:
    with pytest.raises(KeyMaterialError) as raised:
        PublicKey(raw, rehearsal=False)
    return raised.value.problems[0].code


def test_key_id_of_a_frozen_key() -> None:
    assert (REHEARSAL.key_id.hex(), REAL.key_id.hex()) == ("7aef564a14c1f668", "30a511f1388a9300")


def test_fingerprint_of_a_frozen_key() -> None:
    assert REHEARSAL.fingerprint == "01218 40165 53676 04353 18358 81700"
    assert REAL.fingerprint == "20766 77064 51274 35758 03445 57404"


@pytest.mark.parametrize("key", [REHEARSAL, REAL])
def test_public_text_is_read_back_with_its_mark(key: PublicKey) -> None:
    assert PublicKey.from_text(key.to_text()) == key


def test_public_text_begins_with_what_it_is_and_ends_with_its_fingerprint() -> None:
    lines = REAL.to_text().splitlines()
    assert (lines[0], lines[-1]) == (
        "kuule public key, version 1, for real answers",
        f"# fingerprint {REAL.fingerprint}",
    )


def test_public_text_with_the_rehearsal_mark_taken_off_is_refused() -> None:
    with pytest.raises(KeyMaterialError) as raised:
        PublicKey.from_text(REHEARSAL.to_text().replace("for rehearsal", "for real answers"))
    assert raised.value.problems[0].code == "KEY_004"


def test_secret_text_where_a_public_key_belongs_is_refused_unquoted() -> None:
    text = PrivateKey.generate(bytes(range(32)), rehearsal=True).to_text()
    with pytest.raises(KeyMaterialError) as raised:
        PublicKey.from_text(text, "study.key")
    assert str(raised.value) == (
        "KEY_002 study.key: this is a secret key where a public key belongs; "
        "give the public key, and keep the secret key away from this machine"
    )


@pytest.mark.parametrize("raw", [b"", RAW[:-1], RAW + b"\x00", b"\xff" * PUBLIC_LENGTH])
def test_public_key_of_other_bytes_is_refused(raw: bytes) -> None:
    assert code_of(raw) == "KEY_005"


@pytest.mark.parametrize("point", ["00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f"])
def test_public_key_with_a_point_that_agrees_with_nobody_is_refused(point: str) -> None:
    assert code_of(RAW[:-32] + bytes.fromhex(point)) == "KEY_005"


@pytest.mark.parametrize("point", sorted(SMALL_ORDER))
def test_public_key_with_such_a_point_under_its_other_spelling_is_refused(point: bytes) -> None:
    unread = bytes([point[-1] | 0x80])  # X25519 passes over the top bit
    assert code_of(RAW[:-32] + point[:-1] + unread) == "KEY_005"
