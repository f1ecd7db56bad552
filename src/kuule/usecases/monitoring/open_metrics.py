"""The state of a machine as OpenMetrics text (version 1.0.0), for a monitor that runs on it. There is no counter in it:
nothing that adds up, and nothing that a visit moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kuule.study.settings.field_phase import FieldPhase
from kuule.usecases.monitoring.health_findings import HealthState
from kuule.usecases.monitoring.host_status import HostStatus

CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"


def open_metrics_text(status: HostStatus) -> str:
    """All of it. What is not known has no sample."""
    return "".join(f"{line}\n" for line in (*_lines(status), "# EOF"))


def _lines(status: HostStatus) -> Iterator[str]:
    yield from _family("kuule_collector", "info", "Which program and edition this machine has.")
    known = {"version": status.program, "edition": status.edition, "key": status.key}
    yield f"kuule_collector_info{_labels(known)} 1"
    yield from _family("kuule_health", "stateset", "How each thing is that kuule status looks at.")
    for one in status.findings:
        yield from _states("kuule_health", {"check": one.check}, HealthState, one.state)
    if status.phase is not None:
        yield from _family("kuule_phase", "stateset", "The phase of the field period.")
        yield from _states("kuule_phase", {}, FieldPhase, status.phase.phase)
    for name, value, told in (
        ("kuule_store_version", status.store_version, "The version of the tables of the store."),
        ("kuule_backup_age_days", status.backup_days, "Days since the newest backup."),
    ):
        if value is not None:
            yield from _family(name, "gauge", told)
            yield f"{name} {value}"


def _family(name: str, kind: str, told: str) -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    yield f"# HELP {name} {told}"


def _states(name: str, labels: Mapping[str, str], states: Iterable[str], current: str) -> Iterator[str]:
    for state in states:
        yield f"{name}{_labels({**labels, name: str(state)})} {int(state == current)}"


def _labels(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
