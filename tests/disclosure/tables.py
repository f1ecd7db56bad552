"""Tables made from people, so that every table of a test is about the same people, with the same record keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any

from kuule.disclosure.required_tables import ReleaseCandidate
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.tables.result import KEY_MODULUS, CellKeys, Column, DataOrigin, PeopleCount, ResultTable

Person = Mapping[str, str]
"""An answer code, or "!reason", for each item; "@key" for the record key, that of `people` if there is none."""


@cache
def key_of(number: int, seed: str = "") -> int:
    """The record key of the person with a number: always the same."""
    return int.from_bytes(sha256(f"{seed} {number}".encode()).digest()[:4], "big")


def origin(responses: int, dataset: str = "0123456789abcdef", key: int | None = 7) -> DataOrigin:
    return DataOrigin("our-voice", dataset, ("e" * 64,), True, responses, ("en",), 0, key=key)


def table(
    people: Sequence[Person],
    item: str,
    rows: Sequence[str],
    cut: str | None = None,
    codes: Sequence[str] = (),
    *,
    dataset: str = "0123456789abcdef",
) -> ReleaseCandidate:
    """Around a group is everyone; what study.toml declares has to be put around it by the test."""
    whole = column(people, item, rows, "")
    supersets: dict[str, tuple[PeopleCount, ...]] = {"": ()}
    columns = [whole]
    if cut is not None:
        supersets = dict.fromkeys(codes, (PeopleCount(whole.base, whole.keys.base),))
        columns = [column([person for person in people if person[cut] == code], item, rows, code) for code in codes]
    made = origin(len(people), dataset, _sum(people))
    exact = ResultTable(TableRequest(item, cut), made, tuple(rows), tuple(columns), False)
    return ReleaseCandidate(exact, supersets)


def with_table(candidate: ReleaseCandidate, **changes: Any) -> ReleaseCandidate:
    """The same with another table, held against the same groups."""
    return replace(candidate, table=replace(candidate.table, **changes))


def column(people: Sequence[Person], item: str, rows: Sequence[str], code: str) -> Column:
    seen = Counter(person[item] for person in people)
    lines = {line: [person for person in people if person[item] == line] for line in seen}
    keys = {line: _sum(those) for line, those in lines.items()}
    return Column(
        code,
        sum(seen[row] for row in rows),
        tuple(seen[row] for row in rows),
        {reason: seen[f"!{reason.value}"] for reason in Missing},
        CellKeys(
            sum(keys.get(row, 0) for row in rows) % KEY_MODULUS,
            tuple(keys.get(row, 0) for row in rows),
            {reason: keys.get(f"!{reason.value}", 0) for reason in Missing},
        ),
    )


def _sum(people: Sequence[Person]) -> int:
    return sum(int(person["@key"]) for person in people) % KEY_MODULUS


def people(counts: Mapping[tuple[tuple[str, str], ...], int], seed: str = "") -> list[Person]:
    """So many people with each set of answers. Who comes later in the mapping has another key than who came before."""
    answers = [dict(each) for each, number in counts.items() for _ in range(number)]
    return [{**each, "@key": str(key_of(number, seed))} for number, each in enumerate(answers)]


def simple(item: str, counts: Mapping[str, int], seed: str = "") -> ReleaseCandidate:
    """A table of everyone, from the counts of answers and of "!reason"."""
    rows = [code for code in counts if not code.startswith("!")]
    return table(people({((item, code),): number for code, number in counts.items()}, seed), item, rows)
