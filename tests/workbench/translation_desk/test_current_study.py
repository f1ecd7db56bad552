"""The study in memory: read ahead of the first page, and once, however many ask for it at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.workbench.translation_desk.current_study import read_ahead, read_current_language, read_current_study
from tests.study.small_study import make_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_study(tmp_path / "study")
    return tmp_path / "study"


def test_what_is_read_ahead_is_what_the_first_page_shows(folder: Path) -> None:
    reading = read_ahead(folder)
    asked = read_current_study(folder)
    reading.join()
    assert read_current_study(folder) is asked
    languages = {tag: read_current_language(asked, tag) for tag in asked.tags}
    assert [read_current_language(asked, tag) is found for tag, found in languages.items()] == [True] * len(asked.tags)


def test_whoever_asks_for_what_is_being_read_waits_for_it(folder: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        found = list(many.map(lambda _: read_current_study(folder), range(8)))
    assert all(one is found[0] for one in found)


@pytest.mark.parametrize("name", ["languages/sv.po", "form.md", "study.toml"])
def test_what_was_counted_is_forgotten_when_a_file_changes(folder: Path, name: str) -> None:
    study = read_current_study(folder)
    read_current_language(study, "sv").counted["somebody"] = 12
    assert read_current_language(read_current_study(folder), "sv").counted == {"somebody": 12}
    (folder / name).write_text((folder / name).read_text("utf-8") + "\n", "utf-8")
    assert read_current_language(read_current_study(folder), "sv").counted == {}


def test_study_that_cannot_be_read_is_told_to_whoever_asks_and_not_before(folder: Path) -> None:
    (folder / "study.toml").write_text("id = [", "utf-8")
    read_ahead(folder).join()
    with pytest.raises(StudyError):
        read_current_study(folder)


def test_language_that_cannot_be_read_keeps_nobody_from_the_others(folder: Path) -> None:
    study = read_current_study(folder)
    broken, *others = study.tags
    (folder / "languages" / f"{broken}.po").write_text("msgid", "utf-8")
    read_ahead(folder).join()
    with pytest.raises(StudyError):
        read_current_language(study, broken)
    assert [read_current_language(study, tag).catalogue.language for tag in others] == others
