"""The files of questionnaires: the one that the study has, those that were sent and wait to be taken, and those that it
had before.

The questionnaire is replaced by one rename, so that it is never half there. The one before is kept in the workbench's
own folder; what git knows of the study's folder is left to git.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.locks import BusyError, exclusive_lock
from kuule.core.problems import Problem, WorkbenchError
from kuule.study.folder.study_folder import FORM_FILES
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.study_desk.disk_trouble import disk_trouble

_FOLDER = "questionnaires"
_SENT, _EARLIER = f"{_FOLDER}/sent", f"{_FOLDER}/earlier"
_DIGITS = 32
_MOST_EARLIER = 100
_MOST_SENT = 20
_PATIENCE = 10.0
_NEW_FORM = "form.xlsx"
_EARLIER_NAME = re.compile(rf"(\d{{8}}T\d{{6}})-([0-9a-f]{{{_DIGITS}}})\.(?:xlsx|md)")
_ENDINGS = {
    ".xlsm": "a workbook with macros, and a questionnaire has none",
    ".xls": "a workbook of before 2007",
    ".ods": "a workbook of LibreOffice",
    ".numbers": "a workbook of Numbers",
    ".csv": "a single table, and a questionnaire has several",
    ".pdf": "a PDF, and a questionnaire is a workbook",
    ".docx": "a text document, and a questionnaire is a workbook",
}


@dataclass(frozen=True, slots=True)
class FormFile:
    """A questionnaire's file by its name and its content."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """What names this content; "" where there is none."""
        return hashlib.sha256(self.content).hexdigest()[:_DIGITS] if self.content else ""

    @property
    def ending(self) -> str:
        return Path(self.name).suffix


@dataclass(frozen=True, slots=True)
class EarlierForm:
    """A questionnaire that the study had, and until when."""

    path: Path
    digest: str
    until: datetime

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def read_present_form(site: WorkbenchSite) -> FormFile:
    """The questionnaire that the study has; without any content if it has none. Raises WorkbenchError WORKBENCH_021 if
    it has two."""
    found = [name for name in FORM_FILES if (site.study_folder / name).is_file()]
    if len(found) > 1:
        cause = f"the study's folder has two questionnaires, {' and '.join(found)}"
        raise WorkbenchError(_problem(cause, "take one of them out of the folder, where the study is kept"))
    name = found[0] if found else _NEW_FORM
    return FormFile(name, (site.study_folder / name).read_bytes() if found else b"")


def keep_sent_form(site: WorkbenchSite, name: str, content: bytes) -> FormFile:
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
        raise WorkbenchError(_problem(f"it is {said}", remedy))
    if not content:
        raise WorkbenchError(_problem("it is empty", "see that the file is whole on your machine, and send it again"))
    sent = FormFile(present.name, content)
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
    return replace_form(site, path.read_bytes(), seen=seen)


def replace_form(site: WorkbenchSite, content: bytes, *, seen: str) -> bool:
    """The same for a content that was never sent as a file."""
    held = site.data / _FOLDER / ".form.held"
    try:
        with disk_trouble("the questionnaire"):
            held.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with exclusive_lock(held, patience=_PATIENCE):
                return _replace(site, content, seen)
    except BusyError:
        cause, remedy = "somebody else is writing it at this moment", "try again in a minute; nothing was changed"
        raise WorkbenchError(Problem("WORKBENCH_022", "the questionnaire", cause, remedy)) from None


def _replace(site: WorkbenchSite, content: bytes, seen: str) -> bool:
    present = read_present_form(site)
    if present.digest != seen:
        return False
    if present.content:
        _keep_earlier(site, present)
    target = site.study_folder / present.name
    mode = stat.S_IMODE(target.stat().st_mode) if present.content else None
    write_atomically(target, content, mode=mode)
    return True


def earlier_forms(site: WorkbenchSite) -> tuple[EarlierForm, ...]:
    """The questionnaires that the study had, the latest first."""
    return tuple(sorted(_earlier(site.data / _EARLIER), key=lambda one: one.until, reverse=True))


def find_earlier_form(site: WorkbenchSite, digest: str) -> EarlierForm | None:
    """The questionnaire of this content that the study had."""
    return next((one for one in earlier_forms(site) if one.digest == digest), None)


def _keep_earlier(site: WorkbenchSite, present: FormFile) -> None:
    folder = site.data / _EARLIER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{site.clock():%Y%m%dT%H%M%S}-{present.digest}{present.ending}"
    write_atomically(folder / name, present.content, mode=0o600)
    for old in earlier_forms(site)[_MOST_EARLIER:]:
        old.path.unlink(missing_ok=True)


def _earlier(folder: Path) -> Iterator[EarlierForm]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if match := _EARLIER_NAME.fullmatch(path.name):
            until = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            yield EarlierForm(path, match[2], until)


def _remove_oldest(folder: Path, most: int) -> None:
    files = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for old in files[most:]:
        old.unlink(missing_ok=True)


def _problem(cause: str, remedy: str) -> Problem:
    return Problem("WORKBENCH_021", "the questionnaire", cause, remedy)
