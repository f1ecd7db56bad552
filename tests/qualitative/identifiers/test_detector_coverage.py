"""What is not looked for is said: no language and no kind is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.languages.catalogues import __path__ as catalogues
from kuule.qualitative.identifiers.detector_coverage import LEFT_TO_PEOPLE, DetectorMeans, detector_coverage
from kuule.qualitative.identifiers.language_data import list_language
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category
from tests.qualitative.identifiers.test_suggesting import ListedModel


def test_a_language_without_lists_says_so_first_and_names_what_is_not_looked_for():
    coverage = detector_coverage("sw")
    assert coverage.missing == (Category.RELATIVE, Category.ORGANISATION)
    assert coverage.sentences == (
        "There is no detector for Swahili: nobody has listed its names and words.",
        "Of names, only capitals inside a sentence are suggested, as people, whatever they are; where a sentence"
        " begins, given names of other languages.",
        "Not looked for in Swahili: relative, organisation. Only you can see these.",
        "Left to readers in every language: ages, occupations, and unusual facts.",
        "An answer without suggestions may still point at a person: read every word.",
    )


def test_a_language_that_nobody_knows_has_what_needs_no_words():
    looked_for = {kind: means for kind, means in detector_coverage("zz").means.items() if means}
    assert looked_for == {
        Category.PERSON: (DetectorMeans.CAPITALS,),
        Category.CONTACT: (DetectorMeans.CONTACTS,),
        Category.NUMBER: (DetectorMeans.LONG_NUMBERS,),
        Category.DATE: (DetectorMeans.DIGITS,),
    }


def test_a_language_without_lists_and_capitals_has_no_names_at_all():
    coverage = detector_coverage("am")
    assert coverage.missing == (Category.PERSON, Category.RELATIVE, Category.ORGANISATION)
    assert coverage.sentences[0] == "There is no detector for Amharic: nobody has listed its names and words."


def test_a_language_without_names_of_people_says_so():
    assert "Hardly any names of people are listed for Serbian (0)." in detector_coverage("sr").sentences


@pytest.mark.parametrize(("language", "name"), [("de", "German"), ("ar", "Arabic"), ("fa", "Persian")])
def test_where_capitals_tell_nothing_that_is_said(language, name):
    said = f"In {name} capitals do not tell a name: names that are on no list are not found."
    assert said in detector_coverage(language).sentences


def test_every_language_of_the_interface_has_lists_and_lacks_no_kind_but_those_left_to_people():
    tags = ["en", *(path.stem for folder in catalogues for path in Path(folder).glob("interface/*.po"))]
    assert len(tags) == 30
    assert [tag for tag in tags if not list_language(tag) or detector_coverage(tag).missing] == []


def test_what_identifies_by_combination_is_left_to_people_everywhere():
    assert [detector_coverage("en").means[kind] for kind in LEFT_TO_PEOPLE] == [(), (), ()]


def test_a_model_is_counted_where_it_knows_the_language():
    assert DetectorMeans.MODEL in detector_coverage("en", ListedModel()).means[Category.PLACE]
    assert DetectorMeans.MODEL not in detector_coverage("sv", ListedModel()).means[Category.PLACE]
