"""One crossing in shares, quartiles, and who is not in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.analysis.chance.crossing import Cell, Crossing
from kuule.analysis.chance.findings import EVERYONE, Absent, Middle, Place, Share
from kuule.analysis.chance.middle import middle_answers, quartiles
from kuule.analysis.chance.shares import wilson
from kuule.analysis.chance.subjects import Kind
from kuule.dataset.bands import BANDS, band_code

FEWEST = 5
"""On a smaller base nothing is estimated and nothing is tested."""
TOO_FEW = f"too few: a base under {FEWEST}"
NOBODY = "nobody here answered"
NO_GROUP, NO_STRATUM = "answered and in no group", "answered and in no stratum"


def place_in(crossing: Crossing, stratum: str) -> Place:
    """Where rows of a stratum stand."""
    question = crossing.question
    return Place(question.number, question.subject.item, question.by.name, question.within_name, stratum)


def band_counts(values: Mapping[float, int]) -> dict[str, int]:
    """How many numbers are in each band; those that are published."""
    counts = dict.fromkeys(BANDS, 0)
    for value, count in values.items():
        counts[band_code(value)] += count
    return counts


def shares(crossing: Crossing) -> Iterator[Share]:
    """Every answer (of whole numbers: every band) in every group of every stratum."""
    subject = crossing.question.subject
    codes = BANDS if subject.banded else subject.codes
    for (stratum, group), cell in crossing.cells.items():
        counts = band_counts(cell.values) if subject.banded else cell.counts
        for code in codes:
            yield _share(place_in(crossing, stratum), group, code, counts.get(code, 0), cell.base)


def _share(place: Place, group: str, code: str, count: int, base: int) -> Share:
    if not base:
        return Share(place, group, code, count, base, None, None, None, NOBODY)
    found = wilson(count, base)
    if base < FEWEST:
        return Share(place, group, code, count, base, found.value, None, None, TOO_FEW)
    return Share(place, group, code, count, base, found.value, found.low, found.high, "")


def middles(crossing: Crossing) -> Iterator[Middle]:
    """The quartiles of every group of every stratum, for scales and numbers."""
    if crossing.question.subject.kind not in (Kind.SCALE, Kind.NUMBERS):
        return
    for (stratum, group), cell in crossing.cells.items():
        place = place_in(crossing, stratum)
        if cell.base < FEWEST:
            note = TOO_FEW if cell.base else NOBODY
            yield Middle(place, group, cell.base, None, None, None, "", note)
        else:
            yield _middle(crossing, place, group, cell)


def _middle(crossing: Crossing, place: Place, group: str, cell: Cell) -> Middle:
    subject = crossing.question.subject
    if subject.kind is Kind.SCALE:
        counts = [cell.counts.get(code, 0) for code in subject.codes]
        return Middle(place, group, cell.base, *middle_answers(subject.codes, counts), "", "")
    low, median, high = quartiles(cell.values)
    return Middle(place, group, cell.base, low, median, high, band_code(median) if subject.banded else "", "")


def absent(crossing: Crossing) -> Iterator[Absent]:
    """By group and reason; and who answered, but stands in no group or no stratum. Where nobody, no row."""
    place = place_in(crossing, EVERYONE)
    for group, reasons in crossing.missing.items():
        for reason, people in reasons.items():
            if people:
                yield Absent(place, group, str(reason), people)
    for why, people in ((NO_GROUP, crossing.groupless), (NO_STRATUM, crossing.outside)):
        if people:
            yield Absent(place, "", why, people)
