"""What a file lies on is read of the system, and what is not known is a doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.destruction.storage_medium import Doubt, doubts_about

LINE = "36 1 {device} / {point} rw,relatime shared:1 - {kind} /dev/{name} rw{options}\n"


def machine(
    folder: Path, kind: str, name: str = "sda1", *, rotates: str = "1", options: str = "", point: str = ""
) -> tuple[Path, Path]:
    """A mountinfo with a file system at `folder/data` beside that of the root, and a disk with one partition."""
    disk = folder / "devices" / name.rstrip("0123456789")
    partition = disk / name if name[-1].isdigit() and not name.startswith(("dm", "md")) else folder / "devices" / name
    for place in (disk, partition):
        (place / "queue").mkdir(parents=True, exist_ok=True)
    (disk / "queue" / "rotational").write_text(f"{rotates}\n")
    (partition / "queue" / "rotational").write_text(f"{rotates}\n")
    if partition.parent == disk:
        (partition / "partition").write_text("1\n")
    (folder / "blocks").mkdir()
    (folder / "blocks" / "8:1").symlink_to(partition)
    (folder / "data with space").mkdir()
    at = point or f"{folder}/data\\040with\\040space"
    root = LINE.format(device="0:1", point="/", kind="overlay", name="none", options="")
    (folder / "mountinfo").write_text(
        root + LINE.format(device="8:1", point=at, kind=kind, name=name, options=options) + "no line of ours\n"
    )
    return folder / "mountinfo", folder / "blocks"


@pytest.mark.parametrize(
    ("kind", "more", "doubts"),
    [
        ("ext4", {}, ()),
        ("xfs", {"rotates": "0"}, (Doubt.FLASH,)),
        ("ext4", {"options": ",data=journal"}, (Doubt.DATA_JOURNAL,)),
        ("ext4", {"name": "vda1"}, (Doubt.VIRTUAL_DISK,)),
        ("ext4", {"name": "dm-0", "rotates": "0"}, (Doubt.FLASH, Doubt.VOLUME_MANAGER)),
        ("btrfs", {}, (Doubt.COPY_ON_WRITE,)),
        ("tmpfs", {}, (Doubt.MEMORY,)),
        ("nfs4", {}, (Doubt.NETWORK,)),
        ("overlay", {}, (Doubt.LAYERS,)),
        ("reiserfs", {}, (Doubt.UNKNOWN,)),
    ],
)
def test_medium_tells_why_something_may_be_left(
    tmp_path: Path, kind: str, more: dict[str, str], doubts: tuple[Doubt, ...]
) -> None:
    mounts, blocks = machine(tmp_path, kind, **more)
    path = tmp_path / "data with space" / "answers.sqlite3"
    assert doubts_about(path, mounts=mounts, blocks=blocks) == doubts


def test_disk_that_nothing_is_said_of_and_a_system_that_says_nothing_are_doubts(tmp_path: Path) -> None:
    mounts, blocks = machine(tmp_path, "ext4")
    (blocks / "8:1").unlink()
    path = tmp_path / "data with space" / "answers.sqlite3"
    assert doubts_about(path, mounts=mounts, blocks=blocks) == (Doubt.UNKNOWN,)
    assert doubts_about(path, mounts=tmp_path / "nowhere", blocks=blocks) == (Doubt.UNKNOWN,)


def test_link_is_followed_to_what_it_lies_on(tmp_path: Path) -> None:
    mounts, blocks = machine(tmp_path, "btrfs")
    (tmp_path / "link").symlink_to(tmp_path / "data with space")
    assert doubts_about(tmp_path / "link" / "a", mounts=mounts, blocks=blocks) == (Doubt.COPY_ON_WRITE,)
