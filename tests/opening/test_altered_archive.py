"""No byte of an archive is altered unnoticed, but for those of its directory that nobody reads."""

from pathlib import Path

import pytest

from kuule.core.problems import ArchiveError
from kuule.opening.archive_rows import OpenedRecord, UnopenedEntry
from kuule.sealing.archive import ArchiveReader, write_archive
from tests.factories import open_rows
from tests.sealing.rows import FILES, KEY, MANIFEST, rows

UNREAD = frozenset({4, 5, 7, *range(34, 42)})
"""Within a member's entry of the directory: who made it with what, the disk's number, attributes of the file."""
UNREAD_AT_THE_END = frozenset({*range(4, 12), 20, 21, *range(-30, -25)})
"""Around the end of the directory: numbers of disks, counts the directory itself tells, lengths of what ends it."""
SPARSE = 61
"""One byte in so many of the rows: each envelope proves itself, and other tests alter them."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "a"
    write_archive(path, manifest=MANIFEST, files=FILES, envelopes=rows(3))
    return path.read_bytes()


def unread(content: bytes) -> set[int]:
    found = set()
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        found |= {at + offset for offset in UNREAD}
        at = content.find(b"PK\x01\x02", at + 4)
    end = content.rindex(b"PK\x05\x06")
    return found | {end + offset for offset in UNREAD_AT_THE_END}


def noticed(path: Path, content: bytes) -> bool:
    path.write_bytes(content)
    try:
        return any(isinstance(one, UnopenedEntry) for one in open_rows(ArchiveReader(path), [KEY]))
    except ArchiveError:
        return True


def test_byte_that_is_altered_is_noticed(archive: bytes, tmp_path: Path) -> None:
    path = tmp_path / "altered"
    assert not noticed(path, archive)
    rows_end = archive.index(b"PK\x03\x04", 10)
    places = [at for at in range(len(archive)) if at < 60 or at >= rows_end or at % SPARSE == 0]
    unnoticed = set()
    for at in places:
        changed = bytearray(archive)
        changed[at] ^= 1
        if not noticed(path, bytes(changed)):
            unnoticed.add(at)
    assert unnoticed <= unread(archive)


def test_header_of_a_part_that_is_altered_costs_no_row(archive: bytes, tmp_path: Path) -> None:
    changed = bytearray(archive)
    changed[26] ^= 1  # the length of the name: what followed would be read from another place
    (tmp_path / "a").write_bytes(changed)
    found = list(open_rows(ArchiveReader(tmp_path / "a"), [KEY]))
    assert [one for one in found if isinstance(one, UnopenedEntry)] == [UnopenedEntry("parts/000001", "header_altered")]
    assert sorted(one.record for one in found if isinstance(one, OpenedRecord)) == [
        b"person 0",
        b"person 1",
        b"person 2",
    ]
