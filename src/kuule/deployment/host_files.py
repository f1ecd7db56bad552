"""Which files a machine has, made of those in deploy/ and of its settings. Nothing is read or written here but deploy/.

Each part of a machine is one function, and `wanted_files` has the list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kuule.deployment.backup_units import backup_services, backup_timer, backup_unit
from kuule.deployment.collector_units import (
    collector_socket,
    collector_unit,
    onion_only_drop_in,
    retention_unit,
)
from kuule.deployment.host_settings import HostSettings, SiteName
from kuule.deployment.shipped_files import fill_in, shipped_text
from kuule.deployment.status_units import alert_unit, status_unit
from kuule.deployment.unit_places import UNITS, with_program
from kuule.deployment.workbench_unit import verify_unit, workbench_unit

TOR_FOLDER = "/var/lib/tor/kuule"


@dataclass(frozen=True, slots=True)
class HostFile:
    """A file as it is to be: its absolute path, its text, and in a few words what it is. A link has the path that it
    leads to as its text."""

    path: str
    text: str
    what: str
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class HostFacts:
    """What is known of a machine beside its settings: where the program is, and the onion address ("" before tor has
    made it)."""

    program: str
    onion: str = ""


def wanted_files(settings: HostSettings, facts: HostFacts) -> tuple[HostFile, ...]:
    """Every file of the machine, in the order in which they are written."""
    return tuple(file for part in _PARTS for file in part(settings, facts))


def _machine(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    yield HostFile(
        "/etc/tmpfiles.d/kuule.conf", shipped_text("tmpfiles.d/kuule.conf"), "folders and who may enter them"
    )
    journal = shipped_text("systemd/journald.conf.d/kuule.conf")
    yield HostFile("/etc/systemd/journald.conf.d/kuule.conf", journal, "the journal stays in memory")
    kernel = shipped_text("sysctl.d/kuule.conf")
    yield HostFile("/etc/sysctl.d/kuule.conf", kernel, "no picture of a program that crashed is kept")


def _collector(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    if settings.collector is None or (settings.is_onion_only and not facts.onion):
        return  # without its address it would listen on a port
    unit = f"{UNITS}/kuule-collector.service"
    yield HostFile(unit, collector_unit(settings, facts.program, facts.onion), "the collector as a service")
    scrubbed = shipped_text("systemd/kuule-collector.service.d/scrubbed-front.conf")
    what = "says that all that stands in front overwrites its memory"
    yield HostFile(f"{UNITS}/kuule-collector.service.d/scrubbed-front.conf", scrubbed, what)
    yield _enabled("kuule-collector.service")


def _retention(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    if settings.collector is None:
        return
    service = retention_unit(settings.collector, facts.program)
    yield HostFile(f"{UNITS}/kuule-retention.service", service, "what retention_days makes due")
    timer = shipped_text("systemd/kuule-retention.timer")
    yield HostFile(f"{UNITS}/kuule-retention.timer", timer, "once an hour")
    yield _enabled("kuule-retention.timer", "timers.target")


def _onion_only(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    if not settings.is_onion_only:
        return
    if facts.onion:
        yield HostFile(f"{UNITS}/kuule-collector.socket", collector_socket(), "the one door of the collector")
        yield _enabled("kuule-collector.socket", "sockets.target")
        drop_in = onion_only_drop_in(settings, facts.program, facts.onion)
        what = "the collector is an onion service and has no network"
        yield HostFile(f"{UNITS}/kuule-collector.service.d/10-onion-only.conf", drop_in, what)
    haproxy = shipped_text("tor/haproxy.cfg")
    yield HostFile("/etc/haproxy/kuule-onion.cfg", haproxy, "haproxy between tor and the collector")
    page = shipped_text("nginx/closed.html")
    yield HostFile("/etc/haproxy/closed.html", page, "its page while the collector does not answer")
    drop_in = shipped_text("systemd/haproxy.service.d/kuule.conf")
    yield HostFile(f"{UNITS}/haproxy.service.d/kuule.conf", drop_in, "haproxy overwrites its memory and has no network")
    apparmor = shipped_text("tor/apparmor-tor")
    yield HostFile("/etc/apparmor.d/local/system_tor", apparmor, "lets tor write to haproxy's socket")
    yield from _renewal("haproxy", facts)


def _tor(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    if settings.collector is None or not settings.collector.onion:
        return
    torrc = shipped_text("tor/torrc")
    if not settings.is_onion_only:
        torrc = fill_in(
            torrc, ("\nHiddenServicePort 80 unix:/run/kuule-front/onion.sock", "\nHiddenServicePort 80 127.0.0.1:8080")
        )
    yield HostFile("/etc/tor/torrc", torrc, "tor serves the onion address, and nothing else")
    drop_in = shipped_text("systemd/tor@default.service.d/kuule.conf")
    yield HostFile(f"{UNITS}/tor@default.service.d/kuule.conf", drop_in, "tor overwrites its memory")


def _public(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    if settings.public is None:
        return
    names = _site_names(settings.public, "survey.example.org", "/etc/ssl/survey")
    yield HostFile("/etc/nginx/nginx.conf", fill_in(shipped_text("nginx/nginx.conf"), *names), "nginx, the whole of it")
    yield HostFile("/etc/nginx/collector.inc", shipped_text("nginx/collector.inc"), "what nginx hands on")
    page = shipped_text("nginx/closed.html")
    yield HostFile("/etc/nginx/closed.html", page, "its page while the collector does not answer")


def _workbench(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    if settings.workbench is None:
        return
    unit = workbench_unit(settings.workbench, facts.program)
    yield HostFile(f"{UNITS}/kuule-workbench.service", unit, "the workbench as a service")
    yield _enabled("kuule-workbench.service")
    if settings.workbench.watch:
        watch = verify_unit(settings.workbench, facts.program)
        yield HostFile(f"{UNITS}/kuule-verify.service", watch, "looks at the survey from outside, once a day")
        yield _enabled("kuule-verify.service")
    site = settings.workbench.site
    names = _site_names(site, "workbench.example.org", "/etc/ssl/workbench")
    text = fill_in(shipped_text("nginx/workbench-site.conf"), *names)
    yield HostFile("/etc/nginx/kuule.d/workbench.conf", text, "the workbench's site")
    if settings.public is None:
        yield HostFile("/etc/nginx/nginx.conf", shipped_text("nginx/workbench.conf"), "nginx, the whole of it")


def _nginx(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    if settings.public is None and settings.workbench is None:
        return
    drop_in = shipped_text("systemd/nginx.service.d/kuule.conf")
    yield HostFile(f"{UNITS}/nginx.service.d/kuule.conf", drop_in, "nginx overwrites its memory")
    yield from _renewal("nginx", facts)


def _postgresql(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    if settings.postgresql:
        path = f"/etc/postgresql/{settings.postgresql}/main/conf.d/kuule.conf"
        yield HostFile(path, shipped_text("postgresql/kuule.conf"), "PostgreSQL loses nothing and notes nobody")


def _backup(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    for service in backup_services(settings):
        assert settings.backup is not None  # noqa: S101 -- for mypy: it has no service otherwise
        unit = backup_unit(settings, service, facts.program)
        yield HostFile(f"{UNITS}/{service}.service", unit, "makes a backup, and restores it to see that it can be")
        timer = backup_timer(settings.backup, service)
        yield HostFile(f"{UNITS}/{service}.timer", timer, f"once a day, at {settings.backup.at} UTC")
        yield _enabled(f"{service}.timer", "timers.target")


def _status(settings: HostSettings, facts: HostFacts) -> Iterator[HostFile]:
    if settings.status is None:
        return
    unit = status_unit(settings, facts.program)
    yield HostFile(f"{UNITS}/kuule-status.service", unit, "says whether all is well")
    yield HostFile(f"{UNITS}/kuule-status.timer", shipped_text("systemd/kuule-status.timer"), "once an hour")
    yield _enabled("kuule-status.timer", "timers.target")
    if not settings.status.alert:
        return
    alert = alert_unit(settings.status.alert, facts.program)
    yield HostFile(f"{UNITS}/kuule-alert@.service", alert, "tells whoever you chose that something failed")
    named = ("collector", "status", *(["workbench"] if settings.workbench else []))
    for name in named:
        path = f"{UNITS}/kuule-{name}.service.d/kuule-alert.conf"
        yield HostFile(path, shipped_text("systemd/alert.conf"), "somebody is told where it fails")


def _renewal(name: str, facts: HostFacts) -> Iterator[HostFile]:
    service = with_program(shipped_text(f"systemd/{name}-renew.service"), facts.program)
    yield HostFile(f"{UNITS}/{name}-renew.service", service, f"new workers for {name}")
    timer = shipped_text(f"systemd/{name}-renew.timer")
    yield HostFile(f"{UNITS}/{name}-renew.timer", timer, "every five minutes")
    yield _enabled(f"{name}-renew.timer", "timers.target")


def _enabled(unit: str, target: str = "multi-user.target") -> HostFile:
    """The link that makes a unit start with the machine, as `systemctl enable` makes it."""
    return HostFile(f"{UNITS}/{target}.wants/{unit}", f"{UNITS}/{unit}", "starts with the machine", is_link=True)


def _site_names(site: SiteName, name: str, folder: str) -> tuple[tuple[str, str], ...]:
    """What nginx's files say of a site, and what of this one."""
    return (
        (f" Replace {name}.", ""),
        (name, site.name),
        (f"{folder}/fullchain.pem", site.certificate),
        (f"{folder}/privkey.pem", site.certificate_key),
    )


_PARTS: tuple[Callable[[HostSettings, HostFacts], Iterator[HostFile]], ...] = (
    _machine,
    _postgresql,
    _collector,
    _retention,
    _onion_only,
    _tor,
    _public,
    _workbench,
    _nginx,
    _backup,
    _status,
)
"""The parts of a machine. A part that is not asked for has no file."""
