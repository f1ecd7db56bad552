from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.limitation import deadline_words as words_module
from kuule.limitation.country_deadlines import NotKnown, Outlook
from kuule.limitation.deadline_words import (
    deadline_words,
    ending_in_words,
    english_words,
    not_known_in_words,
    remarks_in_words,
    source_in_words,
    together_in_words,
)
from kuule.limitation.limit_rule import LimitRule, PeriodForm, PeriodStart
from kuule.limitation.report_question import QuestionProblem, ReportQuestion
from kuule.limitation.rule_endings import EndingKind, RuleEnding
from tests.limitation.rules_for_tests import PRESS, STATUTE, bare, questions, rule, rules
from tests.limitation.test_country_deadlines import answer
from tests.sampling import examples

ENGLISH = english_words()
TOO_LATE = re.compile(
    r"too late|expired|time-barred|no longer possible|you can(’|')?t report|cannot report", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (RuleEnding(EndingKind.NO_LIMIT), "No time limit"),
        (RuleEnding(EndingKind.YEARS, 2051, 2051), "Until some time in 2051"),
        (RuleEnding(EndingKind.YEARS, 2031, 2051), "Until some time between 2031 and 2051"),
        (RuleEnding(EndingKind.YEARS, 2031, None), "Until 2031 or longer; how long isn’t known"),
        (RuleEnding(EndingKind.YEARS, None, 2051), "Until 2051 at the latest; it may end before"),
        (RuleEnding(EndingKind.COURT), "A court decides"),
        (RuleEnding(EndingKind.COURT, 2051, 2051), "Until some time in 2051, then a court decides"),
        (RuleEnding(EndingKind.COURT, 2051, None), "Until 2051 or longer, then a court decides"),
        (RuleEnding(EndingKind.SOME_WITHOUT, 2031), "No limit for some offences; for others until 2031 or longer"),
        (RuleEnding(EndingKind.SOME_WITHOUT), "No limit for some offences; for others it isn’t known"),
        (RuleEnding(EndingKind.UNKNOWN), "No year can be worked out"),
    ],
)
def test_ending_is_said_in_years(ending: RuleEnding, said: str) -> None:
    assert ending_in_words(ending, ENGLISH) == said


def test_together_the_earliest_year_is_said_first() -> None:
    none = bare(PeriodForm.NONE, id="n")
    late = rule(id="b", start=PeriodStart.AGE, start_ages=(35,))

    def said(*known: LimitRule) -> tuple[str, ...]:
        overview = answer(*known).overview
        assert overview is not None
        return together_in_words(overview, ENGLISH)

    assert said(none) == ("As far as is known, there’s no time limit.",)
    assert said(rule())[0].startswith("As far as is known, the time ends in 2028.")
    assert said(rule(), late)[0].startswith(
        "As far as is known, the time ends in 2028 at the earliest and in 2045 at the"
    )
    assert said(rule(), none)[1:] == ("By some rules there’s no limit at all.",)
    assert said(rule(start=PeriodStart.UNKNOWN)) == (
        "As far as is known, the time ends in 2020 at the earliest.",
        "For some rules we can’t say the earliest or the latest year.",
    )
    assert said(bare(PeriodForm.COURT_DECIDES)) == ("As far as is known, a court decides.",)
    assert said(rule(form=PeriodForm.COURT_DECIDES)) == (
        "As far as is known: until 2028 or longer, then a court decides.",
    )
    assert said(rule(form=PeriodForm.COURT_DECIDES), none) == (
        "As far as is known: until 2028 or longer, then a court decides.",
        "By some rules there’s no limit at all.",
    )
    assert said(bare(PeriodForm.COURT_DECIDES), none) == (
        "No year can be worked out from what the register knows.",
        "By some rules there’s no limit at all.",
        "By some rules a court decides in the end.",
    )
    assert said(bare(PeriodForm.UNCODED)) == ("No year can be worked out from what the register knows.",)
    assert said(bare(PeriodForm.UNCODED), none) == (
        "No year can be worked out from what the register knows.",
        "By some rules there’s no limit at all.",
    )


def test_year_of_a_court_is_not_taken_for_the_year_of_another_rule() -> None:
    """Twenty years from 18 for some; thirty years from 18, and then a court decides, for others."""
    court = rule(id="c", form=PeriodForm.COURT_DECIDES, years=(30,))
    overview = answer(rule(), court).overview

    assert overview is not None
    assert together_in_words(overview, ENGLISH) == (
        "As far as is known, the time ends in 2028. On which day depends on dates that we don’t ask.",
        "By some rules: until 2038 or longer, then a court decides.",
    )


def test_rule_that_ends_nothing_before_majority_gives_no_year_in_which_it_ends() -> None:
    floor = bare(PeriodForm.NOT_BEFORE_AGE, start=PeriodStart.OFFENCE, earliest_age=18)
    found = answer(floor)

    assert [ending_in_words(one.ending, ENGLISH) for one in found.rules] == [
        "Until 2008 or longer; how long isn’t known"
    ]
    assert found.overview is not None
    assert together_in_words(found.overview, ENGLISH) == (
        "As far as is known, the time ends in 2008 at the earliest.",
        "For some rules we can’t say the earliest or the latest year.",
    )


def test_law_says_is_said_of_a_statute_and_of_nothing_else() -> None:
    assert str(source_in_words(STATUTE, ENGLISH)) == "The law says, Penal Code, 12:"
    assert str(source_in_words(PRESS, ENGLISH)) == "According to the press:"
    for kind in ("official", "parliament", "eu-document", "coe-document", "academic", "legal-practice", "ngo", "lead"):
        said = str(source_in_words(rule(source=type(STATUTE)(kind, "https://example.org/", "A title")).source, ENGLISH))
        assert said.startswith("According to ")


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(rules, max_size=4, unique_by=lambda one: one.id), questions())
def test_every_answer_can_be_said_and_none_says_that_it_is_too_late(
    known: list[LimitRule], asked: ReportQuestion
) -> None:
    found = answer(*known, asked=asked)
    said = [*not_known_in_words(found, ENGLISH, country="Finland", majority=18)]
    said += together_in_words(found.overview, ENGLISH) if found.overview else ()
    for one in found.rules:
        said += [ending_in_words(one.ending, ENGLISH), *remarks_in_words(one, ENGLISH)]

    assert all(said)
    assert [text for text in said if TOO_LATE.search(text)] == []
    assert [text for text in said if "{" in text] == []


def test_no_word_of_the_page_says_that_it_is_too_late() -> None:
    assert TOO_LATE.search("It is too late.")
    assert {name: text for name, text in ENGLISH.texts.items() if TOO_LATE.search(text)} == {}


def test_every_word_that_code_asks_for_is_there() -> None:
    asked = {*NotKnown, *QuestionProblem, *(f"outlook_{one}" for one in (Outlook.MAYBE_OVER, Outlook.PARTLY))}

    assert asked - ENGLISH.texts.keys() == set()


def test_language_has_the_page_only_with_all_of_its_words(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    template = tmp_path / "interface.pot"
    template.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "reporting:title"\nmsgid "Until when?"\nmsgstr ""\n\n'
        'msgctxt "reporting:born"\nmsgid "Born"\nmsgstr ""\n',
        "utf-8",
    )
    monkeypatch.setattr(words_module, "WORDS_TEMPLATE", template)
    (tmp_path / "fi.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: fi\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "reporting:title"\nmsgid "Until when?"\nmsgstr "Mihin asti?"\n\n'
        'msgctxt "reporting:born"\nmsgid "Born"\nmsgstr ""\n',
        "utf-8",
    )
    deadline_words.cache_clear()

    assert deadline_words("fi") is None
    (tmp_path / "fi.po").write_text(
        (tmp_path / "fi.po").read_text("utf-8").replace('"Born"\nmsgstr ""', '"Born"\nmsgstr "Syntynyt"'), "utf-8"
    )
    deadline_words.cache_clear()
    found = deadline_words("fi")
    deadline_words.cache_clear()

    assert found is not None
    assert found.texts == {"title": "Mihin asti?", "born": "Syntynyt"}
