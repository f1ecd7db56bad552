"""What a check of the study found, as the lead's desk shows it. The process that checks writes it as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from kuule.core.problem_groups import ProblemGroup, group_problems
from kuule.core.problems import Problem, Severity
from kuule.study.edition.readiness import LanguageReadiness
from kuule.workbench.errands.problem_tables import cut_text
from kuule.workbench.study_desk.desk_remedies import desk_remedy

_MOST_PROBLEMS = 200
_MOST_PLACES = 40
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """One mistake, wherever it was found: `place` first, then `others`, or the `languages` if each is in another one.
    `more_places` is how many others there are, of which a page names no more than it can show. `line` is the number of
    the line that `excerpt` quotes, 0 for none. `is_new` says that it comes with a questionnaire that is being tried."""

    code: str
    place: str
    cause: str
    remedy: str
    is_error: bool
    others: tuple[str, ...] = ()
    more_places: int = 0
    languages: tuple[str, ...] = ()
    excerpt: str = ""
    line: int = 0
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class FoundLanguage:
    """A language, and what keeps it from opening."""

    tag: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyFindings:
    """Everything that is wrong, errors first, and how far each language is. `changed_since` are the ids of editions
    that are otherwise than the study is now. `cut` says that there is more than a page can show."""

    problems: tuple[FoundProblem, ...]
    languages: tuple[FoundLanguage, ...] = ()
    changed_since: tuple[str, ...] = ()
    cut: bool = False

    @property
    def errors(self) -> tuple[FoundProblem, ...]:
        """With any of them, nothing can be frozen."""
        return tuple(one for one in self.problems if one.is_error)

    @property
    def warnings(self) -> tuple[FoundProblem, ...]:
        """What a person should look at."""
        return tuple(one for one in self.problems if not one.is_error)

    @property
    def closed_languages(self) -> tuple[FoundLanguage, ...]:
        """The languages that may not open yet."""
        return tuple(one for one in self.languages if one.reasons)

    def to_table(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> StudyFindings:
        """The reverse."""
        problems = (FoundProblem(**{**one, **_tuples(one, "others", "languages")}) for one in table["problems"])
        languages = (FoundLanguage(one["tag"], tuple(one["reasons"])) for one in table["languages"])
        return cls(tuple(problems), tuple(languages), tuple(table["changed_since"]), table["cut"])


def _tuples(table: Mapping[str, Any], *names: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(table[name]) for name in names}


def by_code(problems: Iterable[FoundProblem]) -> Mapping[str, tuple[FoundProblem, ...]]:
    """The problems by the rule that found them, in the order of the first of each: a page folds those of one kind."""
    found: dict[str, list[FoundProblem]] = {}
    for one in problems:
        found.setdefault(one.code, []).append(one)
    return {code: tuple(each) for code, each in found.items()}


def found_problems(problems: Iterable[Problem], before: Iterable[Problem] = ()) -> tuple[FoundProblem, ...]:
    """The problems, each mistake once. Those that are not among `before` are new; one that says another number of the
    same thing at the same place is not, such as how many texts have no translation yet."""
    known = set(map(_but_for_numbers, before))
    groups = group_problems(problems)
    return tuple(
        _found(one, is_new=any(_but_for_numbers(each) not in known for each in one.problems)) for one in groups
    )


def _but_for_numbers(problem: Problem) -> tuple[str, str, str, bool]:
    return problem.code, problem.place, _NUMBER.sub("0", problem.cause), problem.severity is Severity.ERROR


def cut_problems(problems: tuple[FoundProblem, ...]) -> tuple[tuple[FoundProblem, ...], bool]:
    """As many as a page can show, and whether there are more."""
    return problems[:_MOST_PROBLEMS], len(problems) > _MOST_PROBLEMS


def found_languages(languages: Iterable[LanguageReadiness]) -> tuple[FoundLanguage, ...]:
    """What keeps each language from opening."""
    return tuple(FoundLanguage(one.tag, tuple(map(cut_text, one.reasons))) for one in languages)


def _found(group: ProblemGroup, *, is_new: bool) -> FoundProblem:
    first, excerpt = group.problems[0], group.excerpt
    tags = group.languages if len(group.problems) > 1 else ()
    others = () if tags else tuple(cut_text(one.place) for one in islice(group.problems, 1, _MOST_PLACES))
    return FoundProblem(
        code=group.codes,
        place=cut_text(first.place),
        cause=cut_text(first.shared_cause if tags and first.shared_cause else first.cause),
        remedy=cut_text(desk_remedy(first)),
        is_error=group.severity is Severity.ERROR,
        others=others,
        more_places=0 if tags else len(group.problems) - 1,
        languages=tags,
        excerpt=cut_text(excerpt.text) if excerpt else "",
        line=excerpt.line if excerpt else 0,
        is_new=is_new,
    )
