"""Opening: every envelope that is not as it was sealed stays closed, with its own reason where one can be told."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.opening.decryption import OpenError, UnopenedReason, open_envelope
from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import HPKE_SUITE, SealedResponse, hpke_info, seal
from kuule.sealing.envelope_header import EnvelopeHeader
from kuule.sealing.keys import hpke_key

KEY = PrivateKey.generate(bytes(range(32)), rehearsal=True)
OTHER_KEY = PrivateKey.generate(bytes(range(1, 33)), rehearsal=True)
REAL_KEY = PrivateKey.generate(bytes(range(32)), rehearsal=False)
STUDY, EDITION = "our-voice", "0f" * 32
RECORD = b'{"answers":{"/data/age":"30-39"}}'
SEALED = seal(RECORD, key=KEY.public, study_id=STUDY, edition_id=EDITION, row_id=7, size=2048)
ENVELOPE = SEALED.envelope


def reason_of(
    sealed: SealedResponse, key: PrivateKey = KEY, study: str = STUDY, edition: str = EDITION
) -> UnopenedReason:
    with pytest.raises(OpenError) as raised:
        open_envelope(sealed, key, study_id=study, edition_id=edition)
    return raised.value.reason


def altered(envelope: bytes) -> SealedResponse:
    return dataclasses.replace(SEALED, envelope=envelope)


def flipped(at: int, bit: int = 1) -> bytes:
    return ENVELOPE[:at] + bytes([ENVELOPE[at] ^ bit]) + ENVELOPE[at + 1 :]


def test_open_as_sealed_gives_the_record() -> None:
    assert open_envelope(SEALED, KEY, study_id=STUDY, edition_id=EDITION) == RECORD


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        *((at, UnopenedReason.NOT_AN_ENVELOPE) for at in range(5)),
        (5, UnopenedReason.OTHER_VERSION),
        *((at, UnopenedReason.OTHER_SUITE) for at in range(6, 12)),
        *((at, UnopenedReason.KEY_ID_DIFFERS) for at in range(12, 20)),
        *((at, UnopenedReason.OTHER_EDITION) for at in range(20, 52)),
    ],
)
def test_open_with_one_byte_of_the_clear_part_altered(at: int, reason: UnopenedReason) -> None:
    assert reason_of(altered(flipped(at))) is reason


@given(st.integers(52, 2047), st.sampled_from([1 << bit for bit in range(8)]))
def test_open_with_any_bit_of_the_closed_part_altered(at: int, bit: int) -> None:
    assert reason_of(altered(flipped(at, bit))) is UnopenedReason.NOT_AUTHENTIC


def test_open_with_the_unread_bit_of_the_x25519_point_altered_stays_closed() -> None:
    """X25519 does not read it (RFC 7748, section 5); X-Wing hashes the point as it was sent, and so proves it too."""
    assert reason_of(altered(flipped(52 + 1119, 0x80))) is UnopenedReason.NOT_AUTHENTIC


@given(st.integers(6, 2047))
def test_open_cut_anywhere_stays_closed(length: int) -> None:
    reason = reason_of(altered(ENVELOPE[:length]))
    assert reason is (UnopenedReason.CUT_SHORT if length < 1189 else UnopenedReason.NOT_AUTHENTIC)


def test_open_with_bytes_added_stays_closed() -> None:
    assert reason_of(altered(ENVELOPE + b"\x00")) is UnopenedReason.NOT_AUTHENTIC


@pytest.mark.parametrize("envelope", [b"", b"hello", b"%PDF-1.7", bytes(2048)])
def test_open_something_foreign(envelope: bytes) -> None:
    assert reason_of(altered(envelope)) is UnopenedReason.NOT_AN_ENVELOPE


@pytest.mark.parametrize("row_id", [6, 8, 7 << 32, 2**63 - 1, 2**63 + 7, -7])
def test_open_in_another_row_stays_closed(row_id: int) -> None:
    assert reason_of(dataclasses.replace(SEALED, row_id=row_id)) is UnopenedReason.NOT_AUTHENTIC


def test_open_two_rows_with_their_envelopes_swapped_opens_neither() -> None:
    other = seal(b"other", key=KEY.public, study_id=STUDY, edition_id=EDITION, row_id=8, size=2048)
    swapped = [dataclasses.replace(SEALED, row_id=8), dataclasses.replace(other, row_id=7)]
    assert [reason_of(sealed) for sealed in swapped] == [UnopenedReason.NOT_AUTHENTIC] * 2


def test_open_with_another_key() -> None:
    assert reason_of(SEALED, key=OTHER_KEY) is UnopenedReason.OTHER_KEY


def test_open_a_rehearsal_with_the_same_secret_as_a_real_key() -> None:
    assert reason_of(SEALED, key=REAL_KEY) is UnopenedReason.OTHER_KEY


def test_open_a_rehearsal_dressed_up_as_real_stays_closed() -> None:
    real = REAL_KEY.public.key_id
    assert (
        reason_of(SealedResponse(7, real, ENVELOPE[:12] + real + ENVELOPE[20:]), key=REAL_KEY)
        is UnopenedReason.NOT_AUTHENTIC
    )


def test_open_as_of_another_edition() -> None:
    assert reason_of(SEALED, edition="f0" * 32) is UnopenedReason.OTHER_EDITION


def test_open_with_the_edition_rewritten_stays_closed() -> None:
    other = "f0" * 32
    moved = altered(ENVELOPE[:20] + bytes.fromhex(other) + ENVELOPE[52:])
    assert reason_of(moved, edition=other) is UnopenedReason.NOT_AUTHENTIC


def test_open_as_of_another_study_stays_closed() -> None:
    assert reason_of(SEALED, study="help-us-to-know") is UnopenedReason.NOT_AUTHENTIC


def test_open_a_row_that_names_another_key() -> None:
    assert reason_of(dataclasses.replace(SEALED, key_id=OTHER_KEY.public.key_id)) is UnopenedReason.KEY_ID_DIFFERS


@pytest.mark.parametrize("padded", [b"", b"record", b"record\x00\x00", b"record\x80\x00\x01"])
def test_open_what_was_sealed_without_padding_as_specified(padded: bytes) -> None:
    info = hpke_info(study_id=STUDY, edition_id=EDITION, key_id=KEY.public.key_id, row_id=7)
    closed = HPKE_SUITE.encrypt(padded, hpke_key(KEY.public.raw), info)
    envelope = EnvelopeHeader(KEY.public.key_id, EDITION).to_bytes() + closed
    assert reason_of(altered(envelope)) is (UnopenedReason.MALFORMED_PADDING if padded else UnopenedReason.CUT_SHORT)


@given(st.binary(max_size=3000))
def test_open_any_bytes_never_gives_a_record(envelope: bytes) -> None:
    with pytest.raises(OpenError):
        open_envelope(altered(envelope), KEY, study_id=STUDY, edition_id=EDITION)
