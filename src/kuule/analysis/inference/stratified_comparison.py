"""The groups of one table compared within strata, and the comparisons pooled. Small strata count by their weight."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.analysis.inference.analysis_variables import VariableKind
from kuule.analysis.inference.contingency_tables import ContingencyTable, GroupCounts
from kuule.analysis.inference.descriptives import SMALLEST_TESTED_BASE, TOO_FEW, finding_place
from kuule.analysis.inference.findings import POOLED, DifferenceRow, SignificanceRow
from kuule.analysis.inference.group_comparison import (
    NO_REFERENCE,
    RANKED_KINDS,
    TOO_FEW_GROUPS,
    difference_row,
    reference_group,
    significance_row,
    value_counts,
)
from kuule.analysis.inference.stats import mantel_haenszel
from kuule.analysis.inference.stats.distributions import SignificanceTest
from kuule.analysis.inference.stats.mantel_haenszel import StratumPair
from kuule.analysis.inference.stats.rank_tests import van_elteren

_MEASURES = {
    "difference": mantel_haenszel.pooled_risk_difference,
    "risk_ratio": mantel_haenszel.pooled_risk_ratio,
    "odds_ratio": mantel_haenszel.pooled_odds_ratio,
}


def pooled_difference_rows(crossing: ContingencyTable) -> Iterator[DifferenceRow]:
    """Each group compared with the reference group within every stratum that has people of both."""
    able, place = _in_strata(crossing), finding_place(crossing, POOLED)
    code = reference_group(crossing, able)
    for group in crossing.groups:
        if group == (code or crossing.request.reference):
            continue
        if code is None or group not in able:
            note = TOO_FEW if group not in able else NO_REFERENCE
            yield DifferenceRow(place, group, code or crossing.request.reference, "", "none", None, None, None, note)
            continue
        for answer in crossing.request.variable.codes:
            pairs = _pairs(crossing, group, code, answer)
            for measure, pool in _MEASURES.items():
                yield difference_row(place, group, code, answer, measure, pool(pairs))


def pooled_significance_rows(crossing: ContingencyTable) -> Iterator[SignificanceRow]:
    """Tests within strata: Cochran-Mantel-Haenszel over all groups, once for each answer if a person can give several;
    for scales and numbers, van Elteren's test of each group against the reference group."""
    able, place, subject = _in_strata(crossing), finding_place(crossing, POOLED), crossing.request.variable
    compared = _compared(crossing, able)
    if len(able) < 2:
        yield significance_row(place, "", able, SignificanceTest("none", note=TOO_FEW_GROUPS))
    elif subject.kind in RANKED_KINDS:
        yield from _rank_test_rows(crossing, able)
    elif subject.kind is VariableKind.MULTIPLE_RESPONSE:
        for answer in subject.codes:
            tables = [
                [[cell.counts.get(answer, 0), cell.base - cell.counts.get(answer, 0)] for cell in stratum]
                for stratum in _strata(crossing, able)
            ]
            yield significance_row(place, answer, compared, mantel_haenszel.cochran_mantel_haenszel_test(tables))
    else:
        tables = [
            [[cell.counts.get(code, 0) for code in subject.codes] for cell in stratum]
            for stratum in _strata(crossing, able)
        ]
        yield significance_row(place, "", compared, mantel_haenszel.cochran_mantel_haenszel_test(tables))


def _rank_test_rows(crossing: ContingencyTable, able: dict[str, GroupCounts]) -> Iterator[SignificanceRow]:
    place, code = finding_place(crossing, POOLED), reference_group(crossing, able)
    if code is None:
        yield significance_row(place, "", able, SignificanceTest("none", note=NO_REFERENCE))
        return
    for group in able:
        if group != code:
            both = {group: able[group], code: able[code]}
            cells = [cells for cells in _strata(crossing, both) if all(cell.base for cell in cells)]
            strata = [(value_counts(crossing, one), value_counts(crossing, two)) for one, two in cells]
            test = (
                van_elteren(strata)
                if strata
                else SignificanceTest("van Elteren", note=mantel_haenszel.NO_COMPARABLE_STRATUM)
            )
            yield significance_row(place, "", _compared(crossing, both), test)


def _in_strata(crossing: ContingencyTable) -> dict[str, GroupCounts]:
    """The groups that have enough people in all strata together. A base counts only people who are in a stratum."""
    bases = {
        group: sum(crossing.cells[stratum, group].base for stratum in crossing.strata) for group in crossing.groups
    }
    return {group: GroupCounts(base) for group, base in bases.items() if base >= SMALLEST_TESTED_BASE}


def _compared(crossing: ContingencyTable, groups: dict[str, GroupCounts]) -> dict[str, GroupCounts]:
    """The number of people of each group in strata that also have people of another group. A stratum with only one
    group shows nothing."""
    strata = [cells for cells in _strata(crossing, groups) if sum(cell.base > 0 for cell in cells) > 1]
    return {group: GroupCounts(sum(cells[place].base for cells in strata)) for place, group in enumerate(groups)}


def _strata(crossing: ContingencyTable, groups: dict[str, GroupCounts]) -> list[list[GroupCounts]]:
    return [[crossing.cells[stratum, group] for group in groups] for stratum in crossing.strata]


def _pairs(crossing: ContingencyTable, group: str, against: str, answer: str) -> list[StratumPair]:
    pairs = []
    for stratum in crossing.strata:
        one, two = crossing.cells[stratum, group], crossing.cells[stratum, against]
        if one.base and two.base:
            pairs.append(StratumPair(one.counts.get(answer, 0), one.base, two.counts.get(answer, 0), two.base))
    return pairs
