"""The rules of the door: what a study sets, above floors that no study can lower."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from kuule.core.limits import PRIVACY_FLOORS
from kuule.core.problems import Problem, PublishingError
from kuule.disclosure.noise import Noise, largest_variance
from kuule.study.settings.study_settings import Group, Study

MAX_TABLES_PER_QUESTION = 8
"""Tables of one release that one question may stand in, as rows or as columns, or decide who is asked: each is another
look at its numbers through other noise, and the mean of many looks has little noise left. Groups of study.toml, and
what a response says of itself (its language, its link), may cut any number of tables: how large they are is then known
better, and they have a base of `smallest_base` or are not shown."""


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
    """What may be shown. Raises PublishingError REPORT_020 where a number is below its floor, or the noise cannot be.

    `smallest_base`: people a group has at the least; `smallest_count`: people that an answer, and those of the base who
    did not give it, have at the least, noise included; `noise_variance` and `noise_bound`: of what is added to each
    number; `sensitive`: items of which nothing is shown where nearly all of a group answered alike;
    `groups`: each cut that study.toml declares, with the answers that make each of its groups; `rests_on`: for each
    item the questions whose answers decide whether it is asked, so that how many were asked says how many gave them;
    `routing`: questions that only choose the way through the form, of which this does not count.
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
        """A base is shown from here on, noise included: so it is of `smallest_base` people whatever the noise is, and
        that it is shown depends on nothing but the number that is shown."""
        return self.smallest_base + self.noise_bound


def _problem(name: str, cause: str, remedy: str) -> Problem:
    return Problem("REPORT_020", f"study.toml, [disclosure] {name}", cause, remedy)


def disclosure_rules(study: Study, rests_on: RoutingDependencies) -> DisclosureRules:
    """The rules of a study: its thresholds, its sensitive questions and its groups. Of what being asked says, which is
    `rests_on`, its gates are left out: all who are counted gave those the same answer.
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
