"""What has to be on a machine before its files make sense: programs, the edition, the study of the workbench."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, Severity
from kuule.deployment.file_record import FileRecord
from kuule.deployment.host_settings import HOST_FILE, HostSettings
from kuule.sealing.keys import PublicKey
from kuule.study.edition.study_edition import read_edition

_PROGRAMS = {
    "nginx": (("usr/sbin/nginx",), "nginx-light"),
    "tor": (("usr/bin/tor", "usr/sbin/tor"), "tor"),
    "haproxy": (("usr/sbin/haproxy",), "haproxy"),
}
"""By the name of a program: where it can be, and Debian's package of it."""


def machine_problems(settings: HostSettings, record: FileRecord, program: str, root: Path) -> tuple[Problem, ...]:
    """What is missing or in the way: errors stop the work, warnings are for a person to know."""
    return (
        *_other_study(settings, record),
        *_programs(settings, program, root),
        *_editions(settings, root),
        *_both_sites(settings),
        *_backup(settings, root),
    )


def _other_study(settings: HostSettings, record: FileRecord) -> Iterator[Problem]:
    if record.study not in ("", settings.study):
        cause = f"this machine was set up for the study {record.study!r}, and one machine serves one study"
        remedy = "give the study a machine of its own, or begin with an empty one"
        yield Problem("DEPLOY_003", f"{HOST_FILE}, study", cause, remedy)


def _programs(settings: HostSettings, program: str, root: Path) -> Iterator[Problem]:
    if not (root / program.lstrip("/")).exists():
        remedy = f'install Kuule there, or say in {HOST_FILE} where it is: program = "/…/kuule"'
        yield Problem("DEPLOY_004", program, "the program is not there", remedy)
    for name in needed_programs(settings):
        places, package = _PROGRAMS[name]
        if not any((root / place).exists() for place in places):
            yield Problem("DEPLOY_004", name, "it is not installed", f"sudo apt install {package}")
    main = root / "etc/postgresql" / settings.postgresql / "main"
    if settings.postgresql and not main.is_dir():
        remedy = f"sudo apt install postgresql-{settings.postgresql}"
        yield Problem("DEPLOY_004", "postgresql", f"version {settings.postgresql} is not installed", remedy)


def needed_programs(settings: HostSettings) -> tuple[str, ...]:
    """Which programs stand in front of what is served."""
    needed = []
    if settings.public is not None or settings.workbench is not None:
        needed.append("nginx")
    if settings.collector is not None and settings.collector.onion:
        needed.append("tor")
    if settings.is_onion_only:
        needed.append("haproxy")
    return tuple(needed)


def _editions(settings: HostSettings, root: Path) -> Iterator[Problem]:
    for path in settings.collector.editions if settings.collector else ():
        place = root / path.lstrip("/")
        if not place.exists():
            cause, remedy = "the edition is not there", "copy the folder there that kuule freeze made"
            yield Problem("DEPLOY_004", path, cause, remedy)
            continue
        try:
            found = read_edition(place).study.id
        except KuuleError as error:
            yield from error.problems
            continue
        if found != settings.study:
            cause = f"it is an edition of {found!r}, and {HOST_FILE} says {settings.study!r}"
            yield Problem("DEPLOY_003", path, cause, "copy the right edition there, or write the right study")


def _both_sites(settings: HostSettings) -> Iterator[Problem]:
    if settings.collector is not None and settings.workbench is not None:
        cause = (
            "partners sign in on the machine on which people answer: who takes over one of the two sites is beside "
            "the other, and one certificate list shows both names at one address"
        )
        remedy = "give the workbench a machine of its own if you can"
        yield Problem("DEPLOY_007", f"{HOST_FILE}, workbench", cause, remedy, Severity.WARNING)


def _backup(settings: HostSettings, root: Path) -> Iterator[Problem]:
    if settings.backup is None:
        if settings.workbench is not None or not (settings.collector and settings.collector.practice):
            cause = "no backup is made: what is lost with this disk is lost for ever"
            remedy = "add [backup], with a key that was made for backups: docs/how-to/backup.md"
            yield Problem("DEPLOY_012", f"{HOST_FILE}, backup", cause, remedy, Severity.WARNING)
        return
    path = settings.backup.seal_to
    try:
        key = PublicKey.from_text((root / path.lstrip("/")).read_text("utf-8"), path)
    except (OSError, UnicodeDecodeError):
        remedy = "make one on a machine that is offline, and copy it there: docs/how-to/backup.md"
        yield Problem("DEPLOY_004", path, "the public key for backups is not there", remedy)
    except KuuleError as error:
        yield from error.problems
    else:
        if key.key_id in _keys_of_answers(settings, root):
            cause = "answers are sealed to this key, and whoever restores a backup has to bring its secret to a server"
            remedy = "make a key for backups: `kuule keys new`, in another folder, and keep its secret elsewhere"
            yield Problem("DEPLOY_013", path, cause, remedy)


def _keys_of_answers(settings: HostSettings, root: Path) -> set[bytes]:
    """The ids of the keys of the editions. What is wrong with an edition is said elsewhere."""
    found = set()
    for path in settings.collector.editions if settings.collector else ():
        with suppress(KuuleError):
            found.add(read_edition(root / path.lstrip("/")).key.key_id)
    return found
