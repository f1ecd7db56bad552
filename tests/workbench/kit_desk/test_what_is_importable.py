"""The machine that shows kits cannot open an answer: what makes them needs no more, and the site has none of it."""

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
from kuule.workbench.errands import errand_process
from kuule.workbench.errands.errand_process import run_errand_process
from kuule.workbench.kit_desk.kit_orders import KIT_ERRANDS, SHOWN_FILE, KitOrder
from tests.kit.spread_study import spread_study
from tests.workbench.release_desk.test_what_is_importable import OPENS
from tests.workbench.site_modules import modules_of_the_site

ERRAND = """
import runpy, sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.startswith({opens!r}):
            raise ModuleNotFoundError("No module named " + repr(name), name=name)
sys.meta_path.insert(0, Blocker())
runpy.run_module("kuule.workbench.kit_desk.kit_errand", run_name="__main__")
sys.stderr.write(" ".join(name for name in sys.modules if name.startswith({opens!r})))
"""
TODAY = date(2026, 11, 28)


def order(study: Path, *, drafts: bool = False) -> dict[str, Any]:
    return KitOrder(study, "childx", "en", TODAY, drafts).to_table()


@pytest.mark.slow
def test_process_that_makes_kits_does_all_its_work_where_nothing_that_opens_or_counts_answers_exists(
    tmp_path: Path,
) -> None:
    study, out = spread_study(tmp_path / "study"), tmp_path / "kit.zip"
    asked = {"do": "make", "order": order(study), "out": str(out), "memory": errand_process.MEMORY}
    opens = (*OPENS, "kuule.publishing", "kuule.store", "kuule.releases", "django")
    done = subprocess.run(
        [sys.executable, "-c", ERRAND.format(opens=opens)],
        input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert (json.loads(done.stdout), done.stderr) == ({}, "")
    assert {SHOWN_FILE, "kit/poster-a4-open.pdf", "look/contact-1.png"} <= set(zipfile.ZipFile(out).namelist())


@pytest.mark.slow
def test_process_of_the_site_has_nothing_that_makes_kits() -> None:
    loaded = modules_of_the_site()
    assert {"django", "kuule.workbench.kit_desk"} <= {*loaded}
    assert [module for module in loaded if module.startswith(("kuule.kit", "typst", "segno"))] == []


@pytest.mark.slow
def test_errand_that_has_too_little_memory_ends_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = spread_study(tmp_path / "study")
    monkeypatch.setattr(errand_process, "MEMORY", 64 * 1024**2)
    with pytest.raises(WorkbenchError) as refused:
        run_errand_process(KIT_ERRANDS, {"do": "make", "order": order(study), "out": str(tmp_path / "x.zip")})
    assert [one.code for one in refused.value.problems] == ["KIT_041"]


def test_errand_that_is_not_known_is_a_fault_and_no_answer(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="KIT_041 the kit: making it broke off"):
        run_errand_process(KIT_ERRANDS, {"do": "sing", "order": order(spread_study(tmp_path / "study"))})
