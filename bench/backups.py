"""Measures a backup of a database with 22,285 answers: made and tried, sealed or not, and restored, in either store."""

from __future__ import annotations

import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from bench.questionnaires import SETTINGS
from bench.sealed_answers import KEY, sixty_questions
from bench.serving import written
from bench.stores import stores
from bench.yardstick import Figure
from kuule.backup.backup_file import BackupFile
from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope_header import EnvelopeHeader
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.rows.table_transfer import insert_rows
from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze
from kuule.usecases.recovery.backup_contents import BackupSources
from kuule.usecases.recovery.make_backup import make_backup
from kuule.usecases.recovery.store_restoring import restore_store

Row = tuple[str, str]
ROWS = int(os.environ.get("BENCH_ROWS", "22285"))
DAY = date(2026, 11, 28)
_BACKUP_KEY = PrivateKey.generate(bytes(range(2, 34)), rehearsal=True)
_COLUMNS = ("row_id", "key_id", "envelope", "tag")
_AT_ONCE = 500


def measure(rows: int = ROWS) -> list[Row]:
    """Rows of the table: seconds of the clock and of a core, and the most memory of this process."""
    told: list[Row] = []
    with TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        study = written(Path(folder) / "study", sixty_questions(), SETTINGS + '\n[answers]\nopen_text = ["wish"]\n')
        edition = freeze(study, KEY.public, Path(folder) / "edition", drafts=True)
        for name, served_from in stores():
            with served_from() as database, TemporaryDirectory(dir=folder) as shelf:
                _fill(database, edition, rows)
                told += _measured(name, database, edition, Path(folder), Path(shelf), rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [("envelopes", f"{rows:,} of {edition.envelope_size:,} bytes"), *told, ("memory", f"{peak:.0f} MiB at most")]


def _measured(name: str, database: str, edition: Edition, folder: Path, shelf: Path, rows: int) -> Iterator[Row]:
    sources = BackupSources(edition.study.id, ((folder / "edition", edition),), database)
    with _timed(rows) as told:
        made = make_backup(shelf, sources, today=DAY)
    yield f"{name}: made, and restored once to try it", told()
    with _timed(rows) as told:
        make_backup(shelf, sources, today=DAY, seal_to=_BACKUP_KEY.public)
    yield f"{name}: the same, sealed", told()
    made = make_backup(shelf, sources, today=DAY)
    backup = BackupFile(made.path)
    with _timed(rows) as told:
        manifest = backup.read_manifest()
    yield f"{name}: read and compared with its hashes", told()
    with _timed(rows) as told:
        restore_store(backup, manifest, f"sqlite:///{shelf / 'restored.sqlite3'}")
    yield f"{name}: restored into a file", told()
    if database.startswith("postgresql"):
        _drop_tables(database)
        with _timed(rows) as told:
            restore_store(backup, manifest, database)
        yield f"{name}: restored into a server", told()
    yield f"{name}: the file of the backup", f"{made.size / 1e6:.0f} MB"


def _fill(database: str, edition: Edition, rows: int) -> None:
    """Random bytes stand in the place of ciphertext."""
    dice = random.Random(3)  # noqa: S311 -- the same each time
    configure(database)
    prepare_store(new=True)
    key, header = edition.key.key_id, EnvelopeHeader(edition.key.key_id, edition.id).to_bytes()
    with transaction.atomic():
        for start in range(0, rows, _AT_ONCE):
            size = edition.envelope_size - len(header)
            batch = [
                (dice.getrandbits(63), key, header + dice.randbytes(size), dice.randbytes(16))
                for _ in range(min(_AT_ONCE, rows - start))
            ]
            insert_rows("store_response", _COLUMNS, batch)
    close_connections()


def _drop_tables(database: str) -> None:
    from django.db import connection

    configure(database)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    close_connections()


@contextmanager
def _timed(rows: int) -> Iterator[Callable[[], str]]:
    clock, core = time.perf_counter(), time.process_time()
    took = [0.0, 0.0]

    def told() -> str:
        return Figure(f"{took[0]:.1f} s, {took[1]:.1f} s of a core; an envelope", took[1] / rows, "S")

    yield told
    took[:] = time.perf_counter() - clock, time.process_time() - core
