"""Killed at any moment, taking out and exporting leave nothing that the next command does not clear up: what lies about
is answers that anyone can read, also of people who took them back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.core.folders import create_unfinished_folder
from kuule.core.problems import ArchiveError
from kuule.dataset.exports import export
from kuule.dataset.exports.csv_files import codebook_frame
from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.lifecycle import locking, row_removal
from kuule.dataset.lifecycle.dataset_folder import exclusive_access
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.dataset.schema import dataset_reader
from kuule.dataset.schema.dataset_reader import read_dataset
from tests.dataset.lifecycle.test_dataset_opening import names, opened, said_of
from tests.factories import lenient, person, source

ROOT = Path(__file__).resolve().parents[2]
BESIDE = ["ds", "ds.opened-rows", "ds.row-map"]


def standing(folder: Path) -> Path:
    """Nine people, and what an analyst wrote about them."""
    opened(folder / "ds", source(folder / "archive", {number: person(number) for number in range(9)}, of=lenient()))
    (folder / "archive").unlink()
    (folder / "ds" / "notes.txt").write_text("mine")
    return folder / "ds"


def killed(dataset: Path, event: str, part: str) -> list[str]:
    """What lies about once taking out two of them was killed at this event."""
    command = [sys.executable, "-m", "tests.dataset.killed", event, part, str(dataset), "4", "5"]
    done = subprocess.run(command, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"})
    assert done.returncode == -signal.SIGKILL
    return [name for name in names(dataset.parent) if name not in BESIDE]


def undisturbed(folder: Path) -> tuple[object, ...]:
    (folder / "other").mkdir()
    dataset = standing(folder / "other")
    forget_rows(dataset, {4, 5})
    return said_of(dataset)


@pytest.mark.parametrize(
    ("event", "part"),
    [
        pytest.param("open", ".ds.row-map.next", id="half of the new one is written", marks=pytest.mark.whole),
        pytest.param("os.rename", "notes.txt", id="the new one stands, and what was put into the old one is in that"),
        pytest.param("shutil.rmtree", ".unfinished.", id="the old one is not cleared away", marks=pytest.mark.whole),
    ],
)
def test_what_a_killed_command_left_goes_at_the_next(tmp_path: Path, event: str, part: str) -> None:
    dataset = standing(tmp_path)
    left = killed(dataset, event, part)
    assert [name for name in left if name.startswith(".ds.unfinished.")] != []
    forget_rows(dataset, {4, 5})
    assert names(tmp_path) == BESIDE
    assert (dataset / "notes.txt").read_text() == "mine"
    assert said_of(dataset) == undisturbed(tmp_path)


def test_where_two_steps_were_needed_and_one_was_done_the_old_one_comes_back(tmp_path: Path) -> None:
    dataset = standing(tmp_path)
    new = create_unfinished_folder(dataset)
    shutil.copytree(dataset, new, dirs_exist_ok=True)
    before = said_of(dataset)
    dataset.rename(new.with_name(f"{new.name}.before"))
    with exclusive_access(dataset):
        assert names(tmp_path) == [".ds.held", *BESIDE]
    assert said_of(dataset) == before


def test_folders_of_others_beside_it_stay(tmp_path: Path) -> None:
    dataset = standing(tmp_path)
    others = [".ds.12345678", ".ds.unfinished", "ds.unfinished.12345678", ".dsx.unfinished.12345678"]
    for name in others:
        (tmp_path / name).mkdir()
    (tmp_path / ".ds.unfinished.abcdefgh").symlink_to(tmp_path / others[0])
    forget_rows(dataset, {4})
    assert names(tmp_path) == sorted([*others, ".ds.unfinished.abcdefgh", *BESIDE])


def test_export_that_was_killed_goes_when_it_is_made_again(tmp_path: Path) -> None:
    dataset = read_dataset(standing(tmp_path))
    (create_unfinished_folder(tmp_path / "out") / "practice-responses.csv").write_text("half")
    export_dataset(dataset, ExportFormat.CSV, tmp_path / "out", language="en")
    assert names(tmp_path) == [*BESIDE, "out"]


def test_two_exports_into_one_folder_at_once_are_told(tmp_path: Path) -> None:
    dataset = read_dataset(standing(tmp_path))
    with exclusive_access(tmp_path / "out"), pytest.raises(ArchiveError, match="DATA_016"):
        export_dataset(dataset, ExportFormat.CSV, tmp_path / "out", language="en")


@pytest.mark.parametrize("command", ["lock", "forget"])
def test_told_to_end_it_takes_nothing_out_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    dataset = standing(tmp_path)
    before = said_of(dataset)
    archive = source(tmp_path / "new", {1: person(1)}, of=lenient(), gone=(4, 5)).path
    monkeypatch.setattr(locking, "check_lock_day", lambda *_: None)
    monkeypatch.setattr(row_removal, "write_info_and_sidecars", lambda *_, **__: os.kill(os.getpid(), signal.SIGTERM))
    arguments = {"lock": [str(dataset), "--archive", str(archive)], "forget": [str(archive), "--dataset", str(dataset)]}
    assert run([command, *arguments[command]]) == Exit.STOPPED
    assert "stopped" in capsys.readouterr().err
    assert (said_of(dataset), names(tmp_path)) == (before, sorted([*BESIDE, "new"]))


def test_dataset_that_changes_while_it_is_read_is_not_exported_half_and_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = standing(tmp_path)
    monkeypatch.setattr(
        export, "codebook_frame", lambda *given: forget_rows(dataset, {4, 5}) and codebook_frame(*given)
    )
    with pytest.raises(ArchiveError, match="DATA_024"):
        export_dataset(read_dataset(dataset), ExportFormat.CSV, tmp_path / "out", language="en")
    assert names(tmp_path) == BESIDE


def test_dataset_that_changes_while_it_is_opened_is_read_as_it_now_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset, verify, changed = standing(tmp_path), dataset_reader.verify_files, list[int]()

    def changing(path: Path, info: object) -> None:
        if not changed:
            changed.append(1)
            forget_rows(dataset, {4, 5})
        verify(path, info)

    monkeypatch.setattr(dataset_reader, "verify_files", changing)
    assert read_dataset(dataset).info.responses == 7
