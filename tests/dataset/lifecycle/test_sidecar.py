"""A file beside a dataset that has to go is gone from the disk as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.dataset.lifecycle import sidecar
from kuule.dataset.lifecycle.row_map import ROW_MAP


def test_destroyed_file_and_its_next_one_are_gone_from_the_disk_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(sidecar, "sync_folder", synced.append)
    dataset = tmp_path / "dataset"
    for path in (ROW_MAP.path(dataset), ROW_MAP.next_path(dataset)):
        path.write_bytes(b"rows")
    assert ROW_MAP.destroy(dataset)
    assert (list(tmp_path.iterdir()), synced) == ([], [tmp_path])
    assert not ROW_MAP.destroy(dataset)
    assert synced == [tmp_path]
