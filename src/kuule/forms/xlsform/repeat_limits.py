"""Carries `most=6` under a repeat's parameters, the most instances that a person can add, through the conversion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kuule.core.problems import Problem
from kuule.forms.xform.definitions import MAX_INSTANCES
from kuule.forms.xform.xml_elements import DEFAULT_MAX_ATTRIBUTE, STATED_MAX_ATTRIBUTE

DEFAULT_MAX_INSTANCES = (10, 4, 2)
"""The most instances of a repeat if its author states none, by the number of repeats around it. Deeper ones get the
last."""
_MOST = re.compile(r"\bmost\s*=\s*(\S+?)(?=[\s,;]|$)")
_REPEAT = re.compile(r"(begin|end)[ _](?:repeat|lgroup|looped group)\b", re.IGNORECASE)


def mark_repeat_limits(rows: Sequence[dict[str, str]], file: str) -> tuple[list[dict[str, str]], tuple[Problem, ...]]:
    """The survey's rows, with the limit of each repeat in an attribute of its own; FORM_044 for one that is not a
    number."""
    result, problems, depth = [], list[Problem](), 0
    for number, row in enumerate(rows, 2):
        kind = _REPEAT.match(row.get("type", "").strip())
        if kind is None:
            result.append(row)
            continue
        if kind[1].lower() == "end":
            depth = max(depth - 1, 0)
            result.append(row)
            continue
        problems += _wrong(row, f"{file}, survey, row {number}")
        result.append(_limited(row, DEFAULT_MAX_INSTANCES[min(depth, len(DEFAULT_MAX_INSTANCES) - 1)]))
        depth += 1
    return result, tuple(problems)


def _limited(row: dict[str, str], usual: int) -> dict[str, str]:
    stated = _stated(row)
    limits = {f"body::{DEFAULT_MAX_ATTRIBUTE}": str(usual)}
    if stated is not None and _fits(stated):
        limits[f"body::{STATED_MAX_ATTRIBUTE}"] = stated
    cells = {**row, "parameters": _MOST.sub("", row.get("parameters", "")).strip(" ,;")}
    return {name: cell for name, cell in (cells | limits).items() if cell}


def _stated(row: dict[str, str]) -> str | None:
    found = _MOST.search(row.get("parameters", ""))
    return None if found is None else found[1]


def _fits(stated: str) -> bool:
    return stated.isascii() and stated.isdigit() and 1 <= int(stated) <= MAX_INSTANCES


def _wrong(row: dict[str, str], place: str) -> Iterator[Problem]:
    stated = _stated(row)
    if stated is not None and not _fits(stated):
        cause = f"most={stated} is no number of instances"
        yield Problem("FORM_044", f"{place}, parameters", cause, f"write a whole number from 1 to {MAX_INSTANCES}")
