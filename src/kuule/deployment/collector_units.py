"""The units of a collector, made of those in deploy/: what it is started with, and what it may reach."""

from __future__ import annotations

from kuule.deployment.host_settings import DATABASE, EDITION, CollectorHost, HostSettings
from kuule.deployment.shipped_files import fill_in, shipped_text
from kuule.deployment.unit_places import escape_specifiers, with_program

_SECRET_LINE = "LoadCredential=kuule-token-secret:/etc/kuule/token-secret\n"  # noqa: S105 -- where it is, not what it is


def collector_unit(settings: HostSettings, program: str, onion: str) -> str:
    """kuule-collector.service. Beside a public name it says the onion address, once tor has made it."""
    assert settings.collector is not None  # noqa: S101 -- for mypy: nobody asks for it otherwise
    collector = settings.collector
    beside = f" --onion-location http://{onion}" if onion and settings.public is not None else ""
    unit = fill_in(
        shipped_text("systemd/kuule-collector.service"),
        *_arguments(collector, beside),
        ("\nFileDescriptorStoreMax=2\n", f"\nFileDescriptorStoreMax={collector.workers}\n"),
    )
    credentials = "".join(f"LoadCredential={name}:{path}\n" for name, path in collector.credentials.items())
    machines = "".join(f"IPAddressAllow={address}\n" for address in collector.database_machines)
    unit = fill_in(unit, (_SECRET_LINE, f"{_SECRET_LINE}{credentials}"))
    unit = fill_in(unit, ("IPAddressAllow=localhost\n", f"IPAddressAllow=localhost\n{machines}"))
    return with_program(unit, program)


def retention_unit(collector: CollectorHost, program: str) -> str:
    """kuule-retention.service. A database on a server needs the network, and what the collector shows it."""
    named = f"retention {' '.join(collector.editions)} "
    unit = fill_in(
        shipped_text("systemd/kuule-retention.service"),
        (f"retention {EDITION} ", named),
        (f"--database {DATABASE} ", f"--database {escape_specifiers(collector.database)} "),
    )
    if not collector.database.startswith("sqlite:"):
        shown = "".join(f"LoadCredential={name}:{path}\n" for name, path in collector.credentials.items())
        machines = "".join(f"IPAddressAllow={address}\n" for address in collector.database_machines)
        unit = fill_in(
            unit, ("PrivateNetwork=yes\n", f"PrivateNetwork=no\nIPAddressAllow=localhost\n{machines}{shown}")
        )
    return with_program(unit, program)


def onion_only_drop_in(settings: HostSettings, program: str, onion: str) -> str:
    """10-onion-only.conf, with the address of the onion service."""
    assert settings.collector is not None  # noqa: S101 -- as above
    text = shipped_text("tor/10-onion-only.conf")
    remark = "Write the 56 letters and digits of /var/lib/tor/kuule/hostname in the place of ADDRESS. "
    text = fill_in(text, (remark, ""), *_arguments(settings.collector), ("ADDRESS.onion", onion))
    return with_program(text, program)


def collector_socket() -> str:
    """kuule-collector.socket, for an onion service and nothing else."""
    return shipped_text("tor/kuule-collector.socket")


def _arguments(collector: CollectorHost, more: str = "") -> tuple[tuple[str, str], ...]:
    practice = " --rehearsal --drafts" if collector.practice else ""
    return (
        (f"serve {EDITION} ", f"serve {' '.join(collector.editions)} "),
        (f"--database {DATABASE} ", f"--database {escape_specifiers(collector.database)} "),
        ("--workers 2", f"--workers {collector.workers}{practice}{more}"),
    )
