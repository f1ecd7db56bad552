"""One crossing compared within strata, and that put together: small strata count too, each as much as it says."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.analysis.chance import pooled
from kuule.analysis.chance.comparing import NO_REFERENCE, NOT_TWO, ORDERED, reference_of, row, tested, values_of
from kuule.analysis.chance.crossing import Cell, Crossing
from kuule.analysis.chance.describing import FEWEST, TOO_FEW, place_in
from kuule.analysis.chance.distributions import Test
from kuule.analysis.chance.findings import POOLED, Difference, Tested
from kuule.analysis.chance.pooled import Pair
from kuule.analysis.chance.ranks import van_elteren
from kuule.analysis.chance.subjects import Kind

_MEASURES = {
    "difference": pooled.pooled_difference,
    "risk_ratio": pooled.pooled_risk_ratio,
    "odds_ratio": pooled.pooled_odds_ratio,
}


def pooled_differences(crossing: Crossing) -> Iterator[Difference]:
    """Each group beside the reference within every stratum that has people of both."""
    able, place = _in_strata(crossing), place_in(crossing, POOLED)
    code = reference_of(crossing, able)
    for group in crossing.groups:
        if group == (code or crossing.question.against):
            continue
        if code is None or group not in able:
            note = TOO_FEW if group not in able else NO_REFERENCE
            yield Difference(place, group, code or crossing.question.against, "", "none", None, None, None, note)
            continue
        for answer in crossing.question.subject.codes:
            pairs = _pairs(crossing, group, code, answer)
            for measure, pool in _MEASURES.items():
                yield row(place, group, code, answer, measure, pool(pairs))


def pooled_tests(crossing: Crossing) -> Iterator[Tested]:
    """Within strata: Cochran-Mantel-Haenszel over all groups, of several answers for each; for scales and numbers van
    Elteren's test of each group and the reference."""
    able, place, subject = _in_strata(crossing), place_in(crossing, POOLED), crossing.question.subject
    compared = _compared(crossing, able)
    if len(able) < 2:
        yield tested(place, "", able, Test("none", note=NOT_TWO))
    elif subject.kind in ORDERED:
        yield from _ranked(crossing, able)
    elif subject.kind is Kind.SEVERAL:
        for answer in subject.codes:
            tables = [
                [[cell.counts.get(answer, 0), cell.base - cell.counts.get(answer, 0)] for cell in stratum]
                for stratum in _strata(crossing, able)
            ]
            yield tested(place, answer, compared, pooled.cochran_mantel_haenszel(tables))
    else:
        tables = [
            [[cell.counts.get(code, 0) for code in subject.codes] for cell in stratum]
            for stratum in _strata(crossing, able)
        ]
        yield tested(place, "", compared, pooled.cochran_mantel_haenszel(tables))


def _ranked(crossing: Crossing, able: dict[str, Cell]) -> Iterator[Tested]:
    place, code = place_in(crossing, POOLED), reference_of(crossing, able)
    if code is None:
        yield tested(place, "", able, Test("none", note=NO_REFERENCE))
        return
    for group in able:
        if group != code:
            both = {group: able[group], code: able[code]}
            cells = [cells for cells in _strata(crossing, both) if all(cell.base for cell in cells)]
            strata = [(values_of(crossing, one), values_of(crossing, two)) for one, two in cells]
            test = van_elteren(strata) if strata else Test("van Elteren", note=pooled.NOTHING)
            yield tested(place, "", _compared(crossing, both), test)


def _in_strata(crossing: Crossing) -> dict[str, Cell]:
    """The groups with people enough in all strata together; a base is of those who stand in one."""
    bases = {
        group: sum(crossing.cells[stratum, group].base for stratum in crossing.strata) for group in crossing.groups
    }
    return {group: Cell(base) for group, base in bases.items() if base >= FEWEST}


def _compared(crossing: Crossing, groups: dict[str, Cell]) -> dict[str, Cell]:
    """The people of groups who stand beside someone of another: a stratum of one group says nothing."""
    strata = [cells for cells in _strata(crossing, groups) if sum(cell.base > 0 for cell in cells) > 1]
    return {group: Cell(sum(cells[place].base for cells in strata)) for place, group in enumerate(groups)}


def _strata(crossing: Crossing, groups: dict[str, Cell]) -> list[list[Cell]]:
    return [[crossing.cells[stratum, group] for group in groups] for stratum in crossing.strata]


def _pairs(crossing: Crossing, group: str, against: str, answer: str) -> list[Pair]:
    pairs = []
    for stratum in crossing.strata:
        one, two = crossing.cells[stratum, group], crossing.cells[stratum, against]
        if one.base and two.base:
            pairs.append(Pair(one.counts.get(answer, 0), one.base, two.counts.get(answer, 0), two.base))
    return pairs
