"""The file of a backup: what was written is read back, and nothing else passes for it."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from kuule.backup.backup_file import BackupFile, sealed_header_of
from kuule.backup.backup_writing import size_class
from kuule.core.problems import BackupError
from kuule.opening.backup_key import open_content_key
from kuule.opening.private_key import PrivateKey
from tests.backup.backups import FILES, manifest, written

KEY = PrivateKey.generate(bytes(range(32)), rehearsal=True)
OTHER = PrivateKey.generate(bytes(range(1, 33)), rehearsal=True)


def code_of(backup: BackupFile) -> str:
    with pytest.raises(BackupError) as raised:
        backup.read_manifest()
    return raised.value.problems[0].code


@pytest.fixture(params=["plain", "sealed"])
def backup(request: pytest.FixtureRequest, tmp_path: Path) -> BackupFile:
    return written(tmp_path / "one.kuule-backup", KEY.public if request.param == "sealed" else None)


def test_what_was_written_is_read_back(backup: BackupFile) -> None:
    assert backup.read_manifest() == manifest()
    read = {name: content.read() for name, _, content in backup.members() if name in FILES}
    assert read == FILES


def test_any_program_for_tar_reads_one_that_is_not_sealed(tmp_path: Path) -> None:
    backup = written(tmp_path / "one.kuule-backup")
    with tarfile.open(backup.path, "r:") as tar:
        members = tar.getmembers()
    assert [one.name for one in members] == ["store/store_response/000001", *FILES, "manifest.json"]
    assert {(one.mtime, one.uid, one.gid, one.uname, one.gname, one.mode) for one in members} == {
        (0, 0, 0, "", "", 0o600)
    }


def test_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (written(tmp_path / name).path.read_bytes() for name in ("one", "other"))
    assert one == other


def test_flipped_bit_is_noticed_wherever_it_is(backup: BackupFile) -> None:
    whole, chance = backup.path.read_bytes(), Random(11)
    first = 2_000 if backup.key else 0  # of a sealed one the key is known here, and before it stands its header
    for at in [chance.randrange(first, len(whole)) for _ in range(60)] + [len(whole) - 1]:
        altered = bytearray(whole)
        altered[at] ^= 1 << chance.randrange(8)
        backup.path.write_bytes(altered)
        assert code_of(backup) == "BACKUP_002", at


def test_flipped_bit_in_the_header_of_a_sealed_one_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path / "one", KEY.public).path
    whole = path.read_bytes()
    for at in (0, 21, 22, 29, 30, 700, 1_180):
        altered = bytearray(whole)
        altered[at] ^= 4
        path.write_bytes(altered)
        with pytest.raises(BackupError, match=r"BACKUP_0(02|12)"):
            open_whole(path)


def open_whole(path: Path) -> None:
    header = sealed_header_of(path)
    BackupFile(path, open_content_key(header, KEY, "one") if header else None).read_manifest()


@pytest.mark.parametrize("kept", [0, 1, 100, 511, 512, 5_000, -1, -64, -10_240])
def test_truncated_file_is_noticed(backup: BackupFile, kept: int) -> None:
    whole = backup.path.read_bytes()
    backup.path.write_bytes(whole[:kept])
    assert code_of(backup) == "BACKUP_002"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 an archive", b"\0" * 20_480, b"SQLite format 3\0" * 900])
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    assert code_of(BackupFile(path)) == "BACKUP_002"


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert code_of(BackupFile(tmp_path / "none")) == "BACKUP_001"


def test_content_that_the_manifest_does_not_name_is_noticed(tmp_path: Path) -> None:
    fewer = replace(manifest(), files={})
    assert code_of(written(tmp_path / "one", more=fewer)) == "BACKUP_002"


@pytest.mark.parametrize("name", ["study/../../etc/passwd", "/etc/passwd", "study//a", "other/a", "study", "study/\n"])
def test_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    [(_, one), *_] = manifest().files.items()
    assert code_of(written(tmp_path / "one", more=replace(manifest(), files={name: one}))) == "BACKUP_002"


def test_backup_of_a_newer_version_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kuule.backup.backup_manifest.VERSION", 2)
    backup = written(tmp_path / "one")
    monkeypatch.undo()
    assert code_of(backup) == "BACKUP_003"


def test_link_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "one"
    with tarfile.open(path, "w") as tar:
        link = tarfile.TarInfo("study/a")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    assert code_of(BackupFile(path)) == "BACKUP_002"


def test_sealed_one_opens_with_the_secret_of_its_key_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "one", KEY.public).path
    header = sealed_header_of(path)
    assert header is not None
    assert header.key_id == KEY.public.key_id
    assert BackupFile(path, open_content_key(header, KEY, "one")).read_manifest() == manifest()
    with pytest.raises(BackupError, match="BACKUP_012"):
        open_content_key(header, OTHER, "one")


def test_sealed_one_tells_nothing_of_its_content_and_its_size_is_one_of_few(tmp_path: Path) -> None:
    path = written(tmp_path / "one", KEY.public).path
    content = path.read_bytes()
    assert [mark for mark in (b"small-study", b"ustar", b"form.xml", b"manifest", b"<form/>") if mark in content] == []
    more = replace(manifest(), study="a-study-of-a-longer-name")
    assert written(tmp_path / "two", KEY.public, more).path.stat().st_size == len(content)


def test_sizes_are_few_and_little_is_filled_up() -> None:
    sizes = {size_class(size) for size in range(1, 400_000_000, 99_991)}
    assert len(sizes) < 80
    assert all(size <= size_class(size) <= size * 9 // 8 + 10_240 for size in range(2_000_000, 90_000_000, 99_991))


@pytest.mark.parametrize("reads", [sealed_header_of, lambda path: BackupFile(path).read_manifest()])
def test_pipe_is_refused_and_not_waited_for(tmp_path: Path, reads: Callable[[Path], object]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(BackupError, match=r"BACKUP_001 .*not a file"):
        reads(pipe)
