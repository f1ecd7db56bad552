"""From a plan and a dataset to findings. All tests of a run are corrected together, because all were looked at."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

from kuule.analysis.inference.analysis_variables import analysis_variable
from kuule.analysis.inference.contingency_tables import (
    STRATUM_SEPARATOR,
    ContingencyRequest,
    ContingencyTable,
    count_contingency_tables,
)
from kuule.analysis.inference.descriptives import absent_rows, quartile_rows, share_rows
from kuule.analysis.inference.findings import EVERYONE, POOLED, Findings, SignificanceRow
from kuule.analysis.inference.group_comparison import difference_rows, significance_rows
from kuule.analysis.inference.groupings import groupings_of_cut
from kuule.analysis.inference.plan_checks import check_planned_table, check_reference_group
from kuule.analysis.inference.stats.multiple_testing import benjamini_hochberg, holm
from kuule.analysis.inference.stratified_comparison import pooled_difference_rows, pooled_significance_rows
from kuule.core.problems import PublishingError
from kuule.dataset.cleaning import cleaned_origin, cleaned_responses
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.study.settings.analysis_plan import PlannedTable
from kuule.tables.result import DataOrigin


@dataclass(frozen=True, slots=True)
class Analysis:
    """The outcome of a run. `tables` are in the order of the plan; a planned table whose cut is a question with several
    answers becomes several of them."""

    origin: DataOrigin
    tables: tuple[ContingencyTable, ...]
    findings: Findings


def analyse(dataset: Dataset, plan: Sequence[PlannedTable]) -> Analysis:
    """Count and compare. Responses that a cleaning rule excluded are not counted.

    Raises PublishingError ANALYSIS_010 to ANALYSIS_014, all at once.
    """
    problems = [
        problem for number, table in enumerate(plan, 1) for problem in check_planned_table(number, table, dataset)
    ]
    if problems:
        raise PublishingError(*dict.fromkeys(problems))
    questions = [each for number, table in enumerate(plan, 1) for each in _questions(number, table, dataset)]
    crossings = tuple(count_contingency_tables(cleaned_responses(dataset), questions))
    problems = [problem for crossing in crossings for problem in check_reference_group(crossing)]
    if problems:
        raise PublishingError(*dict.fromkeys(problems))
    findings = Findings()
    for crossing in crossings:
        _add_findings(crossing, findings)
    findings.tests = correct_p_values(findings.tests)
    return Analysis(cleaned_origin(dataset), crossings, findings)


def _questions(number: int, table: PlannedTable, dataset: Dataset) -> Iterator[ContingencyRequest]:
    codebook = dataset.codebook
    subject = analysis_variable(codebook.items[table.item], codebook)
    within = tuple(each for name in table.within for each in groupings_of_cut(name, dataset))
    for by in groupings_of_cut(table.by, dataset):
        yield ContingencyRequest(number, subject, by, within, table.against, table.why)


def _add_findings(crossing: ContingencyTable, findings: Findings) -> None:
    findings.shares += share_rows(crossing)
    findings.middles += quartile_rows(crossing)
    findings.absent += absent_rows(crossing)
    if not crossing.request.grouping.name:
        return
    for stratum in (EVERYONE, *crossing.strata):
        findings.differences += difference_rows(crossing, stratum)
        findings.tests += significance_rows(crossing, stratum)
    if crossing.request.strata_groupings:
        findings.differences += pooled_difference_rows(crossing)
        findings.tests += pooled_significance_rows(crossing)


def correct_p_values(found: Sequence[SignificanceRow]) -> list[SignificanceRow]:
    """The tests, each with its p corrected for all other tests that gave one. A test that occurs in two tables of the
    plan (on its own and beside strata, or beside another reference group) is counted once; the note of the second says
    so."""
    first: dict[Hashable, SignificanceRow] = {}
    for test in found:
        if test.chance_p is not None:
            first.setdefault(_test_identity(test), test)
    values = [float(test.chance_p or 0.0) for test in first.values()]
    both = dict(zip(first, zip(holm(values), benjamini_hochberg(values), strict=True), strict=True))
    rows = []
    for test in found:
        strict, lenient = both.get(_test_identity(test), (None, None))
        row = replace(test, chance_p_holm=strict, chance_p_bh=lenient)
        known = first.get(_test_identity(test), test)
        rows.append(row if known is test else replace(row, note=_repeated_note(test.note, known.place.table)))
    return rows


def number_of_tests(found: Sequence[SignificanceRow]) -> int:
    """Over how many tests each p is corrected."""
    return len({_test_identity(test) for test in found if test.chance_p is not None})


def _test_identity(test: SignificanceRow) -> Hashable:
    """What distinguishes one test from another. For a test on everyone, the strata beside it do not matter; for one in
    strata, neither does their order, nor which group is the reference group of the table."""
    place = test.place
    if place.stratum == EVERYONE:
        return (place.item, place.by, test.answer)
    names, codes = place.within.split(STRATUM_SEPARATOR), place.stratum.split(STRATUM_SEPARATOR)
    strata = frozenset(names if place.stratum == POOLED else zip(names, codes, strict=True))
    return (place.item, place.by, strata, test.answer, frozenset(test.groups.split()))


def _repeated_note(note: str, table: int) -> str:
    said = f"the same test as in table {table}, counted once"
    return f"{note}; {said}" if note else said
