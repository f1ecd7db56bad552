"""Files that a collector needs, or that somebody has to keep: the token secret, backups, and what its rewritings came
to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kuule.backup.backup_folder import future_sentence, kept_backups
from kuule.collector.server.rewrite_record import find_rewrite_record
from kuule.collector.session.token import SECRET_LENGTH
from kuule.core.amounts import amount
from kuule.core.problems import BackupError
from kuule.usecases.monitoring.health_findings import HealthFinding, HealthState


def check_secret(path: Path | None) -> HealthFinding:
    """Whether the token secret is where it should be. It is not read. None: nobody said where."""
    if path is None:
        return HealthFinding("secret", HealthState.UNKNOWN, "not looked at: name its file with --secret")
    try:
        length = path.stat().st_size
    except FileNotFoundError:
        told = f"{path} is not there: at the next start whoever is in the middle loses what they wrote"
        return HealthFinding("secret", HealthState.BROKEN, told)
    except OSError as error:
        return HealthFinding("secret", HealthState.UNKNOWN, f"{path} cannot be looked at ({error.strerror})")
    if length != SECRET_LENGTH:
        return HealthFinding("secret", HealthState.BROKEN, f"{path} has not {SECRET_LENGTH} bytes")
    return HealthFinding("secret", HealthState.WELL, "there")


def check_rewriting(folders: Iterable[Path], store: int | None) -> HealthFinding:
    """Whether the store was rewritten when it was tried last. When that was is not told."""
    record = None if store is None else find_rewrite_record(folders, store)
    if record is None:
        return HealthFinding("rewriting", HealthState.UNKNOWN, "a collector of this store has not said yet")
    if not record.code:
        return HealthFinding("rewriting", HealthState.WELL, "the last one succeeded")
    told = f"the last one failed ({record.code}), and is tried again every hour"
    if record.days:
        told += f"; none succeeded for {amount(record.days, 'day')}: the store tells more of the order than pages say"
    return HealthFinding("rewriting", HealthState.BROKEN if record.days else HealthState.LOOK, told)


def check_backup(folder: Path | None, study: str, today: date, *, days: int) -> tuple[HealthFinding, int | None]:
    """Whether the newest backup of a study is at most so many days old, by its name; and how many it is."""
    if folder is None:
        return HealthFinding("backup", HealthState.UNKNOWN, "not looked at: name its folder with --backups"), None
    try:
        found = kept_backups(folder, study)
    except BackupError as error:
        return HealthFinding("backup", HealthState.BROKEN, f"{folder}: {error.problems[0].cause}"), None
    if not found:
        return HealthFinding("backup", HealthState.BROKEN, f"{folder} has none of this study"), None
    if found[0].day > today:
        told = f"{found[0].path.name}: {future_sentence(found[0], today)}"
        known = next((one.day for one in found if one.day <= today), None)
        return HealthFinding("backup", HealthState.LOOK, told), (today - known).days if known else None
    age = (today - found[0].day).days
    told = f"the newest is {amount(age, 'day')} old" if age else "the newest is of today"
    return HealthFinding("backup", HealthState.WELL if age <= days else HealthState.LOOK, told), age
