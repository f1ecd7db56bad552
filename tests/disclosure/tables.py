"""Tables made from people, so that every table of a test is about the same people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.tables.result import Column, Origin, ResultTable

Person = Mapping[str, str]
"""An answer code, or "!reason", for each item."""


def origin(responses: int, dataset: str = "0123456789abcdef") -> Origin:
    return Origin("our-voice", dataset, ("e" * 64,), True, responses, ("en",), 0)


def table(
    people: Sequence[Person], item: str, rows: Sequence[str], cut: str | None = None, codes: Sequence[str] = ()
) -> ResultTable:
    columns = (
        [column(people, item, rows, "")]
        if cut is None
        else [column([person for person in people if person[cut] == code], item, rows, code) for code in codes]
    )
    return ResultTable(TableRequest(item, cut), origin(len(people)), tuple(rows), tuple(columns), False)


def column(people: Sequence[Person], item: str, rows: Sequence[str], code: str) -> Column:
    seen = Counter(person[item] for person in people)
    return Column(
        code,
        sum(seen[row] for row in rows),
        tuple(seen[row] for row in rows),
        {reason: seen[f"!{reason.value}"] for reason in Missing},
    )


def people(counts: Mapping[tuple[tuple[str, str], ...], int]) -> list[Person]:
    """So many people with each set of answers."""
    return [dict(answers) for answers, number in counts.items() for _ in range(number)]


def simple(item: str, counts: Mapping[str, int]) -> ResultTable:
    """A table of everyone, from the counts of answers and of "!reason"."""
    rows = [code for code in counts if not code.startswith("!")]
    return table([{item: code} for code, number in counts.items() for _ in range(number)], item, rows)
