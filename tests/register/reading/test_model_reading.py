"""What may not be entered is refused at its line, each mistake once, all of them together, in words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from kuule.register.data_model.codings import CodingFile
from kuule.register.data_model.country_values import CountryValues
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.standards import Standard
from kuule.register.data_model.whole_register import RegisterSettings, Topic
from kuule.register.reading.model_reading import read_model
from kuule.register.reading.yaml_documents import RegisterError, read_yaml
from tests.sampling import examples

FILE = """\
country: FI
provision: limitation
values:
  - id: v1
    says: what it says
    status: in-force
    answer:
      kind: time-limit
      form: none
    read_on: 2026-11-20
    source:
      kind: statute
      address: https://example.org/act
      seen: the article
    confidence: A
    coded_by: draft
    next_review: 2027-11-20
"""


def problems(text: str, model: type[BaseModel] = CountryValues) -> list[str]:
    """What is wrong, each as code, place, cause and remedy."""
    try:
        read_model(read_yaml(text.encode(), "file"), model)
    except RegisterError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_misspelt_key_is_said_once():
    document = read_yaml(b"id: a\ntitel: A title\n", "file")
    with pytest.raises(RegisterError) as caught:
        read_model(document, Topic)
    [problem] = caught.value.problems
    assert (problem.code, problem.remedy) == ("REGISTER_002", "did you mean 'title'?")


def test_a_file_that_is_right_is_read() -> None:
    assert problems(FILE) == []


@pytest.mark.parametrize(
    ("written", "instead", "expected"),
    [
        (
            "form: none",
            "form: untilage",
            "REGISTER_004 file, line 9, values 1, answer, form: 'untilage' is none of none, none-for-gravest,"
            " fixed-years, until-age, not-before-age, court-decides, outer-cap, suspended, prolonged;"
            " did you mean 'until-age'?",
        ),
        (
            "form: none",
            "form: until-age",
            "REGISTER_004 file, line 8, values 1, answer: a rule of the form until-age has until_age; correct it here",
        ),
        (
            "form: none",
            "form: fixed-years\n      years: 20",
            "REGISTER_004 file, line 10, values 1, answer, years: a list is asked for, and this is '20';"
            " write each item on a line of its own, behind a hyphen",
        ),
        (
            "form: none",
            "form: fixed-years\n      years: [twenty]",
            "REGISTER_004 file, line 10, values 1, answer, years 1: 'twenty' is no whole number;"
            " write it in digits: 20",
        ),
        (
            "form: none",
            "form: fixed-years\n      years: [20, 200]",
            "REGISTER_004 file, line 10, values 1, answer, years 2: 200 is more than 100; write a smaller number",
        ),
        (
            "form: none",
            "form: fixed-years\n      years: {shortest: 3}",
            "REGISTER_003 file, line 10, values 1, answer, years: longest is missing; write longest: and what it is",
        ),
        (
            "form: none",
            "form: until-age\n      until_age: forty",
            "REGISTER_004 file, line 10, values 1, answer, until_age: 'forty' is no whole number;"
            " write it in digits: 20",
        ),
        (
            "form: none",
            "form: prolonged\n      retroactive: perhaps",
            "REGISTER_004 file, line 10, values 1, answer, retroactive: 'perhaps' is neither true nor false;"
            " write true or false, or take the key away",
        ),
        (
            "kind: time-limit",
            "kind: timelimit",
            "REGISTER_004 file, line 8, values 1, answer, kind: 'timelimit' is none of time-limit, age, choice, date,"
            " text; did you mean 'time-limit'?",
        ),
        (
            "kind: time-limit\n      form: none",
            "form: none",
            "REGISTER_003 file, line 8, values 1, answer: kind is missing; write kind: and what kind of answer it is",
        ),
        (
            "answer:\n      kind: time-limit\n      form: none",
            "answer: none",
            "REGISTER_004 file, line 7, values 1, answer: keys are asked for here, and this is 'none';"
            " write the keys that belong here, each on a line of its own",
        ),
        (
            "says: what it says",
            "says:",
            "REGISTER_004 file, line 5, values 1, says: there is nothing after the colon;"
            " write what it is, or take the key away",
        ),
        (
            "says: what it says",
            f"says: {'long ' * 500}",
            "REGISTER_004 file, line 5, values 1, says: the text has 2499 characters, and there is room for 2000;"
            " say it shorter",
        ),
        (
            "id: v1",
            "id: V 1",
            "REGISTER_004 file, line 4, values 1, id: 'V 1' is no id;"
            " write small letters, digits, and hyphens between them: tier-2",
        ),
        (
            "read_on: 2026-11-20",
            "read_on: 2026-11",
            "REGISTER_004 file, line 10, values 1, read_on: a day is written as 2026-05-31; correct it here",
        ),
        (
            "read_on: 2026-11-20",
            "read_on: 2026-13-20",
            "REGISTER_004 file, line 10, values 1, read_on: '2026-13-20' is no day; write the day as 2026-05-31",
        ),
        (
            "seen: the article",
            "seen: the article\n      dated: 2026-02-31",
            "REGISTER_004 file, line 15, values 1, source, dated: there is no day 2026-02-31; correct it here",
        ),
        (
            "country: FI",
            "country: fi",
            "REGISTER_004 file, line 1, country: a country is written as its ISO 3166-1 code, for example FI;"
            " correct it here",
        ),
        (
            "address: https://example.org/act",
            "address: javascript:alert(1)",
            "REGISTER_004 file, line 13, values 1, source, address: an address begins with https:// or http:// and has"
            " no spaces; correct it here",
        ),
        (
            "seen: the article",
            "seen: |\n        two\n        lines",
            "REGISTER_004 file, line 14, values 1, source, seen: it has more than one line;"
            " write it on one line; notes: takes more",
        ),
        (
            "coded_by: draft",
            "coded_by: draft\n    confirmed_by: Draft",
            "REGISTER_004 file, line 4, values 1: a value is confirmed by somebody else than the one who coded it;"
            " correct it here",
        ),
        (
            "    read_on: 2026-11-20\n",
            "",
            "REGISTER_003 file, line 4, values 1: read_on is missing; write read_on: and what it is",
        ),
        (
            "confidence: A",
            "confidense: A\n    confidence: A",
            "REGISTER_002 file, line 15, values 1, confidense: a register knows no key 'confidense' here;"
            " did you mean 'confidence'?",
        ),
        (
            "confidence: A",
            "retroactive: true\n    confidence: A",
            "REGISTER_002 file, line 15, values 1, retroactive: a register knows no key 'retroactive' here;"
            " it belongs below answer:",
        ),
        (
            "country: FI",
            "country: FI\narticle: '8'",
            "REGISTER_002 file, line 2, article: a register knows no key 'article' here; it belongs below source:",
        ),
        (
            "form: none",
            "form: none\n      dispute: a word",
            "REGISTER_002 file, line 10, values 1, answer, dispute: a register knows no key 'dispute' here;"
            " it belongs at the top of the file",
        ),
        (
            "form: none",
            "form: none\n      colour: red",
            "REGISTER_002 file, line 10, values 1, answer, colour: a register knows no key 'colour' here; take it away",
        ),
    ],
)
def test_a_mistake_is_told_once_and_in_words(written: str, instead: str, expected: str) -> None:
    assert written in FILE
    assert problems(FILE.replace(written, instead)) == [expected]


def test_all_mistakes_are_told_at_once() -> None:
    broken = FILE.replace("country: FI", "country: fi").replace("form: none", "form: nune").replace("A\n", "E\n")
    assert [one.split(":")[0] for one in problems(broken)] == [
        "REGISTER_004 file, line 1, country",
        "REGISTER_004 file, line 9, values 1, answer, form",
        "REGISTER_004 file, line 15, values 1, confidence",
    ]


def test_a_value_without_a_source_or_a_day_is_refused() -> None:
    lines = FILE.splitlines(keepends=True)
    without = "".join(line for number, line in enumerate(lines) if not 9 <= number <= 13)
    assert [one.partition(": ")[2] for one in problems(without)] == [
        "read_on is missing; write read_on: and what it is",
        "source is missing; write source: and what it is",
    ]


MODELS: tuple[type[BaseModel], ...] = (CountryValues, CodingFile, Provision, Standard, PlannedAction, RegisterSettings)
PLAIN = st.recursive(
    st.none() | st.text(max_size=20) | st.sampled_from(["time-limit", "2026-11-20", "v1", "none", "FI", "20"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(sorted({key for model in MODELS for key in model.model_fields})) | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=examples(300), deadline=None)
@given(st.sampled_from(MODELS), PLAIN)
def test_whatever_stands_there_is_read_or_refused_in_words(model: type[BaseModel], content: object) -> None:
    for problem in problems(json.dumps(content), model):
        assert "pydantic" not in problem
        assert "Input should" not in problem
