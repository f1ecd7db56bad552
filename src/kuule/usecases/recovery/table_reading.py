"""Reads a table of the store as a backup has it: encoded, counted and hashed, to be written or to be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from kuule.backup.backup_manifest import BackedUpTable
from kuule.backup.table_rows import encode_rows
from kuule.store.rows.table_transfer import read_rows


class TableReading:
    """One reading of a table, in these columns. `found` is what was read so far."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self._name, self._columns = name, tuple(columns)
        self._hash, self._rows = sha256(), 0

    def parts(self) -> Iterator[bytes]:
        """The rows, a batch at a time. Raises StoreError."""
        for batch in read_rows(self._name, self._columns):
            content = encode_rows(batch)
            self._hash.update(content)
            self._rows += len(batch)
            yield content

    @property
    def found(self) -> BackedUpTable:
        """The table, its columns, how many rows it had, and the hash of all of them."""
        return BackedUpTable(self._name, self._columns, self._rows, self._hash.hexdigest())


def is_in_store(table: BackedUpTable) -> bool:
    """Whether the configured store has exactly these rows, in the columns of the backup. Raises StoreError."""
    reading = TableReading(table.name, table.columns)
    for _ in reading.parts():
        pass
    return reading.found == table
