"""Files of a study's folder that are none: whoever reads the folder says each once, and nothing waits or swells."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.core.problems import Severity, StudyError
from kuule.ethics.ethics_answers import EthicsError, read_ethics_answers
from kuule.helplines.support_file import read_support_rows
from kuule.study.folder.study_copy import study_with_file
from kuule.study.folder.study_folder import read_study_folder
from kuule.usecases.authoring.plan_study import plan_study
from tests.special_files import SPECIAL_FILES
from tests.study.reading import check_study
from tests.study.small_study import make_study

FILES = {
    "study.toml": "STUDY_101",
    "form.md": "STUDY_013",
    "support.csv": "STUDY_013",
    "report.md": "STUDY_013",
    "rehearsal.toml": "STUDY_013",
    "analysis.toml": "STUDY_013",
    "glossary.csv": "STUDY_013",
    "languages/sv.po": "STUDY_013",
    "languages/kuule/sv.po": "STUDY_013",
    "partners/childx.toml": "STUDY_013",
    "keys.toml": "STUDY_013",
}


def put(study: Path, name: str, kind: str) -> str:
    """Put something special in the place of a file. What is said of it."""
    path = study / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make, said = SPECIAL_FILES[kind]
    make(path)
    return said


@pytest.mark.parametrize("name", FILES)
def test_check_names_each_file_that_is_a_pipe(tmp_path: Path, name: str) -> None:
    study = make_study(tmp_path)
    said = put(study, name, "named pipe")
    found = [problem for problem in check_study(study) if said in problem.cause]
    assert [(problem.code, problem.severity) for problem in found] == [(FILES[name], Severity.ERROR)]
    assert Path(name).name in found[0].place


@pytest.mark.parametrize("kind", SPECIAL_FILES)
def test_check_says_what_stands_there(tmp_path: Path, kind: str) -> None:
    study = make_study(tmp_path)
    said = put(study, "support.csv", kind)
    found = [problem for problem in check_study(study) if problem.place == "support.csv"]
    assert [(problem.code, said in problem.cause) for problem in found] == [("STUDY_013", True)]


@pytest.mark.parametrize("kind", SPECIAL_FILES)
def test_calendar_and_support_and_ethics_say_it_too(tmp_path: Path, kind: str) -> None:
    study = make_study(tmp_path)
    for name in ("support.csv", "ethics.toml", "study.toml"):
        put(study, name, kind)
    with pytest.raises(StudyError, match=r"study\.toml"):
        plan_study(study, now=datetime(2026, 11, 1, tzinfo=UTC))
    with pytest.raises(StudyError, match=r"support\.csv"):
        read_support_rows(study)
    with pytest.raises(EthicsError, match=r"ethics\.toml"):
        read_ethics_answers(study)


@pytest.mark.parametrize("command", ["check", "ethics", "calendar"])
def test_command_ends_with_the_problem(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    study = make_study(tmp_path / "study")
    said = put(study, "study.toml", "endless device")
    more = ["--to", str(tmp_path / "papers")] if command == "ethics" else []
    assert run([command, str(study), *more]) != 0
    output = capsys.readouterr()
    assert said in " ".join((output.out + output.err).split())


def test_link_to_a_file_elsewhere_stays_allowed(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    (study / "report.md").rename(tmp_path / "shared.md")
    (study / "report.md").symlink_to(tmp_path / "shared.md")
    assert read_study_folder(study).report == (tmp_path / "shared.md").read_text("utf-8")


def test_copy_of_a_study_has_the_problem_and_not_the_device(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    put(study, "support.csv", "endless device")
    put(study, "glossary.csv", "named pipe")
    with study_with_file(study, b"# Report\n", "report.md") as copy:
        found = {one.place: one.cause for one in read_study_folder(copy).problems if one.code == "STUDY_013"}
    assert {name: cause.partition(", ")[2] for name, cause in found.items()} == {
        "support.csv": "a device, and no ordinary file",
        "glossary.csv": "a named pipe, and no ordinary file",
    }
