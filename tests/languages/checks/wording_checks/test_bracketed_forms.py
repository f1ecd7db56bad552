"""Two forms of a word at once."""

import pytest

from tests.languages.checks.check_cases import said_of


@pytest.mark.parametrize("text", ["año(s)", "amigo/a", "étudiant(e)s", "Lehrer/-in", "został(a) dodany"])
def test_forms_in_brackets_are_said(text: str) -> None:
    assert said_of("A friend", text) == ["warning LANG_038"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A parent (or someone like one)", "En förälder (eller någon som liknar)"),
        ("Male and/or female", "Man och/eller kvinna"),
        ("Year(s)", "Jahr(e)"),
        ("A child", "Schüler:innen"),
    ],
)
def test_other_brackets_and_strokes_are_let_through(source: str, text: str) -> None:
    assert said_of(source, text) == []
