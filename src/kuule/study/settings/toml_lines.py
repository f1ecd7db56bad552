"""Lines of a TOML file: the one at which reading it stopped, and the one of each key, which the parser of Python does
not tell."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

from kuule.core.problems import Excerpt

_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
"""How the parser of Python says it. Python 3.14 has attributes for it too."""


def toml_excerpt(text: str, error: tomllib.TOMLDecodeError) -> Excerpt | None:
    """The line that the parser names, with its character marked; None if it names none."""
    place, lines = _PLACE.search(str(error)), text.splitlines()
    if place is None or not lines:
        return None
    if place[1] is None:
        return Excerpt(lines[-1], len(lines), len(lines[-1]), len(lines[-1]))
    number, column = int(place[1]), int(place[2]) - 1
    return Excerpt(lines[number - 1], number, column, column + 1) if number <= len(lines) else None


_KEY = r"""(?:[\w-]+|"[^"\\\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(rf"[ \t]*(?:\[\[?[ \t]*(?P<table>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*=)", re.ASCII)
_PART = re.compile(_KEY, re.ASCII)
_TOKEN = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[{(]|[\]})]|\n""", re.DOTALL
)
"""What begins or ends a value: strings and remarks, within which nothing counts, brackets, and ends of lines."""


def key_lines(text: str) -> dict[str, Excerpt]:
    """The line of every table and key of a TOML file that can be parsed, by its dotted name without quotes; the key is
    marked. Of a name that is there several times, as those of arrays of tables are, it is the first; the tables of an
    array have their numbers too, `table 2`, as `TableReader.list_of_tables` names them."""
    lines, found, table, numbered = text.split("\n"), dict[str, Excerpt](), "", ""
    counts = Counter[str]()
    for number in _statements(text):
        line = lines[number].removesuffix("\r")
        match = _STATEMENT.match(line)
        if match is None:
            continue
        name = ".".join(part.strip("\"'") for part in _PART.findall(match["table"] or match["key"]))
        start, end = match.span("table" if match["table"] else "key")
        names = [name]
        if match["table"]:
            counts[name] += 1
            table, numbered = name, f"{name} {counts[name]}" if line.lstrip().startswith("[[") else ""
            names += [numbered] if numbered else []
        elif table:
            names = [f"{within}.{name}" for within in (table, numbered) if within]
        for one in names:
            found.setdefault(one, Excerpt(line, number + 1, start, end))
    return found


def _statements(text: str) -> Iterator[int]:
    """The numbers, from 0, of the lines that do not go on with a value of the line before."""
    number, depth = 0, 0
    yield 0
    for part in _TOKEN.findall(text):
        if part == "\n":
            number += 1
            if depth == 0:
                yield number
        elif part in "[{(":
            depth += 1
        elif part in "]})":
            depth -= 1
        else:
            number += part.count("\n")
