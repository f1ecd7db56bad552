"""Which editions asked the same question: what makes another version of it, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.dataset.schema.codebook_maker import make_codebook
from kuule.dataset.schema.columns import dataset_variables
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.pooled_questions import PooledQuestion
from tests.dataset.small import edition

FORM = """
| survey |                 |        |                  |            |               |
|        | type            | name   | label            | hint       | relevant      |
|        | select_one way  | way    | Which way?       |            |               |
|        | begin_group     | inside | Inside           |            | ${way} = 'on' |
|        | select_one told | told   | Had you told it? | Choose one |               |
|        | integer         | years  | For how long?    |            | ${told} = 'yes' |
|        | end_group       |        |                  |            |               |
|        | begin_group     | last   | Last             |            |               |
|        | text            | wish   | What do you wish? |           |               |
|        | end_group       |        |                  |            |               |
| choices |                |        |                  |
|         | list_name      | name   | label            |
|         | way            | on     | On               |
|         | way            | off    | Off              |
|         | told           | yes    | Yes              |
|         | told           | no     | No               |
"""
YEARS = "|        | integer         | years  | For how long?    |            | ${told} = 'yes' |\n"
TOLD = "|        | select_one told | told   | Had you told it? | Choose one |               |\n"
WISH = "|        | text            | wish   | What do you wish? |           |               |\n"


def of(number: int, *changes: tuple[str, str], pooled: str = "") -> Edition:
    """An edition with these changes, which counts the question `pooled` together with the words of the one before."""
    form = FORM
    for before, after in changes:
        assert before in form
        form = form.replace(before, after)
    made = edition(number, form)
    known = {pooled: PooledQuestion((f"{number - 1}" * 8,), "It is one question.")} if pooled else {}
    return replace(made, id=f"{number}" * 64, study=replace(made.study, pooled=known))


def versions(*editions: Edition) -> dict[str, str]:
    """Each column of the question `told`, with the editions that asked it so."""
    return {
        one.name: " ".join(each[0] for each in one.editions)
        for one in dataset_variables(editions)
        if one.question == "told"
    }


@pytest.mark.parametrize(
    "change",
    [
        ("Had you told it?", "Had you told anyone?"),
        ("Choose one", "Choose what fits"),
        ("| told           | no     | No ", "| told           | no     | Not yet "),
        ("| told           | no     | No               |\n", "| told           | no     | No               |\n"
         "|         | told           | partly | In part          |\n"),
        ("${way} = 'on'", "${way} = 'off'"),
        (TOLD, TOLD.replace("| Choose one |               |", "| Choose one | ${way} != 'off' |")),
        ("select_one told | told", "select_multiple told | told"),
    ],
)  # fmt: skip
def test_other_words_answers_kinds_and_conditions_make_another_version(change: tuple[str, str]) -> None:
    assert versions(of(1), of(2, change)) == {"told@1": "1", "told": "2"}


def test_question_in_another_section_is_another_version() -> None:
    assert versions(of(1), of(2, (TOLD, ""), (WISH, WISH + TOLD), ("| ${told} = 'yes' |", "|                 |"))) == {
        "told@1": "1", "told": "2",
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        ("For how long?", "For how many years?"),
        ("Had you told it?", "Had  you told it?"),
        ("| told           | yes    | Yes              |\n|         | told           | no     | No               |",
         "| told           | no     | No               |\n|         | told           | yes    | Yes              |"),
        ("Which way?", "Which of both?"),
    ],
)  # fmt: skip
def test_other_questions_spaces_and_the_order_of_answers_make_none(change: tuple[str, str]) -> None:
    assert versions(of(1), of(2, change)) == {"told": "1 2"}


def test_words_that_come_back_are_the_version_that_they_were() -> None:
    changed = of(2, ("Had you told it?", "Had you told anyone?"))
    assert versions(of(1), changed, of(3)) == {"told@2": "2", "told": "1 3"}


def test_pooled_wordings_are_one_column_in_this_edition_and_in_later_ones() -> None:
    comma = ("Had you told it?", "Had you told it, then?")
    assert versions(of(1), of(2, comma, pooled="told")) == {"told": "1 2"}
    assert versions(of(1), of(2, comma, pooled="told"), of(3, comma)) == {"told": "1 2 3"}
    assert versions(of(1), of(2, comma), of(3, ("Had you told it?", "And now?"), pooled="told")) == {
        "told@1": "1", "told": "2 3",
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        ("select_one told | told", "select_multiple told | told"),
        ("|         | told           | no     | No               |\n", ""),
    ],
)
def test_another_kind_of_answer_or_one_answer_less_is_never_pooled(change: tuple[str, str]) -> None:
    assert versions(of(1), of(2, change, pooled="told")) == {"told@1": "1", "told": "2"}


def test_codebook_has_the_words_of_each_edition_and_the_languages_in_which_they_changed() -> None:
    first, second = of(1), of(2, ("Had you told it?", "Had you told it, then?"), pooled="told")
    arabic = {key: f"{text}؟" for key, text in second.translations["ar"].items()} | {"choice:told/yes:label": "أجل"}
    second = replace(second, translations={**second.translations, "ar": arabic})
    item = make_codebook([first, second], dataset_variables([first, second])).items["told"]
    assert (item.labels["en"], item.wordings) == ("Had you told it, then?", {first.id: "Had you told it?"})
    assert (item.pooled, item.retranslated) == ({second.id: "It is one question."}, ("ar",))


def test_columns_are_in_the_order_of_the_newest_form_and_what_is_gone_stays_where_it_was() -> None:
    new = "|        | integer         | age    | How old?         |            |               |\n"
    second = of(2, (TOLD, new + TOLD), (YEARS, ""))
    assert [one.name for one in dataset_variables([of(1), second])] == ["way", "age", "told", "years", "wish"]
