"""What is found of an installation: one sentence for each thing that was looked at, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MachineRole(StrEnum):
    """What a machine is for. The names are those of docs/how-to/install.md."""

    COLLECTOR = "collector"
    WORKBENCH = "workbench"
    LEAD = "lead"
    ANALYST = "analyst"


class FindingState(StrEnum):
    """Whether something is as it should be: `warning` is for what a person should know, `missing` for what stops
    work."""

    OK = "ok"
    WARNING = "warning"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `told` says what was found, `remedy` how to mend it; "" if nothing is wrong."""

    check: str
    state: FindingState
    told: str
    remedy: str = ""


def fine(check: str, told: str) -> Finding:
    """A finding of which nothing has to be done."""
    return Finding(check, FindingState.OK, told)


def warning(check: str, told: str, remedy: str) -> Finding:
    """A finding that a person should know of."""
    return Finding(check, FindingState.WARNING, told, remedy)


def missing(check: str, told: str, remedy: str) -> Finding:
    """A finding that stops work."""
    return Finding(check, FindingState.MISSING, told, remedy)
