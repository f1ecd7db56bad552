"""A file beside a dataset that has to go is gone from the disk as well."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kuule.core.problems import ArchiveError
from kuule.dataset.lifecycle import sidecar
from kuule.dataset.lifecycle.row_map import ROW_MAP, RowMap, read_row_map, write_next_row_map


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


def test_changed_byte_of_a_row_map_is_refused_and_never_another_owner(tmp_path: Path) -> None:
    """Parquet has no hash: `kuule forget` found no such response, said that it had removed none, and locking destroyed
    the map."""
    ids = random.Random(3)
    owners = {"responses.parquet": pl.Series("row_id", [ids.getrandbits(62) for _ in range(300)], pl.Int64)}
    write_next_row_map(tmp_path / "dataset", "v1", RowMap(owners, date(2027, 3, 1)))
    ROW_MAP.promote_next(tmp_path / "dataset")
    file = ROW_MAP.path(tmp_path / "dataset")
    content = file.read_bytes()
    refused = 0
    for place in range(0, len(content), 7):
        file.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        try:
            found = read_row_map(tmp_path / "dataset", "v1")
        except ArchiveError as error:
            refused += error.problems[0].code == "DATA_014"
        else:
            assert (found.until, found.owners["responses.parquet"].to_list()) == (
                date(2027, 3, 1), owners["responses.parquet"].to_list(),
            )  # fmt: skip
    assert refused > 100


def test_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    frame = pl.DataFrame({"table": ["responses.parquet"], "row_id": [7]}, schema=dict(ROW_MAP.schema))
    frame.write_parquet(ROW_MAP.path(tmp_path / "dataset"), metadata={"dataset": "v1", "until": "2027-03-01"})
    assert read_row_map(tmp_path / "dataset", "v1").owners["responses.parquet"].to_list() == [7]
