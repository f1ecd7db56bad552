"""Numbers of a translation against those of its source, in any script's digits."""

import pytest

from tests.languages.checks.check_cases import said_of

CHOICE = "choice:age/a:label"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("18 to 24", "18–24"),
        ("18 to 24", "من ١٨ إلى ٢٤"),
        ("1,000 people", "1 000 personer"),
        ("1,000 people", "1.000 personer"),
        ("1,000 people", "١٬٠٠٠ شخص"),
        ("1.5 hours", "1,5 timmar"),
        ("at 12:30", "kl. 12.30"),
        ("About ten questions", "Ungefär 10 frågor"),
        ("You are 18 now", "Nu är du arton"),
        ("${age_18} years", "${age_18} år"),
        ("A phone", "En IPv4"),
        ("From 07", "Från 7"),
    ],
)
def test_same_numbers_are_let_through(source: str, text: str) -> None:
    assert [said for said in said_of(source, text) if "LANG_032" in said] == []


@pytest.mark.parametrize(
    ("source", "text", "key", "said"),
    [
        ("18 to 24", "18–25", CHOICE, ["error LANG_032", "error LANG_032"]),
        ("18 or older", "16 eller äldre", CHOICE, ["error LANG_032", "error LANG_032"]),
        ("18 or older", "Arton eller äldre", CHOICE, ["error LANG_032"]),
        ("Are you 18", "Är du 16", "form:/data/a:label", ["warning LANG_032"]),
        ("About 45 questions", "Ungefär fyrtiofem frågor", "form:/data/a:label", ["warning LANG_032"]),
        ("Call 112", "Ring efter hjälp", "form:/data/a:label", ["error LANG_032"]),
        ("Twice", "3 gånger", CHOICE, ["warning LANG_032"]),
    ],
)
def test_other_numbers_are_said(source: str, text: str, key: str, said: list[str]) -> None:
    assert said_of(source, text, key=key) == said
