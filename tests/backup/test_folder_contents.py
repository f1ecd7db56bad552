"""Which files belong in a backup: no secret, no private key, no link, nothing that begins with a dot."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.backup.folder_contents import files_of_folder
from kuule.core.problems import BackupError
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import Passphrase, protect_key
from kuule.sealing.onion_key import key_as_text
from tests.sealing.test_onion_key import made
from tests.vectors.make_key_file_1 import CHEAP

KEY = PrivateKey.generate(bytes(range(32)), rehearsal=False)


def names_in(folder: Path, *, workbench: bool = False) -> list[str]:
    return [name for name, _ in files_of_folder(folder, workbench=workbench)]


def test_every_file_is_there_but_those_with_a_dot(tmp_path: Path) -> None:
    for name in ("study.toml", "languages/sv.po", ".git/config", "languages/.sv.po.new", "keys/public.key"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(KEY.public.to_text() if name.endswith(".key") else "a")
    assert names_in(tmp_path) == ["keys/public.key", "languages/sv.po", "study.toml"]


def test_of_a_workbench_the_secret_and_what_is_half_made_stay_out(tmp_path: Path) -> None:
    for name in ("secret", "accounts.sqlite3-wal", "accounts.sqlite3", "archive-1.partial", "desk-seats.json"):
        (tmp_path / name).write_bytes(bytes(32))
    assert names_in(tmp_path, workbench=True) == ["desk-seats.json"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("any.txt", KEY.to_text().encode()),
        ("any.txt", b"\n\n" + KEY.to_text().encode()),
        ("hs", made(bytes(range(32))).files[0]),
        ("onion.txt", key_as_text(made(bytes(range(32))), "http://a.onion").encode()),
        ("tls.pem", b"-----BEGIN " + b"PRIVATE KEY-----\n"),
        ("token-secret", bytes(range(32))),
    ],
)
def test_private_key_or_secret_stops_the_backup_whatever_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BackupError, match="BACKUP_005") as raised:
        names_in(tmp_path)
    assert KEY.reveal().hex() not in str(raised.value)


def test_key_behind_a_passphrase_is_a_private_key_too(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(protect_key(KEY, Passphrase("one two three"), salt=bytes(16), cost=CHEAP))
    with pytest.raises(BackupError, match="BACKUP_005"):
        names_in(tmp_path)


def test_link_is_refused_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "report.md").symlink_to("/etc/passwd")
    with pytest.raises(BackupError, match="BACKUP_006"):
        names_in(tmp_path)


def test_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="BACKUP_001"):
        names_in(tmp_path / "none")
