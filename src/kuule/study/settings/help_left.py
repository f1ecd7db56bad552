"""What help is left once a service is hidden: who finds nobody now, and where else its number stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from kuule.helplines.contact_options import contact_options
from kuule.helplines.coverage_table import CoverageCell, coverage_cells
from kuule.helplines.directory import Directory
from kuule.helplines.service import INTERNATIONAL
from kuule.languages.cldr.numbers import ascii_digits
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.help_demand import help_demand, help_gaps
from kuule.study.settings.help_settings import HelpLevel
from kuule.study.settings.study_toml import Study


@dataclass(frozen=True, slots=True)
class LostService:
    """What a service was that is not shown any more. `kind`, `phone` and `languages` are empty if they are not
    known."""

    country: str
    kind: str
    phone: str
    languages: Collection[str]


@dataclass(frozen=True, slots=True)
class HelpLeft:
    """`open_cells`: for whom of its country no service of its kind is left that a person has checked lately, and
    nothing is waived. `languages` of the study that it spoke, and that no checked service speaks now. `same_number`:
    other services of its country that are in the directory and have one of its numbers."""

    open_cells: tuple[CoverageCell, ...]
    languages: tuple[str, ...]
    same_number: tuple[str, ...]


def help_left_without(lost: LostService, study: Study, support: Directory, *, today: date) -> HelpLeft:
    """What is left in `support`, the directory and the study's own services, which has the service no more. A study
    that demands no help lacks none."""
    kinds = SERVICES_BY_AUDIENCE[study.audience]
    shown = replace(support.of_kinds(kinds), months=study.help.checked_within_months)
    same = tuple(_same_number(lost, shown))
    if study.help.level is HelpLevel.NONE:
        return HelpLeft((), (), same)
    checked = shown.shown_services(drafts=False, today=today)
    demand = replace(help_demand(study), countries=(lost.country,))
    cells = () if lost.country == INTERNATIONAL else coverage_cells(shown.services, checked, demand)
    open_cells = tuple(cell for cell in cells if cell.is_open and lost.kind in ("", cell.kind))
    gaps = help_gaps(study, checked, tuple(study.languages))
    spoken = {tag.partition("-")[0] for tag in lost.languages}
    languages = tuple(
        gap.language
        for gap in gaps
        if gap.language and (lost.country == INTERNATIONAL or gap.language.partition("-")[0] in spoken)
    )
    return HelpLeft(open_cells, languages, same)


def _same_number(lost: LostService, support: Directory) -> Iterable[str]:
    numbers = _numbers(lost.phone)
    for service in support.services:
        if service.country == lost.country and numbers & _numbers(service.phone):
            yield service.name


def _numbers(phone: str) -> frozenset[str]:
    """The digits of each number, however it is written."""
    digits = ("".join(sign for sign in ascii_digits(one.number) if sign.isdigit()) for one in contact_options(phone))
    return frozenset(filter(None, digits))
