"""The two descriptions of a member: where they differ, it is said of which."""

from pathlib import Path

from kuule.sealing.archive import ArchiveReader, write_archive
from tests.sealing.rows import FILES, MANIFEST, rows

ENTRY = b"PK\x01\x02"
TIME_AND_DATE = range(12 * 8, 16 * 8)
"""The bits of both, within a member's entry of the directory (APPNOTE 4.3.12)."""


def test_every_bit_of_a_time_that_differs_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_archive(path, manifest=MANIFEST, files=FILES, envelopes=rows(1))
    whole = path.read_bytes()
    assert ArchiveReader(path).altered_headers == ()
    first = whole.index(ENTRY)
    unnoticed = []
    for bit in TIME_AND_DATE:
        changed = bytearray(whole)
        changed[first + bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        if ArchiveReader(path).altered_headers != ("parts/000001",):
            unnoticed.append(bit)
    assert unnoticed == []
