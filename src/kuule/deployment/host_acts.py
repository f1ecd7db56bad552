"""What is run on a machine after its files are in place, so that they take effect: each act with its reason. An act
that was done already does no harm when it is done again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuule.deployment.backup_units import backup_services
from kuule.deployment.host_checks import needed_programs
from kuule.deployment.host_settings import HostSettings
from kuule.deployment.planned_changes import FileChangeKind, PlannedChange
from kuule.deployment.unit_places import UNITS

_STUDY = "/var/lib/kuule-workbench/study"
_UNIT_ENDINGS = (".service", ".socket", ".timer")
_NOT_LOADED = 5
"""What `systemctl stop` ends with if there is no such unit (any more)."""
_TIME_WAIT = "/usr/lib/systemd/system/systemd-time-wait-sync.service"
_FRONTS = {
    "nginx": ("/etc/nginx/", f"{UNITS}/nginx.service.d/"),
    "haproxy": ("/etc/haproxy/", f"{UNITS}/haproxy.service.d/"),
}
"""What stands in front: where its files are."""
_LED_BY = {
    "/etc/nginx/nginx.conf": ("nginx.service",),
    "/etc/haproxy/kuule-onion.cfg": ("haproxy.service",),
    "/etc/tor/torrc": ("tor.service", "tor@default.service"),
}
"""Without which file a unit of the distribution has nothing to do on this machine."""


@dataclass(frozen=True, slots=True)
class HostAct:
    """A command and why it is run. `fine` are exit codes that mean that nothing had to be done."""

    command: tuple[str, ...]
    why: str
    fine: tuple[int, ...] = (0,)

    def __str__(self) -> str:
        return shlex.join(self.command)


@dataclass(frozen=True, slots=True)
class TouchedFiles:
    """Which files changed, and which of them are gone. After a run that did not come to its end, all of them count as
    changed."""

    paths: tuple[str, ...]
    unfinished: bool
    gone: tuple[str, ...] = ()

    def touches(self, *places: str) -> bool:
        """Whether a file at one of these places, or below it, changed."""
        return self.unfinished or any(path.startswith(place) for path in self.paths for place in places)


def touched_files(changes: Sequence[PlannedChange], *, unfinished: bool) -> TouchedFiles:
    """The files that a plan writes or removes."""
    written = tuple(change.file.path for change in changes if change.is_written)
    gone = tuple(change.file.path for change in changes if change.kind is FileChangeKind.REMOVED)
    return TouchedFiles(written, unfinished, gone)


def machine_acts(settings: HostSettings, touched: TouchedFiles, root: Path) -> tuple[HostAct, ...]:
    """What comes first: folders, units, the journal, the kernel, and tor, which makes the onion address."""
    return (*ending_acts(touched), *_machine_acts(settings, touched, root))


def site_acts(settings: HostSettings, touched: TouchedFiles, program: str, root: Path) -> tuple[HostAct, ...]:
    """What comes then: the database, the sites, and what stands in front of them."""
    return (*_data_acts(settings, program, root), *_service_acts(settings, touched), *_backup_acts(settings, touched))


def ending_acts(touched: TouchedFiles) -> Iterator[HostAct]:
    """Ends what is not wanted any more, before systemd forgets how."""
    for path in touched.gone:
        folder, _, name = path.rpartition("/")
        if folder == UNITS and name.endswith(_UNIT_ENDINGS) and "@." not in name:  # a template never runs
            yield HostAct(("systemctl", "stop", name), "it is not needed any more", fine=(0, _NOT_LOADED))
        if path in _LED_BY:
            why = "it is not needed any more, and has no file"
            yield HostAct(("systemctl", "disable", "--quiet", "--now", *_LED_BY[path]), why)


def _machine_acts(settings: HostSettings, touched: TouchedFiles, root: Path) -> Iterator[HostAct]:
    if touched.touches("/etc/tmpfiles.d/"):
        command = ("systemd-tmpfiles", "--create", "/etc/tmpfiles.d/kuule.conf")
        yield HostAct(command, "makes the folders that are not there")
    if touched.touches("/etc/systemd/"):
        yield HostAct(("systemctl", "daemon-reload"), "systemd reads what changed")
    if ended := [unit for act in ending_acts(touched) for unit in act.command if unit.endswith(_UNIT_ENDINGS)]:
        yield HostAct(("systemctl", "reset-failed", *ended), "what was ended counts as no failure", fine=(0, 1))
    if touched.touches("/etc/systemd/journald.conf.d/"):
        yield HostAct(("systemctl", "restart", "systemd-journald"), "the journal goes into memory")
    if touched.touches("/etc/sysctl.d/"):
        yield HostAct(("/usr/lib/systemd/systemd-sysctl", "/etc/sysctl.d/kuule.conf"), "the kernel keeps no crashes")
    if (root / _TIME_WAIT.lstrip("/")).exists():
        yield HostAct(("systemctl", "enable", "systemd-time-wait-sync"), "nobody answers before the clock is right")
    profile = "/etc/apparmor.d/system_tor"
    if touched.touches("/etc/apparmor.d/") and (root / "sys/kernel/security/apparmor").is_dir():
        yield HostAct(("apparmor_parser", "-r", profile), "tor may write to haproxy's socket")
    if settings.postgresql and touched.touches("/etc/postgresql/"):
        yield HostAct(("systemctl", "restart", f"postgresql@{settings.postgresql}-main"), "PostgreSQL reads its file")
    yield from _tor_acts(settings, touched)


def _tor_acts(settings: HostSettings, touched: TouchedFiles) -> Iterator[HostAct]:
    if "haproxy" in needed_programs(settings):
        yield from _start_front("haproxy", "tor needs its socket", touched)
    if "tor" in needed_programs(settings):
        yield HostAct(("systemctl", "enable", "--quiet", "tor.service"), "tor starts with the machine")
        again = touched.touches("/etc/tor/", f"{UNITS}/tor@default.service.d/")
        yield _start("tor@default.service", "tor makes the onion address, and serves it", again=again)


def _data_acts(settings: HostSettings, program: str, root: Path) -> Iterator[HostAct]:
    collector, workbench = settings.collector, settings.workbench
    if collector is not None and collector.sqlite_file and not (root / collector.sqlite_file.lstrip("/")).exists():
        command = (*_as_user("kuule-collector", "kuule"), program, "database", "new", "--database", collector.database)
        yield HostAct(command, "makes the database, once")
    if workbench is not None and not (root / _STUDY.lstrip("/")).exists():
        # under another name first: a copy that was stopped is not taken for the study
        copy = f"rm -rf {_STUDY}.partial && cp -r {workbench.study} {_STUDY}.partial && mv {_STUDY}.partial {_STUDY}"
        command = (*_as_user("kuule-workbench", "kuule-workbench"), "/bin/sh", "-c", copy)
        yield HostAct(command, "copies the study to where the workbench keeps it, once")


def _as_user(user: str, folder: str) -> tuple[str, ...]:
    """Runs a command as the user of a service, in its folder."""
    names = ("DynamicUser=yes", f"User={user}", f"StateDirectory={folder}", "StateDirectoryMode=0700", "UMask=0077")
    return ("systemd-run", "--quiet", "--pipe", "--wait", *(part for name in names for part in ("-p", name)))


def _service_acts(settings: HostSettings, touched: TouchedFiles) -> Iterator[HostAct]:
    if settings.collector is not None:
        again = touched.touches(f"{UNITS}/kuule-collector.")
        if settings.is_onion_only and touched.touches(f"{UNITS}/kuule-collector.socket"):
            yield HostAct(("systemctl", "stop", "kuule-collector.service"), "its socket is opened without it")
        if settings.is_onion_only:
            yield _start("kuule-collector.socket", "systemd opens the one door of the collector", again=False)
        yield _start("kuule-collector.service", "people can answer", again=again)
    if settings.workbench is not None and settings.workbench.watch:
        again = touched.touches(f"{UNITS}/kuule-verify.")
        yield _start("kuule-verify.service", "the survey is looked at from outside", again=again)
    if settings.workbench is not None:
        again = touched.touches(f"{UNITS}/kuule-workbench.")
        yield _start("kuule-workbench.service", "partners can sign in", again=again)
    if "nginx" in needed_programs(settings):
        yield from _start_front("nginx", "nginx stands in front of them", touched)
    for front in _FRONTS:
        if front in needed_programs(settings):
            yield _start(f"{front}-renew.timer", f"new workers for {front} every five minutes", again=False)
    if settings.status is not None:
        yield _start("kuule-status.timer", "once an hour it is looked at whether all is well", again=False)


def _backup_acts(settings: HostSettings, touched: TouchedFiles) -> Iterator[HostAct]:
    """A backup at once where its unit is new or changed: one that cannot be made is better known now."""
    for service in backup_services(settings):
        again = touched.touches(f"{UNITS}/{service}.")
        if again:
            yield HostAct(("systemctl", "start", f"{service}.service"), "makes a backup, to see that one can be made")
        yield _start(f"{service}.timer", "then makes one each day", again=again)


def _start_front(name: str, why: str, touched: TouchedFiles) -> Iterator[HostAct]:
    yield HostAct(("systemctl", "enable", "--quiet", f"{name}.service"), f"{name} starts with the machine")
    yield _start(f"{name}.service", why, again=touched.touches(*_FRONTS[name]))


def _start(unit: str, why: str, *, again: bool) -> HostAct:
    return HostAct(("systemctl", "restart" if again else "start", unit), why)
