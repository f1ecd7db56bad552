"""Files that are whole or not there at all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kuule.core.files import (
    BusyError,
    create_private_file,
    exclusive_lock,
    overwrite_with_zeros,
    write_atomically,
    write_together,
)


def test_file_is_written_whole_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "texts.po"
    write_atomically(path, b"first")
    write_atomically(path, b"second")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"second", [path])


def test_file_has_the_mode_that_is_asked_for_also_over_another(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    path.write_bytes(b"open")
    path.chmod(0o644)
    write_atomically(path, b"closed", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600


def test_file_stays_as_it_was_where_the_disk_does_not_take_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "texts.po"
    write_atomically(path, b"first")

    def full(handle: int) -> None:
        raise OSError("no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no room"):
        write_atomically(path, b"second")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"first", [path])


def test_of_files_that_belong_together_none_is_replaced_where_one_cannot_be_written(tmp_path: Path) -> None:
    page, other = tmp_path / "page", tmp_path / "nowhere" / "other"
    write_atomically(page, b"first")
    with pytest.raises(FileNotFoundError):
        write_together({page: b"second", other: b"second"})
    assert (page.read_bytes(), list(tmp_path.iterdir())) == (b"first", [page])


def test_one_at_a_time_and_what_a_killed_one_left_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / ".held"
    path.touch()
    with exclusive_lock(path), pytest.raises(BusyError), exclusive_lock(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_who_waits_comes_in_when_the_other_is_done(tmp_path: Path) -> None:
    path, waiting, order = tmp_path / ".held", threading.Event(), list[str]()

    def second() -> None:
        with exclusive_lock(path, waiting.set):
            order.append("second")

    thread = threading.Thread(target=second)
    with exclusive_lock(path):
        thread.start()
        assert waiting.wait(60)
        order.append("first")
    thread.join()
    assert (order, list(tmp_path.iterdir())) == (["first", "second"], [])


def test_many_are_one_at_a_time(tmp_path: Path) -> None:
    path, counted = tmp_path / ".held", tmp_path / "counted"
    counted.write_text("0")

    def count() -> None:
        for _ in range(10):
            with exclusive_lock(path, lambda: None):
                counted.write_text(str(int(counted.read_text()) + 1))

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (counted.read_text(), list(tmp_path.iterdir())) == ("60", [counted])


def test_who_has_patience_is_told_when_it_is_over(tmp_path: Path) -> None:
    path = tmp_path / ".held"
    with exclusive_lock(path):
        began = time.monotonic()
        with pytest.raises(BusyError), exclusive_lock(path, patience=0.2):
            pass
        assert time.monotonic() - began >= 0.2
    with exclusive_lock(path, patience=0.2):
        pass


def test_one_that_is_killed_inside_gives_way(tmp_path: Path) -> None:
    path = tmp_path / ".held"
    inside = "import sys, time; from pathlib import Path; from kuule.core.files import exclusive_lock\n"
    inside += "with alone(Path(sys.argv[1])): print('in', flush=True); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", inside, str(path)], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in\n"
        with pytest.raises(BusyError), exclusive_lock(path):
            pass
        process.kill()
    with exclusive_lock(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_private_file_is_new_and_its_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    with create_private_file(path) as file:
        file.write(b"a\nb")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"a\nb", 0o600)
    with pytest.raises(FileExistsError):
        create_private_file(path)


@pytest.mark.parametrize("size", [0, 1, (1 << 20) + 7])
def test_overwritten_file_has_zeros_and_its_length(tmp_path: Path, size: int) -> None:
    path = tmp_path / "map"
    path.write_bytes(b"x" * size)
    overwrite_with_zeros(path)
    assert path.read_bytes() == bytes(size)
