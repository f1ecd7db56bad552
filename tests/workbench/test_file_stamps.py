"""A stamp of files changes whenever one of them does, and is the same as long as none does."""

from __future__ import annotations

import os
from pathlib import Path

from kuule.workbench.file_stamps import file_stamp, stamp_of_files


def test_stamp_changes_with_every_file_and_with_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    for name in ("study.toml", "media/door.jpg", "other"):
        (tmp_path / name).write_text(name)
    names = ("study.toml", "media", "missing")
    first = file_stamp(tmp_path, names)
    assert [Path(path).name for path, *_ in first] == ["study.toml", "door.jpg"]
    (tmp_path / "other").write_text("changed")
    assert file_stamp(tmp_path, names) == first
    os.utime(tmp_path / "media/door.jpg", ns=(1, 1))
    assert file_stamp(tmp_path, names) != first


def test_file_of_the_same_day_and_size_in_the_place_of_another_is_seen(tmp_path: Path) -> None:
    file, new = tmp_path / "file", tmp_path / "new"
    file.write_text("one")
    first = stamp_of_files([file])
    new.write_text("two")
    os.utime(new, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    new.replace(file)
    assert stamp_of_files([file]) != first
    assert stamp_of_files([tmp_path / "gone"]) == ()
