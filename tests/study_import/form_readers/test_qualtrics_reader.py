"""Surveys of Qualtrics."""

from __future__ import annotations

import json

import pytest

from kuule.study_import.conditions import AnswerComparison, Conjunction, NegatedCondition
from kuule.study_import.form_readers.qualtrics_reader import read_qualtrics_survey
from kuule.study_import.imported_form import FormImportError, all_items
from tests.study_import.importing import FILES


def test_survey_is_read_in_the_order_of_its_flow():
    read = read_qualtrics_survey(FILES / "music.qsf")
    assert (read.title, read.source_language, read.languages) == ("Music near you", "en", ("sv",))
    items = {one.code: one for one in all_items(read.members)}
    assert {code: one.kind for code, one in items.items()} == {
        "block_Music": "group", "listens": "select_one", "page_kinds": "group", "kinds": "select_multiple",
        "kinds_90_text": "text", "hours": "decimal", "block_Concerts": "group", "page_agree": "group", "agree": "note",
        "agree_1": "select_one", "agree_2": "select_one", "why": "text", "page_loud": "group", "loud": "note",
        "loud_1": "range", "loud_2": "range", "rank": "rank", "bye": "note",
    }  # fmt: skip
    assert items["listens"].texts["label"] == {
        "en": "Do you **listen** to music?", "sv": "Lyssnar du på **musik**?",
    }  # fmt: skip
    assert [one.value for one in read.lists["kinds"]] == ["20", "10", "90"]


def test_display_logic_and_branches_are_conditions():
    items = {one.code: one for one in all_items(read_qualtrics_survey(FILES / "music.qsf").members)}
    listens = AnswerComparison("listens", "=", "1")
    assert items["block_Concerts"].condition == listens
    assert items["hours"].condition == Conjunction((listens, NegatedCondition(AnswerComparison("kinds", "=", "20"))))
    assert items["why"].condition == AnswerComparison("hours", ">", "5")


def test_what_is_not_taken_is_noted():
    read = read_qualtrics_survey(FILES / "music.qsf")
    assert {(one.place, str(one.reason)) for one in read.not_taken} == {
        ("quotas", "quota"), ("flow, FL_2", "identity"), ("flow, FL_6", "flow"), ("question listens", "required"),
        ("question why", "piping"), ("question why", "script"), ("question mail", "identity"),
        ("question record", "upload"), ("question timer", "moment"), ("question bye", "condition"),
        ("question bye", "media"),
    }  # fmt: skip


def test_older_file_with_a_list_of_blocks_is_read(tmp_path):
    survey = json.loads((FILES / "music.qsf").read_text("utf-8"))
    for element in survey["SurveyElements"]:
        if element["Element"] == "BL":
            element["Payload"] = list(element["Payload"].values())
    path = tmp_path / "a.qsf"
    path.write_text(json.dumps(survey), "utf-8")
    assert read_qualtrics_survey(path).members == read_qualtrics_survey(FILES / "music.qsf").members


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"SurveyEntry": {"SurveyID": "SV_1"}, "SurveyElements": [', "IMPORT_005"),
        ("[" * 100_000, "IMPORT_005"),
        ('{"Version": "3", "Survey": {}}', "IMPORT_006"),
        ('{"SurveyEntry": {"SurveyID": "SV_1"}, "SurveyElements": [{"Element": "BL"}]}', "IMPORT_006"),
        ("[]", "IMPORT_006"),
    ],
)
def test_other_files_are_refused(tmp_path, content, code):
    path = tmp_path / "a.qsf"
    path.write_text(content, "utf-8")
    with pytest.raises(FormImportError) as raised:
        read_qualtrics_survey(path)
    assert [problem.code for problem in raised.value.problems] == [code]
