"""JSON-stat: the cube has a place for every number, also for those that are not shown."""

from __future__ import annotations

import json

import pytest

from tests.publishing.release_site.site_release import data_files, site_release

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


@pytest.mark.parametrize("tag", ["en", "fi"])
@pytest.mark.parametrize("name", NAMES)
def test_file_is_valid(name: str, tag: str) -> None:
    validator = pytest.importorskip("jsonstat_validator", reason="jsonstat-validator is in the extra dev")
    found = cube(name, tag)
    assert validator.validate_jsonstat(found)
    del found["size"]
    with pytest.raises(validator.JSONStatValidationError):
        validator.validate_jsonstat(found)
