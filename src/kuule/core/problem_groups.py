"""Groups problems that are one mistake, with the same cause and remedy in several places or languages, to print them
once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kuule.core.problems import Excerpt, Problem, Severity


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
        return f"{self.codes}{mark} {where}: {first.shared_cause or first.cause}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages, if each problem is about another one."""
        tags = tuple(problem.language for problem in self.problems)
        return tags if all(tags) and len(set(tags)) == len(tags) else ()

    @property
    def others(self) -> str:
        """Where else it was found; "" if nowhere else."""
        if len(self.problems) == 1:
            return ""
        return ", ".join(self.languages) or f"also {'; '.join(problem.place for problem in self.problems[1:])}"

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
    """The problems in their order, each group at the place of its first one."""
    groups: dict[object, list[Problem]] = {}
    for problem in problems:
        what = problem.shared_cause or (problem.code, problem.cause, problem.remedy)
        groups.setdefault((problem.severity, what, problem.key), []).append(problem)
    return tuple(ProblemGroup(tuple(group)) for group in groups.values())
