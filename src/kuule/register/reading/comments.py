"""Comments in a file: those at its top, and those elsewhere, which are lost when Kuule writes the file again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

import yaml

from kuule.register.reading.yaml_documents import LOADER

_MARK = "#"


def top_comments(lines: Sequence[str]) -> tuple[str, ...]:
    """The comments with which a file begins, up to the first line that is none."""
    return tuple(takewhile(lambda line: line.startswith(_MARK), lines))


def lines_of_other_comments(lines: Sequence[str]) -> tuple[int, ...]:
    """The lines, counted from 0, on which a comment stands or begins that is not at the top."""
    top = len(top_comments(lines))
    if not any(_MARK in line for line in lines[top:]):
        return ()
    within = _scalar_places(lines)
    return tuple(
        number
        for number, line in enumerate(lines)
        if number >= top and any((number, column) not in within for column in _comment_columns(line))
    )


def _comment_columns(line: str) -> Iterator[int]:
    """Where a comment could begin: after nothing, or after a space."""
    for column, letter in enumerate(line):
        if letter == _MARK and (column == 0 or line[column - 1].isspace()):
            yield column


def _scalar_places(lines: Sequence[str]) -> frozenset[tuple[int, int]]:
    """The places of marks that belong to a text."""
    found: set[tuple[int, int]] = set()
    for event in yaml.parse("\n".join(lines), Loader=LOADER):
        if not isinstance(event, yaml.ScalarEvent) or event.start_mark is None or event.end_mark is None:
            continue
        is_block = event.style in ("|", ">")
        begins = (event.start_mark.line + 1, 0) if is_block else (event.start_mark.line, event.start_mark.column)
        ends = (event.end_mark.line, event.end_mark.column)
        for number in range(begins[0], min(ends[0] + 1, len(lines))):
            places = ((number, column) for column in _comment_columns(lines[number]))
            found |= {place for place in places if begins <= place < ends}
    return frozenset(found)
