"""How `backup-1.json` was made: `python -m tests.vectors.make_backup_1`. It never writes over a vector.

A backup of a small installation, once as it is and once sealed, made by `kuule backup`; what has to come out of it; and
changes to both, each with the problem by which the result is refused. A sealed one is 1.3 MB of which most is zeros, so
the vector has what is inside, packed, with the content key and the hash of the sealed file.
"""

from __future__ import annotations

import base64
import json
import lzma
import secrets
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from kuule.backup.backup_file import BackupFile
from kuule.backup.backup_manifest import BackupManifest
from kuule.backup.sealed_stream import CONTENT_KEY_LENGTH, HEADER_LENGTH
from kuule.opening.private_key import PrivateKey
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.rows.counters import CounterKind, PartnerCounter, add_steps
from kuule.store.rows.field_control import change_field_control
from kuule.store.rows.responses import save_response
from kuule.store.rows.store_audience import claim_store_for
from kuule.store.rows.switched_off_links import switch_link
from kuule.store.rows.withdrawals import mark_visit_ended, withdraw_response
from kuule.usecases.recovery.make_backup import gather_sources, make_backup
from tests.store.conftest import Kept
from tests.study.small_study import make_edition
from tests.usecases.recovery.answered import Answered
from tests.vectors.backup_layout import opened

FOLDER = Path(__file__).parent
SECRET = bytes(range(40, 72))
DAY = date(2026, 11, 28)
BROKEN = (
    ("the end is cut off", "plain", {"cut": 1}, "BACKUP_002"),
    ("a record of the tar is cut off", "plain", {"cut": 10_240}, "BACKUP_002"),
    ("a bit of an answer is another one", "plain", {"flip": 700}, "BACKUP_002"),
    ("a bit of the line at the end is another one", "plain", {"flip": -10}, "BACKUP_002"),
    ("something follows the end", "plain", {"add": "00"}, "BACKUP_002"),
    ("the last piece is cut off", "sealed", {"cut": 65_552}, "BACKUP_002"),
    ("a bit of a piece is another one", "sealed", {"flip": 70_000}, "BACKUP_002"),
    ("it is sealed to another key", "sealed", {"flip": 25}, "BACKUP_012"),
    ("a bit of the sealed content key is another one", "sealed", {"flip": 600}, "BACKUP_012"),
)


def answered(folder: Path) -> Answered:
    """A store with three answers, two of which are left, and something in each table; an edition, a study, accounts."""
    edition, chance = make_edition(folder), Random(28)
    found = Answered(folder, edition, Kept("sqlite", f"sqlite:///{folder / 'answers.sqlite3'}"))
    configure(found.url)
    prepare_store(new=True)
    claim_store_for(edition.study.audience)
    rows = found.sealed(3, chance, size=420)
    for row in rows:
        save_response(row, chance.randbytes(16))
    withdraw_response(rows[0].row_id)
    mark_visit_ended(77)
    add_steps({PartnerCounter(CounterKind.LANGUAGE, "sv"): 3, PartnerCounter(CounterKind.LINK, "k7"): 1})
    switch_link("k7", on=False)
    change_field_control(lambda control: replace(control, launched=True))
    close_connections()
    data = folder / "data"
    data.mkdir()
    with closing(sqlite3.connect(data / "accounts.sqlite3")) as accounts, accounts:
        accounts.execute("CREATE TABLE django_session (session_key text, session_data text)")
        accounts.execute("CREATE TABLE workbench_person (name text)")
        accounts.execute("INSERT INTO workbench_person VALUES ('Maija')")
    return found


def packed(content: bytes) -> str:
    return base64.b64encode(lzma.compress(content, preset=9)).decode("ascii")


def backup_of(found: Answered, name: str, key: PrivateKey | None) -> tuple[BackupFile, bytes]:
    folder = found.folder / name
    folder.mkdir(mode=0o700)
    study, data = found.folder / "study", found.folder / "data"
    sources = gather_sources([found.folder / "edition"], database=found.url, study=study, workbench=data)
    made = make_backup(folder, sources, today=DAY, seal_to=key.public if key else None)
    return BackupFile(made.path), made.path.read_bytes()


def contents(manifest: BackupManifest, database: Path) -> dict[str, Any]:
    """What has to come out: of the tables, the columns that there were and the rows in the order of their keys."""
    assert manifest.store is not None
    files = {name: {"bytes": one.size, "sha256": one.sha256} for name, one in manifest.files.items()}
    tables = {one.name: {"columns": list(one.columns), "rows": rows(database, one.name, one.columns)}
              for one in manifest.store.tables}  # fmt: skip
    return {
        "study": manifest.study, "day": manifest.day.isoformat(), "rehearsal": manifest.rehearsal,
        "migration": manifest.store.migration, "audience": manifest.store.audience, "files": files, "tables": tables,
    }  # fmt: skip


def rows(database: Path, table: str, columns: Sequence[str]) -> list[list[object]]:
    """The rows of a table, as JSON has them: bytes in hexadecimal."""
    with closing(sqlite3.connect(database)) as line:
        found = line.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {columns[0]}").fetchall()
    return [[one.hex() if isinstance(one, bytes) else one for one in row] for row in found]


def main() -> None:
    target = FOLDER / "backup-1.json"
    if target.exists():
        sys.exit(f"{target.name} is there, and a released vector is not edited")
    drawn: list[bytes] = []
    draw = secrets.token_bytes

    def drawing(count: int | None = None) -> bytes:
        drawn.append(draw(count))
        return drawn[-1]

    key = PrivateKey.generate(SECRET, rehearsal=True)
    with tempfile.TemporaryDirectory() as scratch:
        found = answered(Path(scratch))
        plain, content = backup_of(found, "plain", None)
        secrets.token_bytes = drawing
        _, sealed = backup_of(found, "sealed", key)
        secrets.token_bytes = draw
        [content_key] = [one for one in drawn if len(one) == CONTENT_KEY_LENGTH][:1]
        vector = {
            "secret": SECRET.hex(),
            "plain": packed(content),
            "plain_sha256": sha256(content).hexdigest(),
            "sealed": {
                "header": base64.b64encode(sealed[:HEADER_LENGTH]).decode("ascii"),
                "content_key": content_key.hex(),
                "inside": packed(opened(sealed[HEADER_LENGTH:], content_key)),
                "length": len(sealed),
                "sha256": sha256(sealed).hexdigest(),
            },
            "contents": contents(plain.read_manifest(), found.folder / "answers.sqlite3"),
            "broken": [
                {"name": name, "of": which, "change": change, "code": code} for name, which, change, code in BROKEN
            ],
        }
    target.write_text(json.dumps(vector, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
