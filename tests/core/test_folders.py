"""Folders that are whole or not there at all, and two that change names."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kuule.core import folders
from kuule.core.folders import (
    EXCHANGE_SUFFIX,
    atomic_folder,
    create_unfinished_folder,
    exchange_folders,
    unfinished_folders,
)


def fill(folder: Path, content: str) -> Path:
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "sv.json").write_text(content)
    return folder


def content_of(folder: Path) -> str:
    return (folder / "texts" / "sv.json").read_text()


@pytest.mark.parametrize("synced", [False, True])
def test_folder_has_its_name_when_all_is_in_it_and_nothing_stays_beside_it(tmp_path: Path, synced: bool) -> None:
    to = tmp_path / "new" / "edition"
    with atomic_folder(to, synced=synced) as folder:
        fill(folder, "all")
        assert not to.exists()
    assert (content_of(to), list(to.parent.iterdir()), stat.S_IMODE(to.stat().st_mode)) == ("all", [to], 0o700)


def test_folder_that_others_may_read_has_what_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with atomic_folder(tmp_path / "edition", mode=0o777):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "edition").stat().st_mode) == 0o750


def test_nothing_is_left_of_a_folder_that_could_not_be_filled(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError), atomic_folder(tmp_path / "edition") as folder:
        fill(fill(folder, "some"), "once more")
    assert list(tmp_path.iterdir()) == []


def test_every_file_and_folder_is_on_the_disk_before_the_folder_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = list[str]()
    monkeypatch.setattr(folders, "sync_file", lambda path: synced.append(path.name))
    monkeypatch.setattr(folders, "sync_folder", lambda path: synced.append(path.name.partition(".unfinished")[0]))
    with atomic_folder(tmp_path / "edition", synced=True) as folder:
        fill(folder, "all")
        assert synced == []
    assert synced == ["sv.json", "texts", ".edition", tmp_path.name]


def test_what_a_killed_process_left_is_found_and_nothing_else(tmp_path: Path) -> None:
    left = {create_unfinished_folder(tmp_path / "ed[1]") for _ in range(2)}
    create_unfinished_folder(tmp_path / "ed1")
    (tmp_path / ".ed[1].unfinished.12345678").symlink_to(tmp_path)
    assert set(unfinished_folders(tmp_path / "ed[1]")) == left


@pytest.mark.parametrize("at_once", [True, False])
def test_two_folders_change_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool) -> None:
    if not at_once:
        monkeypatch.setattr(folders, "exchange_at_once", lambda one, other: False)
    one, other = fill(tmp_path / "one", "first"), fill(tmp_path / "other", "second")
    exchange_folders(one, other)
    assert (content_of(one), content_of(other), len(list(tmp_path.iterdir()))) == ("second", "first", 2)


def test_old_folder_has_a_name_by_which_it_is_found_where_the_exchange_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "exchange_at_once", lambda one, other: False)
    old, made = fill(tmp_path / "ds", "old"), fill(create_unfinished_folder(tmp_path / "ds"), "new")
    rename = Path.rename

    def only_the_first(path: Path, to: Path) -> Path:
        if path == made:
            raise OSError("the power is gone")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", only_the_first)
    with pytest.raises(OSError, match="power"):
        exchange_folders(made, old)
    [found] = unfinished_folders(old, EXCHANGE_SUFFIX)
    assert content_of(found) == "old"
