"""What is read in place of words that were taken out: in the language of the text, and told apart in each."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from kuule.languages import catalogues
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import read_po, read_pot
from kuule.languages.gettext.shipped_words import shipped_languages
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category
from kuule.qualitative.redaction_log.passes import JoinedMark
from kuule.qualitative.redaction_log.redacted_text import redacted_text, replace_marks
from kuule.qualitative.redaction_log.redaction_labels import (
    LABEL_TEMPLATE,
    missing_labels,
    redaction_labels,
    with_own_labels,
)
from tests.qualitative.small_project import DAY, mark, marks, memory_project
from tests.sampling import matrix

EVERY = (*Category, None)
LONGEST = 40


def replaced(words: str, span: tuple[int, int], language: str, category: Category | None = Category.RELATIVE) -> str:
    return replace_marks(words, [JoinedMark(TextSpan(*span), category, ("reader-1",))], language).words


@pytest.mark.parametrize(
    ("language", "words", "span", "shown"),
    [
        ("fi", "Kerroin Maijalle.", (8, 16), "Kerroin [sukulaisen nimi]."),
        ("sv", "Jag sa det till Maja.", (16, 20), "Jag sa det till [namn på en släkting]."),
        ("ar", "أخبرت ليلى بذلك", (6, 10), "أخبرت [اسم أحد الأقارب] بذلك"),
        ("pt-BR", "Contei à Ana.", (9, 12), "Contei à [nome de alguém da família]."),
        ("nn", "Eg sa det til Kari.", (14, 18), "Eg sa det til [navn på en slektning]."),
        ("so", "Waxaan u sheegay Hodan.", (17, 22), "Waxaan u sheegay [a relative's name]."),
        ("../../fi", "Maija", (0, 5), "[a relative's name]"),
        ("", "Maija", (0, 5), "[a relative's name]"),
    ],
)
def test_a_label_is_in_the_language_of_the_text(language, words, span, shown):
    assert replaced(words, span, language) == shown


def test_a_redacted_text_of_a_project_has_the_labels_of_its_language():
    project = memory_project()
    words = "Maija kertoi Oulussa."
    text = AnswerText(project.text_id("wish", "fi", words), "wish", "fi", words)
    project.apply([text])
    for role, category in (("reader-1", Category.PLACE), ("reader-2", Category.UNUSUAL)):
        both = (mark(0, 5), mark(13, 20, category))
        project.save([marks(text, role, *both)], role=role, day=DAY)
    assert redacted_text(project.log, text).words == "[nimi] kertoi [jätetty pois]."


@pytest.mark.parametrize("tag", matrix(shipped_languages(), 5))
def test_labels_of_a_language_are_whole_short_and_told_apart(tag):
    labels = redaction_labels(tag)
    assert labels.language == tag, "a language that Kuule speaks has labels of its own"
    assert len(set(labels.words.values())) == len(EVERY)
    assert [one for one in labels.words.values() if len(one) > LONGEST or set(one) & set("[]\n")] == []
    assert [labels.categories_in(labels.in_brackets(one)) for one in EVERY] == [(one,) for one in EVERY]


@pytest.mark.parametrize("tag", matrix(sorted(one.stem for one in catalogues.REDACTION.glob("*.po")), 5))
def test_drafts_of_a_language_have_no_fault(tag):
    catalogue = read_po(catalogues.REDACTION / f"{tag}.po", read_pot(LABEL_TEMPLATE))
    assert [str(one) for one in catalogue_problems(catalogue, f"{tag}.po", CheckContext(tag))] == []


def test_a_label_means_one_thing_in_all_languages():
    """So a label of the original or of English that is left in a translation is known for what it is."""
    meant = defaultdict(set)
    for tag, category in product(shipped_languages(), EVERY):
        meant[redaction_labels(tag).words[category]].add(category)
    assert {label: found for label, found in meant.items() if len(found) > 1} == {}


def test_labels_of_a_translation_become_those_of_its_language():
    words = "Han sa [nimi] och [a place] till [namn], [] [x] [[a date]] [namn på en släkting]"
    assert with_own_labels(words, language="fi", into="sv") == (
        "Han sa [namn] och [plats] till [namn], [] [x] [[datum]] [namn på en släkting]"
    )


def test_labels_that_a_translation_lacks_or_adds_are_counted():
    missing, beyond = missing_labels("[nimi] [nimi] [paikka]", "[namn] [ålder]", language="fi", into="sv")
    assert (sorted(missing.elements()), sorted(beyond.elements())) == (["[namn]", "[plats]"], ["[ålder]"])
