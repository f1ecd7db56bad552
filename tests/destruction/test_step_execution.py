"""What a step destroys is what was named, shown and written down, whatever is in the folder or comes into its place."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError
from kuule.destruction.dispositions import Dispositions
from kuule.destruction.ending_record import EndingRecord
from kuule.destruction.ending_steps import EndingStep
from kuule.destruction.records_folder import RecordsFolder
from kuule.destruction.step_execution import MachineEnd, every_file

STEP = EndingStep.PROJECTS


def ending(folder: Path, *paths: Path) -> MachineEnd:
    records = RecordsFolder(folder / "records", "small-study")
    records.path.mkdir(exist_ok=True)
    return MachineEnd(records, "analyst", (STEP,), Dispositions({STEP: paths}), every_file, date(2027, 4, 2))


def done(end: MachineEnd) -> EndingRecord:
    return end.carry_out(end.plan().steps[0])


def project(folder: Path, name: str | bytes = "notes") -> Path:
    made = folder / "project"
    made.mkdir()
    Path(os.fsdecode(os.fsencode(made) + b"/" + os.fsencode(name))).write_text("what was read")
    return made


@pytest.mark.parametrize(
    ("name", "told"), [(b"\xff\xfe", "__"), (" ", "_"), ("a\n\x1b[2Jb", "a__[2Jb"), ("\u202etxt.exe", "_txt.exe")]
)
def test_name_that_no_person_would_give_a_file_goes_like_any_other(
    tmp_path: Path, name: str | bytes, told: str
) -> None:
    end = ending(tmp_path, project(tmp_path, name))
    planned = end.plan().steps[0]
    assert planned.lines()[0].isprintable()
    assert [one.name for one in end.carry_out(planned).destroyed] == [told]
    assert not (tmp_path / "project").exists()
    assert EndingRecord.from_bytes((tmp_path / "records" / "analyst.projects.json").read_bytes())


@pytest.mark.parametrize("name", [b"\xff\xfe", "notes"])
def test_step_that_was_begun_goes_on_whatever_its_files_are_called(tmp_path: Path, name: str | bytes) -> None:
    end = ending(tmp_path, project(tmp_path, name))
    end.folder.begin("analyst", STEP, end.plan().steps[0].planned)
    done(ending(tmp_path))
    assert not (tmp_path / "project").exists()


def test_link_that_comes_into_the_place_of_a_file_or_its_folder_leads_nowhere(tmp_path: Path) -> None:
    other = tmp_path / "other" / "notes"
    other.parent.mkdir()
    other.write_text("not ours")
    end = ending(tmp_path, project(tmp_path))
    planned = end.plan().steps[0]
    (tmp_path / "project" / "notes").unlink()
    (tmp_path / "project" / "notes").symlink_to(other)
    with pytest.raises(KuuleError, match=r"END_008 .*a link has come into this path"):
        end.carry_out(planned)
    shutil.rmtree(tmp_path / "project")
    (tmp_path / "project").symlink_to(other.parent)
    with pytest.raises(KuuleError, match=r"END_008 .*a link has come into this path"):
        end.carry_out(planned)
    assert other.read_text() == "not ours"


def test_folder_that_is_reached_by_a_link_goes_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    real = project(tmp_path / "disk")
    end = ending(tmp_path, tmp_path / "link" / "project")
    assert end.plan().steps[0].lines() == (f"destroy {real / 'notes'}",)
    done(end)
    assert not real.exists()


def test_pipe_is_no_file_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(project(tmp_path) / "pipe")
    with pytest.raises(KuuleError, match=r"END_008 .*pipe: it is no file"):
        ending(tmp_path, tmp_path / "project").plan()


@pytest.mark.parametrize("folder", ["/", "/etc", "/usr", "/home", "~", "~/.."])
def test_folder_of_the_system_or_a_home_is_refused_before_it_is_read(
    tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "homes" / "anna"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    with pytest.raises(KuuleError, match=r"END_009 .*has more in it than a study"):
        ending(tmp_path, Path(folder).expanduser()).plan()


def test_records_of_the_end_do_not_go_with_what_lies_around_them(tmp_path: Path) -> None:
    project(tmp_path)
    end = ending(tmp_path, tmp_path)
    opened = EndingRecord("small-study", "analyst", EndingStep.OPENED, date(2027, 4, 2))
    end.folder.write(opened)
    with pytest.raises(KuuleError, match=r"END_009 .*it is a record of this end"):
        end.plan()
    assert end.folder.records() == (opened,)


def test_what_was_begun_elsewhere_is_no_order_to_this_machine(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("not ours")
    end = ending(tmp_path, project(tmp_path))
    end.folder.begin("analyst", STEP, end.plan().steps[0].planned)
    begun = tmp_path / "records" / "analyst.projects.begun"
    changed = json.loads(begun.read_bytes())
    changed["files"][0]["path"] = str(other)
    begun.write_text(json.dumps(changed))
    with pytest.raises(KuuleError, match=r"END_001 .*begun on another machine, or changed since"):
        ending(tmp_path, tmp_path / "project").plan()
    begun.write_text("[]")
    with pytest.raises(KuuleError, match=r"END_001 .*what was begun cannot be read"):
        ending(tmp_path, tmp_path / "project").plan()
    assert other.read_text() == "not ours"
