"""Files of a folder replaced by one at a time: who waits, who is told, and what is broken off and what is under way."""

from __future__ import annotations

import threading
import time

import pytest

from kuule.core.problems import StudyError
from kuule.languages.gettext import catalogue_folder
from kuule.languages.gettext.catalogue_folder import (
    finish_replacement,
    is_replacement_pending,
    lock_catalogues,
    replace_catalogues,
)
from tests.patience import PATIENCE


@pytest.fixture
def waited(monkeypatch) -> threading.Event:
    """Set when somebody looks, and will look again after a while."""
    event, rest = threading.Event(), time.sleep

    def say_so(seconds: float) -> None:
        event.set()
        rest(seconds)

    monkeypatch.setattr(time, "sleep", say_so)
    return event


def test_who_has_patience_comes_after_who_is_there(tmp_path, waited):
    inside, order = threading.Event(), []

    def first() -> None:
        with lock_catalogues(tmp_path):
            inside.set()
            assert waited.wait(PATIENCE)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait()
    with pytest.raises(StudyError) as refused, lock_catalogues(tmp_path):
        pass
    with lock_catalogues(tmp_path, patience=PATIENCE):
        order.append("second")
    thread.join()
    assert ([one.code for one in refused.value.problems], order) == (["LANG_056"], ["first", "second"])


def test_change_that_somebody_is_just_putting_in_its_place_is_not_broken_off(tmp_path, monkeypatch, waited):
    """A reader who comes between the two moments waits for the second, and says nothing of a break."""
    between = threading.Event()
    put = catalogue_folder.put_in_place

    def slow(folder) -> None:
        if (folder / ".ready").is_dir():
            between.set()
            assert waited.wait(PATIENCE)
        put(folder)

    monkeypatch.setattr(catalogue_folder, "put_in_place", slow)

    def write() -> None:
        with lock_catalogues(tmp_path):
            replace_catalogues(tmp_path, {"sv.po": b"new"})

    thread = threading.Thread(target=write)
    thread.start()
    between.wait()
    assert not is_replacement_pending(tmp_path)
    assert (tmp_path / "sv.po").read_bytes() == b"new"
    thread.join()


def test_change_that_was_broken_off_is_told_and_finished_by_the_next(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(catalogue_folder, "put_in_place", lambda folder: None)
        with lock_catalogues(tmp_path):
            replace_catalogues(tmp_path, {"sv.po": b"new", "apart/sv.po": b"kept"})
    assert is_replacement_pending(tmp_path)
    assert not (tmp_path / "sv.po").exists()
    finish_replacement(tmp_path)
    assert not is_replacement_pending(tmp_path)
    assert (tmp_path / "sv.po").read_bytes() + (tmp_path / "apart" / "sv.po").read_bytes() == b"newkept"


def test_change_that_finds_no_place_is_none_also_later(tmp_path):
    """A workbench told a translator that nothing was saved, and the next reader put it into its place."""
    (tmp_path / "ar.po").write_bytes(b"old")
    (tmp_path / "sv.po").mkdir()
    with lock_catalogues(tmp_path), pytest.raises(OSError, match="directory"):
        replace_catalogues(tmp_path, {"apart/sv.po": b"kept", "ar.po": b"new", "sv.po": b"new"})
    assert not is_replacement_pending(tmp_path)
    (tmp_path / "sv.po").rmdir()
    finish_replacement(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {"ar.po": b"old"}
