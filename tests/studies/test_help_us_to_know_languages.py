"""The second study in its other languages: complete, marked as what it is, and none of it in English."""

from __future__ import annotations

import re

import pytest

from kuule.forms.model.text_keys import choice_text_key
from kuule.forms.navigation.page import Note, Question
from kuule.languages.terminology.glossary import read_glossary
from kuule.languages.terminology.verdict_words import verdicts_in
from kuule.languages.workflow.states import State, TextOrigin
from tests.studies.second_study import EVERYTHING, SAME, STUDY
from tests.studies.shipped_study import asked_items, codes, languages_of, problems, sources, study, surveyed, walk

LANGUAGES = languages_of(STUDY)
FOUR = {"en", "ru", "pt-PT", "es"}
"""The languages of Protect Children's report "Multilingual Perspectives"."""
MATERIAL = re.compile(
    r"porn|порн|إباحي|pédophil|pädophil|pedofil|pedófil|педофил|pederast|kinderschänd|abus|missbrauch|hyväksikäyt|"
    r"övergrepp|Täter|förövar|gärnings|преступ|crimin|krimin",
    re.IGNORECASE,
)
"""Words that are refused in every language, whatever the glossary of one of them says."""


def test_languages_are_the_four_that_were_compared_and_five_more() -> None:
    assert {"en", *LANGUAGES} >= FOUR
    assert {"en", *LANGUAGES} - FOUR == {"de", "fr", "fi", "sv", "ar"}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_survey_and_report_are_whole_and_marked_as_made_by_a_machine(tag: str) -> None:
    entries = study(STUDY).catalogues[tag].entries.values()
    assert [entry.key for entry in entries if not entry.text] == []
    assert {(entry.state, entry.origin, entry.stale) for entry in entries} == {
        (State.DRAFT_ONE, TextOrigin.MACHINE, False)
    }


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_text_judges_or_uses_a_word_for_material(tag: str) -> None:
    said = {key: text for key, text in surveyed(tag, STUDY).texts.items() if not key.startswith("choice:")}
    assert [(key, text) for key, text in said.items() if verdicts_in(text, tag)] == []
    everything = study(STUDY).catalogues[tag].texts
    assert [(key, text) for key, text in everything.items() if MATERIAL.search(text)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_translation_differs_from_english_but_for_words_that_are_the_same(tag: str) -> None:
    entries = surveyed(tag, STUDY).entries.values()
    assert {entry.text for entry in entries if entry.text == entry.source} == SAME.get(tag, set())


def test_translations_pass_every_check_and_the_glossary_has_each_language() -> None:
    assert [str(each) for each in problems(STUDY) if each.code.startswith("LANG")] == []
    assert {term.language for term in read_glossary(STUDY / "glossary.csv").terms} == {"en", *LANGUAGES}


def test_arabic_is_written_in_arabic() -> None:
    texts = {entry.key: entry.text for entry in surveyed("ar", STUDY).entries.values()}
    assert [key for key, text in texts.items() if not re.search(r"[\u0621-\u064a]", text)] == []
    assert [key for key, text in texts.items() if re.search(r"[A-Za-z]", text)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_translation_keeps_answers_of_a_list_apart(tag: str) -> None:
    texts = surveyed(tag, STUDY).texts
    for each in asked_items(STUDY):
        keys = [choice_text_key(each.list_name, code) for code in codes(each.name, STUDY)]
        labels = [texts[key] for key in keys if key in texts]
        assert len(labels) == len(set(labels)), each.name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_page_shows_no_english(tag: str) -> None:
    english = {text for _, text in sources(STUDY)} - SAME.get(tag, set())
    walked = walk(EVERYTHING, tag, STUDY)
    shown = {part.label for page in walked.pages for part in page.parts if isinstance(part, Note | Question)}
    shown |= {page.section for page in walked.pages}
    shown |= {choice.label for page in walked.pages for q in page.questions for choice in q.choices}
    assert shown & english == set()
