"""The units that make backups, made of those in deploy/: one for a collector, one for a workbench, each as the user of
what it backs up."""

from __future__ import annotations

from kuule.deployment.host_settings import DATABASE, EDITION, BackupHost, CollectorHost, HostSettings
from kuule.deployment.shipped_files import fill_in, shipped_text
from kuule.deployment.unit_places import escape_specifiers, with_program

COLLECTOR_BACKUP, WORKBENCH_BACKUP = "kuule-backup", "kuule-workbench-backup"
_SOURCES = f"--edition {EDITION} --database {DATABASE} "
_WORKBENCH_FOLDER = "/var/lib/kuule-workbench"
_NO_NETWORK = "PrivateNetwork=yes\n"
_FILE_REMARK = (
    "# A file needs no network at all. (For PostgreSQL: PrivateNetwork=no, and its address in IPAddressAllow=.)\n"
)
_USER, _FOLDERS = "User=kuule-collector\n", "StateDirectory=kuule kuule-backup\n"


def backup_services(settings: HostSettings) -> tuple[str, ...]:
    """The names of the services, without `.service`."""
    if settings.backup is None:
        return ()
    found = (settings.collector and COLLECTOR_BACKUP, settings.workbench and WORKBENCH_BACKUP)
    return tuple(name for name in found if name)


def backup_unit(settings: HostSettings, service: str, program: str) -> str:
    """The unit of one of `backup_services`."""
    assert settings.backup is not None  # noqa: S101 -- for mypy: nobody asks for it otherwise
    unit = fill_in(shipped_text("systemd/kuule-backup.service"), *_what_stays(settings.backup))
    if service == WORKBENCH_BACKUP:
        unit = _of_workbench(unit)
    else:
        assert settings.collector is not None  # noqa: S101 -- as above
        unit = _of_collector(unit, settings.collector)
    return with_program(unit, program)


def backup_timer(backup: BackupHost, service: str) -> str:
    """When it runs."""
    return fill_in(
        shipped_text("systemd/kuule-backup.timer"),
        ("kuule-backup.", f"{service}."),
        ("02:30:00 UTC", f"{backup.at}:00 UTC"),
    )


def _what_stays(backup: BackupHost) -> tuple[tuple[str, str], ...]:
    return (
        ("/srv/kuule/backup.public-key", backup.seal_to),
        ("--keep 2 --days 15\n", f"--keep {backup.keep} --days {backup.days}\n"),
    )


def _of_collector(unit: str, collector: CollectorHost) -> str:
    """What the collector serves, from where it keeps answers: through a network only where these are on a server."""
    editions = " ".join(f"--edition {edition}" for edition in collector.editions)
    credentials = "".join(f"LoadCredential={name}:{path}\n" for name, path in collector.credentials.items())
    database = collector.database.replace("/kuule-collector.service/", f"/{COLLECTOR_BACKUP}.service/")
    unit = fill_in(unit, (_SOURCES, f"{editions} --database {escape_specifiers(database)} "))
    if collector.sqlite_file:
        return unit
    machines = "".join(f"IPAddressAllow={address}\n" for address in collector.database_machines)
    return fill_in(
        unit,
        (_NO_NETWORK, "PrivateNetwork=no\n"),
        (
            "It needs no network and no\n# secret: the backup",
            "It reaches the server of the\n# database and no other: the backup",
        ),
        (_FILE_REMARK, ""),
        ("IPAddressDeny=any\n", f"IPAddressDeny=any\nIPAddressAllow=localhost\n{machines}"),
        ("UMask=0077\n", f"UMask=0077\n{credentials}"),
    )


def _of_workbench(unit: str) -> str:
    """The study and the accounts that partners work with."""
    sources = f"--study {_WORKBENCH_FOLDER}/study --workbench {_WORKBENCH_FOLDER}/data "
    return fill_in(
        unit,
        (_SOURCES, sources),
        ("/var/lib/kuule-backup ", f"/var/lib/{WORKBENCH_BACKUP} "),
        ("kuule-backup.", f"{WORKBENCH_BACKUP}."),
        ("Description=Kuule backup\n", "Description=Kuule backup of the workbench\n"),
        (
            "the collector's user, reads its database and the edition",
            "the workbench's user, reads the study and accounts",
        ),
        ("What it reads is ciphertext, and stays out of dumps all the same.", "What it reads stays out of dumps."),
        (_USER, "User=kuule-workbench\n"),
        (_FOLDERS, f"StateDirectory=kuule-workbench {WORKBENCH_BACKUP}\n"),
        ("The user of the collector, whether", "The user of the workbench, whether"),
    )
