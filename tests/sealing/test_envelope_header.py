"""The clear part of an envelope."""

import pytest

from kuule.sealing.envelope_header import (
    EDITION_OFFSET,
    HEADER_LENGTH,
    EnvelopeHeader,
    HeaderFlaw,
    UnreadableHeader,
    edition_bytes,
    read_header,
)

HEADER = EnvelopeHeader(bytes.fromhex("0102030405060708"), "ab" * 32)
RAW = HEADER.to_bytes()


def flaw_of(raw: bytes) -> HeaderFlaw:
    with pytest.raises(UnreadableHeader) as raised:
        read_header(raw)
    return raised.value.flaw


def test_header_as_specified() -> None:
    assert RAW.hex() == "4b55554c45" + "01" + "647a00010003" + "0102030405060708" + "ab" * 32
    assert (EDITION_OFFSET, HEADER_LENGTH) == (20, 52)


def test_header_is_read_back_whatever_follows() -> None:
    assert read_header(RAW + b"more") == HEADER


@pytest.mark.parametrize("raw", [b"", b"kuule", b"PK\x03\x04" + RAW, RAW[1:], bytes(2000)])
def test_header_of_something_else_is_foreign(raw: bytes) -> None:
    assert flaw_of(raw) is HeaderFlaw.FOREIGN


@pytest.mark.parametrize("length", [1, 4, 5, 6, 11, 51])
def test_header_cut_anywhere_is_short(length: int) -> None:
    assert flaw_of(RAW[:length]) is HeaderFlaw.SHORT


@pytest.mark.parametrize("version", [0, 2, 255])
def test_header_of_another_version_is_told_before_its_length(version: int) -> None:
    assert flaw_of(RAW[:5] + bytes([version])) is HeaderFlaw.VERSION


@pytest.mark.parametrize("at", range(6, 12))
def test_header_of_another_suite_is_told(at: int) -> None:
    assert flaw_of(RAW[:at] + bytes([RAW[at] ^ 1]) + RAW[at + 1 :]) is HeaderFlaw.SUITE


@pytest.mark.parametrize("edition", ["", "ab" * 31, "AB" * 32, "zz" * 32, "ab " * 32])
def test_edition_id_of_another_form_is_refused(edition: str) -> None:
    with pytest.raises(ValueError, match="hex"):
        edition_bytes(edition)
