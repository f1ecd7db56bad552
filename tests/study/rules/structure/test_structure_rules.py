"""Rules on the sheets themselves: pyxform stops at its first error, these say them all."""

import pytest

from kuule.study.rules.structure import (
    case_collisions,
    choice_lists,
    missing_labels,
    misspelt_headings,
    nesting,
    question_names,
    unknown_references,
    unknown_types,
    unused_lists,
)
from tests.study.logic.rows import CHOICES, questionnaire
from tests.study.reading import read_questionnaire


def said(rule, *rows, choices=CHOICES):
    """(row, cause) of what a rule finds."""
    found = rule.check(questionnaire(*rows, choices=choices))
    return [(int(problem.place.split("row ")[1].split(",")[0]), problem.cause) for problem in found]


def test_names_that_are_missing_wrong_or_there_twice_are_all_said():
    rows = ["text | a", "text | a", "text | 1a", "text | ", "note | ", "begin_group | g", "text | a", "end_group"]
    assert said(question_names, *rows) == [
        (3, "'a' is the name of form.md, survey, row 2 too"),
        (4, "'1a' is no name"),
        (5, "this row has no name"),
        (8, "'a' is the name of form.md, survey, row 2 too"),
    ]
    severities = [problem.severity for problem in question_names.check(questionnaire(*rows))]
    assert severities == ["error", "error", "error", "warning"]


def test_groups_of_one_name_in_two_groups_pass():
    rows = ["begin_group | g", "begin_group | p", "end_group", "end_group", "begin_group | h", "begin_group | p"]
    assert said(question_names, *rows, "end_group", "end_group") == []


def test_lists_and_choices_that_are_wrong_are_all_said():
    choices = CHOICES + "| | yn | no | No again |\n| | yn | may be | Perhaps |\n| | yn | | Nothing |\n"
    rows = [
        "select_one ny | a",
        "rank nothing | b",
        "select_one yn | c",
        "select_one_from_file x.csv | d",
        "rank abc | e",
    ]
    assert said(choice_lists, *rows, choices=choices) == [
        (2, "there is no list of choices 'ny'"),
        (3, "there is no list of choices 'nothing'"),
        (14, "'no' stands twice in the list 'yn'"),
        (15, "the choice 'may be' has a space in its name, where several answers are kept apart by one"),
        (16, "a choice of 'yn' has no name"),
    ]


def test_types_that_are_missing_or_unknown_are_all_said():
    rows = ["txt | a", "select_won yn | b", "select_one | c", " | d", "begin_gruop | g", "integer | e", "photo | f"]
    found = list(unknown_types.check(questionnaire(*rows)))
    assert [(problem.place[-5:], problem.cause, problem.remedy) for problem in found] == [
        ("row 5", "'d' has no type", "write one"),
        ("row 2", "'txt' is no type of question", "did you mean 'text'?"),
        ("row 3", "'select_won yn' is no type of question", "did you mean 'select_one'?"),
        ("row 4", "'select_one' names no list", "write the list's name behind it"),
        ("row 6", "'begin_gruop' is no type of question", "did you mean 'begin_group'?"),
    ]


def test_type_in_capitals_and_a_look_that_is_no_type_are_met_with_what_to_write():
    rows = ["Select One yn | a", "Select multiple yn | b", "likert | c", "Minimal yn | d", "yes-no | e"]
    assert [problem.remedy for problem in unknown_types.check(questionnaire(*rows))] == [
        "did you mean 'select_one yn'?",
        "did you mean 'select_multiple yn'?",
        "write select_one and the list's name, and likert in the column appearance",
        "write select_one and the list's name, and minimal in the column appearance",
        "use a type of XLSForm",
    ]


def test_references_to_nothing_are_all_said_also_in_texts():
    rows = [
        "text | age | ${b} = 1 and ${c} = 2",
        "text | a | | | | | | | Hello ${aeg}",
        "text | d | ${a = 1",
        "text | e | ${age}",
    ]
    assert said(unknown_references, *rows) == [
        (2, "there is no 'b' for ${b}"),
        (2, "there is no 'c' for ${c}"),
        (3, "there is no 'aeg' for ${aeg}"),
        (4, "a reference is not closed"),
    ]


def test_groups_that_do_not_match_are_all_said():
    rows = ["end_group", "begin_group | g", "begin_repeat | r", "end_group", "end_group", "begin_group | h", "text | a"]
    assert said(nesting, *rows) == [
        (2, "this group ends and did not begin"),
        (5, "a group ends, and 'r', which is open here, is a repeat"),
        (7, "the group 'h' does not end"),
    ]


def test_question_without_words_is_said_and_a_calculation_is_not():
    rows = ["text | a", "calculate | c | | | | 1", "select_one yn or_other | o"]
    found = questionnaire(*rows)
    assert list(missing_labels.check(found)) == []
    found.rows[0].cells["label"] = ""
    assert [problem.cause for problem in missing_labels.check(found)] == ["'a' has no label"]
    nameless = questionnaire("note | ")
    nameless.rows[0].cells["label"] = ""
    assert [problem.cause for problem in missing_labels.check(nameless)] == ["a note has no label"]


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ("relevant", "relevent", "the column 'relevent' is passed over"),
        ("constraint", "constraints", "the column 'constraints' is passed over"),
        ("form_title", "form_titel", "the column 'form_titel' is passed over"),
        ("| settings", "| setting", "the sheet 'setting' is passed over"),
        ("relevant", "comment", ""),
        ("relevant", "bind::relevant", ""),
        ("relevant", "Relevance", ""),
    ],
)
def test_sheet_or_column_that_is_misspelt_is_refused(tmp_path, before, after, cause):
    form = (
        "| survey | | | | | |\n| | type | name | label | relevant | constraint |\n"
        "| | text | a | A | 1 = 1 | . = 'a' |\n\n"
        "| settings | | |\n| | form_title | form_id |\n| | A form | form |\n"
    )
    (tmp_path / "form.md").write_text(form.replace(before, after), "utf-8")
    found = misspelt_headings.check(read_questionnaire(tmp_path / "form.md"))
    assert [problem.cause for problem in found] == [cause] * bool(cause)


@pytest.mark.parametrize(
    ("heading", "cause", "remedy"),
    [
        ("lable::French (fr)", "the column 'lable::French (fr)' is passed over", "did you mean 'label::French (fr)'?"),
        ("hints::French (fr)", "the column 'hints::French (fr)' is passed over", "did you mean 'hint::French (fr)'?"),
        ("label::French (fr)", "", ""),
        ("bind::odk:length", "", ""),
        ("media::image::French (fr)", "", ""),
    ],
)
def test_misspelt_column_of_a_language_is_said_beside_one_that_is_right(tmp_path, heading, cause, remedy):
    for sheet in ("survey", "choices"):
        columns = {"survey": "name | label::English (en)", "choices": "name | label::English (en)"}
        columns[sheet] += f" | {heading}"
        form = (
            f"| survey | | | | |\n| | type | {columns['survey']} |\n| | select_one yn | a | A | B |\n\n"
            f"| choices | | | | |\n| | list_name | {columns['choices']} |\n| | yn | yes | Yes | Oui |\n"
        )
        (tmp_path / "form.md").write_text(form, "utf-8")
        found = [*misspelt_headings.check(read_questionnaire(tmp_path / "form.md"))]
        said = [] if sheet == "choices" and "hints" in heading else [(f"form.md, {sheet}", cause, remedy)] * bool(cause)
        assert [(problem.place, problem.cause, problem.remedy) for problem in found] == said


def test_list_that_no_question_uses_is_a_warning():
    rows = ["select_one yn | a", "calculate | b | | | | count(instance('abc')/root/item)"]
    assert said(unused_lists, *rows) == [(7, "no question uses the list 'many'")]


def test_list_that_is_nearly_that_of_a_question_may_be_meant_for_it(tmp_path):
    """One row with a misspelt list: to take it out would lose an answer."""
    (tmp_path / "form.md").write_text(
        "| survey | | | |\n| | type | name | label |\n| | select_one how_safe | safe | How safe? |\n\n"
        "| choices | | | |\n| | list_name | name | label |\n"
        "| | how_safe | yes | Safe |\n| | how_save | no | Not safe |\n",
        "utf-8",
    )
    [problem] = unused_lists.check(read_questionnaire(tmp_path / "form.md"))
    assert problem.remedy == "did you mean 'how_safe'?"


def test_form_without_a_column_of_names_is_one_problem(tmp_path):
    (tmp_path / "form.md").write_text(
        "| survey | | |\n| | type | label |\n| | text | What? |\n| | text | Why? |\n", "utf-8"
    )
    found = [*question_names.check(read_questionnaire(tmp_path / "form.md"))]
    assert [(one.place, one.cause) for one in found] == [
        ("form.md, survey", "no column is headed name, so that no question has one")
    ]


def test_list_whose_words_are_those_of_a_rating_is_used(tmp_path):
    (tmp_path / "form.md").write_text(
        "| survey | | | | |\n| | type | name | label | parameters |\n"
        "| | range | safe | How safe? | start=0 end=4 step=2, tick_labelset=safety |\n\n"
        "| choices | | | |\n| | list_name | name | label |\n| | safety | 0 | Not at all |\n| | safety | 4 | Fully |\n",
        "utf-8",
    )
    read = read_questionnaire(tmp_path / "form.md")
    assert read is not None
    assert list(unused_lists.check(read)) == []
    assert (read.values("safe"), read.questions["safe"].steps) == (("0", "2", "4"), ("0", "2", "4"))


def test_names_that_differ_by_case_alone_are_a_warning():
    choices = CHOICES + "| | yn | Yes | Yes |\n"
    assert said(case_collisions, "text | age", "integer | Age", "text | ages", choices=choices) == [
        (3, "the name 'Age' differs from 'age' only by case"),
        (14, "the choice 'Yes' differs from 'yes' only by case"),
    ]
