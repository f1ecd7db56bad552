"""Trying a questionnaire that was sent: what the study would be with it, found by another process and kept while
neither changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import errand_turn, run_errand_process
from kuule.workbench.file_stamps import FileStamp
from kuule.workbench.study_desk.form_files import read_present_form
from kuule.workbench.study_desk.form_trial import FormTrial
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS, StudyErrand
from kuule.workbench.study_desk.study_stamp import study_stamp


class _LastTrial:
    """What was tried last: which file, beside which study, on which day."""

    known: tuple[tuple[str, FileStamp, date], FormTrial] | None = None


def try_sent_form(site: WorkbenchSite, form: Path) -> FormTrial:
    """Try the file. Raises WorkbenchError WORKBENCH_020."""
    today = site.clock().date()
    basis = (form.name, study_stamp(site.study_folder), today)
    with errand_turn(STUDY_ERRANDS):
        known = _LastTrial.known
        if known is not None and known[0] == basis:
            return known[1]
        asked = {
            "do": StudyErrand.TRY_FORM,
            "study": str(site.study_folder),
            "form": str(form),
            "name": read_present_form(site).name,
            "today": today.isoformat(),
        }
        found = FormTrial.from_table(run_errand_process(STUDY_ERRANDS, asked)["trial"])
        _LastTrial.known = (basis, found)
        return found
