"""Everything is said at once, from every part of the folder, and quickly."""

import time

import pytest

from kuule.errors import Severity
from kuule.languages.states import State
from kuule.study.check import check_study
from tests.study.small_study import FORM, SETTINGS, make_edition, make_study

AGE = "form:/data/about/page_about/age_band:label"


def errors(study, against=None):
    return [
        (problem.code, problem.place) for problem in check_study(study, against) if problem.severity is Severity.ERROR
    ]


def test_small_study_has_no_error(tmp_path):
    assert errors(make_study(tmp_path)) == []


def test_problems_of_every_part_are_said_at_once(tmp_path):
    study = make_study(
        tmp_path,
        texts={"sv": {AGE: "Se https://evil.example"}},
        report="{{ base nothing }}\n",
        support="country,name,kind,phone\nXX,A line,survivor,1\n",
        settings=SETTINGS.replace('open_text = ["wish"]', "open_text = []"),
    )
    assert errors(study) == [
        ("STUDY_202", "support.csv, line 2"),
        ("STUDY_312", "form.md, survey, row 32"),
        ("STUDY_314", "report.md, line 1"),
        ("LANG_012", f"languages/sv.po, {AGE}"),
    ]


def test_form_is_reviewed_also_while_the_settings_do_not_read(tmp_path):
    form = FORM.replace("| | text | wish |", "| | image | wish |")
    study = make_study(tmp_path, form=form, languages={}, settings="id = 1\n")
    found = errors(study)
    assert ("STUDY_301", "form.md, survey, row 32") in found
    assert ("STUDY_104", "study.toml, id") in found
    assert ("STUDY_102", "study.toml, languages") in found


def test_translation_that_is_missing_or_broken_is_said(tmp_path):
    study = make_study(tmp_path, languages={"sv": State.REVIEWED})
    assert errors(study) == [("STUDY_005", "languages/ar.po")]
    (study / "languages" / "ar.po").write_text("not a PO file\n", "utf-8")
    assert errors(study) == [("LANG_002", "languages/ar.po, line 1")]


def test_missing_and_stale_texts_are_warnings(tmp_path):
    study = make_study(tmp_path, texts={"sv": {AGE: ""}})
    (study / "form.md").write_text(FORM.replace("Do you want to take part?", "Would you like to take part?"), "utf-8")
    warnings = [(problem.code, problem.place) for problem in check_study(study) if problem.code.startswith("LANG")]
    assert warnings == [
        ("LANG_021", "languages/sv.po"),
        ("LANG_022", "languages/sv.po"),
        ("LANG_022", "languages/ar.po"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rehearsal.toml", b"= 1", "STUDY_003"),
        ("report.md", b"\xff", "STUDY_004"),
        ("form.xlsx", b"x", "STUDY_002"),
        ("support.csv", b"\xff", "STUDY_201"),
    ],
)
def test_file_that_does_not_read_is_named(tmp_path, name, content, code):
    study = make_study(tmp_path)
    (study / name).write_bytes(content)
    assert [problem for problem, _ in errors(study)] == [code]


def test_folder_that_is_not_there_is_one_problem(tmp_path):
    assert errors(tmp_path / "nothing") == [("STUDY_001", str(tmp_path / "nothing"))]


def test_name_or_code_that_means_something_else_than_before_is_refused(tmp_path):
    edition = make_edition(tmp_path)
    form = FORM.replace("| | integer | years |", "| | decimal | years |").replace(
        "| | how_often | more | More than once |\n", ""
    )
    study = make_study(tmp_path / "next", form=form)
    assert errors(study) == []
    assert errors(study, against=edition) == [
        ("STUDY_316", "form, question years"),
        ("STUDY_316", "form, question how_often"),
    ]
    assert errors(tmp_path / "study", against=edition) == []


def test_several_hundred_mistakes_are_listed_in_under_a_second_of_one_core(tmp_path):
    rows = "".join(f"| | geopoint | spot_{number} | Where? | | | | |\n" for number in range(400))
    choices = "".join(f"| | country | x{letter}{other} | X |\n" for letter in "abcdefghij" for other in "abcdefghij")
    form = FORM.replace("| | text | wish |", f"{rows}| | text | wish |").replace(
        "| | way | go_on |", f"{choices}| | way | go_on |"
    )
    study = make_study(tmp_path, form=form, languages={}, settings=SETTINGS.replace('"country"', '"contry"'))
    began = time.process_time()
    problems = check_study(study)
    took = time.process_time() - began
    assert sum(problem.code == "STUDY_302" for problem in problems) == 400
    assert took < 1
