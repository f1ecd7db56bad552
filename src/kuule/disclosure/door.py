"""The door: exact tables in, tables that anyone may see out. docs/explanation/disclosure.md says what it holds against.

Every number gets its noise first (the cell-key method). What is shown is then decided from the numbers with noise and
from nothing else: so what is hidden tells no more than they would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kuule.disclosure.nearness import too_near
from kuule.disclosure.release_id import release_id
from kuule.disclosure.rules import MOST_TABLES, Rules
from kuule.errors import Problem, PublishingError
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable
from kuule.tables.request import QUARTER, RESPONSE_CUTS, TableRequest
from kuule.tables.result import Column, Origin, ResultTable, Sent, SetAside


def release(tables: Iterable[ResultTable], rules: Rules) -> tuple[ReleasedTable, ...]:
    """The tables of one release, in their order.

    Raises PublishingError REPORT_021 where they were not counted from one dataset, REPORT_022 where one question stands
    in more than MOST_TABLES of them.
    """
    tables = tuple(tables)
    origins = {table.origin for table in tables}
    if len(origins) > 1:
        names = ", ".join(sorted(f"{origin.study} {origin.dataset}" for origin in origins))
        cause = f"tables of different datasets ({names})"
        raise PublishingError(Problem("REPORT_021", "release", cause, "count all tables from one dataset"))
    if not tables:
        return ()
    _check_looks((table.request for table in tables), rules)
    origin = release_origin(origins.pop(), rules, [table.request for table in tables])
    return tuple(_released(table, origin, rules) for table in tables)


def looks(requests: Iterable[TableRequest], rules: Rules) -> Counter[str]:
    """In how many tables each question stands, as rows or as columns; groups are not counted as columns."""
    names = (name for each in set(requests) for name in (each.item, each.cut))
    free = {None, *RESPONSE_CUTS, *rules.groups}
    return Counter(name for name in names if name is not None and name not in free)


def _check_looks(requests: Iterable[TableRequest], rules: Rules) -> None:
    problems = [
        Problem(
            "REPORT_022",
            f"tables of {name}",
            f"{name!r} stands in {number} tables, and the mean of many has little noise left",
            f"ask for {MOST_TABLES} tables with it at most",
        )
        for name, number in sorted(looks(requests, rules).items())
        if number > MOST_TABLES
    ]
    if problems:
        raise PublishingError(*problems)


def release_origin(origin: Origin, rules: Rules, requests: Iterable[TableRequest] = ()) -> ReleasedOrigin:
    """Where a release of some tables comes from; its number of responses with noise, or None where they are too few.

    Raises ValueError where the origin has no cell key: then nothing was counted.
    """
    if origin.key is None:
        raise ValueError("an origin without a cell key cannot be released")
    responses = rules.noise.perturbed(origin.responses, origin.key)
    return ReleasedOrigin(
        study=origin.study,
        dataset=origin.dataset,
        editions=origin.editions,
        rehearsal=origin.rehearsal,
        responses=responses if responses >= rules.shown_base else None,
        languages=origin.languages,
        unopened=origin.unopened,
        smallest_count=rules.smallest_count,
        smallest_base=rules.smallest_base,
        noise_variance=rules.noise_variance,
        noise_bound=rules.noise_bound,
        key_fingerprints=origin.key_fingerprints,
        set_aside={one.rule: _set_aside(one, origin, origin.key, rules) for one in origin.set_aside},
        months=_months(origin.sent, rules),
        release=release_id(origin, requests, rules),
    )


def _months(sent: Sequence[Sent], rules: Rules) -> tuple[str, str] | None:
    """From the month by which enough had sent to that from which on enough did; one who was first, or last, is never
    alone in it."""
    first, last = _enough(sent, rules), _enough(sent[::-1], rules)
    # Where most sent in one month, the two can cross; then the range between them holds all that can be said.
    return None if first is None or last is None else (min(first, last), max(first, last))


def _enough(sent: Sequence[Sent], rules: Rules) -> str | None:
    """The month at which the responses so far are as many as a group has at the least, by their number with noise."""
    people = key = 0
    for one in sent:
        people, key = people + one.responses, key + one.key
        if rules.noise.perturbed(people, key) >= rules.shown_base:
            return one.month
    return None


def _set_aside(aside: SetAside, origin: Origin, key: int, rules: Rules) -> int | None:
    """With noise; None for a few, and for nearly all."""
    flagged = rules.noise.perturbed(aside.flagged, aside.key)
    others = rules.noise.perturbed(origin.responses - aside.flagged, key - aside.key)
    return flagged if min(flagged, others) >= rules.smallest_count else None


def _released(table: ResultTable, origin: ReleasedOrigin, rules: Rules) -> ReleasedTable:
    sensitive = table.request.item in rules.sensitive
    columns = [
        _withheld(column.code) if too_near(column, rules) else _released_column(column, rules, sensitive=sensitive)
        for column in table.columns
    ]
    if table.request.cut == QUARTER:
        # Which quarters there are comes of the answers: that one has few must look as if it had none.
        columns = [column for column in columns if column.base is not None]
    return ReleasedTable(
        request=table.request,
        origin=origin,
        rows=table.rows,
        columns=tuple(columns),
        multiple=table.multiple,
        overlapping=table.overlapping,
        smallest_count=rules.smallest_count,
        smallest_base=rules.smallest_base,
    )


def _released_column(column: Column, rules: Rules, *, sensitive: bool) -> ReleasedColumn:
    noise, keys = rules.noise, column.keys
    base = noise.perturbed(column.base, keys.base)
    cells = tuple(
        _released_cell(noise.perturbed(count, key), noise.perturbed(column.base - count, keys.base - key), base, rules)
        for count, key in zip(column.counts, keys.counts, strict=True)
    )
    # One that nearly all of a group gave would be known of each of them: then the group looks like one that is small.
    told = sensitive and any(cell.count is None and not cell.few for cell in cells)
    if base < rules.shown_base or told:
        return _withheld(column.code)
    missing = {reason: noise.perturbed(column.missing[reason], keys.missing[reason]) for reason in Missing}
    return ReleasedColumn(
        column.code,
        base,
        cells,
        {reason: count if count >= rules.smallest_count else None for reason, count in missing.items()},
    )


def _withheld(code: str) -> ReleasedColumn:
    return ReleasedColumn(code, None, (), dict.fromkeys(Missing))


def _released_cell(count: int, others: int, base: int, rules: Rules) -> ReleasedCell:
    """All numbers have their noise already; the share is made of nothing else."""
    if count < rules.smallest_count:
        return ReleasedCell(None, None, few=True)
    if others < rules.smallest_count:
        return ReleasedCell(None, None)
    return ReleasedCell(count, min(100, (200 * count + base) // (2 * base)))
