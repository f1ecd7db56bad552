"""A backup with made-up content, as a file on this disk."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from kuule.backup.backup_file import BackupFile
from kuule.backup.backup_manifest import BackedUpFile, BackedUpStore, BackedUpTable, BackupManifest
from kuule.backup.backup_writing import backup_writer
from kuule.backup.table_rows import encode_rows
from kuule.sealing.keys import PublicKey

ROWS: tuple[tuple[int | bytes | str | None, ...], ...] = (
    (5, b"\x00" * 8, b"sealed" * 40, None),
    (2**63 - 1, b"key", b"", b"t"),
)
FILES = {"editions/ab/form.xml": b"<form/>", "study/languages/" + "ä" * 90 + ".po": "å".encode() * 700}
DAY = date(2026, 11, 27)


def manifest(store: bool = True) -> BackupManifest:
    """What the backup says of itself."""
    content = encode_rows(ROWS)
    table = BackedUpTable("store_response", ("row_id", "key_id", "envelope", "tag"), 2, sha256(content).hexdigest())
    files = {name: BackedUpFile(len(one), sha256(one).hexdigest()) for name, one in FILES.items()}
    found = BackedUpStore("0008_restored_from", "survivors", (table,)) if store else None
    return BackupManifest("small-study", DAY, True, found, files)


def written(path: Path, seal_to: PublicKey | None = None, more: BackupManifest | None = None) -> BackupFile:
    """The backup, written. `more` is another manifest than the one that fits."""
    with path.open("wb") as file, backup_writer(file, seal_to) as (writer, finish):
        writer.add("store/store_response/000001", encode_rows(ROWS))
        for name, content in FILES.items():
            writer.add(name, content)
        key = finish(more or manifest())
    return BackupFile(path, key)
