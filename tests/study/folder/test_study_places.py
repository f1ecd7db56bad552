"""A folder that is no study leads to the one that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.study.folder.study_folder import read_study_folder
from kuule.study.folder.study_places import missing_folder_remedy, studies_in


def study(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text("", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("club-survy", "did you mean {}/club-survey?"),
        ("other", "give a study's folder, such as {0}/club-survey, {0}/our-voice"),
        ("none/other", "give a study's folder; kuule new begins one"),
    ],
)
def test_misspelt_folder_is_met_with_the_one_beside_it(tmp_path: Path, said: str, remedy: str) -> None:
    study(tmp_path / "club-survey")
    study(tmp_path / "our-voice")
    study(tmp_path / ".hidden")
    (tmp_path / "notes").mkdir()
    assert missing_folder_remedy(tmp_path / said) == remedy.format(tmp_path)
    [problem] = read_study_folder(tmp_path / said).problems
    assert (problem.code, problem.remedy) == ("STUDY_001", remedy.format(tmp_path))


def test_folder_with_studies_in_it_names_them_and_says_nothing_else(tmp_path: Path) -> None:
    mine = study(tmp_path / "studies" / "mine")
    [problem] = read_study_folder(tmp_path / "studies").problems
    assert (problem.code, problem.cause) == ("STUDY_001", "it is no study, and there are studies in it")
    assert problem.remedy == f"give the study's folder: {mine}"
    assert studies_in(tmp_path / "nothing") == ()


def test_study_that_lacks_its_form_is_still_a_study(tmp_path: Path) -> None:
    mine = study(tmp_path / "mine")
    study(mine / "older")
    assert {problem.code for problem in read_study_folder(mine).problems} >= {"STUDY_002", "STUDY_102"}
