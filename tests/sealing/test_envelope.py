"""The envelope: what is bound, one size, what does not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.opening.decryption import open_envelope
from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import OVERHEAD, ContentTooLong, hpke_info, seal
from kuule.sealing.envelope_header import UnreadableHeader, read_header

KEY = PrivateKey.generate(bytes(range(32)), rehearsal=True)
EDITION = "0f" * 32


def test_overhead_is_header_encapsulation_tag_and_mark() -> None:
    assert OVERHEAD == 52 + 1120 + 16 + 1


@pytest.mark.parametrize("length", [0, 1, 700, 2048 - OVERHEAD])
def test_seal_records_of_any_length_gives_one_size_and_opens(length: int) -> None:
    record = b"r" * length
    sealed = seal(record, key=KEY.public, study_id="s", edition_id=EDITION, row_id=7, size=2048)
    assert (len(sealed.envelope), sealed.key_id, sealed.row_id) == (2048, KEY.public.key_id, 7)
    assert open_envelope(sealed, KEY, study_id="s", edition_id=EDITION) == record


def test_seal_a_record_that_is_too_long_says_by_how_much_and_cuts_nothing() -> None:
    with pytest.raises(ContentTooLong) as raised:
        seal(b"r" * (2048 - OVERHEAD + 3), key=KEY.public, study_id="s", edition_id=EDITION, row_id=7, size=2048)
    assert raised.value.excess_bytes == 3


def test_seal_twice_gives_two_envelopes() -> None:
    one, other = (
        seal(b"r", key=KEY.public, study_id="s", edition_id=EDITION, row_id=7, size=2048).envelope for _ in range(2)
    )
    assert one[:52] == other[:52]
    assert one[52:1172] != other[52:1172]


def test_sealed_envelope_holds_neither_record_nor_study_nor_row() -> None:
    record = b"marker answer"
    sealed = seal(record, key=KEY.public, study_id="marker-study", edition_id=EDITION, row_id=2**62 + 9, size=2048)
    absent = (record, b"marker-study", (2**62 + 9).to_bytes(8, "big"))
    assert [part for part in absent if part in sealed.envelope] == []
    assert bytes.fromhex(EDITION) in sealed.envelope


def test_binding_as_specified() -> None:
    info = hpke_info(study_id="é", edition_id=EDITION, key_id=bytes(8), row_id=258)
    fields = [b"kuule envelope 1", "é".encode(), bytes.fromhex(EDITION), bytes(8), bytes.fromhex("0000000000000102")]
    assert info == b"".join(bytes([0, len(field)]) + field for field in fields)


@given(
    st.tuples(st.text(min_size=1, max_size=9), st.integers(0, 2**63 - 1)),
    st.tuples(st.text(min_size=1, max_size=9), st.integers(0, 2**63 - 1)),
)
def test_binding_of_two_rows_is_the_same_only_for_the_same(one: tuple[str, int], other: tuple[str, int]) -> None:
    infos = {hpke_info(study_id=s, edition_id=EDITION, key_id=bytes(8), row_id=r) for s, r in (one, other)}
    assert len(infos) == len({one, other})


@pytest.mark.parametrize("row_id", [-1, 2**63])
def test_seal_for_a_row_id_of_more_than_63_bits_is_refused(row_id: int) -> None:
    with pytest.raises(ValueError, match="63 bits"):
        seal(b"r", key=KEY.public, study_id="s", edition_id=EDITION, row_id=row_id, size=2048)


@pytest.mark.parametrize("names", [{"study_id": "", "edition_id": EDITION}, {"study_id": "s", "edition_id": "0F" * 32}])
def test_seal_with_names_that_are_not_as_specified_is_refused(names: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="id"):
        seal(b"r", key=KEY.public, row_id=1, size=2048, **names)


def test_edition_of_an_envelope() -> None:
    sealed = seal(b"r", key=KEY.public, study_id="s", edition_id=EDITION, row_id=7, size=2048)
    assert read_header(sealed.envelope).edition_id == EDITION


def test_edition_of_something_else_is_refused() -> None:
    with pytest.raises(UnreadableHeader):
        read_header(b"something else")
