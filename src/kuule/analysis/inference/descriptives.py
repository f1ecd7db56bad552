"""What describes one table: shares, quartiles, and who is not counted in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.analysis.inference.analysis_variables import VariableKind
from kuule.analysis.inference.contingency_tables import ContingencyTable, GroupCounts
from kuule.analysis.inference.findings import EVERYONE, AbsentRow, FindingPlace, QuartileRow, ShareRow
from kuule.analysis.inference.stats.proportions import wilson_interval
from kuule.analysis.inference.stats.quantiles import ordinal_quartiles, quartiles
from kuule.dataset.schema.number_bands import BANDS, band_code

SMALLEST_TESTED_BASE = 5
"""With a smaller base, nothing is estimated and nothing is tested."""
TOO_FEW = f"too few: a base under {SMALLEST_TESTED_BASE}"
NOBODY = "nobody here answered"
NO_GROUP, NO_STRATUM = "answered and in no group", "answered and in no stratum"


def finding_place(crossing: ContingencyTable, stratum: str) -> FindingPlace:
    """Which table and stratum a row of findings is about."""
    question = crossing.request
    return FindingPlace(question.number, question.variable.item, question.grouping.name, question.within_name, stratum)


def band_counts(values: Mapping[float, int]) -> dict[str, int]:
    """How many numbers are in each band. The bands are the published ones."""
    counts = dict.fromkeys(BANDS, 0)
    for value, count in values.items():
        counts[band_code(value)] += count
    return counts


def share_rows(crossing: ContingencyTable) -> Iterator[ShareRow]:
    """A row for every answer (for whole numbers, every band) in every group of every stratum."""
    subject = crossing.request.variable
    codes = BANDS if subject.banded else subject.codes
    for (stratum, group), cell in crossing.cells.items():
        counts = band_counts(cell.values) if subject.banded else cell.counts
        for code in codes:
            yield _share_row(finding_place(crossing, stratum), group, code, counts.get(code, 0), cell.base)


def _share_row(place: FindingPlace, group: str, code: str, count: int, base: int) -> ShareRow:
    if not base:
        return ShareRow(place, group, code, count, base, None, None, None, NOBODY)
    found = wilson_interval(count, base)
    if base < SMALLEST_TESTED_BASE:
        return ShareRow(place, group, code, count, base, found.value, None, None, TOO_FEW)
    return ShareRow(place, group, code, count, base, found.value, found.low, found.high, "")


def quartile_rows(crossing: ContingencyTable) -> Iterator[QuartileRow]:
    """The quartiles of every group of every stratum, for scales and numbers."""
    if crossing.request.variable.kind not in (VariableKind.ORDINAL, VariableKind.NUMERIC):
        return
    for (stratum, group), cell in crossing.cells.items():
        place = finding_place(crossing, stratum)
        if cell.base < SMALLEST_TESTED_BASE:
            note = TOO_FEW if cell.base else NOBODY
            yield QuartileRow(place, group, cell.base, None, None, None, "", note)
        else:
            yield _quartile_row(crossing, place, group, cell)


def _quartile_row(crossing: ContingencyTable, place: FindingPlace, group: str, cell: GroupCounts) -> QuartileRow:
    subject = crossing.request.variable
    if subject.kind is VariableKind.ORDINAL:
        counts = [cell.counts.get(code, 0) for code in subject.codes]
        return QuartileRow(place, group, cell.base, *ordinal_quartiles(subject.codes, counts), "", "")
    low, median, high = quartiles(cell.values)
    return QuartileRow(place, group, cell.base, low, median, high, band_code(median) if subject.banded else "", "")


def absent_rows(crossing: ContingencyTable) -> Iterator[AbsentRow]:
    """A row for each group and missing code that applies to somebody; and rows for people who answered but are in no
    group or no stratum."""
    place = finding_place(crossing, EVERYONE)
    for group, reasons in crossing.missing.items():
        for reason, people in reasons.items():
            if people:
                yield AbsentRow(place, group, str(reason), people)
    for why, people in ((NO_GROUP, crossing.in_no_group), (NO_STRATUM, crossing.in_no_stratum)):
        if people:
            yield AbsentRow(place, "", why, people)
