"""The editions that this workbench knows: those that it was started with, and those that were frozen here."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import KuuleError, Problem
from kuule.sealing.keys import PublicKey
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import errand_turn, run_errand_process
from kuule.workbench.errands.packed_files import zip_files
from kuule.workbench.study_desk.disk_trouble import disk_trouble
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS, StudyErrand
from kuule.workbench.study_desk.study_stamp import study_digest

EDITIONS_FOLDER = "editions"
"""In the workbench's own folder: what was frozen here."""
_UNFINISHED = ".frozen-"


@dataclass(frozen=True, slots=True)
class DeskEdition:
    """An edition, the folder that it is in, whether it was frozen here, and whether that was just now."""

    folder: Path
    edition: Edition
    frozen_here: bool
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class DeskEditions:
    """All of them, those frozen here last; and what is wrong with folders that cannot be read."""

    editions: tuple[DeskEdition, ...]
    problems: tuple[Problem, ...]

    def find(self, short: str) -> DeskEdition | None:
        """The edition that an address names."""
        return next((one for one in self.editions if one.edition.short == short), None)


def edition_folders(site: WorkbenchSite) -> tuple[Path, ...]:
    """The folders of all of them."""
    own = site.data / EDITIONS_FOLDER
    here = sorted(one for one in own.iterdir() if not one.name.startswith(".")) if own.is_dir() else []
    return (*site.options.editions, *here)


def read_desk_editions(site: WorkbenchSite) -> DeskEditions:
    """Read them. An edition that was given and frozen here as well is there once."""
    found: dict[str, DeskEdition] = {}
    problems: list[Problem] = []
    for folder in edition_folders(site):
        try:
            edition = read_edition(folder)
        except KuuleError as error:
            problems += error.problems
            continue
        here = folder.parent == site.data / EDITIONS_FOLDER
        found.setdefault(edition.id, DeskEdition(folder, edition, here))
    return DeskEditions(tuple(found.values()), tuple(problems))


def freeze_here(
    site: WorkbenchSite, key: PublicKey, *, drafts: bool, seen: str
) -> tuple[DeskEdition, tuple[str, ...]] | None:
    """Freeze the study, sealed to this key. Returns the edition, and in lines what keeps languages of it from opening;
    None, with nothing frozen, if the study is not the one that was `seen`, also if it changed while others had their
    turn or while it was frozen. An equal edition that is there already stays. Raises WorkbenchError."""
    own = site.data / EDITIONS_FOLDER
    fresh = own / f"{_UNFINISHED}{secrets.token_hex(8)}"
    with errand_turn(STUDY_ERRANDS), disk_trouble("the edition"):
        own.mkdir(mode=0o700, exist_ok=True)
        try:
            if study_digest(site.study_folder) != seen:
                return None
            closed = _run_freezing(site, key, fresh, drafts=drafts)
            if study_digest(site.study_folder) != seen:
                return None
            edition = read_edition(fresh)
            folder = own / edition.short
            is_new = not folder.exists()
            if is_new:
                fresh.rename(folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return DeskEdition(folder, edition, frozen_here=True, is_new=is_new), closed


def _run_freezing(site: WorkbenchSite, key: PublicKey, out: Path, *, drafts: bool) -> tuple[str, ...]:
    asked = {
        "do": StudyErrand.FREEZE,
        "study": str(site.study_folder),
        "key": key.to_text(),
        "out": str(out),
        "drafts": drafts,
        "today": site.clock().date().isoformat(),
    }
    return tuple(run_errand_process(STUDY_ERRANDS, asked)["closed"])


def remove_unfinished(data: Path) -> None:
    """Remove what a workbench that was killed left of freezing."""
    for left in (data / EDITIONS_FOLDER).glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def pack_edition(one: DeskEdition) -> bytes:
    """The folder of an edition as a ZIP. Raises WorkbenchError."""
    files = {
        f"{one.edition.short}/{path.relative_to(one.folder).as_posix()}": path.read_bytes()
        for path in sorted(one.folder.rglob("*"))
        if path.is_file()
    }
    return zip_files(files, STUDY_ERRANDS.code, f"edition {one.edition.short}")
