"""The rules of disclosure control: what a study sets, and the floors that no study can go below."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kuule.core.limits import PRIVACY_FLOORS
from kuule.core.problems import Problem, PublishingError
from kuule.disclosure.noise import Noise, largest_variance
from kuule.study.settings.study_settings import Group, Study


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """The answers to a question that define a group: those named or, with `rest`, all others."""

    question: str
    named: frozenset[str]
    rest: bool = False

    def is_proper_subset_of(self, other: AnswerSet) -> bool:
        """Whether all people of this group are certain to be in the other, and the two are not the same group."""
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
"""Each cut that study.toml declares, with the answers that define each of its groups."""
RoutingDependencies = Mapping[str, Collection[str]]
"""For each item, the questions whose answers decide whether it is asked."""
QuestionVersions = Mapping[str, tuple[str, frozenset[str]]]
"""For each version of a question that has several: the question, and the editions that asked it in these words."""


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """What may be shown. Raises PublishingError REPORT_020 if a number is below its floor, if no noise has that
    variance within that bound, or if the bound is not below `smallest_count`.

    `smallest_base` is the smallest number of people in a group that is shown. `smallest_count` is the smallest number
    of people, with noise, who gave an answer that is shown, and also of those in the base who did not give it.
    `noise_variance` and `noise_bound` describe the noise on each number. `sensitive` are the items for which a group is
    not shown if nearly all of it gave the same answer. `groups` has each cut that study.toml declares, with the answers
    that define each of its groups. `rests_on` has, for each item, the questions whose answers decide whether it is
    asked: the number of people who were asked reveals how many gave those answers. `routing` are the routing questions,
    to which this does not apply. `versions` are the versions of questions that were asked in several wordings.
    """

    smallest_base: int = PRIVACY_FLOORS["smallest_base"]
    smallest_count: int = PRIVACY_FLOORS["smallest_count"]
    noise_variance: int = PRIVACY_FLOORS["noise_variance"]
    noise_bound: int = PRIVACY_FLOORS["noise_bound"]
    sensitive: frozenset[str] = frozenset()
    groups: DeclaredGroups = field(default_factory=dict)
    rests_on: RoutingDependencies = field(default_factory=dict)
    routing: frozenset[str] = frozenset()
    versions: QuestionVersions = field(default_factory=dict)

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
        """The smallest base that is shown, with noise. Whatever the noise was, such a group has `smallest_base` people;
        and whether a base is shown depends only on the number that would be shown."""
        return self.smallest_base + self.noise_bound


def _problem(name: str, cause: str, remedy: str) -> Problem:
    return Problem("REPORT_020", f"study.toml, [disclosure] {name}", cause, remedy)


def disclosure_rules(
    study: Study, rests_on: RoutingDependencies, versions: QuestionVersions | None = None, *, coded: Iterable[str] = ()
) -> DisclosureRules:
    """The rules of a study: its thresholds, its sensitive questions and its groups. What study.toml says of a question
    is true of all its versions. Gates are left out of `rests_on`: everyone who is counted gave the same answer to them,
    so being asked reveals nothing more. `coded` are the items of codes of what people wrote, all of them sensitive.
    Raises PublishingError REPORT_020.
    """
    settings, known = study.disclosure, versions or {}
    gates = _all_versions((gate.question for gate in study.gates.values()), known)
    return DisclosureRules(
        settings.smallest_base,
        settings.smallest_count,
        settings.noise_variance,
        settings.noise_bound,
        _all_versions(study.answers.sensitive, known).union(coded),
        declared_groups(study),
        {item: frozenset(questions).difference(gates) for item, questions in rests_on.items()},
        _all_versions(study.answers.routing, known),
        known,
    )


def _all_versions(questions: Iterable[str], versions: QuestionVersions) -> frozenset[str]:
    named = frozenset(questions)
    return named.union(name for name, (question, _) in versions.items() if question in named)


def declared_groups(study: Study) -> DeclaredGroups:
    """The groups of a study, with the answers that define them."""
    return {group.name: _members(group) for group in study.groups.values()}


def _members(group: Group) -> Mapping[str, AnswerSet]:
    named = frozenset(value for member in group.members for value in member.values)
    return {
        member.name: AnswerSet(group.question, named if member.rest else frozenset(member.values), member.rest)
        for member in group.members
    }
