"""Files that are whole or not there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule import durable
from kuule.durable import overwrite, write_whole


def test_file_is_written_whole_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "texts.po"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"second", [path])


def test_file_has_the_mode_that_is_asked_for_also_over_another(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    path.write_bytes(b"open")
    path.chmod(0o644)
    write_whole(path, b"closed", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600


def test_file_stays_as_it_was_where_the_disk_does_not_take_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "texts.po"
    write_whole(path, b"first")

    def full(handle: int) -> None:
        raise OSError("no room")

    monkeypatch.setattr(durable.os, "fsync", full)
    with pytest.raises(OSError, match="no room"):
        write_whole(path, b"second")
    assert path.read_bytes() == b"first"


@pytest.mark.parametrize("size", [0, 1, (1 << 20) + 7])
def test_overwritten_file_has_zeros_and_its_length(tmp_path: Path, size: int) -> None:
    path = tmp_path / "map"
    path.write_bytes(b"x" * size)
    overwrite(path)
    assert path.read_bytes() == bytes(size)
