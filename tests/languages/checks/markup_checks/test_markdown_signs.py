"""Markdown of a translation against that of its source."""

import pytest

from kuule.languages.checks.markup_checks import markdown_signs
from tests.languages.checks.check_cases import said_of


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("By **violence** we mean this", "Med **våld** menar vi detta"),
        ("One\n\n- a\n- b", "Ett\n\n* a\n* b"),
        ("# Title\n\nText", "# Titel\n\nText"),
        ("snake_case_name", "namn_med_streck"),
        ("None", "-"),
    ],
)
def test_same_build_is_let_through(source: str, text: str) -> None:
    assert said_of(source, text) == []


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("By **violence** we mean this", "Med våld menar vi detta", "warning LANG_031"),
        ("By violence we mean this", "Med **våld** menar vi detta", "warning LANG_031"),
        ("One\n\n- a\n- b", "Ett\n\n- a b", "error LANG_031"),
        ("# Title\n\nText", "Titel\n\nText", "error LANG_031"),
        ("May 1 is free", "1. maj är ledig", "error LANG_031"),
    ],
)
def test_other_build_is_said(source: str, text: str, said: str) -> None:
    assert said_of(source, text) == [said]


def test_star_that_shows_is_an_error() -> None:
    assert said_of("By **violence** we mean", "Med **våld menar vi") == ["warning LANG_031", "error LANG_031"]


def test_answer_may_begin_with_a_number_and_a_dot() -> None:
    assert said_of("1 May", "1. maj", key="choice:days/may:label") == []


def test_interface_is_no_markdown() -> None:
    assert said_of("Five stars", "* * * * *", key="interface:stars") == []


def test_time_grows_with_the_number_of_empty_lines() -> None:
    said = said_of("Yes", "\n" * 200_000 + "Ja")
    assert [one for one in said if markdown_signs.CODE in one] == []
