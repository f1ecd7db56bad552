"""What is wrong with the study now. It is checked once, and again when a file of it changed or a day began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import errand_turn, run_errand_process
from kuule.workbench.file_stamps import FileStamp
from kuule.workbench.study_desk.desk_editions import edition_folders
from kuule.workbench.study_desk.study_findings import StudyFindings
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS, StudyErrand
from kuule.workbench.study_desk.study_stamp import study_stamp
from kuule.workbench.translation_desk.current_study import check_is_not_away


@dataclass(frozen=True, slots=True)
class _Basis:
    """What was checked: the files of the study as they were, beside which editions, and on which day."""

    study: FileStamp
    editions: tuple[Path, ...]
    today: date


class _LastCheck:
    """What was found last. Both are replaced at once."""

    known: tuple[_Basis, StudyFindings] | None = None


def read_findings(site: WorkbenchSite) -> StudyFindings:
    """Check the study, unless nothing changed since the last time. Raises WorkbenchError WORKBENCH_020, StudyError
    STUDY_001 (its folder is not there)."""
    check_is_not_away(site.study_folder)
    # The stamp is taken before checking, so that a change in between is noticed the next time.
    basis = _Basis(study_stamp(site.study_folder), edition_folders(site), site.clock().date())
    if (found := _find_checked(basis)) is not None:
        return found
    with errand_turn(STUDY_ERRANDS):
        if (found := _find_checked(basis)) is not None:  # somebody else had it checked meanwhile
            return found
        asked = {
            "do": StudyErrand.CHECK,
            "study": str(site.study_folder),
            "today": basis.today.isoformat(),
            "editions": [str(one) for one in basis.editions],
        }
        found = StudyFindings.from_table(run_errand_process(STUDY_ERRANDS, asked)["findings"])
        _LastCheck.known = (basis, found)
        return found


def _find_checked(basis: _Basis) -> StudyFindings | None:
    known = _LastCheck.known
    return known[1] if known is not None and known[0] == basis else None
