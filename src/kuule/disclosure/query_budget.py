"""In how many tables a question stands, in all that is published of one dataset. Each table measures its numbers again
with other noise. A table of a question that is asked only after a certain answer counts too: its base, and how many
were not asked, tell how many gave that answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kuule.core.problems import Problem, PublishingError
from kuule.disclosure.thresholds import MAX_TABLES_PER_QUESTION, DisclosureRules
from kuule.tables.request import RESPONSE_CUTS, TableRequest


@dataclass(frozen=True, slots=True)
class QuestionExposure:
    """Where the answers of one question are seen: `tables` in which it stands; `follow_ups`, tables of what is asked
    after an answer to it, by their bases; and of those the `conditions`, each by how many were not asked."""

    tables: int = 1
    follow_ups: int = 0
    conditions: int = 0

    @property
    def revealing_numbers(self) -> int:
        """That tell of one answer: of two, each table has both."""
        return 2 * self.tables + self.follow_ups + self.conditions


def greatest_exposure(
    requests: Iterable[TableRequest], rules: DisclosureRules, conditions: Mapping[str, str]
) -> QuestionExposure:
    """That of the question of which most numbers tell; `conditions`, by item, is when it is asked."""
    named = list(_named(requests, rules))
    passed = rules.routing.difference(*named)
    questions = frozenset[str]().union(*(_with_conditions(names, rules) for names in named)) - passed
    return max(
        (_seen(each, named, rules, conditions) for each in questions),
        key=lambda one: one.revealing_numbers,
        default=QuestionExposure(),
    )


def _seen(
    question: str, named: Sequence[frozenset[str]], rules: DisclosureRules, conditions: Mapping[str, str]
) -> QuestionExposure:
    after = [names for names in named if question not in names and question in _with_conditions(names, rules)]
    asked = {
        conditions.get(name, name) for names in after for name in names if question in rules.rests_on.get(name, ())
    }
    return QuestionExposure(sum(question in names for names in named), len(after), len(asked))


def tables_per_question(requests: Iterable[TableRequest], rules: DisclosureRules) -> Counter[str]:
    """In how many tables each question stands, as rows or as columns, or decides who is asked what stands there; groups
    are not counted as columns. A question of `rules.routing` that stands in no table decides nothing that counts.

    A table within one group of a cut is a part of the table by that cut, and one within another group of it is of the
    same: so is a table by age within a region, one by region within an age, and any of the sort, one table.
    """
    named = list(_named(requests, rules))
    passed = rules.routing.difference(*named)
    return Counter(name for names in named for name in _with_conditions(names, rules) - passed)


def requests_within_budget(requests: Iterable[TableRequest], rules: DisclosureRules) -> tuple[TableRequest, ...]:
    """As many of them, the first ones first, as leave no question in more than MAX_TABLES_PER_QUESTION tables."""
    kept: list[TableRequest] = []
    for each in requests:
        if max(tables_per_question((*kept, each), rules).values()) <= MAX_TABLES_PER_QUESTION:
            kept.append(each)
    return tuple(kept)


def _named(requests: Iterable[TableRequest], rules: DisclosureRules) -> Iterator[frozenset[str]]:
    """The questions of each table."""
    free = {*RESPONSE_CUTS, *rules.groups}
    for item, cuts in {(each.item, _cuts(each)) for each in requests}:
        yield frozenset((item, *(cut for cut in cuts if cut not in free)))


def _with_conditions(names: frozenset[str], rules: DisclosureRules) -> frozenset[str]:
    return names.union(*(rules.rests_on.get(name, ()) for name in names))


def _cuts(request: TableRequest) -> frozenset[str]:
    within = None if request.within is None else request.within.cut
    return frozenset(cut for cut in (request.cut, within) if cut is not None)


def check_query_budget(requests: Iterable[TableRequest], rules: DisclosureRules) -> None:
    """Raises PublishingError REPORT_022 where one question stands in more than MAX_TABLES_PER_QUESTION of them."""
    problems = [
        Problem(
            "REPORT_022",
            f"tables of {name}",
            f"{name!r} stands in {number} tables, or decides who is asked what stands there, and the mean of many has "
            "little noise left",
            f"ask for {MAX_TABLES_PER_QUESTION} tables with it at most, in all reports of a dataset; a question that "
            "only chooses the way through the form can be named in study.toml, [answers] routing, "
            "before an edition is frozen",
        )
        for name, number in sorted(tables_per_question(requests, rules).items())
        if number > MAX_TABLES_PER_QUESTION
    ]
    if problems:
        raise PublishingError(*problems)
