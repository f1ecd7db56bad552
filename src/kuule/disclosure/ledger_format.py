"""The ledger of releases as a file: JSON, with one line for each group that was shown and each column of numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any

from kuule.disclosure.carried_forward import format_column, parse_column, rows_key
from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.disclosure.successive_releases import ShownGroup
from kuule.disclosure.thresholds import AnswerSet

FORMAT = 5
FORMATS = (3, 4, FORMAT)
_FORMAT_3_VALUES: Mapping[str, object] = {"noise": 2, "published": [], "rows": {}, "until": "unknown"}
"""The values of all releases in a ledger of format 3: their noise is of another generation, and format 3 did not record
their numbers."""
_FORMAT_4_VALUES: Mapping[str, object] = {"codings": []}
"""Format 4 knew no codes."""
_DIGITS = 8
"""How many digits of a SHA-256 the name of a group has."""


def entries_from_json(content: bytes) -> tuple[LedgerEntry, ...]:
    """The entries that `entries_to_json` wrote, in this format or an earlier one. Raises ValueError, KeyError,
    TypeError or AttributeError if the content is anything else."""
    table = json.loads(content)
    if table["format"] not in FORMATS:
        raise ValueError("another format")
    more = {} if table["format"] == FORMAT else dict(_FORMAT_4_VALUES)
    more |= _FORMAT_3_VALUES if table["format"] == FORMATS[0] else {}
    return tuple(_entry_from_json({**each, **more}) for each in table["releases"])


def entries_to_json(entries: Iterable[LedgerEntry]) -> bytes:
    """The file that holds all releases of a study, oldest first."""
    content = {"format": FORMAT, "releases": [_entry_to_json(entry) for entry in entries]}
    return (json.dumps(content, indent=1) + "\n").encode("utf-8")


def _entry_to_json(entry: LedgerEntry) -> Mapping[str, object]:
    table = {one.name: getattr(entry, one.name) for one in fields(LedgerEntry)}
    made = [*(each.people for each in entry.shown), *(each.people for each in entry.published)]
    people = {one for answers in made for one in answers}
    groups = {_group_name(one): [one.question, one.rest, *sorted(one.named)] for one in people}
    return table | {
        "shown": [_shown_line(each) for each in entry.shown],
        "published": [format_column(each, lambda made: tuple(map(_group_name, made))) for each in entry.published],
        "rows": {
            rows_key(each.item, tuple(map(_group_name, each.people))): list(each.rows)
            for each in entry.published
            if each.item
        },
        "groups": dict(sorted(groups.items())),
    }


def _group_name(values: AnswerSet) -> str:
    """A name for the answers that define a group: the question, and digits of a hash of the answers."""
    content = json.dumps([values.rest, *sorted(values.named)])
    return f"{values.question}~{sha256(content.encode()).hexdigest()[:_DIGITS]}"


def _shown_line(shown: ShownGroup) -> str:
    """One group of one question as one line: the numbers, then the item and the groups, whose names have no spaces."""
    numbers = (shown.base, shown.base_key, shown.size, shown.size_key)
    return " ".join((*map(str, numbers), shown.item or "-", *map(_group_name, shown.people)))


def _parse_shown(line: str, groups: Mapping[str, AnswerSet]) -> ShownGroup:
    base, base_key, whole, whole_key, item, *people = line.split(" ")
    known = tuple(groups[each] for each in people)
    return ShownGroup("" if item == "-" else item, known, int(base), int(base_key), int(whole), int(whole_key))


def _entry_from_json(table: Mapping[str, Any]) -> LedgerEntry:
    groups = {
        name: AnswerSet(str(question), frozenset(map(str, named)), bool(rest))
        for name, (question, rest, *named) in table["groups"].items()
    }
    lists = {
        "requests": tuple(table["requests"]),
        "codings": tuple(map(str, table["codings"])),
        "shown": tuple(_parse_shown(each, groups) for each in table["shown"]),
        "published": tuple(
            parse_column(each, table["rows"], lambda names: tuple(groups[name] for name in names))
            for each in table["published"]
        ),
    }
    values = {one.name: table[one.name] for one in fields(LedgerEntry)} | lists
    for one in fields(LedgerEntry):
        kind = {"int": int, "str": str}.get(str(one.type), tuple)
        if not isinstance(values[one.name], kind):
            raise TypeError(f"{one.name} is not what it should be")
    return LedgerEntry(**values)
