"""The practice folder of `kuule demo`, which holds everything that the demo makes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kuule.core.locks import try_lock
from kuule.core.problems import KuuleError, Problem

MARKER_FILE = ".kuule-practice"
"""Marks a folder as ours: only a folder with this file in it is emptied."""
_MARK_TEXT = "Made by `kuule demo`: practice keys and practice answers. It is removed when the demo starts again.\n"

KEY_NAME = "practice"
DATABASE_FILE = "collector.sqlite3"


class DemoError(KuuleError):
    """The demo cannot run here at the moment."""


@dataclass(frozen=True, slots=True)
class PracticeFolder:
    """The folder of one run, and where its parts are."""

    folder: Path
    other_database: str = ""
    """The address of a database that is not in the folder."""

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def secret_key(self) -> Path:
        return self.keys / f"{KEY_NAME}.rehearsal.secret-key"

    @property
    def edition(self) -> Path:
        return self.folder / "edition"

    @property
    def database(self) -> str:
        return self.other_database or f"sqlite:///{(self.folder / DATABASE_FILE).resolve()}"

    @property
    def archive(self) -> Path:
        return self.folder / "answers.kuule-archive"

    @property
    def dataset(self) -> Path:
        return self.folder / "dataset"

    @property
    def report(self) -> Path:
        return self.folder / "report"

    @property
    def export(self) -> Path:
        """The dataset as CSV, with the codebook as a page."""
        return self.folder / "export"

    @property
    def study(self) -> Path:
        """A copy of the study, for partners to translate: the workbench writes into a study."""
        return self.folder / "study"

    @property
    def accounts(self) -> Path:
        """What the workbench keeps of its members, once somebody has started it."""
        return self.folder / "workbench"


@contextmanager
def fresh_practice_folder(folder: Path) -> Iterator[PracticeFolder]:
    """Give an empty practice folder, locked while the block runs. What an earlier run left is removed.

    Raises DemoError if there is anything else, or if another demo has locked the folder.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise _in_the_way(folder, "it is not a folder")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / MARKER_FILE).is_file():
        raise _in_the_way(folder, "it holds files that the demo did not make")
    # Lock the mark and not the folder: the store locks the folder of its database.
    with (folder / MARKER_FILE).open("a", encoding="utf-8") as mark:
        _hold(mark, folder)
        mark.truncate(0)
        mark.write(_MARK_TEXT)
        mark.flush()
        _empty(folder)
        practice = PracticeFolder(folder)
        practice.keys.mkdir()
        practice.report.mkdir()
        yield practice


def _hold(mark: IO[str], folder: Path) -> None:
    if not try_lock(mark.fileno()):
        cause, remedy = "another demo is running in this folder", "stop that one first, or give another with --folder"
        raise DemoError(Problem("DEMO_024", str(folder), cause, remedy))


def _empty(folder: Path) -> None:
    """Remove everything but the mark, so that a folder is still known as ours if this is interrupted."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARKER_FILE:
            path.unlink()


def _in_the_way(folder: Path, why: str) -> DemoError:
    cause = f"the practice folder cannot be here: {why}"
    return DemoError(Problem("DEMO_020", str(folder), cause, "give another with --folder"))
