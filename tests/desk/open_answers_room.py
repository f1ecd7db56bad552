"""What a team has before it opens docs/how-to/open-answers.md: a dataset that grows no more, and the study's folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.forms.record import Record
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.study.settings.leave_questions import LeaveQuestion
from tests.dataset.small import edition
from tests.dataset.test_open_texts import ASKING, answered
from tests.factories import UNTIL, make_dataset
from tests.study.small_study import SETTINGS, make_study

AUNT = "My aunt Maija knew it, and nobody asked her."
LISTEN = "That somebody listens."
SCHOOL = "Somebody to talk to at school."
GONE = "My teacher in Hanko should have asked."
ARABIC = "أن يسمعني أحد"
LEFT_AFTER_ALL = 1
"""The row of whoever wrote `GONE`."""


@dataclass(frozen=True)
class OpenAnswersRoom:
    """A folder with `dataset` and `my-study`."""

    folder: Path

    @property
    def dataset(self) -> Path:
        return self.folder / "dataset"

    def take_one_out(self) -> None:
        """Somebody withdraws their answers."""
        forget_rows(self.dataset, {LEFT_AFTER_ALL})

    def lock(self) -> None:
        mark_locked(self.dataset, read_dataset(self.dataset).info.version)


def make_open_answers_room(folder: Path) -> OpenAnswersRoom:
    """Two hundred people in two languages, of whom most wrote the same few things: little to read and much to count."""
    folder.chmod(0o700)
    make_dataset(dict(enumerate(_people(), LEFT_AFTER_ALL)), [_asking()], folder / "dataset")
    (folder / "dataset").chmod(0o700)
    make_study(folder / "my-study", settings=SETTINGS.replace("small-study", "our-voice"), languages={})
    return OpenAnswersRoom(folder)


def _asking() -> Edition:
    """An edition that asks for leave to quote, and lets people withdraw."""
    made = edition(1, ASKING, rehearsal=False)
    leave, back = {"quote_ok": LeaveQuestion(("yes",), ("wish",))}, ComingBackSettings(0, UNTIL)
    return replace(made, study=replace(made.study, leave_to_quote=leave, coming_back=back))


def _people() -> Iterator[Record]:
    wishes = [GONE, AUNT, *[LISTEN] * 120, *[SCHOOL] * 78]
    for number, wish in enumerate(wishes):
        told, land = ("yes", "no")[number % 2], ("FI", "SE")[number % 3 == 0]
        yield answered("yes", told=told, residence=land, age=str(18 + number % 60), wish=wish)
    for _ in range(30):
        yield replace(answered(None, told="yes", residence="FI", age="40", wish=ARABIC), language="ar")
