"""The key of an onion service: copied and put back, and never over anything."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from kuule.collector.served.onion_address import onion_name
from kuule.core.problems import KuuleError
from kuule.usecases.collecting.onion_key_copies import NAME_FILE, SECRET_FILE, back_up_key, restore_key
from tests.patience import PATIENCE, wait_until
from tests.sealing.test_onion_key import made

KEY = made(bytes(range(32)))
ADDRESS = f"http://{onion_name(KEY.public)}"
FILES = {"hs_ed25519_secret_key", "hs_ed25519_public_key", "hostname"}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder as tor makes it."""
    folder = tmp_path / "kuule"
    folder.mkdir(mode=0o700)
    secret, public = KEY.files
    (folder / SECRET_FILE).write_bytes(secret)
    (folder / "hs_ed25519_public_key").write_bytes(public)
    (folder / NAME_FILE).write_text(f"{onion_name(KEY.public)}\n", "utf-8")
    return folder


def refusal(do: object, *arguments: Path) -> str:
    with pytest.raises(KuuleError) as refused:
        do(*arguments)  # type: ignore[operator]
    [problem] = refused.value.problems
    assert KEY.secret.hex() not in str(problem)
    return problem.code


def test_copy_brings_the_same_files_back(kept: Path, tmp_path: Path) -> None:
    copy, restored = tmp_path / "copy", tmp_path / "restored"
    assert back_up_key(kept, copy) == ADDRESS
    assert restore_key(copy, restored) == ADDRESS
    assert {path.name for path in restored.iterdir()} == FILES
    for name in FILES:
        assert (restored / name).read_bytes() == (kept / name).read_bytes()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (copy, restored, *restored.iterdir())]
    assert modes == [0o600, 0o700, 0o600, 0o600, 0o600]


def test_nothing_is_overwritten(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_text("the copy of another key", "utf-8")
    assert refusal(back_up_key, kept, copy) == "SERVE_027"
    assert copy.read_text("utf-8") == "the copy of another key"
    back_up_key(kept, tmp_path / "new")
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    assert refusal(restore_key, tmp_path / "new", kept) == "SERVE_027"
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    assert refusal(restore_key, tmp_path / "new", link) == "SERVE_027"


def test_empty_folder_that_others_may_enter_becomes_its_owners(kept: Path, tmp_path: Path) -> None:
    back_up_key(kept, tmp_path / "copy")
    folder = tmp_path / "empty"
    folder.mkdir(mode=0o755)
    restore_key(tmp_path / "copy", folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_copy_that_others_can_read_is_not_used(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    back_up_key(kept, copy)
    copy.chmod(0o640)
    assert refusal(restore_key, copy, tmp_path / "restored") == "SERVE_029"
    assert not (tmp_path / "restored").exists()


def test_copy_with_a_wrong_letter_or_another_address_is_not_used(kept: Path, tmp_path: Path) -> None:
    copy, broken = tmp_path / "copy", tmp_path / "broken"
    back_up_key(kept, copy)
    text = copy.read_text("utf-8")
    for changed in (text.replace("check ", "check 0", 1), text[:-9], "", "words\n"):
        broken.unlink(missing_ok=True)
        broken.write_text(changed, "utf-8")
        broken.chmod(0o600)
        assert refusal(restore_key, broken, tmp_path / "restored") == "SERVE_028"
    assert not (tmp_path / "restored").exists()


def test_folder_without_a_key_or_with_halves_of_two_gives_no_copy(kept: Path, tmp_path: Path) -> None:
    assert refusal(back_up_key, tmp_path / "none", tmp_path / "copy") == "SERVE_028"
    (kept / SECRET_FILE).write_bytes(made(bytes(32)).files[0])
    assert refusal(back_up_key, kept, tmp_path / "copy") == "SERVE_028"
    assert not (tmp_path / "copy").exists()


def test_place_that_cannot_be_written_is_said(kept: Path, tmp_path: Path) -> None:
    assert refusal(back_up_key, kept, tmp_path / "none" / "copy") in {"SERVE_028", "SERVE_029"}
    back_up_key(kept, tmp_path / "copy")
    assert refusal(restore_key, tmp_path / "copy", tmp_path / "none" / "folder") == "SERVE_029"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to somebody else")
def test_owner_is_that_of_the_folder_above(kept: Path, tmp_path: Path) -> None:
    above = tmp_path / "tor"
    above.mkdir()
    os.chown(above, 4321, 4322)
    back_up_key(kept, tmp_path / "copy")
    restore_key(tmp_path / "copy", above / "kuule")
    owners = {(path.stat().st_uid, path.stat().st_gid) for path in (above / "kuule", *(above / "kuule").iterdir())}
    assert owners == {(4321, 4322)}


@pytest.mark.skipif(not shutil.which("tor"), reason="tor is not installed; on Debian and Ubuntu: sudo apt install tor")
def test_tor_makes_a_key_that_is_understood_and_takes_one_that_was_put_back(tmp_path: Path) -> None:
    first = name_that_tor_says(tmp_path / "first")
    assert back_up_key(tmp_path / "first" / "kuule", tmp_path / "copy") == f"http://{first}"
    second = tmp_path / "second"
    second.mkdir(mode=0o700)
    restore_key(tmp_path / "copy", second / "kuule")
    (second / "kuule" / NAME_FILE).unlink()
    assert name_that_tor_says(second) == first


def name_that_tor_says(folder: Path) -> str:
    """The name of a service that tor writes when it starts, without a network."""
    folder.mkdir(mode=0o700, exist_ok=True)
    lines = (
        f"DataDirectory {folder}/data", f"HiddenServiceDir {folder}/kuule", "HiddenServicePort 80 127.0.0.1:9",
        "DisableNetwork 1", "SocksPort 0", "Log err stderr",
    )  # fmt: skip
    (folder / "torrc").write_text("\n".join(lines), "utf-8")
    process = subprocess.Popen(["tor", "--defaults-torrc", "/dev/null", "-f", str(folder / "torrc"), "--quiet"])
    try:
        name = folder / "kuule" / NAME_FILE
        wait_until(lambda: name.exists() and name.read_text("ascii").endswith("\n"))
        return name.read_text("ascii").strip()
    finally:
        process.terminate()
        process.wait(PATIENCE)
