"""The study that ships in its other languages: complete, marked as what it is, and none of it in English."""

from __future__ import annotations

import re

import pytest

from kuule.forms.model.text_keys import choice_text_key
from kuule.forms.navigation.page import Note, Question
from kuule.languages.cldr.tags import find_language
from kuule.languages.terminology.glossary import read_glossary
from kuule.languages.terminology.verdict_words import verdicts_in, verdicts_of
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.folder.report_text import is_report_key
from tests.sampling import matrix
from tests.studies.shipped_study import (
    EVERYTHING,
    LANGUAGES,
    LOOKS_ENGLISH,
    SAME,
    STUDY,
    asked_items,
    codes,
    problems,
    sources,
    study,
    surveyed,
    texts_in,
    walk,
)


@pytest.mark.parametrize("tag", matrix(["en", *LANGUAGES], 5))
def test_chosen_demand_is_named_in_the_language_of_the_page(tag: str) -> None:
    key = choice_text_key("demand", "recognition")
    chosen = {**dict(sources()), **texts_in(tag)}[key]
    shown = walk(EVERYTHING, tag).label_of("demand_met").replace("\\", "")

    assert chosen in shown
    assert "${" not in shown


@pytest.mark.parametrize("tag", matrix(["en", *LANGUAGES], 5))
def test_no_text_judges_or_commands(tag: str) -> None:
    texts = {**dict(sources()), **texts_in(tag)}

    assert verdicts_of(tag)
    # Answers are what people say of themselves, and may hold such a word.
    said = {key: text for key, text in texts.items() if not key.startswith("choice:")}
    assert [(key, text) for key, text in said.items() if verdicts_in(text, tag)] == []


@pytest.mark.parametrize("tag", matrix(LANGUAGES, 5))
def test_translation_is_whole_and_marked_as_made_by_a_machine(tag: str) -> None:
    catalogue = surveyed(tag)
    entries = catalogue.entries.values()

    assert [entry.key for entry in entries if not entry.text] == []
    assert {(entry.state, entry.origin, entry.stale) for entry in entries} == {
        (State.DRAFT_ONE, TextOrigin.MACHINE, False)
    }
    assert catalogue.obsolete == ()
    assert catalogue.metadata["X-Kuule-Translation-Origin"] == "machine"


@pytest.mark.parametrize("tag", matrix(LANGUAGES, 5))
def test_report_is_whole_in_a_language_or_not_begun(tag: str) -> None:
    entries = study().catalogues[tag].select(is_report_key).entries.values()
    standing = {(entry.state, entry.origin, entry.stale) for entry in entries}

    begun = {(State.DRAFT_ONE, TextOrigin.MACHINE, False)}
    assert standing in (begun, {(State.UNTRANSLATED, TextOrigin.PERSON, False)})


@pytest.mark.parametrize("tag", matrix(LANGUAGES, 5))
def test_translation_differs_from_english_but_for_words_that_are_the_same(tag: str) -> None:
    entries = surveyed(tag).entries.values()

    assert {entry.text for entry in entries if entry.text == entry.source} == SAME.get(tag, set())


def test_translations_pass_every_check_and_the_glossary_has_each_language() -> None:
    found = [each for each in problems() if each.code.startswith("LANG")]

    # A report that nobody has translated yet is in the source language, and every other text is whole.
    assert [str(each) for each in found if each.code != "LANG_021"] == []
    assert {term.language for term in read_glossary(STUDY / "glossary.csv").terms} == set(LANGUAGES)


def test_arabic_is_written_in_arabic_and_read_from_the_right() -> None:
    texts = {entry.key: re.sub(r"\$\{\w+\}", "", entry.text) for entry in surveyed("ar").entries.values()}

    assert find_language("ar").direction == "rtl"
    assert [key for key, text in texts.items() if not re.search(r"[\u0621-\u064a]", text)] == []
    assert [key for key, text in texts.items() if re.search(r"[A-Za-z]", text)] == []


@pytest.mark.parametrize("tag", matrix(LANGUAGES, 5))
def test_translation_keeps_outputs_and_emphasis(tag: str) -> None:
    def marks(text: str) -> tuple[list[str], int]:
        return re.findall(r"\$\{\s*([^{}\s]+)\s*\}", text), text.count("**")

    changed = {entry.key for entry in surveyed(tag).entries.values() if marks(entry.text) != marks(entry.source)}
    assert changed == set()


@pytest.mark.parametrize("tag", matrix(LANGUAGES, 5))
def test_translation_keeps_answers_of_a_list_apart(tag: str) -> None:
    texts = surveyed(tag).texts
    for each in asked_items():
        labels = [texts[key] for code in codes(each.name) if (key := choice_text_key(each.list_name, code)) in texts]
        assert len(labels) == len(set(labels)), each.name


@pytest.mark.parametrize("tag", matrix(LANGUAGES, 5))
def test_page_shows_no_english(tag: str) -> None:
    english = {text for _, text in sources()} - SAME.get(tag, set()) - LOOKS_ENGLISH.get(tag, set())
    walked = walk(EVERYTHING, tag)
    shown = {part.label for page in walked.pages for part in page.parts if isinstance(part, Note | Question)}
    shown |= {page.section for page in walked.pages}
    shown |= {choice.label for page in walked.pages for q in page.questions for choice in q.choices}

    assert shown & english == set()
