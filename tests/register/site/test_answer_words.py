"""Coded answers in words: every kind of answer has some, and none says more than was coded."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.register.data_model import answers
from kuule.register.data_model.answers import (
    AgeAnswer,
    ChoiceAnswer,
    Clock,
    DateAnswer,
    LimitForm,
    TextAnswer,
    TimeLimit,
)
from kuule.register.site.answer_words import answer_rows, short_answer, short_cell
from kuule.register.site.site_language import SiteLanguage
from tests.register.site.built import english
from tests.register.small_register import EE_DUTY, small_register

SHORT = {
    "no time limit": TimeLimit(form=LimitForm.NONE),
    "no time limit for the gravest offences": TimeLimit(form=LimitForm.NONE_FOR_GRAVEST),
    "20 / 10 years from the act": TimeLimit(form=LimitForm.FIXED_YEARS, clock=Clock.OFFENCE, years=(20, 10)),
    "20 years from the day of coming of age": TimeLimit(form=LimitForm.FIXED_YEARS, clock=Clock.MAJORITY, years=(20,)),
    "20 years from the age of 28": TimeLimit(form=LimitForm.FIXED_YEARS, clock=Clock.AGE, clock_age=28, years=(20,)),
    "5 to 20 years": TimeLimit.model_validate({"form": "fixed-years", "years": {"shortest": "5", "longest": "20"}}),
    "until the age of 40": TimeLimit(form=LimitForm.UNTIL_AGE, until_age=40),
    "not before the age of 25": TimeLimit(form=LimitForm.NOT_BEFORE_AGE, earliest_end_age=25),
    "20 / 10 years from the act; not before the age of 28": TimeLimit(
        form=LimitForm.NOT_BEFORE_AGE, clock=Clock.OFFENCE, years=(20, 10), earliest_end_age=28
    ),
    "a court decides": TimeLimit(form=LimitForm.COURT_DECIDES),
    "at most 40 years": TimeLimit(form=LimitForm.OUTER_CAP, years=(40,)),
    "10 years longer": TimeLimit(form=LimitForm.PROLONGED, years=(10,)),
    "the clock stops for a while": TimeLimit(form=LimitForm.SUSPENDED),
    "16": AgeAnswer(age=16),
    "14 / 16": AgeAnswer(age=(14, 16)),
    "16 to 17": AgeAnswer(age=16, until=17),
    "People who work with children": ChoiceAnswer(choice="professionals"),
    "no-such-choice": ChoiceAnswer(choice="no-such-choice"),
    "20 June 2018": DateAnswer(on="2018-06-20"),
    "by November 2017": DateAnswer(by="2017-11"),
    "not done": DateAnswer(done=False),
    "realistic pictures": TextAnswer(summary="realistic pictures"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteLanguage:
    return english(small_register(tmp_path_factory.mktemp("small")).register)


@pytest.mark.parametrize("said", SHORT)
def test_answer_in_a_few_words(site: SiteLanguage, said: str) -> None:
    assert short_answer(site.texts, site.register.provisions["duty-to-report"], SHORT[said]) == said


def test_every_kind_of_answer_and_every_form_is_tried() -> None:
    kinds = get_args(get_args(answers.Answer)[0])
    assert {type(one) for one in SHORT.values()} == set(kinds)
    assert {one.form for one in SHORT.values() if isinstance(one, TimeLimit)} == set(LimitForm)


@given(
    form=st.sampled_from(LimitForm),
    clock=st.none() | st.sampled_from(Clock),
    clock_age=st.none() | st.integers(0, 120),
    years=st.none() | st.lists(st.integers(0, 100), min_size=1, max_size=4).map(tuple),
    flags=st.tuples(st.none() | st.booleans(), st.none() | st.booleans()),
)
def test_every_time_limit_has_words(
    site: SiteLanguage,
    form: LimitForm,
    clock: Clock | None,
    clock_age: int | None,
    years: tuple[int, ...] | None,
    flags: tuple[bool | None, bool | None],
) -> None:
    """Whatever is coded has a line of its own, and what is not coded has none."""
    needs = {LimitForm.UNTIL_AGE: {"until_age": 40}, LimitForm.NOT_BEFORE_AGE: {"earliest_end_age": 25}}
    parts = {
        "clock": clock,
        "clock_age": clock_age if clock is not Clock.AGE else clock_age or 18,
        "years": None if form is LimitForm.NONE else years,
        "shorter_in_circle_of_trust": flags[0],
        "retroactive": flags[1],
        **needs.get(form, {}),
    }
    limit = TimeLimit(form=form, **parts)
    provision = site.register.provisions["limitation"]
    rows = answer_rows(site.texts, provision, limit)
    starts = parts["clock_age"] is not None or clock is not None
    coded = [name for name in ("years", "shorter_in_circle_of_trust", "retroactive") if parts[name] is not None]
    assert len(rows) == 1 + len(coded) + starts + (form in needs)
    assert all(name and words for name, words in rows)
    assert short_answer(site.texts, provision, limit)


def test_a_cell_shows_two_answers_and_says_how_many_more(site: SiteLanguage, tmp_path: Path) -> None:
    assert short_cell(site.texts, site.cells["FI", "limitation"]) == (
        "the gravest offences: 20 years from the age of 18; other offences: 5 years from the act"
    )
    assert short_cell(site.texts, site.cells["FI", "ratified"]) == "not read yet"
    more = "".join(
        f"""
- id: v{age}
  says: The age is {age}.
  status: in-force
  offences: some
  answer: {{kind: age, age: {age}}}
  read_on: 2026-11-27
  source: {{kind: statute, address: "https://law.example/ee/penal-code", seen: section}}
  confidence: A
  coded_by: draft
  next_review: 2027-11-27"""
        for age in (13, 14, 15, 16)
    )
    many = f"country: EE\nprovision: age-of-consent\nvalues:{more}\n"
    changed = english(small_register(tmp_path, {"countries/EE/age-of-consent.yaml": many}).register)
    assert short_cell(changed.texts, changed.cells["EE", "age-of-consent"]) == (
        "some offences: 13; some offences: 14, and 2 more"
    )


def test_what_was_read_and_not_coded_is_neither_open_nor_an_answer(tmp_path: Path) -> None:
    text = "\n".join(line for line in EE_DUTY.splitlines() if "answer:" not in line)
    site = english(small_register(tmp_path, {"countries/EE/duty-to-report.yaml": text}).register)
    assert short_cell(site.texts, site.cells["EE", "duty-to-report"]) == "read, not compared"
