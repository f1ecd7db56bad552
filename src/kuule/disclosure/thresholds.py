"""The rules of disclosure control: what a study sets, above floors that no study can go below."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from kuule.core.limits import PRIVACY_FLOORS
from kuule.core.problems import Problem, PublishingError
from kuule.disclosure.noise import Noise, largest_variance
from kuule.study.settings.study_settings import Group, Study

MAX_TABLES_PER_QUESTION = 8
"""How many tables of one release a question may stand in, as rows, as columns, or as the condition that decides who is
asked. Each table measures the question's numbers again with other noise, and the mean of many measurements has little
noise left. Groups of study.toml, and what a response says of itself (its language, its link), may cut any number of
tables: their sizes then become known better, but each has a base of `smallest_base` or is not shown."""


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Answers to a question that make a group: those named, or with `rest` all but those."""

    question: str
    named: frozenset[str]
    rest: bool = False

    def is_proper_subset_of(self, other: AnswerSet) -> bool:
        """Whether all people of this group are surely in the other, and it is not the same group."""
        if self == other or self.question != other.question:
            return False
        match self.rest, other.rest:
            case False, False:
                return self.named <= other.named
            case False, True:
                return self.named.isdisjoint(other.named)
            case True, True:
                return self.named >= other.named
            case _:
                return False


DeclaredGroups = Mapping[str, Mapping[str, AnswerSet]]
"""Each cut that study.toml declares, with the answers that make each of its groups."""
RoutingDependencies = Mapping[str, Collection[str]]
"""For each item the questions whose answers decide whether it is asked."""


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """What may be shown. Raises PublishingError REPORT_020 where a number is below its floor, or where no noise has
    that variance within that bound.

    `smallest_base` is the fewest people in a group that is shown. `smallest_count` is the fewest people, noise
    included, who gave an answer that is shown, and also the fewest of the base who did not give it. `noise_variance`
    and `noise_bound` are those of the noise on each number. `sensitive` are the items of which nothing is shown for a
    group in which nearly all answered alike. `groups` has each cut that study.toml declares, with the answers that
    make each of its groups. `rests_on` has, for each item, the questions whose answers decide whether it is asked:
    the number of people who were asked tells how many gave those answers. `routing` are the questions that only
    choose the way through the form, to which this does not apply.
    """

    smallest_base: int = PRIVACY_FLOORS["smallest_base"]
    smallest_count: int = PRIVACY_FLOORS["smallest_count"]
    noise_variance: int = PRIVACY_FLOORS["noise_variance"]
    noise_bound: int = PRIVACY_FLOORS["noise_bound"]
    sensitive: frozenset[str] = frozenset()
    groups: DeclaredGroups = field(default_factory=dict)
    rests_on: RoutingDependencies = field(default_factory=dict)
    routing: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise PublishingError(*problems)

    def _problems(self) -> Iterator[Problem]:
        for name, floor in PRIVACY_FLOORS.items():
            if getattr(self, name) < floor:
                cause = f"{getattr(self, name)} is below the floor of {floor}"
                yield _problem(name, cause, f"set {name} to {floor} or more")
        if self.noise_variance > largest_variance(self.noise_bound):
            most = int(largest_variance(self.noise_bound))
            cause = f"{self.noise_variance} is more than noise within a bound of {self.noise_bound} has"
            yield _problem("noise_variance", cause, f"set noise_variance to {most} or less, or noise_bound higher")
        if self.noise_bound >= self.smallest_count:
            cause = f"with {self.noise_bound}, a count that is shown would tell that it is not none"
            yield _problem("noise_bound", cause, "set noise_bound lower than smallest_count")

    @property
    def noise(self) -> Noise:
        return Noise(self.noise_variance, self.noise_bound)

    @property
    def base_threshold(self) -> int:
        """The smallest base that is shown, noise included. Whatever the noise is, the group then has `smallest_base`
        people; and whether a base is shown depends on nothing but the number that would be shown."""
        return self.smallest_base + self.noise_bound


def _problem(name: str, cause: str, remedy: str) -> Problem:
    return Problem("REPORT_020", f"study.toml, [disclosure] {name}", cause, remedy)


def disclosure_rules(study: Study, rests_on: RoutingDependencies) -> DisclosureRules:
    """The rules of a study: its thresholds, its sensitive questions and its groups. Gates are left out of `rests_on`:
    all who are counted gave the same answer to them, so being asked tells nothing more.
    """
    settings = study.disclosure
    gates = {gate.question for gate in study.gates.values()}
    return DisclosureRules(
        settings.smallest_base,
        settings.smallest_count,
        settings.noise_variance,
        settings.noise_bound,
        frozenset(study.answers.sensitive),
        declared_groups(study),
        {item: frozenset(questions).difference(gates) for item, questions in rests_on.items()},
        frozenset(study.answers.routing),
    )


def declared_groups(study: Study) -> DeclaredGroups:
    """The groups of a study."""
    return {group.name: _members(group) for group in study.groups.values()}


def _members(group: Group) -> Mapping[str, AnswerSet]:
    named = frozenset(value for member in group.members for value in member.values)
    return {
        member.name: AnswerSet(group.question, named if member.rest else frozenset(member.values), member.rest)
        for member in group.members
    }
