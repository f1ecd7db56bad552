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
class InstallationFinding:
    """One thing that was looked at. `told` says what was found, `remedy` how to mend it; "" if nothing is wrong."""

    check: str
    state: FindingState
    told: str
    remedy: str = ""


def pass_check(check: str, told: str) -> InstallationFinding:
    """A finding of which nothing has to be done."""
    return InstallationFinding(check, FindingState.OK, told)


def warn_about(check: str, told: str, remedy: str) -> InstallationFinding:
    """A finding that a person should know of."""
    return InstallationFinding(check, FindingState.WARNING, told, remedy)


def report_missing(check: str, told: str, remedy: str) -> InstallationFinding:
    """A finding that stops work."""
    return InstallationFinding(check, FindingState.MISSING, told, remedy)
