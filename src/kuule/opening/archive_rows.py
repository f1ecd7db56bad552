"""Opening an archive: every row comes out opened or with the reason why not; none is dropped in silence."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from kuule.opening.decryption import OpenError, UnopenedReason, open_envelope
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.sealing.archive_part import Part
from kuule.sealing.envelope import SealedResponse


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """One record as it was sealed. Where it stood in the archive is not told: row ids never enter a dataset."""

    record: bytes
    row_id: int = field(default=-1, compare=False, repr=False)
    """Only for the file apart by which a dataset can forget a row until it is locked."""
    record_key: int | None = field(default=None, compare=False, repr=False)
    """`PrivateKey.record_key` of the row: the same however often the row is opened."""


@dataclass(frozen=True, slots=True)
class PreviouslyOpenedRow:
    """One row that was opened at an earlier time. It was not opened again."""

    row_id: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """One row that its sender took back. It was not opened."""

    row_id: int = field(default=-1, compare=False, repr=False)
    """Of two archives that both hold the row, it counts once."""


@dataclass(frozen=True, slots=True)
class UnopenedEntry:
    """One row that stays closed, or one thing about a part. `place` is like "part 2, row 17"; `reason` a
    `UnopenedReason`."""

    place: str
    reason: str


RowOutcome = OpenedRecord | PreviouslyOpenedRow | WithdrawnRow | UnopenedEntry


@dataclass(frozen=True, slots=True)
class Keyring:
    """What a row is opened with: the keys by their ids, and the study and edition that it is bound to."""

    keys: Mapping[bytes, PrivateKey]
    study_id: str
    edition_id: str

    @classmethod
    def from_keys(cls, keys: Iterable[PrivateKey], study_id: str, edition_id: str) -> Keyring:
        """Raises ValueError without a key."""
        ring = {key.public.key_id: key for key in keys}
        if not ring:
            raise ValueError("an archive is opened with at least one key")
        return cls(ring, study_id, edition_id)

    def open(self, row: SealedResponse) -> tuple[bytes, PrivateKey]:
        """The record of a row, and the key that opened it. Raises OpenError."""
        key = self.keys.get(row.key_id) or next(iter(self.keys.values()))
        return open_envelope(row, key, study_id=self.study_id, edition_id=self.edition_id), key


def open_archive(
    reader: ArchiveReader, keys: Iterable[PrivateKey], withdrawn: Set[int] = frozenset()
) -> Iterator[RowOutcome]:
    """Each row of each part, one part at a time, and what is wrong with a part as a whole.

    Every row that the manifest counts gives exactly one Opened, Unopened or TakenBack; what a part holds beyond them
    gives more. Rows in `withdrawn`, or in the archive's own list, are not opened.
    Raises ArchiveError where the file cannot be read any more; ValueError without a key.
    """
    ring = Keyring.from_keys(keys, str(reader.manifest["study"]), str(reader.manifest["edition"]))
    yield from altered_header_entries(reader)
    seen: set[int] = set()
    gone = withdrawn | reader.withdrawn.row_ids
    for part in reader.parts():
        yield from open_part(part, ring, seen, gone=gone)


def altered_header_entries(reader: ArchiveReader) -> Iterator[UnopenedEntry]:
    """What is to be told of an archive before its rows."""
    for name in reader.altered_headers:
        yield UnopenedEntry(name, str(UnopenedReason.HEADER_ALTERED))


def open_part(
    part: Part, ring: Keyring, seen: set[int], *, gone: Container[int], before: Container[int] = frozenset()
) -> Iterator[RowOutcome]:
    """Each row of a part, in order, then what is wrong with it. `seen` are the ids that were authentic so far, and
    grows; rows in `gone` or `before` are not opened."""
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
    """Where a row stands, for a person."""
    return f"part {part}, row {row}"
