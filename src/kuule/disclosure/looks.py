"""In how many tables a question stands, in all that is published of one dataset: each is another look at its numbers
through other noise. A table of what is asked after a certain answer is one too: its base, and how many were not asked,
say how many gave that answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kuule.disclosure.rules import MOST_TABLES, Rules
from kuule.errors import Problem, PublishingError
from kuule.tables.request import RESPONSE_CUTS, TableRequest


def looks(requests: Iterable[TableRequest], rules: Rules) -> Counter[str]:
    """In how many tables each question stands, as rows or as columns, or decides who is asked what stands there; groups
    are not counted as columns. A question of `rules.routing` that stands in no table decides nothing that counts.

    A table within one group of a cut is a part of the table by that cut, and one within another group of it is of the
    same: so is a table by age within a region, one by region within an age, and any of the sort, one table.
    """
    named = list(_named(requests, rules))
    passed = rules.routing.difference(*named)
    return Counter(name for names in named for name in _with_conditions(names, rules) - passed)


def _named(requests: Iterable[TableRequest], rules: Rules) -> Iterator[frozenset[str]]:
    """The questions of each table."""
    free = {*RESPONSE_CUTS, *rules.groups}
    for item, cuts in {(each.item, _cuts(each)) for each in requests}:
        yield frozenset((item, *(cut for cut in cuts if cut not in free)))


def _with_conditions(names: frozenset[str], rules: Rules) -> frozenset[str]:
    return names.union(*(rules.rests_on.get(name, ()) for name in names))


def _cuts(request: TableRequest) -> frozenset[str]:
    within = None if request.within is None else request.within.cut
    return frozenset(cut for cut in (request.cut, within) if cut is not None)


def check_looks(requests: Iterable[TableRequest], rules: Rules) -> None:
    """Raises PublishingError REPORT_022 where one question stands in more than MOST_TABLES of them."""
    problems = [
        Problem(
            "REPORT_022",
            f"tables of {name}",
            f"{name!r} stands in {number} tables, or decides who is asked what stands there, and the mean of many has "
            "little noise left",
            f"ask for {MOST_TABLES} tables with it at most, in all reports of a dataset; a question that only chooses "
            "the way through the form can be named in study.toml, [answers] routing, before an edition is frozen",
        )
        for name, number in sorted(looks(requests, rules).items())
        if number > MOST_TABLES
    ]
    if problems:
        raise PublishingError(*problems)
