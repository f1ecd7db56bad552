"""Which questions reveal the same answers: one that is asked after an answer to another, and two that are asked after
an answer to the same one. How many were asked, and how many were not, is how many gave that answer."""

from __future__ import annotations

from collections import defaultdict

from kuule.disclosure.thresholds import DisclosureRules


class RoutingRelations:
    """The relations between the questions of a study. Versions of a question are that question."""

    def __init__(self, rules: DisclosureRules) -> None:
        question = {version: of for version, (of, _) in rules.versions.items()}
        self.__routing = {question.get(item, item) for item in rules.routing}
        self.__deciding: dict[str, set[str]] = defaultdict(set)
        for item, deciding in rules.rests_on.items():
            self.__deciding[question.get(item, item)] |= {question.get(each, each) for each in deciding}

    def reveal_same_answers(self, one: str, other: str) -> bool:
        """Whether tables of two different questions reveal the same answers. That both are asked after an answer to a
        routing question does not count: a route is no answer about a life."""
        first, second = self.__deciding.get(one, set()), self.__deciding.get(other, set())
        return one in second or other in first or not self.__routing.issuperset(first & second)
