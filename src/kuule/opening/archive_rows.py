"""Opens the rows of an archive one by one. Each gives a record, or the reason why it could not be opened: none is
dropped silently."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kuule.opening.decryption import OpenError, UnopenedReason, open_envelope
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.sealing.archive_part import Part
from kuule.sealing.envelope import SealedResponse


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record as it was sealed. Its place in the archive is left out, because that would reveal something about the
    sender."""

    record: bytes
    row_id: int = field(compare=False, repr=False)
    """The row id never enters a dataset. A separate file keeps it, so that the row can be removed until the dataset is
    locked."""
    record_key: int = field(compare=False, repr=False)
    """From `PrivateKey.record_key`: the same number each time the row is opened."""


@dataclass(frozen=True, slots=True)
class PreviouslyOpenedRow:
    """A row that an earlier opening put into the dataset. It was not opened again."""

    row_id: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """A row that its sender withdrew. It was not opened."""

    row_id: int = field(compare=False, repr=False)
    """By this id, a row that is in two archives is counted once."""


@dataclass(frozen=True, slots=True)
class UnopenedEntry:
    """A row that could not be opened, or something that is wrong with a part as a whole. `place` reads like "part 2,
    row 17", and `reason` is the value of an UnopenedReason."""

    place: str
    reason: str


RowOutcome = OpenedRecord | PreviouslyOpenedRow | WithdrawnRow | UnopenedEntry


@dataclass(frozen=True, slots=True)
class Keyring:
    """What opens rows: the keys by their ids, and the study and edition to which rows are bound."""

    keys: Mapping[bytes, PrivateKey]
    study_id: str
    edition_id: str

    @classmethod
    def from_keys(cls, keys: Iterable[PrivateKey], study_id: str, edition_id: str) -> Keyring:
        """Raises ValueError if there is no key."""
        ring = {key.public.key_id: key for key in keys}
        if not ring:
            raise ValueError("an archive is opened with at least one key")
        return cls(ring, study_id, edition_id)

    def open(self, row: SealedResponse) -> tuple[bytes, PrivateKey]:
        """The record of a row, and the key that opened it. Raises OpenError."""
        key = self.keys.get(row.key_id) or next(iter(self.keys.values()))
        return open_envelope(row, key, study_id=self.study_id, edition_id=self.edition_id), key


def altered_header_entries(reader: ArchiveReader) -> Iterator[UnopenedEntry]:
    """One entry for each member of the archive whose ZIP header was altered. They come before the rows."""
    for name in reader.altered_headers:
        yield UnopenedEntry(name, str(UnopenedReason.HEADER_ALTERED))


def open_part(
    part: Part, ring: Keyring, seen: set[int], *, gone: Container[int], before: Container[int] = frozenset()
) -> Iterator[RowOutcome]:
    """Each row of a part in order, and then what is wrong with the part as a whole.

    Rows in `gone` (withdrawn) or `before` (opened earlier) are not opened. `seen` has the ids of all authentic rows so
    far, and this function adds to it: a second row with the same id is not opened.
    """
    closed = found = 0
    for found, row in enumerate(part.rows(), start=1):
        if row.row_id in gone:
            yield WithdrawnRow(row.row_id)
            continue
        if row.row_id in before and row.row_id not in seen:
            seen.add(row.row_id)
            yield PreviouslyOpenedRow(row.row_id)
            continue
        try:
            record, key = ring.open(row)
            if row.row_id in seen:
                raise OpenError(UnopenedReason.REPEATED_ROW)
        except OpenError as error:
            closed += 1
            yield UnopenedEntry(row_place(part.number, found), str(error.reason))
        else:
            seen.add(row.row_id)
            yield OpenedRecord(record, row.row_id, key.record_key(row.row_id))
    absent = UnopenedReason.PART_MISSING if part.content is None else UnopenedReason.PART_CUT_SHORT
    for number in range(found + 1, part.entry.rows + 1):
        yield UnopenedEntry(f"{row_place(part.number, number)} of {part.entry.rows}", str(absent))
    if part.surplus > 0:
        yield UnopenedEntry(f"part {part.number}", str(UnopenedReason.PART_TOO_LONG))
    elif found == part.entry.rows and not closed and not part.intact:
        yield UnopenedEntry(f"part {part.number}", str(UnopenedReason.PART_ALTERED))


def row_place(part: int, row: int) -> str:
    """The place of a row, in words for a person."""
    return f"part {part}, row {row}"
