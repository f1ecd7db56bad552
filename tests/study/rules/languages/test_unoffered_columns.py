"""A column of the form in a language that the study does not offer is noticed, and one that it offers is not."""

from __future__ import annotations

import pytest

from kuule.languages.workflow.states import State
from kuule.study.rules.languages.unoffered_columns import CODE
from tests.study.reading import check_study
from tests.study.small_study import FORM, make_study


def with_column(heading):
    """The form with its labels in English, and a column of the same questions beside them."""
    first, *rows = FORM.partition("| choices |")[0].strip().splitlines()
    lines = [first + " |", rows[0] + "---|", rows[1].replace(" label ", " label::English (en) ") + f" {heading} |"]
    lines += [f"{row} {'Words' if '| note |' in row else ''} |" for row in rows[2:]]
    return "\n".join(lines) + "\n\n" + "".join(FORM.partition("| choices |")[1:])


@pytest.mark.parametrize(
    ("heading", "remedy"),
    [
        ("label::Svneska", "did you mean 'svenska (sv)'?"),
        ("hint::suomi (fi)", "add it to [languages] in study.toml, fi = "),
        ("label::Klingon", "write the tag behind its name, like "),
    ],
)
def test_column_of_a_language_that_is_not_offered_is_a_warning(tmp_path, heading, remedy):
    study = make_study(tmp_path, form=with_column(heading), languages={})
    [found] = [problem for problem in check_study(study) if problem.code == CODE]
    assert found.place == f"form.md, survey, column {heading!r}"
    assert found.remedy.startswith(remedy)


@pytest.mark.parametrize(
    "heading", ["label::Svenska (sv)", "hint::ar", "label::العربية", "comment::Suomi", "label::en"]
)
def test_column_of_a_language_that_is_offered_is_none(tmp_path, heading):
    study = make_study(tmp_path, form=with_column(heading), languages={})
    assert [problem for problem in check_study(study) if problem.code == CODE] == []


def test_misspelt_language_beside_a_label_without_one_is_a_warning(tmp_path):
    form = with_column("label::Svneska").replace("label::English (en)", "label")
    [found] = [
        problem for problem in check_study(make_study(tmp_path, form=form, languages={})) if problem.code == CODE
    ]
    assert found.remedy == "did you mean 'svenska (sv)'?"


def test_words_that_nobody_took_in_are_a_warning_until_the_language_has_any(tmp_path):
    form = with_column("label::Svenska (sv)")
    empty = make_study(tmp_path / "empty", form=form, languages={})
    (empty / "languages").mkdir()
    (empty / "languages/sv.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    [found] = [problem for problem in check_study(empty) if problem.code == CODE]
    assert (found.language, found.remedy) == ("sv", "take them in: kuule translate import STUDY STUDY/form.md")
    begun = make_study(tmp_path / "begun", form=form, languages={"sv": State.DRAFT_ONE})
    assert [problem for problem in check_study(begun) if problem.code == CODE] == []


def test_form_without_languages_has_none(tmp_path):
    assert [problem for problem in check_study(make_study(tmp_path, languages={})) if problem.code == CODE] == []
