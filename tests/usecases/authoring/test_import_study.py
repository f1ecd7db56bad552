"""A questionnaire of each program as a study: checked, frozen, rehearsed; whole or not there."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache

import pytest
from openpyxl import Workbook

from kuule.core.problems import KuuleError
from kuule.languages.workflow.states import State
from kuule.rehearsal.crowd import rehearse
from kuule.study.folder.study_folder import read_study_folder
from kuule.translation.text_sets.study_text_set import read_study_texts
from kuule.usecases.authoring.check_study import check_study_folder
from kuule.usecases.authoring.new_study_answers import NewStudyAnswers
from tests.journeys.house import build, open_house
from tests.study_import.importing import FILES, TODAY, choices_of, form_of, imported, left_out, questions_of

EVERY = ("reading.md", "libraries.lss", "bakery.lss", "trips.txt", "garden.csv", "music.qsf")
OTHERS = tuple(one for one in EVERY if one != "libraries.lss")
TO_BE_DONE = {"STUDY_315", "STUDY_348", "LANG_021", "LANG_036"}
"""What only the author can do: help that nobody checked, no last day, texts that have no translation."""


@pytest.fixture(scope="module")
def imported_once(tmp_path_factory):
    """The study of a file, for tests that change nothing in it."""
    return cache(lambda file: imported(FILES / file, tmp_path_factory.mktemp("imported") / "mine"))


@pytest.mark.parametrize("file", EVERY)
def test_check_finds_nothing_but_what_is_still_to_be_done(imported_once, file):
    study = imported_once(file)
    found = check_study_folder(study.folder, today=TODAY)
    assert found.errors == 0
    assert {problem.code for problem in found.problems} <= TO_BE_DONE
    assert study.warnings == found.problems
    assert not any(language.may_open for language in found.languages)


def test_characters_that_turn_the_direction_stay_behind(tmp_path):
    """Programs for writing put them around Arabic words; a question is not left out for them."""
    form = tmp_path / "reading.md"
    form.write_text(
        (FILES / "reading.md").read_text("utf-8").replace("Do you read books?", "Do \u202byou\u202c read books?\u2068"),
        "utf-8",
    )
    study = imported(form, tmp_path / "mine")
    assert "Do you read books?" in {row.get("label") for row in form_of(study).rows("survey")}
    assert check_study_folder(study.folder, today=TODAY).errors == 0


@pytest.mark.slow
@pytest.mark.parametrize("file", ["libraries.lss", *(pytest.param(one, marks=pytest.mark.whole) for one in OTHERS)])
def test_it_is_frozen_and_rehearsed(tmp_path, imported_once, file):
    house = build(tmp_path / "house", imported_once(file).folder)
    with open_house(house) as running:
        crowd = rehearse(running.url, house.edition, responses=8, seed=1, today=datetime.now(UTC).date())
    assert crowd.stopped == 0
    assert crowd.sent > 5


def test_form_of_limesurvey_has_its_pages_conditions_and_lists(imported_once):
    study = imported_once("libraries.lss")
    rows = questions_of(study)
    assert rows["page_where"] == {
        "type": "begin_group", "relevant": "${reads} = 'A1' or ${reads} = 'A2'", "appearance": "field-list",
    }  # fmt: skip
    assert rows["where"] == {
        "type": "select_multiple where", "label": "Where do you read?", "constraint": "count-selected(.) <= 2",
    }  # fmt: skip
    assert rows["where_other"]["relevant"] == "selected(${where}, 'other')"
    assert rows["trains"]["relevant"] == "selected(${where}, 'SQ002')"
    assert rows["group_2"]["relevant"] == "not(${reads} = '')"
    assert rows["late"]["relevant"] == "${agree_SQ002} = 'A3'"
    assert "relevant" not in rows["wish"]
    assert choices_of(study)["where"] == {"SQ001": "At home", "SQ002": "On a train", "other": "Other"}


def test_what_a_check_refuses_is_left_out_with_the_words_of_its_rule(imported_once):
    study = imported_once("reading.md")
    assert left_out(study) == [
        ("start (start)", "moment"), ("reads (true)", "required"), ("photo (image)", "upload"),
        ("place (geopoint)", "position"), ("how many", "name"), ("condition of places", "condition"),
        ("your_name (text) What is your name?", "identity"), ("since, default: today()", "expression"),
        ("form:/data/questions/more:label in Swedish", "refused"),
    ]  # fmt: skip
    said = {one.what: one.said_why for one in study.not_taken}
    assert said["your_name (text) What is your name?"] == "'your_name' asks who someone is ('name')"
    text = (study.folder / "not-taken.md").read_text("utf-8")
    assert all(one.place in text for one in study.not_taken)
    assert questions_of(study)["how_many"] == {
        "type": "integer", "label": "How many a month?", "relevant": "${reads} = 'yes'", "constraint": ". < 100",
    }  # fmt: skip


def test_translations_of_the_file_are_first_drafts(imported_once):
    study = imported_once("libraries.lss")
    entries = read_study_texts(study.folder).catalogues["sv"].entries
    taken = {key: entry for key, entry in entries.items() if entry.text}
    assert taken["form:/data/group_1/reads:label"].text == "Läser du böcker?"
    assert taken["choice:reads/A1:label"].text == "Ja, ofta"
    assert {entry.state for entry in taken.values()} == {State.DRAFT_ONE}
    assert "::" not in "".join(form_of(study).sheets["survey"].header)


def test_source_language_of_the_file_is_that_of_the_study(imported_once):
    study = imported_once("trips.txt")
    settings = read_study_folder(study.folder).settings
    assert settings is not None
    assert (settings.source_language, list(settings.languages)) == ("fi", ["fi", "en"])
    readme = (study.folder / "README.md").read_text("utf-8")
    assert "**English texts.** The form is in Finnish" in readme
    assert "begun with what the file has of them: English (`en`)" in readme


def test_settings_are_those_that_were_said(tmp_path):
    said = NewStudyAnswers(organisation="A library", title="Own title", languages=("fi",), countries=("SE",))
    study = imported(FILES / "reading.md", tmp_path / "mine", said=said)
    settings = read_study_folder(study.folder).settings
    assert settings is not None
    assert (settings.title, settings.organisation, list(settings.languages)) == (
        "Own title", "A library", ["en", "sv", "fi"],
    )  # fmt: skip
    assert settings.answers.open_text == ("places_other", "more")


def test_expression_that_no_engine_understands_goes_and_the_question_stays(tmp_path):
    path = tmp_path / "form.md"
    path.write_text(
        """
        | survey | | | | | | |
        | | type | name | label | relevant | constraint | calculation |
        | | integer | age | How old is the house? | | . >< 3 | |
        | | select_one l | roof | Is the roof red? | ${age} = | | |
        | | text | both | What else? | ${roof} = 'maybe' | regex(., '[') | |
        | | calculate | when | | | | now() |
        | choices | | | |
        | | list_name | name | label |
        | | l | yes | Yes |
        | | l | no | No |
        | | l | no | No again |
        """,
        "utf-8",
    )
    study = imported(path, tmp_path / "mine")
    rows = questions_of(study)
    assert {name: set(row) for name, row in rows.items() if name != "questions"} == {
        "age": {"type", "label"}, "roof": {"type", "label"}, "both": {"type", "label"},
    }  # fmt: skip
    assert choices_of(study)["l"] == {"yes": "Yes", "no": "No"}


def test_groups_that_are_nested_without_end_are_refused(tmp_path):
    rows = "".join(f"| | begin_group | g{n} | G |\n" for n in range(200))
    path = tmp_path / "form.md"
    path.write_text(f"| survey | | | |\n| | type | name | label |\n{rows}| | text | t | What else? |\n", "utf-8")
    assert refused(path, tmp_path / "mine") == ["IMPORT_008"]


def refused(file, folder) -> list[str]:
    with pytest.raises(KuuleError) as raised:
        imported(file, folder)
    return [problem.code for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"PK", "IMPORT_002"),
        ("a", b"text", "IMPORT_002"),
        ("a.qsf", b"", "IMPORT_005"),
        ("a.qsf", b"{}" + b" " * 20 * 1024 * 1024, "IMPORT_003"),
        ("a.qsf", b'{"SurveyEntry": "\xe5"}', "IMPORT_004"),
        ("a.csv", b"field_name,form_name,field_type,field_label,choices\n" + b"q,f,text,Q,\n" * 3_001, "IMPORT_008"),
    ],
)
def test_file_that_is_no_questionnaire_leaves_nothing_behind(tmp_path, name, content, code):
    file = tmp_path / name
    file.write_bytes(content)
    assert refused(file, tmp_path / "mine") == [code]
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_file_that_is_not_there_and_folder_that_is_there_are_refused(tmp_path):
    assert refused(tmp_path / "none.qsf", tmp_path / "mine") == ["IMPORT_001"]
    assert refused(FILES / "reading.md", tmp_path) == ["NEW_001"]


def test_formulas_without_values_and_merged_cells_of_a_workbook_are_said(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (["type", "name", "label"], ["text", "word", '="a"&"b"'], ["text", "other", "What else?"]):
        sheet.append(row)
    book.save(tmp_path / "formula.xlsx")
    assert refused(tmp_path / "formula.xlsx", tmp_path / "mine") == ["FORM_035"]
    sheet["C2"] = "Which word?"
    sheet.merge_cells("A5:C5")
    book.save(tmp_path / "merged.xlsx")
    study = imported(tmp_path / "merged.xlsx", tmp_path / "mine")
    assert study.questions == 2
    assert left_out(study) == [("the cells A5:C5 are merged, and only the first of them holds anything", "refused")]


def test_texts_that_a_spreadsheet_would_evaluate_stay_texts(tmp_path):
    survey = json.loads((FILES / "music.qsf").read_text("utf-8"))
    for element in survey["SurveyElements"]:
        if element.get("PrimaryAttribute") == "QID1":
            element["Payload"]["QuestionText"] = "=HYPERLINK(1)"
    path = tmp_path / "a.qsf"
    path.write_text(json.dumps(survey), "utf-8")
    study = imported(path, tmp_path / "mine")
    assert questions_of(study)["listens"]["label"] == "=HYPERLINK(1)"


def test_texts_are_shorter_where_there_are_too_many_for_one_envelope(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f"q{n},one,notes,What else?,\n" for n in range(20))
    path.write_text("field_name,form_name,field_type,field_label,choices\n" + rows, "utf-8")
    study = imported(path, tmp_path / "mine")
    settings = read_study_folder(study.folder).settings
    assert settings is not None
    assert settings.answers.longest_text < 2000
    assert [one.place for one in study.not_taken] == ["study.toml, answers.longest_text"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        (
            "a.md",
            "| survey | | |\n| | type | name |\n| | image | photo |\n| | image | second |\n",
            ["a.md, survey, row 2: photo (image) and 1 more: no files are ever taken from people"],
        ),
        ("a.md", "| survey | | |\n| | type | name | label |\n| | note | hello | Hello there |\n", []),
        (
            "a.csv",
            "field_name,form_name,field_type,field_label,choices\nid,one,text,Number,\ntext,one,descriptive,Hello,\n",
            ["a.csv, field id: Number (text ): nobody is asked who they are"],
        ),
    ],
)
def test_file_without_a_question_that_is_taken_says_why_of_what_it_has(tmp_path, name, content, why):
    file = tmp_path / name
    file.write_text(content, "utf-8")
    with pytest.raises(KuuleError) as raised:
        imported(file, tmp_path / "mine")
    first, *others = raised.value.problems
    assert (first.code, first.cause) == ("IMPORT_007", "no question in it can be taken")
    assert [f"{one.place}: {one.cause}" for one in others] == why
    assert {one.code for one in others} <= {"IMPORT_010"}


def test_answers_that_no_response_can_hold_are_said_at_once(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f"q{n},one,notes,What else?,\n" for n in range(100))
    path.write_text("field_name,form_name,field_type,field_label,choices\n" + rows, "utf-8")
    with pytest.raises(KuuleError) as raised:
        imported(path, tmp_path / "mine")
    [problem] = raised.value.problems
    assert (problem.code, problem.place) == ("IMPORT_008", "a.csv")
    assert problem.cause.endswith("with texts of 200 characters, and one response holds 61,440")


def test_file_of_which_a_check_refuses_everything_says_what_it_refuses(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("| survey | | | |\n| | type | name | label |\n| | text | your_name | Your name? |\n", "utf-8")
    assert refused(path, tmp_path / "mine") == ["IMPORT_007", "STUDY_304"]
