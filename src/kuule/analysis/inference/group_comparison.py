"""The groups of one table compared: each with the reference group, and all of them in a test, in one stratum.

If a person can give several answers, each is treated on its own: given or not given, out of the base of the item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kuule.analysis.inference.analysis_variables import VariableKind
from kuule.analysis.inference.contingency_tables import ContingencyTable, GroupCounts
from kuule.analysis.inference.descriptives import SMALLEST_TESTED_BASE, TOO_FEW, finding_place
from kuule.analysis.inference.findings import EVERYONE, DifferenceRow, FindingPlace, SignificanceRow
from kuule.analysis.inference.stats import proportions, rank_tests
from kuule.analysis.inference.stats.distributions import Estimate, SignificanceTest
from kuule.analysis.inference.stats.independence import independence_test
from kuule.analysis.inference.stats.quantiles import quartiles

TOO_FEW_GROUPS = f"too few: not two groups with {SMALLEST_TESTED_BASE} answers or more"
NO_REFERENCE = f"too few: the group to compare with has fewer than {SMALLEST_TESTED_BASE} answers"
RANKED_KINDS = frozenset({VariableKind.ORDINAL, VariableKind.NUMERIC})
_SHARE_MEASURES = {
    "difference": proportions.newcombe_difference,
    "risk_ratio": proportions.risk_ratio,
    "odds_ratio": proportions.odds_ratio,
    "cohens_h": proportions.cohens_h,
}


class ComparedGroup(NamedTuple):
    code: str
    cell: GroupCounts


def value_counts(crossing: ContingencyTable, cell: GroupCounts) -> Mapping[float, int]:
    """How often each value was given: the numbers themselves or, for a scale, the positions of its answers."""
    if crossing.request.variable.kind is VariableKind.NUMERIC:
        return cell.values
    codes = crossing.request.variable.codes
    return {place: cell.counts[code] for place, code in enumerate(codes) if cell.counts.get(code)}


def testable_groups(crossing: ContingencyTable, stratum: str) -> dict[str, GroupCounts]:
    """The groups whose base is large enough, in their order."""
    cells = {group: crossing.cells[stratum, group] for group in crossing.groups}
    return {group: cell for group, cell in cells.items() if cell.base >= SMALLEST_TESTED_BASE}


def reference_group(crossing: ContingencyTable, able: Mapping[str, GroupCounts]) -> str | None:
    """The code of the group with which the others are compared; None if it is too small."""
    wanted = crossing.request.reference
    if wanted:
        return wanted if wanted in able else None
    return next(iter(able), None)


def difference_rows(crossing: ContingencyTable, stratum: str) -> Iterator[DifferenceRow]:
    """Each group compared with the reference group, within one stratum."""
    able, place = testable_groups(crossing, stratum), finding_place(crossing, stratum)
    code = reference_group(crossing, able)
    others = [group for group in crossing.groups if group != (code or crossing.request.reference)]
    for group in others:
        if code is None or group not in able:
            note = TOO_FEW if group not in able else NO_REFERENCE
            against = code or crossing.request.reference
            yield DifferenceRow(place, group, against, "", "none", None, None, None, note)
        else:
            yield from _pair_rows(crossing, place, ComparedGroup(group, able[group]), ComparedGroup(code, able[code]))


def _pair_rows(
    crossing: ContingencyTable, place: FindingPlace, one: ComparedGroup, two: ComparedGroup
) -> Iterator[DifferenceRow]:
    subject = crossing.request.variable
    if subject.kind in RANKED_KINDS:
        values = value_counts(crossing, one.cell), value_counts(crossing, two.cell)
        yield difference_row(
            place, one.code, two.code, "", "superiority", rank_tests.probability_of_superiority(*values)
        )
        yield difference_row(place, one.code, two.code, "", "cliffs_delta", rank_tests.cliffs_delta(*values))
        if subject.kind is VariableKind.NUMERIC:
            medians = [quartiles(each)[1] for each in values]
            yield difference_row(place, one.code, two.code, "", "median_difference", Estimate(medians[0] - medians[1]))
    for answer in subject.codes:
        four = one.cell.counts.get(answer, 0), one.cell.base, two.cell.counts.get(answer, 0), two.cell.base
        for measure, compare in _SHARE_MEASURES.items():
            yield difference_row(place, one.code, two.code, answer, measure, compare(*four))


def difference_row(
    place: FindingPlace, group: str, against: str, answer: str, measure: str, found: Estimate
) -> DifferenceRow:
    """An estimate as a row."""
    return DifferenceRow(place, group, against, answer, measure, found.value, found.low, found.high, found.note)


def significance_rows(crossing: ContingencyTable, stratum: str) -> Iterator[SignificanceRow]:
    """One test over all groups or, if a person can give several answers, one for each answer."""
    able, place, subject = (
        testable_groups(crossing, stratum),
        finding_place(crossing, stratum),
        crossing.request.variable,
    )
    if len(able) < 2:
        yield significance_row(place, "", able, SignificanceTest("none", note=TOO_FEW_GROUPS))
    elif subject.kind in RANKED_KINDS:
        yield _rank_test_row(crossing, place, able)
    elif subject.kind is VariableKind.MULTIPLE_RESPONSE:
        for answer in subject.codes:
            said = [[cell.counts.get(answer, 0), cell.base - cell.counts.get(answer, 0)] for cell in able.values()]
            yield significance_row(place, answer, able, independence_test(said))
    else:
        table = [[cell.counts.get(code, 0) for code in subject.codes] for cell in able.values()]
        yield significance_row(place, "", able, independence_test(table))


def _rank_test_row(crossing: ContingencyTable, place: FindingPlace, able: Mapping[str, GroupCounts]) -> SignificanceRow:
    """A test on ranks. Of two groups, the reference group comes second, as in the differences."""
    code = reference_group(crossing, able) or next(iter(able))
    if len(able) > 2:
        return significance_row(
            place, "", able, rank_tests.kruskal_wallis([value_counts(crossing, cell) for cell in able.values()])
        )
    [other] = [group for group in able if group != code]
    both = {group: able[group] for group in (other, code)}
    return significance_row(
        place, "", both, rank_tests.mann_whitney(*(value_counts(crossing, cell) for cell in both.values()))
    )


def significance_row(
    place: FindingPlace, answer: str, groups: Mapping[str, GroupCounts], test: SignificanceTest
) -> SignificanceRow:
    """A test as a row, not yet corrected for the others. `groups` are in the order in which the test compares them."""
    return SignificanceRow(
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
        test.low,
        test.high,
        " over ".join(groups) if test.signed else "",
        test.note,
    )
