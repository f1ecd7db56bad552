"""Questions that were added, removed or moved since the last edition are listed, because what comes before a question
changes how it is answered.

These are warnings. A question that was only moved keeps its name and its answers; the answers of a removed one stay in
the dataset.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kuule.core.problems import Problem, Severity
from kuule.study.rules.changes.edition_comparison import EditionComparison
from kuule.study.rules.changes.renamed_questions import renamed_questions

CODE = "STUDY_326"


def check(compared: EditionComparison) -> Iterator[Problem]:
    """Yield a warning for each added, removed and moved question, in the order of the form. Questions that may have
    been renamed belong to another rule."""
    pairs = renamed_questions(compared)
    for name in compared.items_now:
        if name not in compared.items_before and name not in pairs.values():
            cause = f"{name!r} is new since the earlier edition"
            yield _warning(compared.place(name), cause, "its base holds answers from now on only")
    for name in compared.items_before:
        if name not in compared.items_now and name not in pairs:
            cause = f"{name!r} was in the earlier edition, and is not now"
            yield _warning(compared.questionnaire.file, cause, "its base holds answers up to now only")
    for name in _moved(compared):
        cause = f"{name!r} stands at another place than in the earlier edition"
        yield _warning(compared.place(name), cause, "what is asked before it can change how it is answered")


def _warning(place: str, cause: str, remedy: str) -> Problem:
    return Problem(CODE, place, cause, remedy, Severity.WARNING)


def _moved(compared: EditionComparison) -> Iterator[str]:
    """The fewest questions whose moves explain the new order, and those that moved to another section."""
    places = {name: place for place, name in enumerate(compared.items_before)}
    common = [name for name in compared.items_now if name in places]
    stayed = {common[at] for at in longest_rise([places[name] for name in common])}
    for name in common:
        section_changed = compared.items_now[name].section != compared.items_before[name].section
        if name not in stayed or section_changed:
            yield name


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """The positions of a longest increasing subsequence (patience sorting)."""
    ends: list[int] = []
    tops: list[int] = []
    came_from: list[int] = []
    for at, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        came_from.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(number)
            ends.append(at)
        else:
            tops[pile], ends[pile] = number, at
    found: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(at)
        at = came_from[at]
    return found
