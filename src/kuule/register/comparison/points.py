"""Points: how many standards a country meets on one provision, as a sum that everybody can do again.

There is no sum over provisions, and so no table of countries: what was not read would count against a country that
nobody looked at.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kuule.register.comparison.answer_tests import StandardOutcome
from kuule.register.comparison.cells import RegisterCell
from kuule.register.comparison.standards_met import StandardResult, standard_results
from kuule.register.data_model.provisions import Points
from kuule.register.data_model.whole_register import Register

_KNOWN = (StandardOutcome.MET, StandardOutcome.PARTLY, StandardOutcome.MISSED)


@dataclass(frozen=True, slots=True)
class CellPoints:
    """The points of a cell: of how many that can be had for the standards on which something is known.

    `untested` are the standards that only a person can compare; they count nowhere.
    """

    worth: Points
    met: int
    partly: int
    missed: int
    unknown: int
    untested: int

    @property
    def known(self) -> int:
        """The standards of which it is known whether they are met."""
        return self.met + self.partly + self.missed

    @property
    def points(self) -> int:
        """The points, for standards met and met in part."""
        return self.met * self.worth.met + self.partly * self.worth.partly

    @property
    def most(self) -> int:
        """The points that there would be if each of the known standards were met."""
        return self.known * self.worth.met

    @property
    def calculation(self) -> str:
        """The sum as it is done: `2 met x 2 + 1 in part x 1 = 5 of 6`."""
        if not self.known:
            return "nothing is known, so nothing is counted"
        parts = [f"{self.met} met x {self.worth.met}"]
        if self.worth.partly or self.partly:
            parts.append(f"{self.partly} in part x {self.worth.partly}")
        return f"{' + '.join(parts)} = {self.points} of {self.most}"

    @property
    def sentence(self) -> str:
        """`3 of 5 known standards met, 1 in part, 2 unknown`."""
        said = [f"{self.met} of {self.known} known standards met"]
        said += [f"{self.partly} in part"] * bool(self.partly)
        said += [f"{self.unknown} unknown"] * bool(self.unknown)
        said += [f"{self.untested} compared by people only"] * bool(self.untested)
        return ", ".join(said)


def cell_points(register: Register, cell: RegisterCell) -> CellPoints | None:
    """The points of a cell; None where its provision counts none."""
    if cell.provision.points is None:
        return None
    return points_of(cell.provision.points, standard_results(register, cell))


def points_of(worth: Points, results: tuple[StandardResult, ...]) -> CellPoints:
    """The points that results are worth."""
    count = Counter(result.outcome for result in results)
    counted = (count[one] for one in (*_KNOWN, StandardOutcome.UNKNOWN, StandardOutcome.NOT_TESTED))
    return CellPoints(worth, *counted)
