"""The files of the study that a lead can change at this desk as a whole: the report's text, the services that help, and
the settings. Each is tried on a copy of the study before it is taken."""

from __future__ import annotations

from enum import StrEnum

from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import run_errand_process
from kuule.workbench.study_desk.form_trial import FormTrial
from kuule.workbench.study_desk.study_files import StudyFile
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS, StudyErrand

LONGEST_FILE = 300_000
_BYTE_ORDER_MARK = "\ufeff"


class TextFile(StrEnum):
    """Which files."""

    REPORT = "report.md"
    HELP = "support.csv"
    SETTINGS = "study.toml"


def kept_texts(name: TextFile) -> str:
    """The folder of the workbench's own that keeps what a file was."""
    return f"texts/{name.value}"


def text_of(file: StudyFile) -> str | None:
    """What is in the file, as a field for text shows it; None if it is no text."""
    try:
        return file.content.decode().removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def written_as(file: StudyFile, text: str) -> StudyFile:
    """The file with another text. Its lines end as they did, so that git sees what was changed and no more."""
    plain = text.replace("\r\n", "\n")
    whole = plain if plain.endswith("\n") or not plain else f"{plain}\n"
    mark = _BYTE_ORDER_MARK if file.content.startswith(_BYTE_ORDER_MARK.encode()) else ""
    return StudyFile(file.name, (mark + (whole.replace("\n", "\r\n") if b"\r\n" in file.content else whole)).encode())


def try_text_file(site: WorkbenchSite, new: StudyFile) -> FormTrial:
    """What the study would be with it. Raises WorkbenchError."""
    asked = {
        "do": StudyErrand.TRY_TEXT_FILE,
        "study": str(site.study_folder),
        "name": new.name,
        "text": new.content.decode(),
        "today": site.clock().date().isoformat(),
    }
    return FormTrial.from_table(run_errand_process(STUDY_ERRANDS, asked)["trial"])
