"""What a file lies on, and so whether overwriting it reaches the places where its content was.

Linux says it: the file system in /proc/self/mountinfo, the kind of disk in /sys/dev/block. Where nothing is said, that
is a doubt like the others. NIST SP 800-88 calls overwriting "clear", and asks the same of each medium.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Doubt(StrEnum):
    """Why the content of a file may still be somewhere after it was overwritten."""

    COPY_ON_WRITE = "copy-on-write"
    """The file system writes to another place, and may keep the old one in snapshots."""
    DATA_JOURNAL = "data-journal"
    """Content goes through the journal of the file system, which is overwritten later."""
    FLASH = "flash"
    """A solid-state disk, a stick or a card writes to other cells than it says."""
    VIRTUAL_DISK = "virtual-disk"
    """What lies beneath, and which snapshots there are of it, its owner knows."""
    VOLUME_MANAGER = "volume-manager"
    """Below the file system something divides or copies disks (LVM, RAID, encryption)."""
    NETWORK = "network"
    """Another machine has the file."""
    LAYERS = "layers"
    """A container's file system, which may have another copy below."""
    MEMORY = "memory"
    """It was in memory, and may have been in the swap space."""
    DATABASE_SERVER = "database-server"
    """The server was told to remove it; where it wrote before, its own file system knows."""
    UNKNOWN = "unknown"
    """This system does not say what the file lies on."""


_IN_PLACE = frozenset({"ext2", "ext3", "ext4", "xfs", "vfat", "exfat", "msdos", "ntfs3", "ufs", "jfs"})
_COPY_ON_WRITE = frozenset({"btrfs", "zfs", "bcachefs", "nilfs2", "f2fs"})
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "ceph", "afs", "fuse.sshfs"})
_LAYERS = frozenset({"overlay", "aufs"})
_MEMORY = frozenset({"tmpfs", "ramfs"})
_VIRTUAL = re.compile(r"(vd|xvd|nbd|loop|drbd|rbd)[a-z0-9]*")
_VOLUMES = re.compile(r"(dm-|md)[0-9]+")
_ESCAPE = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """A line of mountinfo: `device` is MAJOR:MINOR, `options` those of the file system itself."""

    point: str
    device: str
    file_system: str
    options: tuple[str, ...]


def doubts_about(
    path: Path, *, mounts: Path = Path("/proc/self/mountinfo"), blocks: Path = Path("/sys/dev/block")
) -> tuple[Doubt, ...]:
    """Why overwriting this file may not reach all of its content; () where the medium writes in place."""
    mount = _mount_of(os.path.realpath(path), mounts)
    return tuple(sorted(set(_doubts(mount, blocks)))) if mount is not None else (Doubt.UNKNOWN,)


def _doubts(mount: Mount, blocks: Path) -> Iterator[Doubt]:
    kind = mount.file_system
    if kind in _MEMORY:
        yield Doubt.MEMORY
        return
    if kind in _NETWORK:
        yield Doubt.NETWORK
        return
    if kind in _LAYERS:
        yield Doubt.LAYERS
        return
    if kind in _COPY_ON_WRITE:
        yield Doubt.COPY_ON_WRITE
    elif kind not in _IN_PLACE:
        yield Doubt.UNKNOWN
    if "data=journal" in mount.options:
        yield Doubt.DATA_JOURNAL
    yield from _doubts_about_disk(blocks / mount.device)


def _doubts_about_disk(block: Path) -> Iterator[Doubt]:
    try:
        disk = block.resolve(strict=True)
        if (disk / "partition").exists():
            disk = disk.parent
        rotates = (disk / "queue" / "rotational").read_text().strip()
    except OSError:
        yield Doubt.UNKNOWN
        return
    if _VIRTUAL.fullmatch(disk.name):
        yield Doubt.VIRTUAL_DISK
    elif _VOLUMES.fullmatch(disk.name):
        yield Doubt.VOLUME_MANAGER
    if rotates != "1":
        yield Doubt.FLASH


def _mount_of(real: str, mounts: Path) -> Mount | None:
    """The mount that a path is on: the last with the longest beginning of it."""
    best: Mount | None = None
    for mount in _read(mounts):
        inside = mount.point == "/" or real == mount.point or real.startswith(f"{mount.point}/")
        if inside and (best is None or len(mount.point) >= len(best.point)):
            best = mount
    return best


def _read(mounts: Path) -> Iterator[Mount]:
    """proc(5): ID PARENT MAJOR:MINOR ROOT POINT OPTIONS [TAGS...] - TYPE SOURCE SUPER-OPTIONS."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        before, divided, after = line.partition(" - ")
        first, last = before.split(" "), after.split(" ")
        if divided and len(first) > 5 and len(last) > 2:
            point = _ESCAPE.sub(lambda found: chr(int(found[1], 8)), first[4])
            yield Mount(point, first[2], last[0], tuple(last[2].split(",")))
