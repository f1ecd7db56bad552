"""Files that are whole or not there at all."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.core.files import (
    atomic_file,
    create_atomically,
    create_private_file,
    file_sha256,
    json_bytes,
    overwrite_with_zeros,
    write_atomically,
    write_new,
    write_synced,
    write_together,
)


def refuse(handle: int) -> None:
    raise OSError(28, "no room")


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


def test_file_that_is_written_into_as_a_stream_takes_its_name_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    path.write_bytes(b"first")
    with atomic_file(path) as file:
        file.write(b"second")
        assert path.read_bytes() == b"first"
    assert (path.read_bytes(), path.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (b"second", 0o600, [path])


def test_two_who_write_one_file_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    with atomic_file(path) as one:
        one.write(b"one")
        with atomic_file(path) as other:
            other.write(b"other")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"one", [path])


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_nothing_is_left_of_a_stream_that_breaks(tmp_path: Path, error: type[BaseException]) -> None:

    def write_half() -> None:
        with atomic_file(tmp_path / "archive") as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_file_that_is_made_once_stays_as_the_first_one_made_it(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    create_atomically(path, b"first")
    create_atomically(path, b"second")
    assert (path.read_bytes(), path.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (b"first", 0o600, [path])


def test_file_is_not_made_through_a_link_that_somebody_else_put_there(tmp_path: Path) -> None:
    path, target = tmp_path / "secret", tmp_path / "target"
    path.symlink_to(target)
    create_atomically(path, b"first")
    assert (target.exists(), list(tmp_path.iterdir())) == (False, [path])


def test_new_file_has_the_mode_that_is_asked_for_and_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_new(path, b"first", mode=0o640)
    with pytest.raises(FileExistsError):
        write_new(path, b"second")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"first", 0o640)


def test_error_of_a_full_disk_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no room") as full:
        write_synced(tmp_path / "texts.po", b"all")
    assert full.value.filename == str(tmp_path / "texts.po")


@pytest.mark.parametrize("write", [write_atomically, write_new, create_atomically])
def test_whatever_is_written_waits_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no room"):
        write(tmp_path / "texts.po", b"all")


def test_hash_of_a_file_is_that_of_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(b"abc")
    assert file_sha256(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
KEYS = st.text() | st.integers() | st.none() | st.booleans()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner) | st.tuples(inner, inner)))
def test_json_is_written_as_python_writes_it(content: object) -> None:
    assert json_bytes(content) == (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode(errors="strict")


def test_json_of_what_it_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        json_bytes({"a": [object()]})


def test_what_cannot_be_written_is_said_by_its_own_name(tmp_path: Path) -> None:
    """A draft beside it has a name that nobody knows."""
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "none" / "study.ics", tmp_path / "folder"):
        with pytest.raises(OSError, match=path.name) as raised:
            write_atomically(path, b"text")
        assert raised.value.filename == str(path)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
