from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.limitation.report_question import (
    ActKind,
    AskedField,
    QuestionProblem,
    ReportQuestion,
    read_question,
)

COUNTRIES = frozenset({"FI", "SE"})
WHOLE = {"country": "FI", "born": "1990", "first": "2000", "last": "", "kind": "other"}


def read(**changes: str) -> dict[AskedField, QuestionProblem] | ReportQuestion:
    found = read_question(WHOLE | changes, countries=COUNTRIES, this_year=2026)
    return found.question or dict(found.problems)


def test_question_is_read_with_one_year_or_a_span() -> None:
    assert read() == ReportQuestion("FI", 1990, 2000, 2000, ActKind.OTHER)
    assert read(last="2004") == ReportQuestion("FI", 1990, 2000, 2004, ActKind.OTHER)
    assert read(country="fi", born="١٩٩٠") == ReportQuestion("FI", 1990, 2000, 2000, ActKind.OTHER)
    assert read(kind="") == ReportQuestion("FI", 1990, 2000, 2000, ActKind.UNKNOWN)


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"country": ""}, {"country": "ask_country"}),
        ({"country": "DE"}, {"country": "ask_country"}),
        ({"born": "90"}, {"born": "ask_born"}),
        ({"born": "1890"}, {"born": "ask_born"}),
        ({"born": "²⁰²⁰"}, {"born": "ask_born"}),
        ({"first": ""}, {"first": "ask_first"}),
        ({"last": "soon"}, {"last": "ask_first"}),
        ({"first": "2030"}, {"first": "ask_to_come", "last": "ask_to_come"}),
        ({"first": "1985"}, {"first": "ask_before_birth"}),
        ({"last": "1999"}, {"last": "ask_reversed"}),
        (
            {"country": "", "born": "", "first": ""},
            {"country": "ask_country", "born": "ask_born", "first": "ask_first"},
        ),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(changes: dict[str, str], problems: dict[str, str]) -> None:
    assert read(**changes) == problems


@given(st.dictionaries(st.sampled_from([*AskedField]), st.text(max_size=8)))
def test_any_text_is_read_or_refused(typed: dict[AskedField, str]) -> None:
    found = read_question({one.value: text for one, text in typed.items()}, countries=COUNTRIES, this_year=2026)

    assert (found.question is None) == bool(found.problems)


def test_question_that_cannot_be_is_no_question() -> None:
    with pytest.raises(ValueError, match="born"):
        ReportQuestion("FI", 2000, 1990, 1990)
