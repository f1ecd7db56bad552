"""The files of questionnaires: the one that the study has, and those that were sent and wait to be taken."""

from __future__ import annotations

from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import Problem, WorkbenchError
from kuule.core.regular_files import is_named_as_file
from kuule.study.folder.study_folder import FORM_FILES
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.study_desk.disk_trouble import disk_trouble
from kuule.workbench.study_desk.study_files import StudyFile, read_study_file, replace_study_file

KEPT_FORMS = "questionnaires"
"""The folder of the workbench's own that has those that were sent, and those that the study had before."""
_SENT = f"{KEPT_FORMS}/sent"
_MOST_SENT = 20
_NEW_FORM = "form.xlsx"
_ENDINGS = {
    ".xlsm": "a workbook with macros, and a questionnaire has none",
    ".xls": "a workbook of before 2007",
    ".ods": "a workbook of LibreOffice",
    ".numbers": "a workbook of Numbers",
    ".csv": "a single table, and a questionnaire has several",
    ".pdf": "a PDF, and a questionnaire is a workbook",
    ".docx": "a text document, and a questionnaire is a workbook",
}
_OF_OTHERS = {".qsf": "Qualtrics", ".lss": "LimeSurvey", ".lsq": "LimeSurvey", ".lsg": "LimeSurvey"}
"""Programs whose surveys another command brings in."""


def read_present_form(site: WorkbenchSite) -> StudyFile:
    """The questionnaire that the study has; without any content if it has none. Raises WorkbenchError WORKBENCH_021 if
    it has two."""
    found = [name for name in FORM_FILES if is_named_as_file(site.study_folder / name)]
    if len(found) > 1:
        cause = f"the study's folder has two questionnaires, {' and '.join(found)}"
        raise WorkbenchError(_problem(cause, "take one of them out of the folder, where the study is kept"))
    name = found[0] if found else _NEW_FORM
    return read_study_file(site, name)


def keep_sent_form(site: WorkbenchSite, name: str, content: bytes) -> StudyFile:
    """Keep what somebody sent until it is taken. Raises WorkbenchError WORKBENCH_021 if it is not the kind of file that
    the study's questionnaire is, WORKBENCH_010 if it cannot be written."""
    ending, present = Path(name).suffix.lower(), read_present_form(site)
    if ending != present.ending:
        said = _ENDINGS.get(ending, f"a file that ends in {ending[:10]!r}" if ending else "a file without an ending")
        remedy = (
            "save it as .xlsx in your spreadsheet, and send that"
            if present.ending == ".xlsx"
            else "the study's questionnaire is form.md, a file of text with a table for each sheet: send such a file"
        )
        if ending in _OF_OTHERS:
            said = f"a survey of {_OF_OTHERS[ending]}"
            remedy = "ask whoever administers this workbench to import it, which makes a study of its own"
        raise WorkbenchError(_problem(f"it is {said}", remedy))
    if not content:
        raise WorkbenchError(_problem("it is empty", "see that the file is whole on your machine, and send it again"))
    sent = StudyFile(present.name, content)
    folder = site.data / _SENT
    with disk_trouble("the questionnaire"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(folder / f"{sent.digest}{sent.ending}", content, mode=0o600)
        _remove_oldest(folder, _MOST_SENT)
    return sent


def find_sent_form(site: WorkbenchSite, digest: str) -> Path | None:
    """The file that was sent, if it still waits and is of the kind of the present one."""
    path = site.data / _SENT / f"{digest}{read_present_form(site).ending}"
    return path if path.is_file() else None


def take_sent_form(site: WorkbenchSite, digest: str, *, seen: str) -> bool:
    """Make what was sent the study's questionnaire, and keep the one before. False if the one that is there is not the
    one that was `seen`: then nothing changes. Raises WorkbenchError WORKBENCH_022 if others write for too long,
    WORKBENCH_010 if it cannot be written."""
    path = find_sent_form(site, digest)
    if path is None:
        return False
    present = read_present_form(site)
    return replace_study_file(site, StudyFile(present.name, path.read_bytes()), kept=KEPT_FORMS, seen=seen)


def _remove_oldest(folder: Path, most: int) -> None:
    files = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for old in files[most:]:
        old.unlink(missing_ok=True)


def _problem(cause: str, remedy: str) -> Problem:
    return Problem("WORKBENCH_021", "the questionnaire", cause, remedy)
