"""Rows of tables in the documentation, as tests compare them with the code."""

from __future__ import annotations

import re

_ROW = re.compile(
    r"^\| \[([^\]]+)\]\(([^)]+)\) \| (\d+) \| ([\d, to]+|none) \| (\d+\.\d+\.\d+) \| ([a-z ]+) \|$", re.MULTILINE
)


def version_rows(page: str) -> dict[str, tuple[str, int, tuple[int, ...], str, str]]:
    """The rows of the formats on versions.md: name, page, number written, numbers read, first release, what becomes of
    it."""
    return {
        name: (reference, int(written), _numbers(read), since, keeping)
        for name, reference, written, read, since, keeping in _ROW.findall(page)
    }


def _numbers(said: str) -> tuple[int, ...]:
    if said == "none":
        return ()
    if " to " in said:
        first, last = map(int, said.split(" to "))
        return tuple(range(first, last + 1))
    return tuple(map(int, said.split(", ")))
