"""`kuule identifiers`: suggestions, what is not looked for, and figures."""

from __future__ import annotations

import os

import pytest

from kuule.cli.app import run as run_command
from kuule.qualitative.identifiers.detector_coverage import detector_coverage
from kuule.qualitative.project.project_files import new_project
from tests.qualitative.small_project import CHEAP, PASSPHRASE, with_texts

WORDS = "I told Sarah about it on 12 May 1998."


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "voices.kuule-project"
    with new_project(path, PASSPHRASE, cost=CHEAP) as made:
        with_texts(made, [WORDS])
        return path, next(iter(made.texts))


@pytest.fixture
def run(tmp_path, capsys):
    def ran(*command: str) -> tuple[int, list[str], str]:
        (tmp_path / "passphrase").write_text("the passphrase of a team\n")
        with (tmp_path / "passphrase").open() as file:
            given = ["--passphrase-fd", str(os.dup(file.fileno()))] if command[1] != "measure" else []
            code = run_command([*command, *given])
        shown = capsys.readouterr()
        return code, shown.out.splitlines(), shown.err

    return ran


def test_suggestions_are_spans_that_a_mark_takes_and_quote_nothing(project, run):
    path, text = project
    code, rows, talk = run("identifiers", "suggest", str(path), text[:8])
    assert (code, [row.split("\t")[:2] for row in rows]) == (
        0,
        [["7-12:person", "name:given"], ["25-36:date", "date:month"]],
    )
    assert all(sentence in " ".join(talk.split()) for sentence in detector_coverage("en").sentences)
    assert "Sarah" not in "\n".join(rows) + talk


def test_coverage_is_a_row_for_each_kind(project, run):
    code, rows, _ = run("identifiers", "coverage", str(project[0]))
    assert code == 0
    assert [row for row in rows if row.startswith("en\tage")] == ["en\tage\t-"]
    assert len(rows) == len(detector_coverage("en").means)


def test_made_up_answers_are_measured(tmp_path, run):
    (tmp_path / "en.txt").write_text("I told {person:Sarah}. Nobody asked.", "utf-8")
    code, rows, _ = run("identifiers", "measure", str(tmp_path / "en.txt"))
    assert (code, rows) == (0, ["en\tperson\t1 of 1\t0 false alarms", "en: 1 of 1, 0 false alarms"])


def test_a_model_that_is_no_folder_is_refused(tmp_path, run):
    (tmp_path / "en.txt").write_text("I told {person:Sarah}.", "utf-8")
    code, _, talk = run("identifiers", "measure", str(tmp_path / "en.txt"), "--model", "en_core_web_sm")
    assert (code, "PROJECT_040" in talk) == (1, True)
