"""The machine that shows releases cannot open an answer: what its processes have, and that they need nothing more."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kuule.core.problems import WorkbenchError
from kuule.releases.release_folder import read_release
from kuule.workbench.errands import errand_process
from kuule.workbench.errands.errand_process import errand_environment, run_errand_process
from kuule.workbench.release_desk.release_kinds import RELEASE_ERRANDS, ReleaseKind, ReleaseOrder
from tests.workbench.release_desk.shelf import STUDY, make_shelf
from tests.workbench.site_modules import modules_of_the_site

OPENS = ("kuule.opening", "kuule.dataset", "kuule.analysis", "kuule.disclosure", "polars", "pyreadstat", "scipy")
"""What opens answers, or counts or releases opened ones, and what it is built on."""
ERRAND = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.startswith({opens!r}):
            raise ModuleNotFoundError("No module named " + repr(name), name=name)
sys.meta_path.insert(0, Blocker())
import runpy
runpy.run_module("kuule.workbench.release_desk.release_errand", run_name="__main__")
sys.stderr.write(" ".join(name for name in sys.modules if name.startswith({opens!r})))
"""


def errand(asked: dict[str, object]) -> dict[str, Any]:
    """An errand in a process in which nothing that opens answers can be imported."""
    done = subprocess.run(
        [sys.executable, "-c", ERRAND.format(opens=OPENS)],
        input=json.dumps({**asked, "memory": errand_process.MEMORY}),
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_process_that_reads_releases_does_all_its_work_where_nothing_that_opens_answers_exists(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    make_shelf(folder)
    listed = errand({"do": "list", "folder": str(folder), "study": STUDY, "today": "2026-11-28"})
    assert [one["version"] for one in listed["releases"]] == ["1.1", "1"]
    for kind in (ReleaseKind.REPORT, ReleaseKind.PAGE):
        order = ReleaseOrder(folder / "1", read_release(folder / "1").content, kind, "en", date(2026, 11, 28))
        out = tmp_path / f"{kind}.zip"
        assert errand({"do": "make", "order": order.to_table(), "out": str(out)}) == {"file_problems": []}
        assert order.first_file in zipfile.ZipFile(out).namelist()


@pytest.mark.slow
def test_process_of_the_site_has_nothing_that_opens_answers_or_publishes() -> None:
    loaded = modules_of_the_site()
    assert {"django", "kuule.workbench.release_desk"} <= {*loaded}
    assert [module for module in loaded if module.startswith((*OPENS, "kuule.publishing"))] == []


def test_errand_is_told_nothing_of_the_database_or_the_secret() -> None:
    kept = {"PATH": "/usr/bin", "LANG": "C.UTF-8", "PYTHONSAFEPATH": "1"}
    planted = {
        "KUULE_WORKBENCH": '{"database": "postgresql://planted"}', "CREDENTIALS_DIRECTORY": "/run/planted",
        "PGPASSWORD": "planted",
    }  # fmt: skip
    assert errand_environment({**kept, **planted}) == kept


@pytest.mark.slow
def test_errand_that_has_too_little_memory_ends_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_shelf(tmp_path / "releases")
    content = read_release(tmp_path / "releases" / "1").content
    order = ReleaseOrder(tmp_path / "releases" / "1", content, ReleaseKind.PAGE, "en", date(2026, 11, 28))
    monkeypatch.setattr(errand_process, "MEMORY", 96 * 1024**2)
    with pytest.raises(WorkbenchError) as refused:
        run_errand_process(RELEASE_ERRANDS, {"do": "make", "order": order.to_table(), "out": str(tmp_path / "x.zip")})
    assert {one.code for one in refused.value.problems} <= {"WORKBENCH_015", "WORKBENCH_017"}
