"""The thresholds of the door: what a study sets, above floors that no study can lower."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.errors import Problem, PublishingError
from kuule.study.definition import Study

FLOOR_BASE = 30
FLOOR_COUNT = 10
FLOOR_ROUNDING = 10


@dataclass(frozen=True, slots=True)
class Nesting:
    """One group of a cut that is made of answers to a question: an attacker adds and subtracts these too.

    `values` are the answers in the group; with `rest`, those of the other groups of the cut, and all others are in it.
    """

    cut: str
    code: str
    question: str
    values: tuple[str, ...]
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be shown. Raises PublishingError REPORT_020 where a number is below its floor.

    `smallest_base`: people a group needs before anything about it is shown; `smallest_count`: people an answer, and
    those who did not give it, need each; `rounding`: the step to which every number is rounded, half up.
    """

    smallest_base: int = FLOOR_BASE
    smallest_count: int = FLOOR_COUNT
    rounding: int = FLOOR_ROUNDING
    nestings: tuple[Nesting, ...] = ()

    def __post_init__(self) -> None:
        floors = {"smallest_base": FLOOR_BASE, "smallest_count": FLOOR_COUNT, "rounding": FLOOR_ROUNDING}
        problems = [
            Problem(
                "REPORT_020",
                f"study.toml, [disclosure] {name}",
                f"{getattr(self, name)} is below the floor of {floor}",
                f"set {name} to {floor} or more",
            )
            for name, floor in floors.items()
            if getattr(self, name) < floor
        ]
        if problems:
            raise PublishingError(*problems)

    @property
    def threshold(self) -> int:
        """The smallest count that is shown: never one that would be rounded to nothing."""
        return max(self.smallest_count, (self.rounding + 1) // 2)

    @property
    def possible_reasons(self) -> int:
        """Values that remain possible for a hidden number of people with a reason for no answer."""
        return self.threshold // 2

    def round(self, count: int) -> int:
        """`count` to the nearest multiple of `rounding`, half up."""
        return (count + self.rounding // 2) // self.rounding * self.rounding

    def interval(self, count: int) -> tuple[int, int]:
        """The counts, from and to, that are shown as the same number as `count`."""
        low = self.round(count) - self.rounding // 2
        return max(low, 0), low + self.rounding - 1


def rules_of(study: Study) -> Rules:
    """The rules of a study: its thresholds, and its groups as sums an attacker can make."""
    nestings = []
    for group in study.groups.values():
        named = tuple(value for member in group.members for value in member.values)
        nestings += [
            Nesting(group.name, member.name, group.question, named if member.rest else member.values, member.rest)
            for member in group.members
        ]
    settings = study.disclosure
    return Rules(settings.smallest_base, settings.smallest_count, settings.rounding, tuple(nestings))
