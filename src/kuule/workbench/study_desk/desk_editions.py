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
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS, StudyErrand

EDITIONS_FOLDER = "editions"
"""In the workbench's own folder: what was frozen here."""


@dataclass(frozen=True, slots=True)
class DeskEdition:
    """An edition, the folder that it is in, and whether it was frozen here."""

    folder: Path
    edition: Edition
    frozen_here: bool


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


def freeze_here(site: WorkbenchSite, key: PublicKey, *, drafts: bool) -> tuple[DeskEdition, tuple[str, ...]]:
    """Freeze the study as it is now, sealed to this key. Returns the edition, and in lines what keeps languages of it
    from opening. An equal edition that is there already stays. Raises WorkbenchError."""
    own = site.data / EDITIONS_FOLDER
    own.mkdir(mode=0o700, exist_ok=True)
    fresh = own / f".frozen-{secrets.token_hex(8)}"
    with errand_turn(STUDY_ERRANDS):
        try:
            answer = run_errand_process(
                STUDY_ERRANDS,
                {
                    "do": StudyErrand.FREEZE,
                    "study": str(site.study_folder),
                    "key": key.to_text(),
                    "out": str(fresh),
                    "drafts": drafts,
                    "today": site.clock().date().isoformat(),
                },
            )
            edition = read_edition(fresh)
            folder = own / edition.short
            if not folder.exists():
                fresh.rename(folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return DeskEdition(folder, edition, frozen_here=True), tuple(answer["closed"])


def pack_edition(one: DeskEdition) -> bytes:
    """The folder of an edition as a ZIP. Raises WorkbenchError."""
    files = {
        f"{one.edition.short}/{path.relative_to(one.folder).as_posix()}": path.read_bytes()
        for path in sorted(one.folder.rglob("*"))
        if path.is_file()
    }
    return zip_files(files, STUDY_ERRANDS.code, f"edition {one.edition.short}")
