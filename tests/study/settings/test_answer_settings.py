"""[answers]: which kinds of contacts a study takes out, and what offenders' answers always lose."""

from __future__ import annotations

import tomllib

import pytest

from kuule.core.problems import StudyError
from kuule.redaction.stripped_kinds import StrippedKind
from kuule.study.settings.study_toml import settings_from_table, table_from_settings
from tests.study.small_study import SETTINGS


def table(strip: str = "", audience: str = "survivors") -> dict[str, object]:
    settings = SETTINGS.replace("[answers]", f"[answers]\n{strip}").replace('"survivors"', f'"{audience}"')
    return tomllib.loads(settings)


def test_study_that_strips_nothing_freezes_to_the_settings_that_it_had() -> None:
    for audience in ("survivors", "public", "offenders"):
        answers = table_from_settings(settings_from_table(table(audience=audience)))["answers"]
        assert isinstance(answers, dict)
        assert "strip" not in answers


def test_kinds_are_read_and_read_back() -> None:
    study = settings_from_table(table('strip = ["mail", "links"]'))
    assert study.stripped_kinds == (StrippedKind.MAIL, StrippedKind.LINKS)
    assert settings_from_table(table_from_settings(study)) == study


@pytest.mark.parametrize(("audience", "kinds"), [("survivors", ()), ("public", ()), ("offenders", tuple(StrippedKind))])
def test_without_the_setting_everything_goes_for_offenders_and_nothing_for_others(
    audience: str, kinds: tuple[StrippedKind, ...]
) -> None:
    assert settings_from_table(table(audience=audience)).stripped_kinds == kinds


@pytest.mark.parametrize(
    ("strip", "audience", "remedy"),
    [
        ('strip = ["link"]', "public", "did you mean 'links'?"),
        ('strip = ["zzzzzz"]', "public", "name some of links, mail, handles, codes, sites"),
        (
            'strip = ["links"]',
            "offenders",
            "leave it out: from answers to a study of offenders everything is taken out",
        ),
    ],
)
def test_what_cannot_be_stripped_is_said(strip: str, audience: str, remedy: str) -> None:
    with pytest.raises(StudyError) as raised:
        settings_from_table(table(strip, audience))
    (problem,) = raised.value.problems
    assert (problem.code, problem.place, problem.remedy) == ("STUDY_105", "study.toml, answers.strip", remedy)
