"""What help is missing for a study, or in the built-in directory, by country, kind and gender: a table for partners."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.helplines.coverage import HelpDemand
from kuule.helplines.coverage_table import CellState, CoverageCell, Lead, coverage_cells, names_to_look_up
from kuule.helplines.directory import INTERNATIONAL, built_in_directory
from kuule.helplines.service import BOTH_GENDERS, GenderServed, ServiceKind
from kuule.study.settings.help_demand import help_demand
from kuule.study.settings.help_left import HelpLeft
from kuule.study.settings.help_settings import HelpLevel
from kuule.usecases.authoring.list_helplines import study_services

CSV_COLUMNS = ("country", "kind", "gender", "state", "services", "not_said_for_whom", "waived")
_KINDS = (
    ServiceKind.SURVIVOR,
    ServiceKind.VICTIM,
    ServiceKind.VIOLENCE,
    ServiceKind.CRISIS,
    ServiceKind.CHILD,
)
_WIDTH = 11
_LETTERS = {GenderServed.WOMEN: "w", GenderServed.MEN: "m"}


@dataclass(frozen=True, slots=True)
class HelpGaps:
    """The cells of a table, and names that may help to fill them. `demanded`: whether a study asks for them to be
    filled."""

    cells: tuple[CoverageCell, ...]
    leads: tuple[Lead, ...]
    kinds: tuple[ServiceKind, ...]
    demanded: bool

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell.country for cell in self.cells))

    @property
    def open_cells(self) -> tuple[CoverageCell, ...]:
        return tuple(cell for cell in self.cells if cell.is_open)


def list_help_gaps(study: Path | None, *, countries: Sequence[str] = (), today: date) -> HelpGaps:
    """The gaps of a study in the countries that it names, or in `countries`; without a study those of the built-in
    directory in all of its countries. Raises StudyError if the folder cannot be read."""
    demanded = False
    if study is None:
        directory, demand = built_in_directory(), HelpDemand((), _KINDS)
    else:
        settings, directory = study_services(study)
        demand, demanded = help_demand(settings), settings.help.level is not HelpLevel.NONE
    everywhere = sorted({one.country for one in directory.services} - {INTERNATIONAL})
    wanted = tuple(countries) or tuple(demand.countries) or tuple(everywhere)
    demand = HelpDemand(wanted, demand.kinds, (), demand.waivers)
    checked = directory.shown_services(drafts=False, today=today)
    leads = tuple(one for one in names_to_look_up() if one.country in wanted and one.kind in demand.kinds)
    return HelpGaps(coverage_cells(directory.services, checked, demand), leads, tuple(demand.kinds), demanded)


def gaps_of_help_left(left: HelpLeft, country: str) -> HelpGaps:
    """What is missing in a country since a service is hidden, of its kind."""
    kinds = tuple(dict.fromkeys(cell.kind for cell in left.open_cells))
    leads = tuple(one for one in names_to_look_up() if one.country == country and one.kind in kinds)
    return HelpGaps(left.open_cells, leads, kinds, demanded=True)


def gaps_as_lines(gaps: HelpGaps) -> Iterator[str]:
    """The table as text, in lines of less than 80 characters: a row for each country, a column for each kind."""
    yield "country" + "".join(f"  {_short(kind):<{_WIDTH}}" for kind in gaps.kinds).rstrip()
    for country in gaps.countries:
        row = [cell for cell in gaps.cells if cell.country == country]
        cells = [_cell_text([cell for cell in row if cell.kind is kind]) for kind in gaps.kinds]
        yield f"{country:<7}" + "".join(f"  {text:<{_WIDTH}}" for text in cells).rstrip()


def _short(kind: ServiceKind) -> str:
    return "prevention" if kind is ServiceKind.PERPETRATOR_PREVENTION else str(kind)


def _cell_text(cells: Sequence[CoverageCell]) -> str:
    """ "checked", "unchecked w" (women only), "m lead", "waived", "?" (it is not known for whom) or "-"."""
    said = {
        cell.gender: "waived" if cell.waiver and cell.state is not CellState.CHECKED else str(cell.state)
        for cell in cells
    }
    if len(set(said.values())) == 1:
        only = said[BOTH_GENDERS[0]]
        unsaid = any(cell.unsaid for cell in cells)
        return ("?" if unsaid else "-") if only == CellState.MISSING else only
    best = min(said.values(), key=_rank)
    whom = "".join(_LETTERS[gender] for gender, state in said.items() if state == best)
    return f"{best} {whom}"


def _rank(state: str) -> int:
    order = [CellState.CHECKED, "waived", *list(CellState)[1:]]
    return order.index(state)


def gaps_as_csv(gaps: HelpGaps) -> str:
    """The cells as CSV: a row for each country, kind and gender, and one for each name to look up."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for cell in gaps.cells:
        waived = f"{cell.waiver.by}, {cell.waiver.on}: {cell.waiver.reason}" if cell.waiver else ""
        names, unsaid = ("; ".join(one.name for one in some) for some in (cell.services, cell.unsaid))
        writer.writerow((cell.country, cell.kind, cell.gender, cell.state, names, unsaid, waived))
    for lead in gaps.leads:
        writer.writerow((lead.country, lead.kind, lead.gender, "look up", lead.name, "", ""))
    return text.getvalue()


def missing_in_words(gaps: HelpGaps) -> Iterator[str]:
    """What keeps a study from asking, a line for each country, with the names that are worth looking up."""
    for country in gaps.countries:
        kinds: dict[ServiceKind, list[GenderServed]] = {}
        for cell in gaps.open_cells:
            if cell.country == country:
                kinds.setdefault(cell.kind, []).append(cell.gender)
        if kinds:
            said = [
                str(kind) if len(who) == len(BOTH_GENDERS) else f"{kind} for {who[0]}" for kind, who in kinds.items()
            ]
            yield f"{country}: not checked: {', '.join(said)}"
        names = [lead.name for lead in gaps.leads if lead.country == country and lead.kind in kinds]
        if names:
            yield f"  look up: {'; '.join(names)}"
