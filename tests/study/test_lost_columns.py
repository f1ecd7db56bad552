"""A column or a sheet that is lost is one mistake: it is said once, with all that does not follow from it."""

import re
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import Severity
from kuule.study.rules.near_headings import CHOICE_COLUMNS, SETTING_COLUMNS, SURVEY_COLUMNS, nearest_column
from kuule.usecases.authoring.check_study import check_study_folder
from tests.study.reading import check_study
from tests.study.small_study import FORM, HELP, REPORT, SETTINGS, make_edition, make_study

STUDIES = Path(__file__).parents[2] / "studies"
ROUTED = SETTINGS.replace('open_text = ["wish"]', 'open_text = ["wish"]\nrouting = ["way"]')
PLAIN = ROUTED.replace('sensitive = ["place", "how_often"]\n', "")
"""The same where nothing is sensitive, so that no rule wants a way round."""
WRONG_ELSEWHERE = SETTINGS.replace("minimum_age = 18", "minimum_age = 18\nfollows = 1") + HELP


def without_column(form, sheet, column):
    """The form without one column of a sheet."""
    return _edited(form, sheet, lambda heading: None if heading == column else heading)


def with_heading(form, sheet, column, heading):
    """The form with another heading over a column."""
    return _edited(form, sheet, lambda one: heading if one == column else one)


def without_sheet(form, sheet):
    """The form without one sheet."""
    return form.replace(_table(form, sheet), "")


def _table(form, sheet):
    return re.search(rf"\| {sheet} \|.*?(?=\n\n\||\Z)", form, re.DOTALL)[0]


def _edited(form, sheet, change):
    table = _table(form, sheet)
    title, *lines = [line for line in table.split("\n") if line and "---" not in line]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    kept = [at for at, heading in enumerate(rows[0]) if change(heading) is not None]
    rows[0] = [change(heading) or heading for heading in rows[0]]
    made = [f"| {' | '.join(row[at] for at in kept)} |" for row in rows]
    return form.replace(table, "\n".join([title, *made]))


LOST = [
    (without_column(FORM, "survey", "name"), "STUDY_331", "no column is headed name, so that no question has one"),
    (with_heading(FORM, "survey", "name", "Kysymys"), "STUDY_331", "no column is headed name"),
    (with_heading(FORM, "survey", "name", "nmae"), "STUDY_336", "the column 'nmae' is passed over"),
    (without_column(FORM, "survey", "type"), "STUDY_333", "no column is headed type, so that no row says"),
    (with_heading(FORM, "survey", "type", "tpye"), "STUDY_336", "the column 'tpye' is passed over"),
    (without_column(FORM, "survey", "label"), "STUDY_337", "no column is headed label, so that 9 questions and notes"),
    (with_heading(FORM, "survey", "label", "lable::English (en)"), "STUDY_336", "'lable::English (en)' is passed"),
    (with_heading(FORM, "survey", "label", "label: English (en)"), "STUDY_336", "'label: English (en)' is passed"),
    (with_heading(FORM, "survey", "label", "label::Svenska (sv)"), "STUDY_394", "would be asked in 'Svenska (sv)'"),
    (without_column(FORM, "survey", "relevant"), "STUDY_307", "no column is headed relevant, so that there is no way"),
    (with_heading(FORM, "survey", "relevant", "relevent"), "STUDY_336", "the column 'relevent' is passed over"),
    (with_heading(FORM, "survey", "relevant", "Only if"), "STUDY_336", "there are conditions in it (${way} = 'go_on')"),
    (without_column(FORM, "choices", "list_name"), "STUDY_332", "no column is headed list_name, so that no answer"),
    (with_heading(FORM, "choices", "list_name", "list_nmae"), "STUDY_336", "the column 'list_nmae' is passed over"),
    (without_column(FORM, "choices", "name"), "STUDY_332", "no column is headed name, so that no answer has a code"),
    (without_column(FORM, "choices", "label"), "STUDY_337", "no column is headed label, so that 15 answers have no"),
    (without_sheet(FORM, "choices"), "STUDY_332", "there is no sheet named choices, so that 6 lists of answers"),
    (FORM.replace("| choices |", "| Answers |"), "STUDY_332", "there is no sheet named choices"),
    (FORM.replace("| choices |", "| choises |"), "STUDY_336", "the sheet 'choises' is passed over"),
    (without_sheet(FORM, "survey"), "FORM_034", "there is no sheet named survey"),
]


@pytest.mark.parametrize(("form", "code", "cause"), LOST, ids=[f"{code} {cause[:40]}" for _, code, cause in LOST])
def test_what_is_lost_is_said_once_and_hides_nothing_else(tmp_path, form, code, cause):
    other = check_study(make_study(tmp_path / "whole", settings=WRONG_ELSEWHERE, languages={}))
    before = {(one.code, one.place, one.cause) for one in other if not one.code.startswith("LANG")}
    found = check_study(make_study(tmp_path / "lost", form=form, settings=WRONG_ELSEWHERE, languages={}))
    now = {(one.code, one.place, one.cause) for one in found}
    [(said, _, why)] = now - before
    assert (said, cause in why) == (code, True)
    assert before <= now


def test_mistakes_of_other_rows_are_said_beside_a_lost_column(tmp_path):
    form = without_column(FORM.replace("| | text | wish |", "| | image | wish |"), "survey", "name")
    found = check_study(make_study(tmp_path, form=form, languages={}))
    errors = [(one.code, one.place) for one in found if one.severity is Severity.ERROR]
    assert errors == [
        ("STUDY_005", "languages/sv.po"),
        ("STUDY_005", "languages/ar.po"),
        ("STUDY_331", "form.md, survey"),
        ("STUDY_301", "form.md, survey, row 32"),
    ]


def slips_of(column):
    """The column with a letter lost, one doubled, and two that changed places."""
    return {column[:2] + column[3:], column[:2] + column[1:], column[0] + column[2] + column[1] + column[3:]}


@pytest.mark.parametrize(
    "known", [SURVEY_COLUMNS, CHOICE_COLUMNS, SETTING_COLUMNS], ids=["survey", "choices", "settings"]
)
def test_every_column_is_known_again_with_a_letter_lost_doubled_or_moved(known):
    slips = {slip for column in known if len(column) > 3 for slip in slips_of(column)} - {*known}
    assert len(slips) > 20
    assert [slip for slip in sorted(slips) if not nearest_column(slip, known)] == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("label: Svenska (sv)", "label::Svenska (sv)"),
        ("hint:sv", "hint::sv"),
        ("label Svenska (sv)", "label::Svenska (sv)"),
        ("Label (sv)", "label::sv"),
        ("label_sv", "label::sv"),
        ("constraint message [sv]", "constraint_message::sv"),
        ("lable::Svenska (sv)", "label::Svenska (sv)"),
        ("hnit::Svenska (sv)", "hint::Svenska (sv)"),
    ],
)
def test_column_of_a_language_is_known_again(tmp_path, written, meant):
    form = FORM.replace("| hint |", f"| hint | {written} |", 1)
    lines = [
        line.replace(" | ", " |  | ", 1) if line.startswith("| |") and written not in line else line
        for line in form.split("\n")
    ]
    found = check_study(make_study(tmp_path, form="\n".join(lines), languages={}))
    said = [(one.cause, one.remedy) for one in found if one.code == "STUDY_336"]
    assert said == [(f"the column {written!r} is passed over", f"did you mean {meant!r}?")]


@pytest.mark.parametrize("heading", ["label_note", "hint for us", "comment", "Laji", "image source", "label length"])
def test_column_of_notes_passes(tmp_path, heading):
    form = FORM.replace("| appearance |", f"| appearance | {heading} |", 1)
    assert [one for one in check_study(make_study(tmp_path, form=form, languages={})) if one.code == "STUDY_336"] == []


def said_of_conditions(study, against=None):
    return [
        (one.code, one.place, one.severity) for one in check_study(study, against) if one.code[-3:] in {"395", "328"}
    ]


def test_conditions_that_the_settings_speak_of_and_the_form_has_lost_are_a_warning(tmp_path):
    kept = make_study(tmp_path / "kept", settings=PLAIN, languages={})
    lost = make_study(tmp_path / "lost", form=without_column(FORM, "survey", "relevant"), settings=PLAIN, languages={})
    assert said_of_conditions(kept) == []
    assert said_of_conditions(lost) == [("STUDY_395", "form.md, survey", Severity.WARNING)]


def test_one_condition_of_several_that_is_lost_is_a_warning_at_its_routing_question(tmp_path):
    form = FORM.replace("${way} = 'go_on'", "")
    study = make_study(tmp_path, form=form, settings=PLAIN, languages={})
    assert said_of_conditions(study) == [("STUDY_395", "form.md, survey, row 23", Severity.WARNING)]


def test_figure_that_says_who_was_asked_is_held_against_the_conditions(tmp_path):
    report = REPORT.replace(
        "question: place\n", "question: how_often\nasked: We asked only people to whom it happened at home.\n"
    )
    lost = FORM.replace("selected(${place}, 'home')", "").replace("${way} = 'go_on'", "true()")
    assert said_of_conditions(make_study(tmp_path / "kept", report=report, languages={})) == []
    study = make_study(
        tmp_path / "lost",
        form=lost.replace("true()", ""),
        settings=SETTINGS.replace('sensitive = ["place", "how_often"]\n', ""),
        report=report,
        languages={},
    )
    assert said_of_conditions(study) == [("STUDY_395", "form.md, survey", Severity.WARNING)]


def test_column_of_conditions_beside_that_of_the_conditions_is_a_warning(tmp_path):
    rows = FORM.replace("| appearance |", "| appearance | show when |", 1)
    rows = rows.replace("| multiline |", "| multiline | ${consent} = 'yes' |")
    found = [one for one in check_study(make_study(tmp_path, form=rows, languages={})) if one.code == "STUDY_395"]
    assert [(one.place, one.severity, one.cause) for one in found] == [
        (
            "form.md, survey",
            Severity.WARNING,
            "the column 'show when' is passed over, and there are conditions in it (${consent} = 'yes')",
        )
    ]


def test_conditions_that_an_edition_had_and_none_is_left_are_one_warning(tmp_path):
    edition = make_edition(tmp_path)
    lost = make_study(tmp_path / "lost", form=without_column(FORM, "survey", "relevant"), settings=PLAIN, languages={})
    found = [one for one in check_study(lost, edition) if one.code == "STUDY_328"]
    assert [(one.place, one.cause) for one in found] == [
        ("form.md, survey", "2 conditions decided what is asked, and none is left")
    ]


def test_answers_without_words_in_the_language_of_the_questions_are_refused(tmp_path):
    form = with_heading(FORM, "survey", "label", "label::English (en)")
    study = make_study(tmp_path, form=with_heading(form, "choices", "label", "label::Svenska (sv)"), languages={})
    found = [(one.place, one.cause) for one in check_study(study) if one.code == "STUDY_394"]
    assert found == [("form.md, choices", "the answers have no words in 'English (en)', the language of the questions")]


@pytest.mark.slow
def test_shipped_studies_have_lost_nothing():
    for name in ("our-voice", "help-us-to-know"):
        found = check_study_folder(STUDIES / name, today=date(2026, 1, 1)).problems
        assert [one for one in found if one.code in {"STUDY_336", "STUDY_394", "STUDY_395"}] == []


def test_question_without_words_is_said_once(tmp_path):
    """As where cells were merged: the converter says it too, of no row."""
    form = FORM.replace("For how many years have you lived there?", "")
    assert form != FORM
    said = [problem.code for problem in check_study(make_study(tmp_path / "study", form=form, languages={}))]
    assert (said.count("STUDY_337"), said.count("FORM_030")) == (1, 0)
