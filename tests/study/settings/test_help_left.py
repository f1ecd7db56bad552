"""What is left once a service is hidden: by kind and gender, by language, and where its number stands once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.helplines.coverage import HelpWaiver
from kuule.helplines.directory import Directory, Service, ServiceKind
from kuule.helplines.service import GenderServed
from kuule.study.settings.help_left import LostService, help_left_without
from kuule.study.settings.help_settings import HelpLevel
from kuule.study.settings.study_toml import Study, read_settings
from tests.study.small_study import make_study

TODAY = date(2026, 11, 24)
LOST = LostService("FI", "violence", "080 005 005; SMS 050 1", ("fi", "sv"))


def service(name: str, **given: object) -> Service:
    said = {"kind": ServiceKind.VIOLENCE, "phone": "1", "gender": GenderServed.ANY, "languages": ("fi", "sv")}
    checked = {"checked_by": "lead", "checked_on": date(2026, 11, 1)}
    return Service(**{"country": "FI", "name": name, **said, **checked, **given})  # type: ignore[arg-type]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    settings = read_settings(make_study(tmp_path / "study"))
    return replace(settings, help=replace(settings.help, level=HelpLevel.FULL, countries=("FI",)))


def open_for(study: Study, *services: Service, lost: LostService = LOST) -> list[tuple[str, str]]:
    left = help_left_without(lost, study, Directory(services), today=TODAY)
    return [(str(cell.kind), str(cell.gender)) for cell in left.open_cells]


def test_kind_that_is_lost_is_open_for_whom_nobody_else_takes(study: Study) -> None:
    for_women = service("For women", gender=GenderServed.WOMEN)
    assert open_for(study) == [("violence", "women"), ("violence", "men")]
    assert open_for(study, for_women) == [("violence", "men")]
    assert open_for(study, for_women, service("Old", checked_on=date(2024, 1, 1))) == [("violence", "men")]
    assert open_for(study, service("For all")) == []
    assert open_for(study, service("Elsewhere", country="SE")) == [("violence", "women"), ("violence", "men")]


def test_what_is_waived_or_not_demanded_is_not_open(study: Study) -> None:
    waiver = HelpWaiver("FI", ServiceKind.VIOLENCE, GenderServed.MEN, "closed", "lead", date(2026, 11, 1))
    waived = replace(study, help=replace(study.help, waivers=(waiver,)))
    assert open_for(waived) == [("violence", "women")]
    assert open_for(replace(study, help=replace(study.help, level=HelpLevel.NONE))) == []
    assert open_for(study, lost=replace(LOST, kind="perpetrator_prevention")) == []


def test_country_of_the_service_is_reckoned_wherever_the_study_is_spread(study: Study) -> None:
    assert open_for(study, lost=replace(LOST, country="NO")) == [("violence", "women"), ("violence", "men")]
    assert open_for(study, lost=replace(LOST, country="ZZ")) == []


def test_language_is_lost_where_no_checked_service_speaks_it(study: Study) -> None:
    tag = "sv"
    assert set(study.languages) == {"ar", "en", "sv"}
    lost = replace(LOST, languages=(f"{tag}-FI",))
    other = service("Other", languages=("en",))
    assert help_left_without(lost, study, Directory((other,)), today=TODAY).languages == (tag,)
    finnish = replace(LOST, languages=("fi",))
    assert help_left_without(finnish, study, Directory((other,)), today=TODAY).languages == ()
    speaks = service("Speaks it", languages=(tag,))
    assert help_left_without(lost, study, Directory((other, speaks)), today=TODAY).languages == ()
    everywhere = replace(LOST, country="ZZ", languages=())
    assert set(help_left_without(everywhere, study, Directory((other,)), today=TODAY).languages) == {"ar", "sv"}


def test_number_that_stands_at_another_service_of_the_country_is_said(study: Study) -> None:
    rows = (
        service("Same", phone="SMS 080005005"),
        service("Elsewhere", phone="080 005 005", country="SE"),
        service("Longer", phone="080 005 0055"),
        service("For others", phone="080 005 005", kind=ServiceKind.PERPETRATOR_PREVENTION),
    )
    left = help_left_without(LOST, study, Directory(rows), today=TODAY)
    shown = {"Same"} if study.audience.value == "survivors" else {"Same", "For others"}
    assert set(left.same_number) == shown
    assert help_left_without(replace(LOST, phone=""), study, Directory(rows), today=TODAY).same_number == ()
