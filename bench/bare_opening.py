"""`python -m bench.bare_opening ARCHIVE`: a bare program to compare Kuule with; with `--ours`, Kuule itself.

The bare program does only what is needed, as fast as we could make it: two processes decrypt parts of the archive, read
the JSON and make Arrow columns of texts. Nothing is checked, typed, sorted or written.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl

from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive_part import PartLocations
from kuule.sealing.envelope import HPKE_SUITE

if TYPE_CHECKING:  # what only Kuule's own way needs is imported there, so that the bare processes start with little
    from kuule.dataset.lifecycle.dataset_opening import ArchiveSource

PROCESSES = 2
_HEADER = 52


@cache
def _key() -> PrivateKey:
    return PrivateKey.generate(bytes(range(32)), rehearsal=True)


def _part(parts_at: PartLocations, number: int, label: bytes, paths: tuple[str, ...]) -> pl.DataFrame:
    content, size = parts_at.part(number).content or b"", parts_at.entries[number - 1].envelope_size
    key, decrypt = _key().hpke_key, HPKE_SUITE.decrypt
    answers: list[dict[str, str]] = []
    missing: list[dict[str, str]] = []
    for start in range(0, len(content), size + 8):
        info = label + content[start : start + 8]
        padded = decrypt(content[start + 8 + _HEADER : start + 8 + size], key, info)
        record = json.loads(padded[: padded.rindex(b"\x80")])
        answers.append(record["answers"])
        missing.append(record["missing"])
    columns = {path: [one.get(path) for one in answers] for path in paths}
    columns |= {f"{path}:missing": [one.get(path) for one in missing] for path in paths}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def bare(source: ArchiveSource) -> int:
    """Decrypt and build columns, in two processes. Returns the number of rows."""
    paths = tuple(item.path for item in source.edition.form.items)
    numbers = source.sealed.part_numbers
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=spawned) as pool:
        left = [[one] * len(numbers) for one in (source.reader.part_locations, _label(source), paths)]
        frames = list(pool.map(_part, left[0], numbers, left[1], left[2], chunksize=4))
    return pl.concat(frames).height


def _label(source: ArchiveSource) -> bytes:
    """What envelopes are bound to, up to the row id."""
    fields: Any = (
        b"kuule envelope 1",
        source.edition.study.id.encode(),
        bytes.fromhex(source.edition.id),
        _key().public.key_id,
    )
    return b"".join(len(field).to_bytes(2, "big") + field for field in fields) + (8).to_bytes(2, "big")


def ours(source: ArchiveSource) -> int:
    """Open with Kuule: checked, typed and sorted, with record keys, into Parquet with everything that belongs to a
    dataset."""
    from kuule.dataset.lifecycle.dataset_opening import OpeningRequest, open_dataset  # see above

    with TemporaryDirectory(dir=source.path.parent) as folder:
        return open_dataset(OpeningRequest([source], [_key()], PROCESSES), Path(folder) / "dataset").info.responses


def main() -> None:
    """Run one of the two, and print the rows, the seconds, and the seconds of a core."""
    from kuule.usecases.analysing.open_archives import read_source  # see above

    source = read_source(Path(sys.argv[1]))
    began, spent = time.perf_counter(), _spent()
    rows = ours(source) if "--ours" in sys.argv else bare(source)
    print(json.dumps([rows, time.perf_counter() - began, _spent() - spent]))


def _spent() -> float:
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
