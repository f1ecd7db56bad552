"""Taking rows out of a dataset: those whose senders took them back. Possible until it is locked."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import polars as pl

from kuule.dataset.info import FORMAT, DatasetInfo
from kuule.dataset.locked import check_unlocked
from kuule.dataset.read import read_dataset
from kuule.dataset.row_map import RowMap, map_path, read_map, write_map
from kuule.durable import write_whole

MAIN = "responses.parquet"


def forget_rows(dataset: Path, withdrawn: Set[int]) -> int:
    """Take every row with one of these ids out of every table; returns how many responses went.

    Each file is replaced whole. Where it is stopped in the middle, the hashes in dataset.json no longer fit, and
    `read_dataset` says so: the archives are then opened again, and what was taken back is not opened.

    Raises ArchiveError DATA_004 to DATA_006 (no whole dataset), DATA_011 (locked), DATA_014 (no map).
    """
    info = read_dataset(dataset).info
    check_unlocked(dataset)
    found = read_map(dataset, info.version)
    gone = sum(owner in withdrawn for owner in found.owners.get(MAIN, ()))
    if not gone:
        return 0
    kept = {name: [owner not in withdrawn for owner in owners] for name, owners in found.owners.items()}
    for name, mask in kept.items():
        _replace_table(dataset / name, mask)
    hashes = {name: sha256((dataset / name).read_bytes()).hexdigest() for name in info.files}
    _tell(dataset, found, kept, replace(info, responses=info.responses - gone, files=hashes))
    return gone


def _replace_table(path: Path, mask: list[bool]) -> None:
    beside = path.with_name(f".{path.name}.new")
    pl.read_parquet(path).filter(pl.Series(mask, dtype=pl.Boolean)).write_parquet(beside)
    beside.replace(path)


def _tell(dataset: Path, found: RowMap, kept: dict[str, list[bool]], info: DatasetInfo) -> None:
    """First what the dataset is now, then the map that belongs to it."""
    text = json.dumps({"format": FORMAT, **info.to_json()}, ensure_ascii=False, indent=1)
    write_whole(dataset / "dataset.json", (text + "\n").encode("utf-8"))
    owners = {
        name: [owner for owner, stays in zip(owners, kept[name], strict=True) if stays]
        for name, owners in found.owners.items()
    }
    write_map(map_path(dataset), replace(found, owners=owners, version=info.version))
