"""What overwriting does on a real file system: an ext4 in a file, whose every byte can be looked at afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from kuule.destruction.file_destruction import fill_free_space
from kuule.destruction.storage_medium import Doubt, doubts_about
from tests.patience import PATIENCE
from tests.store.files import python

pytestmark = [
    pytest.mark.whole,
    pytest.mark.timeout(600),
    pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root mounts a file system"),
    pytest.mark.skipif(not shutil.which("mkfs.ext4"), reason="mkfs.ext4 is not installed"),
]
_MIB = 1 << 20


def done(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    try:
        done("mount", "-o", "loop", str(image), str(place))
    except subprocess.CalledProcessError:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        done("umount", str(place))


def found(image: Path, pieces: list[bytes]) -> int:
    """How many of these stand somewhere in the image."""
    content = image.read_bytes()
    return sum(piece in content for piece in pieces)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    made = tmp_path / "disk.ext4"
    with made.open("wb") as file:
        file.truncate(96 * _MIB)
    done("mkfs.ext4", "-q", "-F", str(made))
    return made


_ANSWERED = """
import sys
from pathlib import Path
from random import Random
from kuule.sealing.envelope import SealedResponse
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.responses import save_response
from kuule.store.rows.withdrawals import withdraw_response

random = Random(3)
rows = [SealedResponse(random.getrandbits(63), b"k" * 8, b"kuule" + random.randbytes(8000)) for _ in range(300)]
configure(f"sqlite:///{Path(sys.argv[1]) / 'answers.sqlite3'}")
prepare_store(new=True)
for row in rows[:150]:
    save_response(row)
rewrite_store()
for row in rows[150:]:
    save_response(row)
for row in rows[::20]:
    withdraw_response(row.row_id)
close_connections()
"""
"""A store that was answered, rewritten as daily, and answered again; some took back what they sent."""
_DESTROYED = """
import sys
from pathlib import Path
from kuule.destruction.file_destruction import destroy_file
for path in sorted(Path(sys.argv[1]).glob("answers.*")):
    destroy_file(path)
"""


def run_apart(script: str, place: Path) -> None:
    """In a process of its own, in which files are waited for until they are on the disk: here nobody waits
    (tests/conftest.py), and what was never written could not be found."""
    process = python(script, str(place))
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said


def test_bytes_of_a_store_that_was_only_removed_are_still_on_the_disk_and_overwritten_ones_are_not(
    image: Path, tmp_path: Path
) -> None:
    """First without overwriting, so that the search is known to find something. Then overwritten; then all that was
    free as well."""
    random = Random(3)
    pieces = [(random.getrandbits(63), random.randbytes(8000)[1000:1064])[1] for _ in range(300)]
    place = tmp_path / "mounted"
    with mounted(image, place):
        run_apart(_ANSWERED, place)
        for file in place.glob("answers.*"):
            file.unlink()
    removed = found(image, pieces)
    with mounted(image, place):
        fill_free_space(place)
    assert (removed > 250, found(image, pieces)) == (True, 0), "nothing of the first store is left"
    with mounted(image, place):
        run_apart(_ANSWERED, place)
        content = (place / "answers.sqlite3").read_bytes()
        last = [piece for piece in pieces if piece in content]
        assert Doubt.VIRTUAL_DISK in doubts_about(place / "answers.sqlite3"), "a disk in a file is one"
    with mounted(image, place):
        run_apart(_DESTROYED, place)
        assert list(place.glob("answers.*")) == []
    overwritten = found(image, pieces)
    with mounted(image, place):
        assert fill_free_space(place) > 60 * _MIB
    filled = found(image, pieces)
    print(f"removed: {removed} of {len(pieces)}; overwritten: {overwritten}; with free space: {filled}")
    assert len(last) == len(pieces) - len(pieces) // 20
    assert overwritten < removed, "the blocks of the file itself were overwritten"
    assert filled == 0


def test_small_file_is_gone_from_every_byte_of_the_disk(image: Path, tmp_path: Path) -> None:
    """A key is written once, so that there is no earlier copy of it."""
    secret = b"a key that nobody may find again " * 8
    with mounted(image, tmp_path / "mounted") as place:
        (place / "answers.secret-key").write_bytes(secret)
        os.sync()
    assert found(image, [secret]) == 1
    with mounted(image, tmp_path / "mounted") as place:
        run_apart(_DESTROYED, place)
    assert found(image, [secret, secret[:33]]) == 0
