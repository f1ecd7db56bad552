"""Names of variables that each statistics program accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_]+")
_RESERVED = frozenset(
    {
        *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),
        *("byte", "double", "float", "if", "in", "int", "long", "str", "using"),
        *("break", "else", "false", "for", "function", "inf", "na", "nan", "next", "null", "repeat", "true", "while"),
        *("na_character_", "na_complex_", "na_integer_", "na_real_"),
    }
)
"""Reserved words of SPSS, Stata and R."""
_REASONS = "_missing"
"""How the name of a column of reasons ends."""
_TYPE_OF_STATA = re.compile(r"str([0-9]+|l)", re.IGNORECASE)


def variable_names(columns: Iterable[str], longest: int) -> dict[str, str]:
    """A name for each column, which no program has to quote: Latin letters, digits and `_`, beginning with a letter, at
    most `longest` characters. No two are the same whatever their case, and none is a reserved word of SPSS, Stata or
    R."""
    taken: set[str] = set()
    found = {}
    for column in columns:
        name = _free(_shortened(_plain(column), longest), taken, longest)
        taken.add(name.lower())
        found[column] = name
    return found


def _plain(column: str) -> str:
    name = _NOT_IN_A_NAME.sub("_", column).strip("_") or "v"
    if not name[0].isalpha() or name.lower() in _RESERVED or _TYPE_OF_STATA.fullmatch(name):
        name = f"v_{name}"
    return name


def _shortened(name: str, longest: int) -> str:
    """A name that is cut still says whether its column has reasons."""
    if len(name) > longest and name.endswith(_REASONS):
        return name[: longest - len(_REASONS)] + _REASONS
    return name[:longest]


def _free(name: str, taken: set[str], longest: int) -> str:
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        end = f"_{number}"
        free = f"{name[: longest - len(end)]}{end}"
    return free
