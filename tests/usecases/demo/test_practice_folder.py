"""The practice folder: begun afresh each time, and nobody's files are ever removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.usecases.demo.practice_folder import MARKER_FILE, DemoError, fresh_practice_folder


def test_new_folder_is_made_and_marked(tmp_path: Path):
    with fresh_practice_folder(tmp_path / "practice") as practice:
        assert sorted(path.name for path in practice.folder.iterdir()) == [MARKER_FILE, "keys", "report"]


def test_what_an_earlier_run_left_is_removed(tmp_path: Path):
    with fresh_practice_folder(tmp_path / "practice") as first:
        (first.keys / "practice.secret-key").write_text("old")
        (first.folder / "collector.sqlite3").touch()
    with fresh_practice_folder(tmp_path / "practice") as second:
        assert list(second.keys.iterdir()) == []
        assert not (second.folder / "collector.sqlite3").exists()


def test_folder_of_a_demo_that_runs_is_refused_and_left_as_it_is(tmp_path: Path):
    with fresh_practice_folder(tmp_path / "practice") as running:
        (running.folder / "collector.sqlite3").write_text("in use")
        with pytest.raises(DemoError, match="DEMO_024"), fresh_practice_folder(tmp_path / "practice"):
            pass
        assert (running.folder / "collector.sqlite3").read_text() == "in use"


def test_folder_of_somebody_else_is_refused_and_left_as_it_is(tmp_path: Path):
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "thesis.txt").write_text("years of work")
    with pytest.raises(DemoError, match="DEMO_020"), fresh_practice_folder(tmp_path / "practice"):
        pass
    assert {path.name: path.read_text() for path in (tmp_path / "practice").iterdir()} == {
        "thesis.txt": "years of work"
    }


@pytest.mark.parametrize("what", ["file", "link"])
def test_what_is_no_folder_is_refused(tmp_path: Path, what: str):
    elsewhere = tmp_path / "elsewhere"
    with fresh_practice_folder(elsewhere):
        pass
    path = tmp_path / "practice"
    if what == "file":
        path.write_text("a file")
    else:
        path.symlink_to(elsewhere)
    with pytest.raises(DemoError, match="DEMO_020"), fresh_practice_folder(path):
        pass
    assert (elsewhere / MARKER_FILE).is_file()


def test_link_in_the_folder_is_removed_and_not_what_it_leads_to(tmp_path: Path):
    (tmp_path / "thesis").mkdir()
    with fresh_practice_folder(tmp_path / "practice") as practice:
        (practice.folder / "link").symlink_to(tmp_path / "thesis")
    with fresh_practice_folder(tmp_path / "practice") as practice:
        assert not (practice.folder / "link").is_symlink()
    assert (tmp_path / "thesis").is_dir()
