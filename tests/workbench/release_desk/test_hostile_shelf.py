"""Folders that somebody broke, swapped, linked or filled: words with a code, and the other releases are still shown."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError, WorkbenchError
from kuule.releases.publication_release import EarlyAccess, ReleaseChange
from kuule.releases.release_folder import read_release, write_release
from kuule.workbench.release_desk.making.release_making import make_release_files
from kuule.workbench.release_desk.release_kinds import ReleaseKind, ReleaseOrder
from kuule.workbench.release_desk.shelf_reading import MOST_BYTES, MOST_FOLDERS, read_shelf
from tests.workbench.release_desk.shelf import STUDY, make_shelf, release_of_study

TODAY = date(2026, 11, 28)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_shelf(tmp_path / "releases")
    return tmp_path / "releases"


def said(folder: Path) -> list[str]:
    """What is said, once it is certain that both releases are still shown."""
    shelf = read_shelf(folder, study=STUDY, today=TODAY)
    assert [one.version for one in shelf.releases] == ["1.1", "1"]
    assert all(str(folder) not in str(one) for one in shelf.problems)
    return [f"{one.code} {one.place}: {one.cause}" for one in shelf.problems]


def copy(folder: Path, name: str = "x") -> Path:
    """One more release, whose files a test then spoils."""
    write_release(release_of_study(version="7"), folder / name)
    return folder / name


def test_folder_that_is_half_copied_names_each_file_that_is_missing(folder: Path) -> None:
    broken = copy(folder)
    for name in ("tables.json", "approvals.json"):
        (broken / name).unlink()
    missing = "it is missing: the folder is not whole"
    assert said(folder) == [f"RELEASE_002 x, tables.json: {missing}", f"RELEASE_002 x, approvals.json: {missing}"]


def test_folder_that_is_being_copied_under_a_hidden_name_and_other_folders_are_nothing(folder: Path) -> None:
    copy(folder, ".x.partial")
    (folder / "notes").mkdir()
    (folder / "README.txt").write_text("releases")
    assert said(folder) == []


def test_file_that_is_cut_in_the_middle_is_named(folder: Path) -> None:
    file = copy(folder) / "texts.json"
    file.write_bytes(file.read_bytes()[:200])
    [problem] = said(folder)
    assert problem.startswith("RELEASE_004 x, texts.json")


def test_link_to_a_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    shutil.move(copy(folder), tmp_path / "elsewhere")
    (folder / "x").symlink_to(tmp_path / "elsewhere")
    (folder / "y").symlink_to("/etc/passwd")
    assert said(folder) == ["WORKBENCH_015 x: it is a link", "WORKBENCH_015 y: it is a link"]


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_file_that_is_none_is_not_opened(folder: Path, kind: str) -> None:
    file = copy(folder) / "texts.json"
    kept = file.rename(folder.parent / "kept.json")
    {"link": lambda: file.symlink_to(kept), "pipe": lambda: os.mkfifo(file), "folder": file.mkdir}[kind]()
    [problem] = said(folder)
    assert problem.startswith("RELEASE_002 x, texts.json: it cannot be read")


def test_release_that_is_larger_than_any_is_not_read(folder: Path) -> None:
    file = copy(folder) / "tables.json"
    with file.open("wb") as opened:
        opened.truncate(MOST_BYTES + 1)
    [problem] = said(folder)
    assert problem.startswith("WORKBENCH_015 x: its files have 16,7")


@pytest.mark.parametrize("bomb", [b"[" * 1_000_000, b'{"a":' * 1_000_000, b"9" * 1_000_000, b"\xff" * 1000])
def test_json_made_to_break_a_reader_is_words(folder: Path, bomb: bytes) -> None:
    (copy(folder) / "tables.json").write_bytes(bomb)
    [problem] = said(folder)
    assert problem.startswith("RELEASE_004 x, tables.json")


def test_toml_made_to_break_a_reader_is_words(folder: Path) -> None:
    (copy(folder) / "release.toml").write_bytes(b"a = " + b"[" * 100_000)
    [problem] = said(folder)
    assert problem.startswith("RELEASE_003 x, release.toml")


def test_number_that_nobody_released_is_refused(folder: Path) -> None:
    file = copy(folder) / "tables.json"
    read = json.loads(file.read_text("utf-8"))
    read["origin"]["smallest_count"] = 1
    file.write_text(json.dumps(read), "utf-8")
    [problem] = said(folder)
    assert problem.startswith("RELEASE_005 x, tables.json")


def test_release_of_another_study_and_the_same_one_twice_are_named(folder: Path) -> None:
    write_release(release_of_study("another"), folder / "x")
    shutil.copytree(folder / "1", folder / "y")
    assert said(folder) == [
        "WORKBENCH_015 x: it is of the study 'another'",
        "WORKBENCH_015 y: it is the same release as 1",
    ]


def test_release_whose_predecessor_was_changed_says_so(folder: Path) -> None:
    toml = folder / "1" / "release.toml"
    toml.write_text(toml.read_text("utf-8").replace("CC BY 4.0", "CC0"), "utf-8")
    [problem] = said(folder)
    assert problem.startswith("RELEASE_021 1.1: the release that it amends")


def test_more_folders_than_anybody_has_are_counted_and_not_read(folder: Path) -> None:
    for number in range(MOST_FOLDERS):
        (folder / f"n{number:03}").mkdir()
        (folder / f"n{number:03}" / "release.toml").touch()
    assert (
        said(folder)[-1] == f"WORKBENCH_015 releases: there are more than {MOST_FOLDERS} folders; the rest is not shown"
    )


def test_long_texts_are_cut_and_long_lists_end(folder: Path) -> None:
    early = tuple(EarlyAccess("w" * 1_000, date(2027, 1, 1), "r" * 1_000) for _ in range(200))
    changes = (ReleaseChange("en", "c" * 1_000_000),)
    made = release_of_study(version="9", early_access=early, changes=changes, citation="x" * 99_999)
    write_release(made, folder / "x")
    one = read_shelf(folder, study=STUDY, today=TODAY).releases[0]
    assert (len(one.early_access), len(one.early_access[0].who), len(one.changes[0].text)) == (50, 601, 601)
    assert len(one.citation) == 601


def test_folder_that_is_none_has_no_list(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError) as refused:
        read_shelf(tmp_path / "none", study=STUDY, today=TODAY)
    assert [one.code for one in refused.value.problems] == ["WORKBENCH_014"]


def order(path: Path, content: str, kind: ReleaseKind = ReleaseKind.REPORT, language: str = "en") -> ReleaseOrder:
    return ReleaseOrder(path, content, kind, language, TODAY)


@pytest.mark.parametrize("kind", [ReleaseKind.REPORT, ReleaseKind.PAGE])
def test_release_that_changed_since_is_not_shown_in_its_place(folder: Path, kind: ReleaseKind) -> None:
    content = read_release(folder / "1").content
    toml = folder / "1" / "release.toml"
    toml.write_text(toml.read_text("utf-8").replace("CC BY 4.0", "CC0"), "utf-8")
    with pytest.raises(WorkbenchError) as refused:
        make_release_files(order(folder / "1", content, kind))
    assert [one.code for one in refused.value.problems] == ["WORKBENCH_016"]


def test_folder_that_became_a_link_since_is_not_followed(folder: Path, tmp_path: Path) -> None:
    content = read_release(folder / "1").content
    shutil.move(folder / "1", tmp_path / "elsewhere")
    (folder / "1").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WorkbenchError) as refused:
        make_release_files(order(folder / "1", content))
    assert [one.code for one in refused.value.problems] == ["WORKBENCH_015"]


def test_page_of_an_amendment_whose_predecessor_is_gone_is_words(folder: Path) -> None:
    content = read_release(folder / "1.1").content
    shutil.rmtree(folder / "1")
    with pytest.raises(KuuleError) as refused:
        make_release_files(order(folder / "1.1", content, ReleaseKind.PAGE))
    assert [one.code for one in refused.value.problems] == ["RELEASE_021"]


def test_brief_without_a_register_is_words(folder: Path) -> None:
    asked = replace(order(folder / "1", read_release(folder / "1").content, ReleaseKind.BRIEF), country="FI")
    with pytest.raises(WorkbenchError) as refused:
        make_release_files(asked)
    assert [one.code for one in refused.value.problems] == ["WORKBENCH_018"]
