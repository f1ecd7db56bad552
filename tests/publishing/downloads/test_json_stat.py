"""JSON-stat: the cube has a place for every number, also for those that are not shown."""

from __future__ import annotations

import json

import pytest

from tests.publishing.release_site.site_release import data_files, drawn, site_release

NAMES = ("told", "told-by-land", "told-by-residence", "told-by-language", "age")


def cube(name: str, tag: str = "en", **known: object) -> dict:
    return json.loads(data_files(tag, site_release(**known))[f"data/{name}.json"])


def test_values_are_in_the_order_of_groups_answers_and_measures() -> None:
    found = cube("told-by-residence")
    assert (found["id"], found["size"]) == (["group", "answer", "measure"], [3, 2, 2])
    assert found["value"] == [120, 67, 60, 33, 71, 46, 83, 54, None, None, None, None]
    assert found["status"] == dict.fromkeys(("8", "9", "10", "11"), "not_shown")
    assert found["role"] == {"metric": ["measure"], "geo": ["group"]}
    assert found["extension"]["base"] == {"FI": 180, "SE": 154, "MT": None}


def test_practice_says_so_in_its_notes() -> None:
    assert cube("told", rehearsal=True)["note"][0].startswith("Practice, not real answers.")


def test_file_is_there_once_and_other_languages_link_to_it() -> None:
    """Programs read its codes, which are the same in every language."""
    assert not [name for name in data_files("fi") if name.endswith("/told.json")]
    assert 'href="../data/told.json"' in drawn("fi")["data.html"]
    assert 'href="../data/told.json"' in drawn("fi")["telling-someone.html"]
    [described] = [
        each["contentUrl"]
        for each in json.loads(data_files("fi")["data/dataset.jsonld"])["distribution"]
        if each["contentUrl"].endswith("/told.json")
    ]
    assert described == "https://example.org/voice/data/told.json"


@pytest.mark.parametrize("name", NAMES)
def test_file_is_valid(name: str) -> None:
    validator = pytest.importorskip("jsonstat_validator", reason="jsonstat-validator is in the extra dev")
    found = cube(name)
    assert validator.validate_jsonstat(found)
    del found["size"]
    with pytest.raises(validator.JSONStatValidationError):
        validator.validate_jsonstat(found)
