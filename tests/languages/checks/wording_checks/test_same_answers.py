"""Answers of one list that became the same."""

import pytest

from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.workflow.entries import Catalogue
from tests.languages.checks.check_cases import entry


def said(*texts: tuple[str, str, str]) -> list[tuple[str, str]]:
    entries = {key: entry(source, text, key) for key, source, text in texts}
    found = catalogue_problems(Catalogue("sv", entries), "sv.po")
    return [(problem.code, problem.place) for problem in found]


@pytest.mark.parametrize("second", ["Ibland", "ibland ", "**Ibland**"])
def test_two_answers_that_read_the_same_are_an_error(second: str) -> None:
    found = said(("choice:f/a:label", "Sometimes", "Ibland"), ("choice:f/b:label", "Now and then", second))
    assert ("LANG_039", "sv.po, choice:f/b:label") in found


def test_other_lists_and_same_sources_are_let_through() -> None:
    found = said(
        ("choice:f/a:label", "Sometimes", "Ibland"),
        ("choice:g/a:label", "Now and then", "Ibland"),
        ("choice:f/b:label", "sometimes", "Ibland"),
        ("choice:f/b:hint", "Now and then", "Ibland"),
        ("choice:f/c:label", "Often, ${x}", "Ofta ${x}"),
        ("choice:f/d:label", "Often, ${y}", "Ofta ${y}"),
    )
    assert found == []
