"""One crossing compared: each group beside the one it is held against, tests over all, within strata and pooled.

Several answers of one person are taken one at a time: given or not given, out of the item's base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kuule.analysis.chance import ranks, shares
from kuule.analysis.chance.crossing import Cell, Crossing
from kuule.analysis.chance.describing import FEWEST, TOO_FEW, place_in
from kuule.analysis.chance.distributions import Estimate, Test
from kuule.analysis.chance.findings import EVERYONE, Difference, Place, Tested
from kuule.analysis.chance.independence import independence
from kuule.analysis.chance.middle import quartiles
from kuule.analysis.chance.subjects import Kind

NOT_TWO = f"too few: not two groups with {FEWEST} answers or more"
NO_REFERENCE = f"too few: the group to compare with has fewer than {FEWEST} answers"
ORDERED = frozenset({Kind.SCALE, Kind.NUMBERS})
_RATIOS = {
    "difference": shares.difference,
    "risk_ratio": shares.risk_ratio,
    "odds_ratio": shares.odds_ratio,
    "cohens_h": shares.cohens_h,
}


class Group(NamedTuple):
    code: str
    cell: Cell


def values_of(crossing: Crossing, cell: Cell) -> Mapping[float, int]:
    """Numbers, or of a scale the places of its answers."""
    if crossing.question.subject.kind is Kind.NUMBERS:
        return cell.values
    codes = crossing.question.subject.codes
    return {place: cell.counts[code] for place, code in enumerate(codes) if cell.counts.get(code)}


def large_enough(crossing: Crossing, stratum: str) -> dict[str, Cell]:
    """The groups on which something can be said, in their order."""
    cells = {group: crossing.cells[stratum, group] for group in crossing.groups}
    return {group: cell for group, cell in cells.items() if cell.base >= FEWEST}


def reference_of(crossing: Crossing, able: Mapping[str, Cell]) -> str | None:
    """The code of the group that the others are compared with; None where it is too small."""
    wanted = crossing.question.against
    if wanted:
        return wanted if wanted in able else None
    return next(iter(able), None)


def differences(crossing: Crossing, stratum: str) -> Iterator[Difference]:
    """Each group beside the reference, without any pooling."""
    able, place = large_enough(crossing, stratum), place_in(crossing, stratum)
    code = reference_of(crossing, able)
    others = [group for group in crossing.groups if group != (code or crossing.question.against)]
    for group in others:
        if code is None or group not in able:
            note = TOO_FEW if group not in able else NO_REFERENCE
            against = code or crossing.question.against
            yield Difference(place, group, against, "", "none", None, None, None, note)
        else:
            yield from _pair(crossing, place, Group(group, able[group]), Group(code, able[code]))


def _pair(crossing: Crossing, place: Place, one: Group, two: Group) -> Iterator[Difference]:
    subject = crossing.question.subject
    if subject.kind in ORDERED:
        values = values_of(crossing, one.cell), values_of(crossing, two.cell)
        yield row(place, one.code, two.code, "", "superiority", ranks.superiority(*values))
        yield row(place, one.code, two.code, "", "cliffs_delta", ranks.cliffs_delta(*values))
        if subject.kind is Kind.NUMBERS:
            medians = [quartiles(each)[1] for each in values]
            yield row(place, one.code, two.code, "", "median_difference", Estimate(medians[0] - medians[1]))
    for answer in subject.codes:
        four = one.cell.counts.get(answer, 0), one.cell.base, two.cell.counts.get(answer, 0), two.cell.base
        for measure, compare in _RATIOS.items():
            yield row(place, one.code, two.code, answer, measure, compare(*four))


def row(place: Place, group: str, against: str, answer: str, measure: str, found: Estimate) -> Difference:
    """An estimate as a row."""
    return Difference(place, group, against, answer, measure, found.value, found.low, found.high, found.note)


def tests(crossing: Crossing, stratum: str) -> Iterator[Tested]:
    """One test over all groups; of several answers, one for each."""
    able, place, subject = large_enough(crossing, stratum), place_in(crossing, stratum), crossing.question.subject
    if len(able) < 2:
        yield tested(place, "", able, Test("none", note=NOT_TWO))
    elif subject.kind in ORDERED:
        yield _ranked(crossing, place, able)
    elif subject.kind is Kind.SEVERAL:
        for answer in subject.codes:
            said = [[cell.counts.get(answer, 0), cell.base - cell.counts.get(answer, 0)] for cell in able.values()]
            yield tested(place, answer, able, independence(said))
    else:
        table = [[cell.counts.get(code, 0) for code in subject.codes] for cell in able.values()]
        yield tested(place, "", able, independence(table))


def _ranked(crossing: Crossing, place: Place, able: Mapping[str, Cell]) -> Tested:
    """Of two groups, the reference stands second, as in the differences."""
    code = reference_of(crossing, able) or next(iter(able))
    if len(able) > 2:
        return tested(place, "", able, ranks.kruskal_wallis([values_of(crossing, cell) for cell in able.values()]))
    [other] = [group for group in able if group != code]
    both = {group: able[group] for group in (other, code)}
    return tested(place, "", both, ranks.mann_whitney(*(values_of(crossing, cell) for cell in both.values())))


def tested(place: Place, answer: str, groups: Mapping[str, Cell], test: Test) -> Tested:
    """A test as a row, not yet corrected for the others. `groups` in the order in which the test compares them."""
    return Tested(
        place,
        answer,
        test.name,
        " ".join(groups) if place.by else EVERYONE,
        sum(cell.base for cell in groups.values()),
        test.statistic,
        test.df,
        test.p,
        None,
        None,
        test.effect_name,
        test.effect,
        test.corrected,
        " over ".join(groups) if test.signed else "",
        test.note,
    )
