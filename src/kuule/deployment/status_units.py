"""The units that look once an hour whether a collector is well, and tell somebody, made of those in deploy/."""

from __future__ import annotations

from kuule.deployment.host_settings import DATABASE, EDITION, CollectorHost, HostSettings
from kuule.deployment.shipped_files import fill_in, shipped_text
from kuule.deployment.unit_places import escape_specifiers, with_program

_ADDRESS = "--address http://127.0.0.1:8000"
_FOLDERS = "\nStateDirectory=kuule\n"
_BACKUPS = "/var/lib/kuule-backup"


def status_unit(settings: HostSettings, program: str) -> str:
    """kuule-status.service. An onion service is not asked for a page: its socket is for haproxy alone."""
    assert settings.collector is not None  # noqa: S101 -- for mypy: nobody asks for it otherwise
    assert settings.status is not None  # noqa: S101 -- as above
    address = "--address ''" if settings.is_onion_only else _ADDRESS
    backups = settings.status.backups
    unit = fill_in(
        shipped_text("systemd/kuule-status.service"),
        (f"status {EDITION} ", f"status {settings.collector.editions[-1]} "),
        (f"--database {DATABASE} ", f"--database {_database(settings.collector)} "),
        (_ADDRESS, f"{address} --backups {_BACKUPS}" if backups else address),
        (_FOLDERS, f"{_FOLDERS.rstrip()} kuule-backup\n" if backups else _FOLDERS),
    )
    machines = "".join(f"IPAddressAllow={one}\n" for one in settings.collector.database_machines)
    credentials = "".join(f"LoadCredential={name}:{path}\n" for name, path in settings.collector.credentials.items())
    unit = fill_in(unit, ("IPAddressAllow=localhost\n", f"IPAddressAllow=localhost\n{machines}"))
    return with_program(fill_in(unit, ("UMask=0077\n", f"UMask=0077\n{credentials}")), program)


def alert_unit(alert: str, program: str) -> str:
    """kuule-alert@.service, which starts the program of whoever runs the machine."""
    text = shipped_text("systemd/kuule-alert@.service")
    return with_program(fill_in(text, ("/usr/local/sbin/kuule-alert ", f"{alert} ")), program)


def _database(collector: CollectorHost) -> str:
    """The address, with the credentials of this unit in the place of the collector's."""
    address = collector.database.replace("/kuule-collector.service/", "/kuule-status.service/")
    return escape_specifiers(address)
