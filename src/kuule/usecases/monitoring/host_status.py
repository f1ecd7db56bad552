"""The state of a machine that collects: what `kuule status` says, and what its socket says to a monitor of the machine.

Nothing in it is made of visits: no count, no size, no time of anything that a visitor did, nor how long an answer took.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from kuule.collector.session.token_secret import MEMORY_FOLDER, find_token_secret
from kuule.core.problems import KuuleError
from kuule.helplines.service import service_id
from kuule.store.location.database_address import SqliteAddress, read_address
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.settings.field_phase import FieldStatus, field_status
from kuule.usecases.monitoring.collector_answer import check_collector_answers
from kuule.usecases.monitoring.disk_room import DiskWatch
from kuule.usecases.monitoring.health_findings import HealthFinding, HealthState
from kuule.usecases.monitoring.kept_files import check_backup, check_rewriting, check_secret
from kuule.usecases.monitoring.store_condition import read_store_condition

_SERVICE_FOLDER = Path("/run/kuule")
"""Where the service of deploy/ keeps what is in memory alone."""


@dataclass(frozen=True, slots=True)
class WatchedHost:
    """What is looked at. `edition`: the one that new visits get. `address`: where the collector listens, "" to leave
    that out. `secret`, `backups`: None to leave them out."""

    edition: Path
    database: str
    address: str = ""
    secret: Path | None = None
    backups: Path | None = None
    backup_days: int = 2


@dataclass(frozen=True, slots=True)
class HostStatus:
    """What was found. `study`, `edition` and `key` are "" where the edition cannot be read; `phase`, `store_version`
    and `backup_days` are None where they are not known."""

    program: str
    study: str
    edition: str
    key: str
    phase: FieldStatus | None
    store_version: int | None
    backup_days: int | None
    findings: tuple[HealthFinding, ...]

    def count(self, state: HealthState) -> int:
        """How many things are in this state."""
        return sum(one.state is state for one in self.findings)


def watched_disks(host: WatchedHost) -> DiskWatch:
    """The disks on which this machine keeps something of the study. Raises StoreError for an address that is none."""
    address = read_address(host.database)
    kept = [Path(address.path).parent] if isinstance(address, SqliteAddress) else [Path("/")]
    return DiskWatch(kept + ([host.backups] if host.backups is not None else []))


def read_host_status(
    host: WatchedHost,
    now: datetime,
    disks: DiskWatch,
    *,
    answers: Callable[[str], HealthFinding] = check_collector_answers,
    memory: Sequence[Path] = (),
) -> HostStatus:
    """Look at everything. What is wrong is in the findings, and nothing is raised. `memory`: where a collector may have
    left what its rewritings came to; by default where it does."""
    edition, found = _read_edition(host.edition)
    study = edition.study.id if edition else ""
    store = read_store_condition(host.database)
    phase = None
    if edition is not None and store.order is not None:
        phase = field_status(edition.study.field_period, edition.study.coming_back.pause_days, store.order, now)
    backup, backup_days = check_backup(host.backups, study, now.date(), days=host.backup_days)
    findings = (
        answers(host.address) if host.address else HealthFinding("up", HealthState.UNKNOWN, "not asked"),
        found,
        store.finding,
        _phase_finding(phase),
        _help_finding(edition, store.hidden),
        check_rewriting(memory or _memory_folders(), store.identity),
        check_secret(_secret_path(host.secret)),
        disks.find(now),
        backup,
    )
    return HostStatus(
        program=version("kuule"),
        study=study,
        edition=edition.id if edition else "",
        key=edition.key.fingerprint if edition else "",
        phase=phase,
        store_version=store.version,
        backup_days=backup_days,
        findings=findings,
    )


def _read_edition(path: Path) -> tuple[Edition | None, HealthFinding]:
    try:
        read = read_edition(path)
    except KuuleError as error:
        first = error.problems[0]
        return None, HealthFinding("edition", HealthState.BROKEN, f"{first.code} {first.place}: {first.cause}")
    told = f"{read.short}, sealed to the key {read.key.fingerprint}"
    return read, HealthFinding("edition", HealthState.WELL, told)


def _phase_finding(phase: FieldStatus | None) -> HealthFinding:
    if phase is None:
        return HealthFinding("phase", HealthState.UNKNOWN, "the store or the edition cannot be read")
    days = [
        f"{what} {day.isoformat()}"
        for what, day in (
            ("opens", phase.opens),
            ("last day" if not phase.has_closed else "closed on", phase.closes),
            ("finishing until", phase.finish_until),
            ("paused visits until", phase.paused_until),
        )
        if day is not None
    ]
    return HealthFinding("phase", HealthState.WELL, "; ".join([phase.phase.words, *days]))


def _help_finding(edition: Edition | None, hidden: frozenset[int] | None) -> HealthFinding:
    if edition is None or hidden is None:
        return HealthFinding("help", HealthState.UNKNOWN, "the store or the edition cannot be read")
    found = [one for one in edition.support.services if service_id(one.country, one.name) in hidden]
    if not found:
        return HealthFinding("help", HealthState.WELL, "no service of this edition is hidden")
    named = ", ".join(f"{one.name!r} in {one.country}" for one in found)
    return HealthFinding("help", HealthState.LOOK, f"hidden until an edition without it is served: {named}")


def _secret_path(given: Path | None) -> Path | None:
    """The file that was named, or a secret that is there for this process; None if there is none to look at."""
    path = find_token_secret(given, environment=os.environ)
    return path if given is not None or (path is not None and path.exists()) else None


def _memory_folders() -> Iterable[Path]:
    named = (os.environ.get(name) for name in ("RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"))
    return (*(Path(one) for one in named if one), _SERVICE_FOLDER, MEMORY_FOLDER)
