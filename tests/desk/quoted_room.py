"""A locked dataset, a release of its tables and a project of its texts, of which a few are hostile: made once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree

from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.qualitative.project.dataset_intake import take_dataset
from kuule.qualitative.project.project_files import new_project
from kuule.qualitative.project_model.code_entries import CodeEntry
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark
from kuule.qualitative.redaction_log.passes import redaction_pass
from kuule.usecases.open_answers.reading_care import ReadingLimits
from tests.dataset.small import edition, record
from tests.desk.conftest import ARABIC, HOSTILE
from tests.desk.desk_here import USUAL, DeskHere, desk_here
from tests.factories import make_dataset
from tests.kept import Kept
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE, mark
from tests.usecases.releasing.test_new_release import release_of

MARKER = "Zebulon"
WISH = f"I wish {MARKER} had asked me. Nobody did for years."
REPORT = "# Told\n\n{{ share told yes }} had told.\n\n```figure\nquestion: told\nby: region\n```\n"
NEW = {"Heard": CodeEntry(f"{7:032x}", "Heard"), "Silence": CodeEntry(f"{8:032x}", "Silence <b>kept</b>")}


@dataclass(frozen=True)
class QuotedRoom:
    """Where everything is. `folder` has the dataset `ds`, the release `first` and the project `voices`."""

    folder: Path

    @property
    def dataset(self) -> Path:
        return self.folder / "ds"

    @property
    def release(self) -> Path:
        return self.folder / "first"

    @property
    def project(self) -> Path:
        return self.folder / "voices"

    @contextmanager
    def copy(self, to: Path, role: str = "reader-2", limits: ReadingLimits = USUAL) -> Iterator[DeskHere]:
        """A desk on a copy of it all, which a test may change."""
        copytree(self.folder, to, dirs_exist_ok=True)
        to.chmod(0o700)
        with desk_here(to / "voices", role, limits=limits) as desk:
            yield desk


def kept_room(folder: Path) -> QuotedRoom:
    """The room, made once for all processes of this session, which only copy it; in `folder` where nothing is kept."""
    if Kept.folder is None:
        return make_room(folder)
    kept = Kept.folder / "quoted-room"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            make_room(folder)
            copytree(folder, kept)
    return QuotedRoom(kept)


def make_room(folder: Path) -> QuotedRoom:
    """Two hundred people of two countries and four weeks; all texts by them are redacted by two readers."""
    one = replace(edition(rehearsal=False), report=REPORT)
    people = [
        record({
            "told": ("yes", "no")[number % 2],
            "residence": ("FI", "SE", "FR")[number % 3],
            "age": str(18 + number % 60),
            "wish": WISH if number == 7 else f"That somebody asks, {number} times.",
        }, week=("2026-W44", "2026-W48", "2026-W49", "2026-W50")[min(number, 5) if number < 3 else 1 + number % 3])
        for number in range(200)
    ]  # fmt: skip
    people += [record({"wish": HOSTILE}), record({"wish": ARABIC}, language="ar")]
    make_dataset(people, [one], folder / "ds")
    (folder / "ds").chmod(0o700)
    mark_locked(folder / "ds", read_dataset(folder / "ds").info.version)
    release_of(folder / "ds", folder / "first")
    with new_project(folder / "voices", PASSPHRASE, cost=CHEAP) as project:
        take_dataset(project, folder / "ds", role="lead", day=DAY)
        for entry in NEW.values():
            project.save([entry], role="lead", day=DAY)
        texts = [
            text for text in project.texts.values() if text.words in {WISH, HOSTILE, ARABIC} or "17 t" in text.words
        ]
        for role in ("reader-1", "reader-2"):
            for text in texts:
                at = text.words.find(MARKER)
                marks: list[RedactionMark] = [mark(at, at + len(MARKER), IdentifierCategory.PERSON)] if at >= 0 else []
                project.save([redaction_pass(project.log, text, marks, role=role, done=True)], role=role, day=DAY)
    return QuotedRoom(folder)


def text_with(desk: DeskHere, words: str) -> str:
    """The id of the text with these words in it."""
    return next(text.id for text in desk.session.project.texts.values() if words in text.words)
