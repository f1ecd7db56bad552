"""The practice folder of `kuule demo`: everything it makes stands here, and only here."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from kuule.errors import KuuleError, Problem

MARK = ".kuule-practice"
"""A folder is removed only if this file is in it."""
_MARK_TEXT = "Made by `kuule demo`: practice keys and practice answers. It is removed when the demo starts again.\n"


class DemoError(KuuleError):
    """The demo cannot run here as things are."""


@dataclass(frozen=True, slots=True)
class Practice:
    """Where the parts of one run are."""

    folder: Path

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def edition(self) -> Path:
        return self.folder / "edition"

    @property
    def database(self) -> str:
        return f"sqlite:///{(self.folder / 'collector.sqlite3').resolve()}"

    @property
    def archive(self) -> Path:
        return self.folder / "answers.kuule-archive"

    @property
    def dataset(self) -> Path:
        return self.folder / "dataset"

    @property
    def report(self) -> Path:
        return self.folder / "report"

    def clear_dataset(self) -> None:
        """Remove what was opened before, so that it can be opened anew."""
        if self.dataset.is_dir():
            shutil.rmtree(self.dataset)


def start_afresh(folder: Path) -> Practice:
    """Make an empty practice folder. What an earlier run left is removed; anything else that is there is refused."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise _in_the_way(folder, "it is not a folder")
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise _in_the_way(folder, "it holds files that the demo did not make")
        shutil.rmtree(folder)
    practice = Practice(folder)
    practice.keys.mkdir(parents=True)
    practice.report.mkdir()
    (folder / MARK).write_text(_MARK_TEXT, encoding="utf-8")
    return practice


def _in_the_way(folder: Path, why: str) -> DemoError:
    cause = f"the practice folder cannot be here: {why}"
    return DemoError(Problem("DEMO_020", str(folder), cause, "give another with --folder"))
