"""LimeSurvey's XML, of version 6 and of version 3."""

from __future__ import annotations

import re

import pytest

from kuule.study_import.conditions import AnswerComparison, Conjunction
from kuule.study_import.form_readers.limesurvey_xml import read_limesurvey_xml
from kuule.study_import.imported_form import FormImportError, all_items
from tests.study_import.importing import FILES


def test_survey_of_version_6_is_read():
    read = read_limesurvey_xml(FILES / "libraries.lss")
    assert (read.title, read.source_language, read.languages) == ("Readers and libraries", "en", ("sv",))
    assert [(one.code, one.kind) for one in all_items(read.members)] == [
        ("group_1", "group"), ("text_1", "note"), ("reads", "select_one"), ("page_where", "group"),
        ("where", "select_multiple"), ("where_other", "text"), ("howmany", "integer"), ("trains", "select_one"),
        ("group_2", "group"), ("page_agree", "group"), ("agree", "note"), ("agree_SQ001", "select_one"),
        ("agree_SQ002", "select_one"), ("late", "text"), ("wish", "text"), ("mail", "text"), ("order", "rank"),
        ("script", "note"),
    ]  # fmt: skip
    assert {name: [one.value for one in choices] for name, choices in read.lists.items()} == {
        "reads": ["A1", "A2", "A3"], "where": ["SQ001", "SQ002", "other"], "trains": ["Y", "N"],
        "agree": ["A1", "A2", "A3"], "order": ["B1", "B2"],
    }  # fmt: skip


def test_what_is_not_taken_is_noted():
    read = read_limesurvey_xml(FILES / "libraries.lss")
    assert [(one.place, one.what, str(one.reason)) for one in read.not_taken] == [
        ("question reads", "mandatory", "required"),
        ("question wish", "(count(where_SQ001, where_SQ002) > 1)", "condition"),
        ("question wish", "{TOKEN:FIRSTNAME}", "piping"),
        ("question shelf", "file upload", "upload"),
        ("question sum", "equation", "expression"),
        ("question script", "<script> in a text", "script"),
        ("quotas", "Enough readers", "quota"),
        ("survey settings, welcome text", "Welcome", "setting"),
    ]


def test_survey_of_version_3_has_a_row_for_each_language_and_conditions_by_numbers():
    read = read_limesurvey_xml(FILES / "bakery.lss")
    assert (read.source_language, read.languages, read.not_taken) == ("en", ("de",), ())
    items = {one.code: one for one in all_items(read.members)}
    assert items["buys"].texts["label"] == {"en": "What do you buy?", "de": "Was kaufst du?"}
    assert [(one.value, dict(one.label)) for one in read.lists["buys"]] == [
        ("1", {"en": "Bread", "de": "Brot"}), ("2", {"en": "Rolls", "de": "Semmeln"}), ("other", {"en": "Other"}),
    ]  # fmt: skip
    assert items["page_count"].condition == Conjunction(
        (AnswerComparison("buys", "!=", "other"), AnswerComparison("buys", "=", "1"))
    )


def survey(kind: str, *rows: str, **attributes: str) -> str:
    """One question, with subquestions and attributes."""
    subs = "".join(
        f"<row><parent_qid>1</parent_qid><qid>{n}</qid><title>S{n}</title><question>{row}</question></row>"
        for n, row in enumerate(rows, 2)
    )
    said = "".join(
        f"<row><qid>1</qid><attribute>{name}</attribute><value>{value}</value></row>"
        for name, value in attributes.items()
    )
    return (
        "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language></languages>"
        "<groups><rows><row><gid>1</gid><group_name>One</group_name></row></rows></groups><questions><rows><row>"
        f"<qid>1</qid><gid>1</gid><type>{kind}</type><title>Q</title><question>How?</question></row></rows></questions>"
        f"<subquestions><rows>{subs}</rows></subquestions>"
        f"<question_attributes><rows>{said}</rows></question_attributes></document>"
    )


@pytest.mark.parametrize(
    ("kind", "attributes", "label", "hint"),
    [
        ("A", {}, "cold – warm", None),
        ("K", {"slider_layout": "1"}, "The tea", {"en": "cold – warm"}),
        ("K", {"slider_layout": "1", "slider_separator": "#"}, "The tea|cold|warm", None),
        ("K", {}, "The tea|cold|warm", None),
        ("Q", {}, "The tea|cold|warm", None),
    ],
)
def test_words_at_the_ends_of_a_row_are_no_part_of_its_text(tmp_path, kind, attributes, label, hint):
    path = tmp_path / "a.lss"
    path.write_text(survey(kind, "cold|warm" if kind == "A" else "The tea|cold|warm", **attributes), "utf-8")
    [row] = [one for one in all_items(read_limesurvey_xml(path).members) if one.code == "Q_S2"]
    assert row.texts == {"label": {"en": label}} | ({"hint": hint} if hint else {})


ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<document><LimeSurveyDocType>Survey</LimeSurveyDocType><groups>", "IMPORT_005"),
        (f"{ENTITY}<document><LimeSurveyDocType>Survey</LimeSurveyDocType>&b;</document>", "IMPORT_005"),
        ('<!DOCTYPE d SYSTEM "file:///etc/passwd"><document/>', "IMPORT_005"),
        ("<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>", "IMPORT_006"),
        ("<html><body>Sign in</body></html>", "IMPORT_006"),
        ("not XML", "IMPORT_005"),
    ],
)
def test_other_and_hostile_files_are_refused(tmp_path, content, code):
    path = tmp_path / "a.lss"
    path.write_text(content, "utf-8")
    with pytest.raises(FormImportError) as raised:
        read_limesurvey_xml(path)
    assert [problem.code for problem in raised.value.problems] == [code]


def test_conditions_of_newer_versions_name_questions_and_boxes_by_their_ids(tmp_path):
    text = (FILES / "libraries.lss").read_text("utf-8")
    ids = r"<qid><!\[CDATA\[(\d+)\]\]></qid>\s+<parent_qid><!\[CDATA\[(\d+)\]\]></parent_qid>"
    row = ids + r"(?:(?!</row>).)*<title><!\[CDATA\[SQ002"
    sub, question = re.findall(row, text, re.DOTALL)[0]
    path = tmp_path / "a.lss"
    path.write_text(text.replace("(where_SQ002.NAOK ==", f"(Q{question}_S{sub}.NAOK =="), "utf-8")
    items = {one.code: one for one in all_items(read_limesurvey_xml(path).members)}
    assert items["trains"].condition == AnswerComparison("where", "=", "SQ002")
