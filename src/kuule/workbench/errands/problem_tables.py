"""Problems as JSON, on the way between the site and a process that it started."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from kuule.core.problems import Problem

_MOST_PROBLEMS = 50
_LONGEST_TEXT = 600


def problems_to_table(problems: Iterable[Problem]) -> list[list[str]]:
    """For JSON: the first of them, each cut to what somebody could read."""
    return [
        [one.code, cut_text(one.place), cut_text(one.cause), cut_text(one.remedy)]
        for one in islice(problems, _MOST_PROBLEMS)
    ]


def problems_from_table(table: list[list[str]]) -> tuple[Problem, ...]:
    """The reverse."""
    return tuple(Problem(code, place, cause, remedy) for code, place, cause, remedy in table)


def cut_text(text: str) -> str:
    """The text, or its beginning if it is longer than anybody reads."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"


def without_place(problem: Problem, folders: Iterable[Path]) -> Problem:
    """The problem with what lies in these folders named by itself, and not by where it lies on this machine."""
    place, cause, remedy = problem.place, problem.cause, problem.remedy
    for folder in folders:
        place, cause, remedy = (text.replace(f"{folder}/", "") for text in (place, cause, remedy))
    return replace(problem, place=place, cause=cause, remedy=remedy)
