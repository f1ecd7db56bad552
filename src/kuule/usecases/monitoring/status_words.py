"""The state of a machine as lines for a person, and by name for a program."""

from __future__ import annotations

from kuule.usecases.monitoring.health_findings import HealthState
from kuule.usecases.monitoring.host_status import HostStatus

_STATE_WIDTH = 9


def status_lines(status: HostStatus) -> list[str]:
    """A line for each thing that was looked at."""
    return [f"{one.state:<{_STATE_WIDTH}}{one.check}: {one.told}" for one in status.findings]


def status_table(status: HostStatus) -> dict[str, object]:
    """The same for a program: each value is a text, a number, a list of objects, or None where it is not known."""
    return {
        "version": status.program,
        "study": status.study or None,
        "edition": status.edition or None,
        "key": status.key or None,
        "phase": None if status.phase is None else str(status.phase.phase),
        "store_version": status.store_version,
        "backup_days": status.backup_days,
        "checks": [{"check": one.check, "state": str(one.state), "told": one.told} for one in status.findings],
        "look": status.count(HealthState.LOOK),
        "broken": status.count(HealthState.BROKEN),
    }
