"""What is found of a machine that collects, one sentence for each thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HealthState(StrEnum):
    """How one thing is."""

    WELL = "well"
    LOOK = "look"
    """Somebody should look at it, within days."""
    BROKEN = "broken"
    """People cannot answer, or a promise does not hold."""
    UNKNOWN = "unknown"
    """It was not looked at, or cannot be known here."""


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """One thing that was looked at, and what was found."""

    check: str
    state: HealthState
    told: str
