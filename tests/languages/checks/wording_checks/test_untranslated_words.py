"""Words of the source that were not translated."""

import pytest

from tests.languages.checks.check_cases import said_of


@pytest.mark.parametrize(
    ("source", "text"),
    [("Man", "Man"), ("Radio, TV, podcast", "Radio, TV, podcast"), ("${name}: a text of ${b}", "${name}: text ${b}")],
)
def test_a_few_same_words_are_let_through(source: str, text: str) -> None:
    assert said_of(source, text) == []


def test_text_left_in_the_source_language_is_an_error() -> None:
    assert said_of("Take the time you need", "Take the **time** you need")[-1] == "error LANG_033"


def test_half_a_text_left_is_a_warning() -> None:
    source = "Take the time you need before you go on"
    assert said_of(source, "Ta den tid du behöver before you go on, du") == []
    assert said_of(source, "Ta den tid you need before you go on") == ["warning LANG_033"]
