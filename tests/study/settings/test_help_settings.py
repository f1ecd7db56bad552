"""`[help]`: its level and its waivers, read, refused, and written into an edition."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from kuule.core.problems import StudyError
from kuule.helplines.coverage import HelpWaiver
from kuule.helplines.service import GenderServed, ServiceKind
from kuule.study.settings.study_toml import HelpLevel, HelpSettings, settings_from_table, table_from_settings
from tests.study.small_study import HELP, SETTINGS

WAIVER = """
[help.waivers.SE.survivor]
gender = "men"
reason = "the only line for men closed in May"
by = "research lead"
on = 2026-11-20
"""


def read(text: str, file: str = "study.toml") -> HelpSettings:
    return settings_from_table(tomllib.loads(SETTINGS + text), file).help


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(StudyError) as refused:
        read(text)
    return [(problem.code, problem.place) for problem in refused.value.problems]


def test_full_help_is_demanded_where_nothing_else_is_said() -> None:
    assert read("") == HelpSettings()
    assert read("").level is HelpLevel.FULL


def test_waivers_are_read_and_survive_the_way_into_an_edition() -> None:
    waiver = HelpWaiver(
        "SE", ServiceKind.SURVIVOR, GenderServed.MEN, "the only line for men closed in May", "research lead",
        date(2026, 11, 20),
    )  # fmt: skip
    study = settings_from_table(tomllib.loads(SETTINGS + HELP + WAIVER))
    assert study.help.waivers == (waiver,)
    assert settings_from_table(table_from_settings(study), "study.json") == study
    both = read(HELP + WAIVER.replace('gender = "men"\n', ""))
    assert [one.gender for one in both.waivers] == [GenderServed.ANY]


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ('[help]\nlevel = "some"\n', "STUDY_105", "help.level"),
        ('[help]\nlevel = "any_country"\n', "STUDY_105", "help.level"),
        (WAIVER, "STUDY_105", "help.waivers.SE"),
        (HELP + WAIVER.replace("SE.survivor", "NO.survivor"), "STUDY_105", "help.waivers.NO"),
        (HELP + WAIVER.replace("SE.survivor", "SE.people"), "STUDY_105", "help.waivers.SE.people"),
        (HELP + WAIVER.replace('"men"', '""'), "STUDY_105", "help.waivers.SE.survivor.gender"),
        (HELP + WAIVER.replace('by = "research lead"\n', ""), "STUDY_102", "help.waivers.SE.survivor.by"),
        (HELP + WAIVER.replace("on = 2026-11-20\n", ""), "STUDY_102", "help.waivers.SE.survivor.on"),
        (HELP + WAIVER.replace("the only line for men closed in May", " "), "STUDY_105",
         "help.waivers.SE.survivor.reason"),
        (HELP + WAIVER + "until = 3\n", "STUDY_103", "help.waivers.SE.survivor.until"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_its_place(text: str, code: str, key: str) -> None:
    assert problems(text) == [(code, f"study.toml, {key}")]


def test_edition_from_before_there_were_levels_has_the_one_of_then() -> None:
    assert read("", "study.json").level is HelpLevel.ANY_COUNTRY
