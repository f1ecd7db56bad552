"""Countries and cells as a member sees them: what is open, contradicted, due, and waits for a second person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kuule.register.comparison.cells import RegisterCell, RegisterCellState
from kuule.workbench.register_desk.register_context import REGISTER_ROOT, RegisterContext


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell in a list. While it is coded blind, `hidden_by` names the round, and nothing else is told of it."""

    cell: RegisterCell
    hidden_by: str = ""
    waits_for_me: bool = False

    @property
    def address(self) -> str:
        if self.hidden_by:
            return f"{REGISTER_ROOT}rounds/{self.hidden_by}/{self.cell.country}/{self.cell.provision.id}"
        return f"{REGISTER_ROOT}{self.cell.country}/{self.cell.provision.id}"

    @property
    def is_open(self) -> bool:
        return not self.hidden_by and self.cell.state is RegisterCellState.OPEN

    @property
    def is_contradicted(self) -> bool:
        return not self.hidden_by and self.cell.state is RegisterCellState.CONTRADICTED

    @property
    def is_disputed(self) -> bool:
        """Whether somebody disagrees with a value, and nobody has decided."""
        return not self.hidden_by and any(one.is_disputed for one in (*self.cell.standing, *self.cell.others))

    @property
    def is_unconfirmed(self) -> bool:
        return not self.hidden_by and bool(self.cell.standing) and not self.cell.is_confirmed

    @property
    def is_due(self) -> bool:
        return not self.hidden_by and self.cell.is_due


FILTERS: Mapping[str, Callable[[CellRow], bool]] = {
    "all": lambda row: True,
    "open": lambda row: row.is_open,
    "contradicted": lambda row: row.is_contradicted or row.is_disputed,
    "confirm": lambda row: row.is_unconfirmed,
    "mine": lambda row: row.waits_for_me,
    "due": lambda row: row.is_due,
    "blind": lambda row: bool(row.hidden_by),
}
"""Which cells a list shows, by name."""


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country and how many of its cells each filter has."""

    code: str
    name: str
    counts: Mapping[str, int]

    @property
    def next_act(self) -> str:
        """What the member does next there: the filter that lists it, "" for nothing."""
        return next((name for name in _ACTS if self.counts[name]), "")

    def address(self, show: str = "all") -> str:
        """The address of the country's list."""
        return f"{REGISTER_ROOT}{self.code}" + (f"?show={show}" if show != "all" else "")


_ACTS = ("blind", "mine", "due", "open")
"""Filters whose cells have something for the member to do, the first thing first."""


def cell_rows(context: RegisterContext, country: str) -> tuple[CellRow, ...]:
    """The cells of a country. Raises Http404 for one that the register does not have."""
    return tuple(_row(context, cell) for cell in context.current.of_country(country))


def country_rows(context: RegisterContext) -> tuple[CountryRow, ...]:
    """The countries that the member may see."""
    rows = []
    for code, name in context.countries.items():
        counts: Counter[str] = Counter()
        for row in cell_rows(context, code):
            counts.update(wanted for wanted, is_in in FILTERS.items() if is_in(row))
        rows.append(CountryRow(code, name, {wanted: counts[wanted] for wanted in FILTERS}))
    return tuple(rows)


def _row(context: RegisterContext, cell: RegisterCell) -> CellRow:
    hidden_by = context.find_hiding_round(cell.country, cell.provision.id)
    waits = not hidden_by and any(context.who.may_confirm(cell, one) for one in cell.standing)
    return CellRow(cell, hidden_by, waits)
