"""[publication] of study.toml: what a release shows by country and by language."""

from __future__ import annotations

import json
import tomllib

import pytest

from kuule.core.problems import StudyError
from kuule.study.settings.publication_settings import PublicationSettings
from kuule.study.settings.study_toml import Study, settings_from_table, table_from_settings
from tests.study.small_study import SETTINGS

OWN = '[publication]\ncountry = "residence"\nby_country = ["place"]\nby_language = ["years"]\n'


def read(more: str) -> Study:
    return settings_from_table(tomllib.loads(SETTINGS + more))


@pytest.mark.parametrize("more", ["", OWN])
def test_settings_go_through_json_unchanged(more: str) -> None:
    study = read(more)
    table = json.loads(json.dumps(table_from_settings(study)))
    assert settings_from_table(table, "study.json") == study


def test_publication_is_read() -> None:
    assert read(OWN).publication == PublicationSettings("residence", ("place",), ("years",))


def test_study_that_shows_nothing_by_country_has_the_same_file_as_before_there_was_a_choice() -> None:
    assert "publication" not in table_from_settings(read(""))


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        (
            'by_country = ["place"]',
            "STUDY_102 study.toml, publication.country: this setting is missing; name the question on countries: "
            'country = "residence"',
        ),
        (
            'country = "residence"\nby_country = ["residence"]',
            "STUDY_105 study.toml, publication.by_country: 'residence' does not fit; leave it out: it is what the "
            "others are shown by",
        ),
        (
            f'country = "residence"\nby_country = {[f"q{number}" for number in range(9)]}',
            "STUDY_105 study.toml, publication.by_country: 9 does not fit; name 8 at most: the question on countries "
            "stands in the table of each",
        ),
        (
            'by_countries = ["place"]',
            "STUDY_103 study.toml, publication.by_countries: this setting is not known; did you mean by_country?",
        ),
        (
            'by_language = "place"',
            "STUDY_104 study.toml, publication.by_language: this is a text; write a list of texts in square brackets",
        ),
    ],
)
def test_publication_that_does_not_fit_is_said(own: str, problem: str) -> None:
    with pytest.raises(StudyError) as refused:
        read(f"[publication]\n{own}\n")
    assert [str(one) for one in refused.value.problems] == [problem]
