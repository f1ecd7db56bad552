"""A process for an errand that is killed leaves nothing of the study behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from kuule.core.problems import WorkbenchError
from kuule.workbench.errands.errand_process import ErrandKind, run_errand_process

KILLED = """
import os, signal, tempfile
place = tempfile.mkdtemp()
open(os.path.join(place, "a copy of the study"), "w").close()
print(place, file=open(os.environ["PYTHON_TOLD"], "w"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_errand_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "killed_errand.py").write_text(KILLED)
    places = tmp_path / "places"
    places.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(places))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHON_TOLD", str(tmp_path / "told"))
    kind = ErrandKind("killed_errand", "WORKBENCH_020", "the study", "reading it", "try again")
    with pytest.raises(WorkbenchError, match="broke off"):
        run_errand_process(kind, {})
    assert Path((tmp_path / "told").read_text().strip()).is_relative_to(places)
    assert list(places.iterdir()) == []


def test_errand_without_a_place_for_its_files_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    kind = ErrandKind("killed_errand", "WORKBENCH_020", "the study", "reading it", "try again")
    with pytest.raises(WorkbenchError, match="the disk did not do it"):
        run_errand_process(kind, {})
