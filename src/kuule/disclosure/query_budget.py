"""The query budget: in how many tables a question appears, over all that is published from one dataset. Each table
measures the numbers of the question again with other noise. If another question is asked only after a certain answer,
its tables count too: its base, and how many people were not asked, show how many gave that answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kuule.core.limits import MAX_TABLES_PER_QUESTION
from kuule.core.problems import Problem, PublishingError
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.request import RESPONSE_CUTS, TableRequest


@dataclass(frozen=True, slots=True)
class QuestionExposure:
    """How often the answers to one question are measured. `tables` is the number of tables in which it appears.
    `follow_ups` is the number of tables on questions that are asked only after an answer to it; their bases reveal
    that answer. `conditions` is the number of different conditions among those; for each, the number of people who were
    not asked reveals it."""

    tables: int = 1
    follow_ups: int = 0
    conditions: int = 0

    @property
    def revealing_numbers(self) -> int:
        """How many numbers reveal an answer to a question with two answers. Each table has a number for either."""
        return 2 * self.tables + self.follow_ups + self.conditions


def greatest_exposure(
    requests: Iterable[TableRequest], rules: DisclosureRules, conditions: Mapping[str, str]
) -> QuestionExposure:
    """The exposure of the question that most numbers reveal. `conditions` has, by item, the condition under which it is
    asked."""
    named = list(_questions_by_table(requests, rules))
    passed = rules.routing.difference(*named)
    questions = frozenset[str]().union(*(_with_conditions(names, rules) for names in named)) - passed
    return max(
        (_exposure(each, named, rules, conditions) for each in questions),
        key=lambda one: one.revealing_numbers,
        default=QuestionExposure(),
    )


def _exposure(
    question: str, named: Sequence[frozenset[str]], rules: DisclosureRules, conditions: Mapping[str, str]
) -> QuestionExposure:
    after = [names for names in named if question not in names and question in _with_conditions(names, rules)]
    asked = {
        conditions.get(name, name) for names in after for name in names if question in rules.rests_on.get(name, ())
    }
    return QuestionExposure(sum(question in names for names in named), len(after), len(asked))


def tables_per_question(requests: Iterable[TableRequest], rules: DisclosureRules) -> Counter[str]:
    """In how many tables each question appears: in the rows, in the columns, or by deciding who is asked. Groups are
    not counted as columns. A question of `rules.routing` counts only if it appears in a table itself.

    A table within one group of a cut is a part of the table by that cut, and so is one within another group. All tables
    by age within a region, and by region within an age, therefore count as one table.
    """
    named = list(_questions_by_table(requests, rules))
    passed = rules.routing.difference(*named)
    return Counter(name for names in named for name in _with_conditions(names, rules) - passed)


def requests_within_budget(requests: Iterable[TableRequest], rules: DisclosureRules) -> tuple[TableRequest, ...]:
    """The requests that fit into the query budget, in their order: each is kept unless it would put a question into
    more than MAX_TABLES_PER_QUESTION tables."""
    kept: list[TableRequest] = []
    for each in requests:
        if max(tables_per_question((*kept, each), rules).values()) <= MAX_TABLES_PER_QUESTION:
            kept.append(each)
    return tuple(kept)


def _questions_by_table(requests: Iterable[TableRequest], rules: DisclosureRules) -> Iterator[frozenset[str]]:
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
    """Raise PublishingError REPORT_022 if a question appears in more than MAX_TABLES_PER_QUESTION of these tables."""
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
