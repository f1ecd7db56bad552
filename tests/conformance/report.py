"""What a run of conformance cases comes to: agreeing and differing, by group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

LONGEST = 400
"""Characters of a difference in a report: enough to find it by."""


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case. `difference` is "" where we agree, else what was expected and what came."""

    case: str
    group: str
    difference: str = ""

    @property
    def agrees(self) -> bool:
        return not self.difference


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes of a file."""

    outcomes: tuple[Outcome, ...]

    @property
    def agreeing(self) -> int:
        return sum(outcome.agrees for outcome in self.outcomes)

    @property
    def differing(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.agrees)

    def lines(self, *, reasons: dict[str, str]) -> list[str]:
        """The report for a person: a line for each group, then each difference with its reason, if one is listed."""
        run, agreed = Counter[str](), Counter[str]()
        for outcome in self.outcomes:
            run[outcome.group] += 1
            agreed[outcome.group] += outcome.agrees
        width = max(len(group) for group in ("group", *run))
        lines = [f"{'group':<{width}}    run  agree  differ"]
        lines += [
            f"{group:<{width}}  {run[group]:>5}  {agreed[group]:>5}  {run[group] - agreed[group]:>6}"
            for group in sorted(run)
        ]
        total = len(self.outcomes)
        lines.append(f"{'all':<{width}}  {total:>5}  {self.agreeing:>5}  {total - self.agreeing:>6}")
        for outcome in self.differing:
            reason = reasons.get(outcome.case, "not listed")
            lines.append(f"differs: {outcome.case} ({outcome.group}): {shortened(outcome.difference)} [{reason}]")
        return lines
