"""The process that works for the lead's desk can open no answer and knows no site; the site has nothing of its work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kuule.core.problems import WorkbenchError
from kuule.workbench.errands import errand_process
from kuule.workbench.errands.errand_process import run_errand_process
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS
from tests.patience import PATIENCE
from tests.study.small_study import make_study
from tests.workbench.kit_desk.test_what_is_importable import ERRAND as KIT_ERRAND
from tests.workbench.release_desk.test_what_is_importable import OPENS
from tests.workbench.site_modules import modules_of_the_site

ERRAND = KIT_ERRAND.replace("kuule.workbench.kit_desk.kit_errand", "kuule.usecases.study_errands.study_errand")


@pytest.mark.slow
def test_process_does_its_work_where_nothing_that_opens_or_counts_answers_exists(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    asked = {"do": "check", "study": str(study), "today": "2026-11-28", "editions": [], "memory": errand_process.MEMORY}
    opens = (*OPENS, "kuule.store", "kuule.collector", "kuule.web", "django")
    done = subprocess.run(
        [sys.executable, "-c", ERRAND.format(opens=opens)],
        input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    assert (set(json.loads(done.stdout)), done.stderr) == ({"findings"}, "")


@pytest.mark.slow
def test_process_of_the_site_has_nothing_of_that_work() -> None:
    loaded = modules_of_the_site()
    assert {"django", "kuule.workbench.study_desk"} <= {*loaded}
    assert [module for module in loaded if module.startswith(("kuule.usecases", "kuule.booklet", "docx"))] == []


def test_errand_that_is_not_known_is_a_fault_and_no_answer(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="WORKBENCH_020 the study: reading it broke off"):
        run_errand_process(STUDY_ERRANDS, {"do": "sing", "study": str(tmp_path)})
