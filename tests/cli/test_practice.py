"""The practice folder: begun afresh each time, and nobody's files are ever removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.cli.practice import MARK, DemoError, start_afresh


def test_new_folder_is_made_and_marked(tmp_path: Path):
    practice = start_afresh(tmp_path / "practice")
    assert sorted(path.name for path in practice.folder.iterdir()) == [MARK, "keys", "report"]


def test_what_an_earlier_run_left_is_removed(tmp_path: Path):
    first = start_afresh(tmp_path / "practice")
    (first.keys / "practice.secret-key").write_text("old")
    start_afresh(tmp_path / "practice")
    assert list((tmp_path / "practice" / "keys").iterdir()) == []


def test_folder_of_somebody_else_is_refused_and_left_as_it_is(tmp_path: Path):
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "thesis.txt").write_text("years of work")
    with pytest.raises(DemoError, match="DEMO_020"):
        start_afresh(tmp_path / "practice")
    assert {path.name: path.read_text() for path in (tmp_path / "practice").iterdir()} == {
        "thesis.txt": "years of work"
    }


@pytest.mark.parametrize("what", ["file", "link"])
def test_what_is_no_folder_is_refused(tmp_path: Path, what: str):
    elsewhere = start_afresh(tmp_path / "elsewhere").folder
    path = tmp_path / "practice"
    if what == "file":
        path.write_text("a file")
    else:
        path.symlink_to(elsewhere)
    with pytest.raises(DemoError, match="DEMO_020"):
        start_afresh(path)
    assert (elsewhere / MARK).is_file()


def test_dataset_is_cleared_for_the_next_opening_and_may_be_missing(tmp_path: Path):
    practice = start_afresh(tmp_path / "practice")
    practice.clear_dataset()
    practice.dataset.mkdir()
    (practice.dataset / "responses.parquet").touch()
    practice.clear_dataset()
    assert not practice.dataset.exists()
    assert (practice.folder / MARK).is_file()
