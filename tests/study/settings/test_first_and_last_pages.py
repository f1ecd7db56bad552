"""[welcome] and [after]: what may be left out, what survives JSON, and what is refused."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import Severity, StudyError
from kuule.study.settings.first_and_last_pages import AfterSettings, WelcomeSettings
from kuule.study.settings.study_toml import Study, settings_from_table, table_from_settings
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_study

LATER = date(2028, 6, 30)
ADDRESS = "https://example.org/our-voice"


def settings(**tables: object) -> Study:
    return settings_from_table({**tomllib.loads(SETTINGS), **tables})


def problems(**tables: object) -> list[tuple[str, str]]:
    with pytest.raises(StudyError) as raised:
        settings(**tables)
    return [(problem.code, problem.place) for problem in raised.value.problems]


def test_all_of_it_may_be_left_out() -> None:
    study = settings()
    assert (study.welcome, study.after) == (WelcomeSettings(), AfterSettings())


def test_settings_survive_json() -> None:
    study = settings(
        welcome={"name": "Our Voice", "for_whom": "A survey."}, after={"results_by": LATER, "results_at": ADDRESS}
    )
    assert study.welcome == WelcomeSettings("Our Voice", "A survey.")
    assert study.after == AfterSettings(LATER, ADDRESS)
    for one in (study, settings()):
        again = settings_from_table(json.loads(json.dumps(table_from_settings(one))))
        assert (again.welcome, again.after) == (one.welcome, one.after)


def test_texts_of_the_first_page_are_translated_where_there_are_any() -> None:
    keys = [source.key for source in settings(welcome={"name": "Our Voice", "for_whom": "A survey."}).sources]
    assert {"study:welcome/name", "study:welcome/for_whom"} <= set(keys)
    assert [source.key for source in settings().sources if "welcome" in source.key] == []


@pytest.mark.parametrize(
    ("welcome", "code", "key"),
    [
        ({"name": "N" * 41}, "STUDY_105", "name"),
        ({"name": "  "}, "STUDY_105", "name"),
        ({"name": 7}, "STUDY_104", "name"),
        ({"for_whom": "w" * 161}, "STUDY_105", "for_whom"),
        ({"heading": "Our Voice"}, "STUDY_103", "heading"),
    ],
)
def test_text_that_does_not_fit_the_first_page_is_said(welcome: dict[str, object], code: str, key: str) -> None:
    assert problems(welcome=welcome) == [(code, f"study.toml, welcome.{key}")]


@pytest.mark.parametrize(
    "address",
    [
        "example.org",
        "http://example.org/",
        "https://user@example.org/",
        "https://example.org:8443/",
        "https://example",
        "https://example.org/results?from=survey",
        "https://example.org/#results",
        "https://example.org/" + "a" * 81,
        "https://example.org/a b",
    ],
)
def test_address_that_is_none_or_tells_who_came_is_said(address: str) -> None:
    assert problems(after={"results_at": address}) == [("STUDY_105", "study.toml, after.results_at")]


@pytest.mark.parametrize("address", ["https://example.org", ADDRESS, f"http://{'a2' * 28}.onion/results"])
def test_plain_address_is_taken(address: str) -> None:
    assert settings(after={"results_at": address}).after.results_at == address


def test_results_come_after_the_last_day_of_withdrawing() -> None:
    coming_back = {"withdraw_until": date(2027, 12, 31)}
    early = {"results_by": date(2027, 12, 31)}
    assert problems(coming_back=coming_back, after=early) == [("STUDY_105", "study.toml, after.results_by")]
    assert settings(coming_back=coming_back, after={"results_by": date(2028, 1, 1)}).after.results_by is not None


def told(folder: Path, more: str, before: str = "") -> list[str]:
    study = make_study(folder, settings=before + SETTINGS + more)
    found = [problem for problem in check_study(study) if problem.code == "STUDY_366"]
    assert {problem.severity for problem in found} <= {Severity.WARNING}
    return [problem.place for problem in found]


@pytest.mark.parametrize(
    ("more", "places"),
    [
        ('[welcome]\nname = "Our Voice"\n[after]\nresults_at = "https://example.org/our-voice"\n', []),
        ('[welcome]\nname = "Survivors speak"\n', ["study.toml, welcome.name"]),
        ('[after]\nresults_at = "https://child-abuse.example.org"\n', ["study.toml, after.results_at"]),
        (
            '[welcome]\nfor_whom = "For people who lived through a flood, in Swansea."\n'
            '[after]\nresults_at = "https://example.org/swansea-results"\n',
            ["study.toml, after.results_at"],
        ),
    ],
)
def test_subject_where_others_see_it_is_a_warning(tmp_path: Path, more: str, places: list[str]) -> None:
    assert told(tmp_path, more) == places


def test_study_that_is_not_discreet_may_say_its_subject(tmp_path: Path) -> None:
    assert told(tmp_path, '[welcome]\nname = "Survivors speak"\n', before="discreet = false\n") == []
