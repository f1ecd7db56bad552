"""Opens one envelope. If it cannot be opened, the reason is as precise as possible: docs/reference/envelope.md, section
6."""

from __future__ import annotations

from enum import StrEnum

from cryptography.exceptions import InvalidTag

from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import FIXED_LENGTH, HPKE_SUITE, ROW_IDS, SealedResponse, hpke_info
from kuule.sealing.envelope_header import HEADER_LENGTH, EnvelopeHeader, HeaderFlaw, UnreadableHeader, read_header
from kuule.sealing.padding import MIN_PADDING, MalformedPadding, unpad


class UnopenedReason(StrEnum):
    """Why a row could not be opened. A dataset's list of unopened rows contains these values."""

    NOT_AN_ENVELOPE = "not_an_envelope"
    OTHER_VERSION = "other_version"
    OTHER_SUITE = "other_suite"
    CUT_SHORT = "cut_short"
    OTHER_KEY = "other_key"
    """It is sealed to a key that was not given."""
    OTHER_EDITION = "other_edition"
    KEY_ID_DIFFERS = "key_id_differs"
    """The row names another key than its envelope: one of the two was altered."""
    NOT_AUTHENTIC = "not_authentic"
    """It was altered, cut short, moved from another row, or is of another study. These look the same from outside."""
    MALFORMED_PADDING = "malformed_padding"
    """It was sealed by something other than Kuule: it opened, but its content does not end as it should."""
    REPEATED_ROW = "repeated_row"
    """A row with this id was opened before."""
    PART_MISSING = "part_missing"
    PART_CUT_SHORT = "part_cut_short"
    PART_TOO_LONG = "part_too_long"
    PART_ALTERED = "part_altered"
    """A part of an archive is not the one that was written, although every row in it opened. Some may have been
    exchanged."""
    HEADER_ALTERED = "header_altered"
    """The local header of a ZIP member differs from the archive's directory. Its rows are unaffected."""


_FLAWS = {
    HeaderFlaw.FOREIGN: UnopenedReason.NOT_AN_ENVELOPE,
    HeaderFlaw.VERSION: UnopenedReason.OTHER_VERSION,
    HeaderFlaw.SUITE: UnopenedReason.OTHER_SUITE,
    HeaderFlaw.SHORT: UnopenedReason.CUT_SHORT,
}


class OpenError(Exception):
    """An envelope that could not be opened, and why."""

    def __init__(self, reason: UnopenedReason) -> None:
        super().__init__(str(reason))
        self.reason = reason


def open_envelope(sealed: SealedResponse, key: PrivateKey, *, study_id: str, edition_id: str) -> bytes:
    """The record as it was sealed, without its padding. Raises OpenError."""
    header = _header(sealed, key, edition_id)
    info = hpke_info(study_id=study_id, edition_id=edition_id, key_id=header.key_id, row_id=sealed.row_id)
    try:
        padded = HPKE_SUITE.decrypt(sealed.envelope[HEADER_LENGTH:], key.hpke_key, info)
    except InvalidTag as error:
        raise OpenError(UnopenedReason.NOT_AUTHENTIC) from error
    try:
        return unpad(padded)
    except MalformedPadding as error:
        raise OpenError(UnopenedReason.MALFORMED_PADDING) from error


def _header(sealed: SealedResponse, key: PrivateKey, edition_id: str) -> EnvelopeHeader:
    """The header, if it matches the row, the key and the edition. Raises OpenError."""
    try:
        header = read_header(sealed.envelope)
    except UnreadableHeader as error:
        raise OpenError(_FLAWS[error.flaw]) from error
    if header.key_id != sealed.key_id:
        raise OpenError(UnopenedReason.KEY_ID_DIFFERS)
    if header.edition_id != edition_id:
        raise OpenError(UnopenedReason.OTHER_EDITION)
    if header.key_id != key.public.key_id:
        raise OpenError(UnopenedReason.OTHER_KEY)
    if len(sealed.envelope) < FIXED_LENGTH + MIN_PADDING:
        raise OpenError(UnopenedReason.CUT_SHORT)
    if sealed.row_id not in ROW_IDS:
        raise OpenError(UnopenedReason.NOT_AUTHENTIC)
    return header
