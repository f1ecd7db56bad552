"""Groups problems that are one mistake, with the same cause and remedy in several places, languages or texts, to print
them once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kuule.core.problems import Excerpt, Problem, Severity

_NAMED_TEXTS = 5
"""So many texts of one file are named where many are wrong in the same way: a file copied untranslated has them all."""


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """One mistake, wherever it was found. There is at least one problem in it."""

    problems: tuple[Problem, ...]

    @property
    def severity(self) -> Severity:
        return self.problems[0].severity

    @property
    def codes(self) -> str:
        """The codes of the rules that found it."""
        return ", ".join(dict.fromkeys(problem.code for problem in self.problems))

    @property
    def heading(self) -> str:
        """Which rule, where, and why, in one line."""
        first, more = self.problems[0], len(self.problems) - 1
        mark = "" if self.severity is Severity.ERROR else " (warning)"
        if not more:
            return f"{self.codes}{mark} {first.place}: {first.cause}"
        where = f"{first.place}, and {more} more"
        if self.languages:
            where = ", ".join(filter(None, (f"{more + 1} languages", first.key)))
        elif self.keys:
            where = f"{first.place.removesuffix(f', {first.key}')}, {more + 1} texts"
        return f"{self.codes}{mark} {where}: {first.shared_cause or first.cause}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages, if each problem is about another one."""
        tags = tuple(problem.language for problem in self.problems)
        return tags if all(tags) and len(set(tags)) == len(tags) else ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the texts, if each problem is about another text of one file."""
        keys = tuple(problem.key for problem in self.problems)
        one_file = len({problem.file for problem in self.problems}) == 1
        return keys if one_file and all(keys) and len(set(keys)) == len(keys) else ()

    @property
    def others(self) -> str:
        """Where else it was found, or of many texts the first few; "" if nowhere else."""
        if len(self.problems) == 1:
            return ""
        if self.languages:
            return ", ".join(self.languages)
        if self.keys:
            more = len(self.keys) - _NAMED_TEXTS
            named = ", ".join(self.keys[:_NAMED_TEXTS])
            return named if more <= 0 else f"{named} and {more} more, which --json names"
        return f"also {'; '.join(problem.place for problem in self.problems[1:])}"

    @property
    def excerpt(self) -> Excerpt | None:
        return self.problems[0].excerpt

    @property
    def remedy(self) -> str:
        return self.problems[0].remedy


def counted_problems(problems: Iterable[Problem]) -> dict[str, int]:
    """How many errors and warnings there are, each by itself: for programs, which get the problems ungrouped."""
    found = [problem.severity for problem in problems]
    return {"errors": found.count(Severity.ERROR), "warnings": found.count(Severity.WARNING)}


def group_problems(problems: Iterable[Problem]) -> tuple[ProblemGroup, ...]:
    """The problems in their order, each group at the place of its first one. Those of texts are grouped as one text in
    several languages or as several texts of one file, whichever is said in fewer groups."""
    every = list(problems)
    texts, files = _counted_by(every, "key"), _counted_by(every, "file")
    groups: dict[object, list[Problem]] = {}
    for problem in every:
        what = _mistake(problem)
        by_file = problem.key and problem.file and files[what] < texts[what]
        groups.setdefault((what, problem.file if by_file else problem.key), []).append(problem)
    return tuple(ProblemGroup(tuple(group)) for group in groups.values())


def _counted_by(problems: Iterable[Problem], attribute: str) -> dict[object, int]:
    """Of how many different texts or files each mistake is said."""
    found: dict[object, set[str]] = {}
    for problem in problems:
        found.setdefault(_mistake(problem), set()).add(getattr(problem, attribute))
    return {what: len(values) for what, values in found.items()}


def _mistake(problem: Problem) -> object:
    """What makes problems one mistake, wherever they are."""
    return problem.severity, problem.shared_cause or (problem.code, problem.cause, problem.remedy)
