"""Letters of another script than the language's."""

import pytest

from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import entry_problems
from kuule.languages.workflow.entries import SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from tests.languages.checks.check_cases import LABEL, said_of


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("sv", "A text", "En text på café"),
        ("ar", "A text by SMS", "رسالة SMS"),
        ("ar", "A text by Kuule", "نص من Kuule"),
        ("ar", "Where https and .onion are", "حيث https و .onion"),
        ("uk", "A text", "Це об’єкт"),
        ("sr", "A text", "Текст"),
        ("el", "No cookies", "Χωρίς cookies"),
        ("sr-Latn", "A text", "Tekst"),
        ("ja", "A text", "テキストと文章"),
        ("tlh", "A text", "что"),
        ("mn-Mong", "A text", "ᠪᠢᠴᠢᠭ something"),
    ],
)
def test_letters_of_the_language_and_names_are_let_through(language: str, source: str, text: str) -> None:
    assert said_of(source, text, spoken=CheckContext(language)) == []


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("uk", "Це oб’єкт", "error LANG_040"),
        ("sv", "En tеxt", "error LANG_040"),
        ("ar", "هذا text", "warning LANG_040"),
        ("ar", "هذا Something", "warning LANG_040"),
        ("sr", "Tekst", "warning LANG_040"),
        ("sr-Latn", "Текст", "warning LANG_040"),
        ("sv", "Текст", "warning LANG_040"),
    ],
)
def test_other_letters_are_said(language: str, text: str, said: str) -> None:
    assert said_of("A text", text, spoken=CheckContext(language)) == [said]


@pytest.mark.parametrize(
    ("note", "said"), [("The codes shown and few stay as they are.", []), ("A state.", ["LANG_040"])]
)
def test_code_that_the_note_says_to_keep_is_let_through(note: str, said: list[str]) -> None:
    source = SourceText(LABEL, "One of shown or few.", note)
    made = with_translation(
        untranslated_entry(source), "Одно из shown или few.", state=State.REVIEWED, origin=TextOrigin.PERSON
    )
    found = {problem.code for problem in entry_problems(made, "ru.po", CheckContext("ru"))}
    assert sorted(found) == said
