"""Which services exist and which are missing, by country, kind and gender, for partners who look for services and check
them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from kuule.helplines.coverage import HelpDemand, HelpWaiver, counts_as
from kuule.helplines.service import (
    BOTH_GENDERS,
    NEVER_SHOWN_UNCHECKED,
    GenderServed,
    Service,
    ServiceKind,
)


class CellState(StrEnum):
    """How well one gender is served by one kind of service in one country. The best service counts."""

    CHECKED = "checked"
    UNCHECKED = "unchecked"
    LEAD = "lead"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """`services` are those that have the state; `unsaid` are services of the country and kind that do not say whom they
    take. `waiver` is that of the study, if it has one."""

    country: str
    kind: ServiceKind
    gender: GenderServed
    state: CellState
    services: tuple[Service, ...] = ()
    unsaid: tuple[Service, ...] = ()
    waiver: HelpWaiver | None = None

    @property
    def is_open(self) -> bool:
        """Whether this keeps a study from asking people."""
        return self.state is not CellState.CHECKED and self.waiver is None


@dataclass(frozen=True, slots=True)
class Lead:
    """A service of which only the name was found, without a number or an address."""

    country: str
    name: str
    kind: ServiceKind
    gender: GenderServed
    source: str
    note: str


def coverage_cells(
    services: Iterable[Service], checked: Iterable[Service], demand: HelpDemand
) -> tuple[CoverageCell, ...]:
    """A cell for each country, kind and gender that a study demands. `checked` are those of `services` whose check is
    valid today."""
    found, valid = tuple(services), frozenset(checked)
    return tuple(
        _cell([one for one in found if one.country == country and counts_as(one, kind)], valid, demand, place)
        for country in demand.countries
        for kind in demand.kinds
        for gender in BOTH_GENDERS
        for place in [(country, kind, gender)]
    )


def _cell(
    services: Sequence[Service],
    checked: frozenset[Service],
    demand: HelpDemand,
    place: tuple[str, ServiceKind, GenderServed],
) -> CoverageCell:
    country, kind, gender = place
    by_state: dict[CellState, list[Service]] = {}
    for service in services:
        if gender in service.genders_served:
            by_state.setdefault(_state(service, checked), []).append(service)
    state = next((one for one in CellState if one in by_state), CellState.MISSING)
    unsaid = tuple(service for service in services if not service.genders_served)
    waiver = demand.waiver_for(country, kind, gender)
    return CoverageCell(country, kind, gender, state, tuple(by_state.get(state, ())), unsaid, waiver)


def _state(service: Service, checked: frozenset[Service]) -> CellState:
    if service in checked:
        return CellState.CHECKED
    return CellState.LEAD if service.trust in NEVER_SHOWN_UNCHECKED else CellState.UNCHECKED


@lru_cache(maxsize=1)
def names_to_look_up() -> tuple[Lead, ...]:
    """Services of which only a name is known: `to_look_up.csv`."""
    text = resources.files("kuule.helplines").joinpath("to_look_up.csv").read_text("utf-8")
    return tuple(
        Lead(
            row["country"],
            row["name"],
            ServiceKind(row["kind"]),
            GenderServed(row["gender"]),
            row["source"],
            row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )
