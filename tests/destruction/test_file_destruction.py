"""Files are overwritten before their names go; links are not followed, and what cannot be destroyed is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError
from kuule.destruction.file_destruction import destroy_file, files_below, fill_free_space, remove_empty_folders


def test_content_is_overwritten_wherever_it_has_another_name(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret" * 1000)
    os.link(secret, tmp_path / "other-name")
    destroy_file(secret)
    assert (secret.exists(), (tmp_path / "other-name").read_bytes()) == (False, bytes(6000))
    destroy_file(secret)  # again: it is gone already


def test_every_file_of_a_folder_is_found_and_the_empty_folder_goes(tmp_path: Path) -> None:
    for name in ("a/b/c", "a/d", "e"):
        (tmp_path / "all" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "all" / name).write_text(name)
    found = list(files_below(tmp_path / "all"))
    assert [str(path.relative_to(tmp_path / "all")) for path in found] == ["a/b/c", "a/d", "e"]
    for path in found[:2]:
        destroy_file(path)
    remove_empty_folders(tmp_path / "all")
    assert [path.name for path in (tmp_path / "all").iterdir()] == ["e"]
    assert list(files_below(tmp_path / "nowhere")) == []


def test_link_is_refused_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "others").write_text("not ours")
    (tmp_path / "mine" / "link").symlink_to(tmp_path / "others")
    with pytest.raises(KuuleError, match="END_008"):
        list(files_below(tmp_path / "mine"))
    assert (tmp_path / "others").read_text() == "not ours"


def test_file_that_the_system_keeps_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(KuuleError, match=r"END_008 .*folder: it cannot be overwritten"):
        destroy_file(tmp_path / "folder")


def test_filling_a_disk_gives_it_back_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full after three and a half pieces; a real one is filled by `make test-all`."""
    room = [3_500_000]

    def write(handle: int, content: bytes) -> int:
        if len(content) > room[0]:
            raise OSError(28, "No space left on device")
        room[0] -= len(content)
        return len(content)

    monkeypatch.setattr("kuule.destruction.file_destruction.os.write", write)
    assert fill_free_space(tmp_path) == 3_500_000
    assert list(tmp_path.iterdir()) == []


def test_link_in_the_place_of_what_fills_a_disk_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.write_text("not ours")
    (tmp_path / ".kuule-free-space").symlink_to(other)

    def write(handle: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", write)
    assert fill_free_space(tmp_path) == 0
    assert other.read_text() == "not ours"
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
