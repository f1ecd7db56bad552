"""Opening one envelope. What stays closed is told apart as far as it can be: docs/reference/envelope.md, section 6."""

from __future__ import annotations

from enum import StrEnum

from cryptography.exceptions import InvalidTag

from kuule.opening.keys import PrivateKey
from kuule.sealing.envelope import CLOSED_LENGTH, HPKE_SUITE, ROW_IDS, SealedResponse, binding
from kuule.sealing.header import HEADER_LENGTH, Flaw, Header, UnreadableHeader, read_header
from kuule.sealing.padding import LEAST, MalformedPadding, unpad


class Reason(StrEnum):
    """Why a row stays closed. The values stand in a dataset's list of what was not opened."""

    NOT_AN_ENVELOPE = "not_an_envelope"
    OTHER_VERSION = "other_version"
    OTHER_SUITE = "other_suite"
    CUT_SHORT = "cut_short"
    OTHER_KEY = "other_key"
    """Sealed to a key that was not given."""
    OTHER_EDITION = "other_edition"
    KEY_ID_DIFFERS = "key_id_differs"
    """The row names another key than its envelope: one of the two was altered."""
    NOT_AUTHENTIC = "not_authentic"
    """Altered, cut short, moved from another row, or of another study: these look the same from outside."""
    MALFORMED_PADDING = "malformed_padding"
    """Sealed by something else than Kuule: it opened, but what is inside does not end as it should."""
    REPEATED_ROW = "repeated_row"
    """A row with this id was opened before."""
    PART_MISSING = "part_missing"
    PART_CUT_SHORT = "part_cut_short"
    PART_TOO_LONG = "part_too_long"
    PART_ALTERED = "part_altered"
    """A part of an archive is not the one that was written, though every row in it opened: some may be others."""
    HEADER_ALTERED = "header_altered"
    """What the archive's ZIP says before a member is not what its directory says. Its rows are as they are."""


_FLAWS = {
    Flaw.FOREIGN: Reason.NOT_AN_ENVELOPE,
    Flaw.VERSION: Reason.OTHER_VERSION,
    Flaw.SUITE: Reason.OTHER_SUITE,
    Flaw.SHORT: Reason.CUT_SHORT,
}


class Unopenable(Exception):
    """One envelope that stays closed, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


def open_sealed(sealed: SealedResponse, key: PrivateKey, *, study_id: str, edition_id: str) -> bytes:
    """The record as it was sealed, without its padding. Raises Unopenable."""
    header = _header(sealed, key, edition_id)
    info = binding(study_id=study_id, edition_id=edition_id, key_id=header.key_id, row_id=sealed.row_id)
    try:
        padded = HPKE_SUITE.decrypt(sealed.envelope[HEADER_LENGTH:], key.hpke_key, info)
    except InvalidTag as error:
        raise Unopenable(Reason.NOT_AUTHENTIC) from error
    try:
        return unpad(padded)
    except MalformedPadding as error:
        raise Unopenable(Reason.MALFORMED_PADDING) from error


def _header(sealed: SealedResponse, key: PrivateKey, edition_id: str) -> Header:
    """The clear part, as far as it fits the row, the key and the edition."""
    try:
        header = read_header(sealed.envelope)
    except UnreadableHeader as error:
        raise Unopenable(_FLAWS[error.flaw]) from error
    if header.key_id != sealed.key_id:
        raise Unopenable(Reason.KEY_ID_DIFFERS)
    if header.edition_id != edition_id:
        raise Unopenable(Reason.OTHER_EDITION)
    if header.key_id != key.public.key_id:
        raise Unopenable(Reason.OTHER_KEY)
    if len(sealed.envelope) < CLOSED_LENGTH + LEAST:
        raise Unopenable(Reason.CUT_SHORT)
    if sealed.row_id not in ROW_IDS:
        raise Unopenable(Reason.NOT_AUTHENTIC)
    return header
