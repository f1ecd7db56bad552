"""Whoever works at the lead's desk has no terminal: what to do is said in other words there, or it is said who can."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from kuule.core.problems import Problem
from kuule.workbench.study_desk.desk_remedies import REMEDIES_BY_CODE, desk_remedy
from kuule.workbench.study_desk.text_files import TextFile
from tests.study.small_study import FORM
from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.study_desk.questionnaires import workbook

SOURCE = Path(__file__).parents[3] / "src" / "kuule"
ADMINISTRATOR = "whoever administers this workbench"
_REMEDY = re.compile(r'<p class="remedy">.*?<span lang="en" dir="ltr">(.*?)</span>', re.DOTALL)


def remedy(code: str, place: str, written: str) -> str:
    return desk_remedy(Problem(code, place, "it is so", written))


def test_what_is_mended_in_the_questionnaire_is_said_as_it_is() -> None:
    for written in ("name it with letters, digits and _", "did you mean 'label::Suomi (fi)'?"):
        assert remedy("STUDY_331", "form.xlsx, survey, row 2", written) == written


@pytest.mark.parametrize("file", TextFile)
def test_file_that_the_desk_changes_is_nobody_elses(file: TextFile) -> None:
    assert remedy("STUDY_311", f"{file}, line 3", f"name one that {file} has") == f"name one that {file} has"


@pytest.mark.parametrize("code", REMEDIES_BY_CODE)
def test_command_becomes_an_act_without_one(code: str) -> None:
    said = remedy(code, "form.xlsx", "run kuule translate status, which finishes it")
    assert re.search(r"kuule [a-z]", said) is None


@pytest.mark.parametrize("written", ["make it: `kuule kit` without --check", "kuule … --passphrase-fd 3"])
def test_command_that_nothing_else_does_says_who_can(written: str) -> None:
    assert remedy("KIT_001", "x", written) == f"ask {ADMINISTRATOR}: {written}"


def test_file_that_is_changed_elsewhere_says_who_changes_it() -> None:
    said = remedy("DEMO_002", "rehearsal.toml, answers", "name one that the form has")
    assert said == f"name one that the form has (rehearsal.toml is not changed at this desk: ask {ADMINISTRATOR})"
    said = remedy("LANG_020", "languages/sv.po, line 5", "add it to glossary.csv")
    assert said.endswith(f"(glossary.csv is not changed at this desk: ask {ADMINISTRATOR})")


@pytest.mark.parametrize("code", REMEDIES_BY_CODE)
def test_each_row_of_the_table_is_of_a_problem_that_names_a_command(code: str) -> None:
    texts = [path.read_text("utf-8") for path in (SOURCE / "study").rglob("*.py")]
    assert any(f'"{code}"' in text and re.search(r"kuule [a-z]+", text) for text in texts)


def remedies(page: str) -> list[str]:
    return [html.unescape(one) for one in _REMEDY.findall(page)]


def test_no_problem_at_the_desk_tells_to_run_a_command(desk: LeadDesk) -> None:
    (desk.site.study / "languages" / "sv.po").unlink()
    with (desk.site.study / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[help]\ncountries = ["SE"]\n')
    found = remedies(desk.lead.get("/study/problems").body.decode())
    assert any("begin the language" in one for one in found)
    assert any("have a person call each service" in one for one in found)
    assert [one for one in found if re.search(r"kuule [a-z]", one) and ADMINISTRATOR not in one] == []


def test_refusal_says_its_warnings_too(desk: LeadDesk) -> None:
    """A questionnaire with merged cells, and a mistake for which it is refused."""
    broken = FORM.replace("| | select_one yes_no | adult |", "| | select_one nothing | adult |")
    reply = desk.sends(workbook(broken, lambda made: made["survey"].merge_cells("C3:D3")))
    assert reply.status == 400
    assert "there is no list of choices &#39;nothing&#39;" in reply.body.decode().lower()
    assert "Warnings: " in reply.text
    assert "The cells C3:D3 are merged, and only the first of them holds anything." in reply.text
