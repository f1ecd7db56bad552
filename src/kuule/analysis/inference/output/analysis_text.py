"""An analysis as a Markdown text, to be read from top to bottom. The files beside it have every number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kuule.analysis.inference.analysis_run import Analysis, number_of_tests
from kuule.analysis.inference.analysis_variables import VariableKind
from kuule.analysis.inference.contingency_tables import STRATUM_SEPARATOR, ContingencyTable
from kuule.analysis.inference.descriptives import SMALLEST_TESTED_BASE
from kuule.analysis.inference.findings import (
    EVERYONE,
    POOLED,
    AbsentRow,
    DifferenceRow,
    FindingPlace,
    Findings,
    QuartileRow,
    ShareRow,
    SignificanceRow,
)
from kuule.analysis.inference.output import finding_text as said
from kuule.analysis.inference.output.analysis_heading import CHANCE_LABEL, first_line

_MANY_GROUPS = 4
"""With more groups than this, missing answers are given for all groups together."""
_READING_GUIDE = f"""\
How to read it. People chose themselves to answer. A share is one of those who answered here; the interval beside it
(95 %, each for itself, not corrected for how many there are) and every p say what {CHANCE_LABEL}, would do, \
and nothing of
people who did not answer. {{corrected}} A test that was not planned before the answers were seen is a hint and no
finding. Look at the size of a difference first: of many people a tiny one is beyond chance, of few a large one is not.
Nothing is estimated on a base under {SMALLEST_TESTED_BASE}. Answers that nobody gave are left out here; \
the differences within
each stratum are in the files beside this one."""
_CORRECTED = """\
p is corrected over all {tests} tests of this run. Where Holm's is 0.05 or below, the chance of even one false
finding is at most 5 in 100; where Benjamini and Hochberg's (BH) is, at most 5 in 100 are expected to be false, as long
as tests are independent or lean the same way."""
_NO_TESTS = "No test was made."


def analysis_markdown(analysis: Analysis) -> str:
    """The whole text. Its first line is the same as in every other file."""
    findings, made = analysis.findings, number_of_tests(analysis.findings.tests)
    corrected = _CORRECTED.format(tests=made) if made else _NO_TESTS
    parts = [
        first_line(analysis.origin),
        f"# {analysis.origin.study}: analysis",
        " ".join(_READING_GUIDE.format(corrected=corrected).split()),
    ]
    for crossing in analysis.tables:
        parts += _section(crossing, _findings_of(crossing, findings))
    return "\n\n".join(parts) + "\n"


def _findings_of(crossing: ContingencyTable, findings: Findings) -> Findings:
    """The findings of one table."""
    question = crossing.request
    own = question.number, question.variable.item, question.grouping.name, question.within_name

    def here(place: FindingPlace) -> bool:
        return (place.table, place.item, place.by, place.within) == own

    return Findings(
        [row for row in findings.shares if here(row.place)],
        [row for row in findings.middles if here(row.place)],
        [row for row in findings.absent if here(row.place)],
        [row for row in findings.differences if here(row.place)],
        [row for row in findings.tests if here(row.place)],
    )


def _section(crossing: ContingencyTable, found: Findings) -> Iterator[str]:
    question = crossing.request
    by = f", by {question.grouping.title}" if question.grouping.name else ""
    within = (
        f", within {' and '.join(each.title for each in question.strata_groupings)}"
        if question.strata_groupings
        else ""
    )
    yield f"## {question.number}. {question.variable.title} (`{question.variable.item}`){by}{within}"
    if question.why:
        yield f"*{question.why}*"
    if question.variable.asked_in:
        yield f"Asked in edition {question.variable.asked_in}: who answered another one is not in the base."
    for why in question.variable.pooled:
        yield f"Counted together with other words of an earlier edition: {why}"
    if crossing.request.variable.kind is VariableKind.MULTIPLE_RESPONSE:
        yield "Several answers could be given: each is taken as given or not, out of all who answered."
    if crossing.request.variable.kind is VariableKind.ORDINAL:
        first, *_, last = (_answer(crossing, code) for code in (*question.variable.codes, question.variable.codes[-1]))
        yield f"A scale: “{first}” is its low end, “{last}” its high end."
    if found.absent:
        yield _absent(crossing, found.absent)
    for stratum in (EVERYONE, *crossing.strata, POOLED):
        yield from _stratum(crossing, stratum, found)


def _absent(crossing: ContingencyTable, rows: Sequence[AbsentRow]) -> str:
    """Who is not in the base, by group or, if there are many groups, for all of them together."""
    if len({row.group for row in rows}) > _MANY_GROUPS:
        rows = _together(rows)
    parts = []
    for group, reasons in groupby(rows, key=lambda row: row.group):
        of = f"{_group(crossing, group)}: " if group else ""
        parts.append(of + ", ".join(f"{row.people:,} {row.reason.replace('_', ' ')}" for row in reasons))
    return f"Not in the base. {'; '.join(parts)}."


def _together(rows: Sequence[AbsentRow]) -> list[AbsentRow]:
    people: dict[str, int] = {}
    for row in rows:
        people[row.reason] = people.get(row.reason, 0) + row.people
    return [AbsentRow(rows[0].place, "", reason, number) for reason, number in people.items()]


def _stratum(crossing: ContingencyTable, stratum: str, found: Findings) -> Iterator[str]:
    """One part of a section: everything for everyone; shares and tests for one stratum; differences and tests for all
    strata together."""
    shares = [row for row in found.shares if row.place.stratum == stratum and row.base]
    middles = [row for row in found.middles if row.place.stratum == stratum and row.base]
    differences = [row for row in found.differences if row.place.stratum == stratum]
    tests = [row for row in found.tests if row.place.stratum == stratum]
    if stratum == POOLED and not tests:
        return
    if crossing.strata:
        yield f"### {_stratum_title(crossing, stratum)}"
    if stratum != POOLED:
        yield from _nobody(crossing, stratum)
    if shares:
        yield _shares(crossing, shares)
    if middles and stratum == EVERYONE:
        yield _middles(crossing, middles)
    if differences and stratum in (EVERYONE, POOLED):
        yield from _differences(crossing, differences)
    if tests:
        yield "\n".join(f"- {_test(crossing, row)}" for row in tests)


def _nobody(crossing: ContingencyTable, stratum: str) -> Iterator[str]:
    """A line that names the groups in which nobody answered."""
    empty = [_group(crossing, group) for group in crossing.groups if not crossing.cells[stratum, group].base]
    if len(empty) == len(crossing.groups):
        yield "Nobody here answered."
    elif empty:
        yield f"Nobody here answered in: {'; '.join(empty)}."


def _stratum_title(crossing: ContingencyTable, stratum: str) -> str:
    if stratum == EVERYONE:
        return "Everyone"
    if stratum == POOLED:
        return "Within strata, put together"
    parts = zip(crossing.request.strata_groupings, stratum.split(STRATUM_SEPARATOR), strict=True)
    return STRATUM_SEPARATOR.join(f"{each.title}: {each.labels.get(code, code)}" for each, code in parts)


def _shares(crossing: ContingencyTable, rows: Sequence[ShareRow]) -> str:
    """A table of shares. If there are at least as many answers as groups, answers are the rows; otherwise groups are.
    Answers that nobody gave are left out."""
    given = {row.answer for row in rows if row.count}
    cells = {(row.group, row.answer): said.share_text(row) for row in rows}
    answers = [code for code in dict.fromkeys(row.answer for row in rows) if code in given]
    bases = {row.group: row.base for row in rows}
    groups = {group: f"{_group(crossing, group)} ({base:,})" for group, base in bases.items()}
    if len(answers) >= len(groups):
        head = ["answer", *groups.values()]
        lines = [[_answer(crossing, code), *(cells[group, code] for group in groups)] for code in answers]
    else:
        head = ["group (base)", *(_answer(crossing, code) for code in answers)]
        lines = [[title, *(cells[group, code] for code in answers)] for group, title in groups.items()]
    return said.markdown_table(head, lines)


def _middles(crossing: ContingencyTable, rows: Sequence[QuartileRow]) -> str:
    lines = []
    for row in rows:
        quartiles = [_value(crossing, each) for each in (row.lower_quartile, row.median, row.upper_quartile)]
        lines.append([_group(crossing, row.group), f"{row.base:,}", *quartiles, row.median_band or "", row.note])
    head = ["group", "base", "lower quartile", "median", "upper quartile", "band of the median", "note"]
    return said.markdown_table(*said.drop_empty_columns(head, lines))


def _differences(crossing: ContingencyTable, rows: Sequence[DifferenceRow]) -> Iterator[str]:
    """First what could not be compared, then a table with a row for each group and answer and a column for each
    measure."""
    for note, alone in groupby((row for row in rows if row.measure == "none"), key=lambda row: row.note):
        yield f"Not compared ({note}): {'; '.join(_group(crossing, row.group) for row in alone)}."
    given = {row.answer for row in rows if row.value}
    lines: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows:
        if row.measure != "none" and (row.answer in given or not row.answer):
            lines.setdefault((row.group, row.against, row.answer), {})[row.measure] = said.difference_text(row)
    measures = list(dict.fromkeys(measure for line in lines.values() for measure in line))
    if lines:
        head = ["group", "compared with", "answer", *(said.MEASURE_LABELS[measure] for measure in measures)]
        body = [
            [
                _group(crossing, group),
                _group(crossing, against),
                _answer(crossing, answer) if answer else "the whole scale",
                *(line.get(measure, "") for measure in measures),
            ]
            for (group, against, answer), line in lines.items()
        ]
        yield said.markdown_table(head, body)


def _test(crossing: ContingencyTable, row: SignificanceRow) -> str:
    about = f"{_answer(crossing, row.answer)}: " if row.answer else ""
    between = [_group(crossing, code) for code in row.groups.split()]
    who = f" ({' and '.join(between)})" if len(between) == 2 and len(crossing.groups) > 2 else ""
    if row.direction:
        who = f" ({between[0]} over {between[1]})"
    return about + said.significance_text(row) + who


def _group(crossing: ContingencyTable, code: str) -> str:
    return crossing.request.grouping.labels.get(code, code) or "everyone"


def _answer(crossing: ContingencyTable, code: str) -> str:
    return crossing.request.variable.labels.get(code, code)


def _value(crossing: ContingencyTable, value: float | str | None) -> str:
    if isinstance(value, str):
        return " | ".join(_answer(crossing, code) for code in value.split(" | "))
    return "" if value is None else said.number_text(value)
