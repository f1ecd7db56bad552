"""A backup of version 1, as it was made once, is read and restored by every later version, and sealed to the same bytes
by its description alone; what was changed in it is refused."""

from __future__ import annotations

import base64
import io
import json
import lzma
import sqlite3
import tarfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kuule.backup.backup_file import BackupFile, sealed_header_of
from kuule.core.files import file_sha256
from kuule.core.problems import BackupError
from kuule.opening.backup_key import open_content_key
from kuule.opening.private_key import PrivateKey
from kuule.store.database import close_connections
from kuule.usecases.recovery.restored_folders import restore_folders
from kuule.usecases.recovery.store_restoring import restore_store
from tests.vectors.backup_layout import sealed

VECTOR: dict[str, Any] = json.loads(Path(__file__).with_name("backup-1.json").read_text("utf-8"))
CONTENTS: dict[str, Any] = VECTOR["contents"]
KEY = PrivateKey.generate(bytes.fromhex(VECTOR["secret"]), rehearsal=True)
INSIDE = lzma.decompress(base64.b64decode(VECTOR["sealed"]["inside"]))
FILES = {
    "plain": lzma.decompress(base64.b64decode(VECTOR["plain"])),
    "sealed": base64.b64decode(VECTOR["sealed"]["header"])
    + sealed(INSIDE, bytes.fromhex(VECTOR["sealed"]["content_key"])),
}


def opened(path: Path) -> BackupFile:
    header = sealed_header_of(path)
    return BackupFile(path, open_content_key(header, KEY, "the vector") if header else None)


@pytest.fixture(params=sorted(FILES))
def backup(request: pytest.FixtureRequest, tmp_path: Path) -> BackupFile:
    path = tmp_path / f"small-study-{CONTENTS['day']}.kuule-backup"
    path.write_bytes(FILES[request.param])
    return opened(path)


def test_sealed_one_is_the_bytes_that_were_released() -> None:
    assert len(FILES["sealed"]) == VECTOR["sealed"]["length"]
    assert {name: sha256(content).hexdigest() for name, content in FILES.items()} == {
        "plain": VECTOR["plain_sha256"], "sealed": VECTOR["sealed"]["sha256"],
    }  # fmt: skip


def test_both_are_a_tar_and_a_line_with_its_hash() -> None:
    found = {}
    for name, content in {"plain": FILES["plain"], "inside": INSIDE}.items():
        tar, line = content[:-85], content[-85:]
        assert line == b"kuule-backup-sha256 " + sha256(tar).hexdigest().encode() + b"\n"
        with tarfile.open(fileobj=io.BytesIO(tar), mode="r:") as file:
            found[name] = [one.name for one in file.getmembers()]
    assert [one for one in found["inside"] if one != "padding"] == found["plain"]
    assert found["plain"][-1] == "manifest.json"


def test_it_says_what_it_said(backup: BackupFile) -> None:
    manifest = backup.read_manifest()
    assert manifest.store is not None
    assert {
        "study": manifest.study, "day": manifest.day.isoformat(), "rehearsal": manifest.rehearsal,
        "migration": manifest.store.migration, "audience": manifest.store.audience,
        "files": {name: {"bytes": one.size, "sha256": one.sha256} for name, one in manifest.files.items()},
        "tables": {one.name: list(one.columns) for one in manifest.store.tables},
    } == {**CONTENTS, "tables": {name: one["columns"] for name, one in CONTENTS["tables"].items()}}  # fmt: skip


def test_its_store_is_restored_row_by_row_and_brought_forward(backup: BackupFile, tmp_path: Path) -> None:
    path = tmp_path / "restored" / "answers.sqlite3"
    path.parent.mkdir(mode=0o700)
    try:
        assert restore_store(backup, backup.read_manifest(), f"sqlite:///{path}")
    finally:
        close_connections()
    with closing(sqlite3.connect(path)) as line:
        for table, wanted in CONTENTS["tables"].items():
            names = ", ".join(wanted["columns"])
            rows = line.execute(f"SELECT {names} FROM {table} ORDER BY {wanted['columns'][0]}").fetchall()
            assert [[one.hex() if isinstance(one, bytes) else one for one in row] for row in rows] == wanted["rows"]
        [whose] = line.execute("SELECT audience, restored_from FROM store_identity").fetchall()
        assert whose == (CONTENTS["audience"], CONTENTS["day"])


def test_its_folders_are_restored(backup: BackupFile, tmp_path: Path) -> None:
    restore_folders(backup, backup.read_manifest(), tmp_path / "out")
    found = {
        path.relative_to(tmp_path / "out").as_posix(): {"bytes": path.stat().st_size, "sha256": file_sha256(path)}
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert found == CONTENTS["files"]


@pytest.mark.parametrize("broken", VECTOR["broken"], ids=lambda one: one["name"])
def test_what_was_changed_is_refused(broken: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "changed"
    path.write_bytes(changed(FILES[broken["of"]], broken["change"]))
    with pytest.raises(BackupError, match=f"^{broken['code']} "):
        opened(path).read_manifest()


def changed(content: bytes, change: dict[str, Any]) -> bytes:
    [(kind, how)] = change.items()
    if kind == "cut":
        return content[:-how]
    if kind == "add":
        return content + bytes.fromhex(how)
    altered = bytearray(content)
    altered[how] ^= 1
    return bytes(altered)
