"""Two releases of a growing dataset: refused while the second would tell what one new answer said."""

from __future__ import annotations

import json

import pytest

from kuule.disclosure.ledger import Ledger, Release
from kuule.disclosure.rules import Rules
from kuule.errors import PublishingError
from kuule.tables.request import TableRequest
from tests.disclosure.tables import origin

REQUESTS = (TableRequest("told"), TableRequest("told", "land"))


def entry(responses: int, dataset: str = "d1", requests=REQUESTS, rules: Rules | None = None) -> Release:
    return Release.of(origin(responses, dataset), requests, rules or Rules())


@pytest.fixture
def ledger(tmp_path):
    first = Ledger.beside(tmp_path / "dataset-1", "our-voice")
    first.enter(entry(400))
    return Ledger.beside(tmp_path / "dataset-2", "our-voice")


@pytest.mark.parametrize("responses", [371, 399, 400, 401, 429])
def test_enter_refuses_a_dataset_that_is_too_near_to_a_released_one(ledger, responses):
    with pytest.raises(PublishingError, match="REPORT_030"):
        ledger.enter(entry(responses, "d2"))
    assert ledger.releases() == (entry(400),)


@pytest.mark.parametrize("responses", [370, 430])
def test_enter_notes_a_dataset_that_has_changed_enough(ledger, responses):
    ledger.enter(entry(responses, "d2"))
    assert ledger.releases() == (entry(400), entry(responses, "d2"))


def test_enter_allows_the_same_release_again_and_notes_it_once(ledger):
    ledger.enter(entry(400, requests=REQUESTS[::-1]))
    assert ledger.releases() == (entry(400),)


@pytest.mark.parametrize(
    "other", [entry(400, requests=(*REQUESTS, TableRequest("who"))), entry(400, rules=Rules(noise_variance=4))]
)
def test_enter_refuses_other_tables_or_rules_for_a_released_dataset(ledger, other):
    with pytest.raises(PublishingError, match="REPORT_030"):
        ledger.enter(other)


def test_enter_compares_with_every_release_and_not_only_the_last(ledger):
    ledger.enter(entry(500, "d2"))
    with pytest.raises(PublishingError, match="REPORT_030"):
        ledger.enter(entry(405, "d3"))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1, "releases": []}', '{"format": 2, "releases": [{}]}'])
def test_enter_refuses_a_ledger_that_cannot_be_read(ledger, content):
    ledger.path.write_text(content)
    with pytest.raises(PublishingError, match="REPORT_031"):
        ledger.enter(entry(1000, "d2"))
    assert ledger.path.read_text() == content


def test_ledger_keeps_what_a_release_is_rebuilt_from(tmp_path):
    made = Ledger.beside(tmp_path / "dataset-1", "our-voice")
    made.enter(Release.of(origin(400, "d1", key=0xABC), REQUESTS, Rules(), report="f" * 64, kuule="1.2"))
    [noted] = json.loads(made.path.read_text())["releases"]
    assert noted == {
        "dataset": "d1",
        "record_keys": "00000abc",
        "responses": 400,
        "requests": ["told", "told by land"],
        "smallest_base": 30,
        "smallest_count": 10,
        "noise_variance": 3,
        "noise_bound": 5,
        "report": "f" * 64,
        "kuule": "1.2",
    }
    [back] = made.releases()
    assert (back.report, back.kuule) == ("f" * 64, "1.2")


def test_ledger_is_for_its_owner_only_and_of_one_study(ledger):
    assert ledger.path.stat().st_mode & 0o777 == 0o600
    assert Ledger.beside(ledger.path.parent / "x", "other").releases() == ()
