"""The site of a survey that has ended, as a folder of files: it needs no program, no database and no secret, and any
web server can show it at the same address for years."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kuule.collector.http.collector_site import configure_django
from kuule.collector.http.upload_limits import UploadLimits
from kuule.collector.pages.ended_pages import EndedStudy, ended_pages
from kuule.collector.served.closed_study import ClosedStudy, closed_study_of
from kuule.core.folders import atomic_folder, exchange_folders
from kuule.core.problems import Problem
from kuule.destruction.file_destruction import DestructionError
from kuule.helplines.directory import Directory, built_in_directory, merge_directories, read_support_file
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.settings.first_and_last_pages import results_address_fault
from kuule.web.stylesheet import style_sheet
from kuule.web.templates import load_templates

MARK = ".kuule-ended-site"
"""A file that says that a folder was written here, and may be written anew."""
_NOT_FOUND = "404.html"
_FILLING = "<!--{}-->"
_STEP = 4096
"""All pages of help have one size, and all others another, each a multiple of so many bytes: a length on the wire says
neither which language it is nor which country somebody looked at."""
_NOWHERE = "sqlite:///nowhere"
"""Django is configured with a database, which is never opened."""


@dataclass(frozen=True, slots=True)
class EndedSite:
    """What was written: the folder, how many pages, the bytes of each page of help and of each other, the languages."""

    folder: Path
    pages: int
    help_bytes: int
    page_bytes: int
    languages: tuple[str, ...]


def write_ended_site(
    edition: Path, to: Path, *, today: date, study: Path | None = None, results_at: str = ""
) -> EndedSite:
    """Write the site of an edition whose survey has ended. A folder that this wrote before is exchanged whole.

    `study`: the study folder, whose support.csv has newer checks than the edition; `results_at`: where results are, in
    the place of what the edition says. Raises StudyError, DestructionError END_018 (something else is in the folder),
    END_020 (no address that people can be given).
    """
    read = read_edition(edition)
    _check_address(results_at)
    to = to.absolute().resolve()
    _check_is_ours(to)
    configure_django(_NOWHERE, UploadLimits())
    load_templates()
    shown = _shown(read, study)
    after = read.study.after
    pages = ended_pages(EndedStudy(shown, today, results_at or after.results_at, after.results_by))
    helping = {address for address in pages if address.endswith("/help")}
    sized = [
        _of_one_size({address: page for address, page in pages.items() if (address in helping) is wanted})
        for wanted in (True, False)
    ]
    filled = {**sized[0], **sized[1]}
    if to.exists():
        following = to.with_name(f"{to.name}.next")
        _check_is_ours(following)
        if following.exists():
            shutil.rmtree(following)  # of a run that was killed
        with atomic_folder(following, mode=0o755) as folder:
            _write(folder, filled)
        exchange_folders(to, following)
        shutil.rmtree(following)
    else:
        with atomic_folder(to, mode=0o755, synced=True) as folder:
            _write(folder, filled)
    lengths = [len(next(iter(one.values()))) for one in sized]
    return EndedSite(to, len(filled), lengths[0], lengths[1], shown.tags)


def _shown(read: Edition, study: Path | None) -> ClosedStudy:
    """Languages that were open, and of a practice edition all; services as they were checked last."""
    found = closed_study_of(read)
    opened = tuple(tag for tag in found.tags if read.statuses[tag].open)
    tags = found.tags if read.rehearsal else opened or found.tags[:1]
    return replace(found, tags=tags, helplines=_services(read, study))


def _services(read: Edition, study: Path | None) -> Directory:
    if study is None:
        return read.support
    file = study / "support.csv"
    return merge_directories(built_in_directory(), read_support_file(file)) if file.exists() else built_in_directory()


def _of_one_size(pages: Mapping[str, str]) -> dict[str, bytes]:
    least = len(_FILLING.format("").encode())
    longest = max(len(page.encode()) for page in pages.values()) + least
    size = -(-longest // _STEP) * _STEP
    return {
        address: page.encode() + _FILLING.format("." * (size - len(page.encode()) - least)).encode()
        for address, page in pages.items()
    }


def _write(folder: Path, pages: Mapping[str, bytes]) -> None:
    for address, content in pages.items():
        place = folder / address
        place.mkdir(parents=True, exist_ok=True)
        (place / "index.html").write_bytes(content)
    (folder / _NOT_FOUND).write_bytes(pages[""])
    (folder / style_sheet().address.lstrip("/")).write_bytes(style_sheet().content)
    (folder / MARK).write_bytes(b"")


def _check_address(address: str) -> None:
    if address and (wrong := results_address_fault(address)) is not None:
        raise DestructionError(Problem("END_020", "--results-at", *wrong))


def _check_is_ours(to: Path) -> None:
    if to.exists() and not (to / MARK).exists():
        cause = "something else is here, and would be lost"
        raise DestructionError(Problem("END_018", str(to), cause, "give a new folder"))
