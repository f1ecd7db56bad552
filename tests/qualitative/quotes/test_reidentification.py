"""The check that leads through questions: what is known to each, and what keeps a quote from being released."""

from __future__ import annotations

import pytest

from kuule.disclosure.release import release
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.quotes.quote_states import quote_standing
from kuule.qualitative.quotes.reidentification import (
    QUESTION_WORDS,
    SAFE_ANSWERS,
    AnswerCounts,
    CheckQuestion,
    PublishedTables,
    check_broad,
    check_facts,
    questions_for,
)
from kuule.qualitative.quotes.ruling import check_act, make_release_ruling
from kuule.tables.released import ReleasedTable
from tests.publishing.released import BY_SMALL, RULES, result, tables, wording
from tests.qualitative.quotes.released_tables import HERE, MANY, PUBLISHED, proposed, redacted_project


def by_language(fi: int) -> tuple[ReleasedTable, ...]:
    """A table by language, of twice as many people who answered in Finnish."""
    counts = {"en": {"yes": 150, "no": 150}, "fi": {"yes": fi, "no": fi}}
    return release([result("told", counts, "@language")], RULES)


SMALL = PublishedTables(tables(BY_SMALL), wording())


def test_every_question_has_words_and_an_answer_with_which_a_quote_is_released() -> None:
    assert set(QUESTION_WORDS) == set(SAFE_ANSWERS) == set(CheckQuestion)
    assert CheckQuestion.SAID not in questions_for("")
    assert CheckQuestion.SAID not in questions_for("@language=en")
    assert questions_for("land=nordic") == tuple(CheckQuestion)


@pytest.mark.parametrize("group", ["land=islands", "land=nowhere", "age=young", "told=nobody"])
def test_a_group_that_is_withheld_or_in_no_table_is_not_named(group: str) -> None:
    with pytest.raises(ProjectError, match=r"^QUOTE_007 quote 12: "):
        check_broad(group, "en", SMALL, MANY, "quote 12")


@pytest.mark.parametrize("group", ["", "land=nordic", "told=yes", "@language=en"])
def test_a_broad_group_or_none_is_named(group: str) -> None:
    published = PublishedTables((*SMALL.tables, *by_language(fi=50)), wording())
    check_broad(group, "en", published, MANY, "quote 12")


def test_the_language_is_a_group_whether_it_is_named_or_not() -> None:
    with pytest.raises(ProjectError, match=r"^QUOTE_008 quote 12: it is in 'fi', and too few wrote in it"):
        check_broad("", "fi", PUBLISHED, MANY, "quote 12")
    check_broad("", "fi", PUBLISHED, AnswerCounts({("wish", "fi"): 30}), "quote 12")
    few = by_language(fi=11)
    with pytest.raises(ProjectError, match=r"^QUOTE_008 "):
        check_broad("", "fi", PublishedTables(few, wording()), AnswerCounts({("wish", "fi"): 30}), "quote 12")


def test_the_releaser_is_told_what_is_published_and_which_categories_the_words_name() -> None:
    _, text = redacted_project()
    facts = check_facts(text, "My aunt of the Islands. Yes, someone.", "land=nordic", SMALL, MANY)
    assert "land=nordic in the table told by land: 239 people" in facts[CheckQuestion.SHARES]
    assert facts[CheckQuestion.PUBLISHED] == ("land=nordic in the table told by land: 239 people: yes 153, no 86",)
    assert "it says 'Islands', a group of the table told by land: not shown" in facts[CheckQuestion.RARE]
    assert "it says 'Yes, someone', an answer in the table told: 203" in facts[CheckQuestion.RARE]
    plain = check_facts(text, "Nothing of the islander.", "", SMALL, MANY)[CheckQuestion.RARE]
    assert plain == ("it names no category of a released table in the words of the questionnaire; others may be rare",)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"rare": "yes"}, "QUOTE_006 quote .*'rare' is answered with 'yes': somebody could be recognised"),
        ({"leave": "no"}, "QUOTE_006 quote .*'leave' is answered with 'no'"),
        ({"leave": ""}, "QUOTE_005 "),
        ({"shares": "few"}, "QUOTE_006 "),
        ({"published": "yes"}, "QUOTE_006 "),
        ({"sister": "yes"}, "QUOTE_006 "),
        ({"sister": ""}, "QUOTE_005 quote .*the question 'sister' has the answer ''"),
        ({"sister": "perhaps"}, "QUOTE_005 "),
        ({"said": "yes"}, "QUOTE_005 .*there is no question 'said' about it"),
    ],
)
def test_a_quote_is_released_only_with_every_safe_answer(changes: dict[str, str], told: str) -> None:
    project, text = redacted_project()
    standing = quote_standing(project.log, proposed(project, text))
    check = check_act(standing, check_facts(text, "", "", PUBLISHED, MANY), HERE, role="reader-2")
    answers = {str(one): SAFE_ANSWERS[one] for one in questions_for("")} | changes
    with pytest.raises(ProjectError, match=f"^{told}"):
        make_release_ruling(standing, check, "0" * 32, answers, role="reader-2")


def test_nobody_releases_what_they_proposed() -> None:
    project, text = redacted_project()
    standing = quote_standing(project.log, proposed(project, text))
    with pytest.raises(ProjectError, match=r"^QUOTE_004 quote \d+: reader-1 proposed it"):
        check_act(standing, {}, HERE, role="reader-1")
