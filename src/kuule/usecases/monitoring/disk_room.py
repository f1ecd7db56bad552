"""How much room the disks have, in three classes. A number of bytes would tell whoever reads it each second when
somebody sends; a class changes once in months, and is looked at once in an hour."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kuule.usecases.monitoring.health_findings import HealthFinding, HealthState

_LITTLE, _ALMOST_NONE = 10, 3
"""Percent of a disk."""
_HOUR = 3600


class DiskSpace(NamedTuple):
    """The bytes of a disk, and those that are free."""

    total: int
    free: int


def disk_space(folder: Path) -> DiskSpace:
    """What the system says of the disk of a folder. Raises OSError."""
    said = shutil.disk_usage(folder)
    return DiskSpace(said.total, said.free)


class DiskWatch:
    """The disks of some folders, each looked at when an hour of the clock begins, whoever asks in between."""

    def __init__(self, folders: Sequence[Path], space: Callable[[Path], DiskSpace] = disk_space) -> None:
        self._folders = folders
        self._space = space
        self._hour = -1
        self._found = HealthFinding("disk", HealthState.UNKNOWN, "not looked at")

    def find(self, now: datetime) -> HealthFinding:
        """The fullest of the disks, as it was in this hour."""
        hour = int(now.timestamp()) // _HOUR
        if hour != self._hour:
            self._hour, self._found = hour, self._look()
        return self._found

    def _look(self) -> HealthFinding:
        shares = {}
        for folder in self._folders:
            try:
                space = self._space(folder)
            except OSError as error:
                told = f"{folder} cannot be looked at ({(error.strerror or 'no reason given').lower()})"
                return HealthFinding("disk", HealthState.BROKEN, told)
            shares[folder] = 100 * space.free // max(space.total, 1)
        if not shares:
            return HealthFinding("disk", HealthState.UNKNOWN, "no folder of this machine was named")
        folder, share = min(shares.items(), key=lambda one: one[1])
        if share < _ALMOST_NONE:
            told = f"less than {_ALMOST_NONE} % of the disk of {folder} is free: answers will soon find no room"
            return HealthFinding("disk", HealthState.BROKEN, told)
        if share < _LITTLE:
            return HealthFinding("disk", HealthState.LOOK, f"less than {_LITTLE} % of the disk of {folder} is free")
        return HealthFinding("disk", HealthState.WELL, f"at least {_LITTLE} % is free")
