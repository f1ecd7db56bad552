"""Planning the steps of a machine and carrying them out, so that each is done once, whatever kills it in between.

What a machine has, and how its things are found, comes from whoever calls: this knows files, records and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem
from kuule.destruction.dispositions import Dispositions, check_all_said
from kuule.destruction.ending_record import Destroyed, EndingRecord, Way
from kuule.destruction.ending_steps import FIRST_STEPS, SEALED, WORDS, EndingStep
from kuule.destruction.file_destruction import (
    DestructionError,
    check_is_file,
    check_is_no_system_folder,
    check_not_led_elsewhere,
    destroy_file,
    files_below,
    fill_free_space,
    remove_emptied_folders,
    remove_empty_folders,
)
from kuule.destruction.records_folder import PlannedDestruction, RecordsFolder
from kuule.destruction.storage_medium import doubts_about

_WHOLE_FOLDERS = frozenset({EndingStep.PROJECTS, EndingStep.OPEN_ANSWERS, EndingStep.DATASET})
"""Of these a folder goes with all that is in it; of others, what is the study's."""
FindFiles = Callable[[EndingStep, Path], Iterator[Path]]
"""The files to be destroyed of a path that a person gave for a step. Raises DestructionError END_009 where the path is
something else than they said."""


@dataclass(frozen=True, slots=True)
class OwnThing:
    """Something that a machine destroys otherwise than as a file: how its record says it, and what does it. That must
    change nothing where it was done before."""

    destroyed: Destroyed
    destroy: Callable[[], None]


@dataclass(frozen=True, slots=True)
class PlannedEndingStep:
    """A step that is next: what it destroys, or why it stays."""

    step: EndingStep
    planned: PlannedDestruction
    own: tuple[OwnThing, ...] = ()
    stated: tuple[Destroyed, ...] = ()
    kept: str = ""
    begun: bool = False

    def lines(self) -> tuple[str, ...]:
        """What will be done, in words."""
        what = WORDS[self.step]
        if self.kept:
            return (f"keep {what}: {self.kept}",)
        found = [f"destroy {_printable(str(path))}" for path, _ in self.planned.files]
        found += [f"destroy {one.destroyed.name}" for one in self.own]
        found += [f"write down that {one.by} destroyed {what}" for one in self.stated]
        return tuple(found) or (f"write down that there is nothing of {what} on this machine",)


@dataclass(frozen=True, slots=True)
class EndingPlan:
    """What a machine has done, what it does next, and what it waits for then, in words ("" for nothing)."""

    study: str
    done: tuple[EndingRecord, ...]
    steps: tuple[PlannedEndingStep, ...] = ()
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class MachineEnd:
    """The end of a study on one machine. `own`: what it destroys otherwise than as files, by step."""

    folder: RecordsFolder
    machine: str
    steps: tuple[EndingStep, ...]
    said: Dispositions
    find_files: FindFiles
    today: date
    own: dict[EndingStep, tuple[OwnThing, ...]] = field(default_factory=dict)

    def plan(self) -> EndingPlan:
        """What is next. Raises DestructionError END_001, END_008 (a path that is not there, a link), END_009, END_010
        (nothing is said of something)."""
        done = [self.folder.find(self.machine, step) for step in self.steps]
        left = [step for step, record in zip(self.steps, done, strict=True) if record is None]
        left = [step for step in left if step not in FIRST_STEPS]
        begun = {step for step in left if self.folder.has_begun(self.machine, step)}
        check_all_said(self.said, [step for step in left if step not in begun])
        self._check_kept_in_time(left)
        planned = tuple(self._planned(step, begun=step in begun) for step in left)
        return EndingPlan(self.folder.study, tuple(record for record in done if record), planned)

    def carry_out(self, planned: PlannedEndingStep) -> EndingRecord:
        """Do a step, and write its record. Raises DestructionError END_008; run again, it goes on where it was."""
        begun = self.folder.begin(self.machine, planned.step, planned.planned)
        for one in planned.own:
            one.destroy()
        for path, _ in begun.files:
            check_not_led_elsewhere(path)
            destroy_file(path)
        for path in begun.paths:
            remove_emptied_folders(path, [file for file, _ in begun.files])
            if planned.step in _WHOLE_FOLDERS:
                remove_empty_folders(path)
        destroyed = [said for _, said in begun.files] + [one.destroyed for one in planned.own]
        record = EndingRecord(
            self.folder.study,
            self.machine,
            planned.step,
            self.today,
            destroyed=(*destroyed, *planned.stated),
            kept=planned.kept,
        )
        self.folder.write(record)
        return record

    def _check_kept_in_time(self, left: list[EndingStep]) -> None:
        """Raise DestructionError END_004 where sealed answers would be kept for longer than the study promised."""
        days = [record.delete_by for record in self.folder.with_step(EndingStep.ARCHIVED) if record.delete_by]
        over = bool(days) and self.today > min(days)
        late = [step for step in left if over and step in SEALED and step in self.said.kept]
        if late:
            cause = f"the study undertook to delete sealed answers by {min(days)} (retention_days)"
            raise DestructionError(*(Problem("END_004", f"--keep {one}", cause, "destroy them") for one in late))

    def _planned(self, step: EndingStep, *, begun: bool) -> PlannedEndingStep:
        own = self.own.get(step, ())
        if step is EndingStep.FREE_SPACE:
            own = tuple(map(_free_space, self.said.paths.get(step, ())))
        paths = () if step is EndingStep.FREE_SPACE else self.said.paths.get(step, ())
        found = PlannedDestruction(
            tuple(path.absolute() for path in paths), () if begun else tuple(self._files(step, paths))
        )
        if begun:
            found = self.folder.begin(self.machine, step, found)
        return PlannedEndingStep(
            step, found, own, self.said.statements_about(step), self.said.kept.get(step, ""), begun
        )

    def _files(self, step: EndingStep, paths: tuple[Path, ...]) -> Iterator[tuple[Path, Destroyed]]:
        for path in paths:
            if not path.exists() and not path.is_symlink():
                cause = "there is nothing here"
                raise DestructionError(Problem("END_008", str(path), cause, f"look at the path; or --none {step}"))
            for file in self.find_files(step, path):
                check_is_file(file)
                real = file.absolute().parent.resolve() / file.name
                self._check_is_no_record(real)
                yield real, Destroyed(_shown(file.name), Way.OVERWRITTEN, doubts_about(file))

    def _check_is_no_record(self, file: Path) -> None:
        if file.parent == self.folder.path.resolve() and self.folder.is_own(file.name):
            cause = "it is a record of this end, without which nothing is certified"
            remedy = "keep the folder of records apart from what is destroyed; nothing was destroyed"
            raise DestructionError(Problem("END_009", str(file), cause, remedy))


def every_file(step: EndingStep, path: Path) -> Iterator[Path]:
    """The plainest `FindFiles`: all that is there. Raises DestructionError END_008, END_009 (a folder of the
    system)."""
    check_is_no_system_folder(path)
    yield from files_below(path)


def _free_space(folder: Path) -> OwnThing:
    said = Destroyed(WORDS[EndingStep.FREE_SPACE], Way.OVERWRITTEN, doubts_about(folder))
    return OwnThing(said, lambda: _fill(folder))


def _fill(folder: Path) -> None:
    try:
        fill_free_space(folder)
    except OSError as error:
        cause = f"its disk cannot be filled ({(error.strerror or 'unknown').lower()})"
        remedy = "give a folder on that disk in which this user may write; then run the same again"
        raise DestructionError(Problem("END_008", str(folder), cause, remedy)) from None


def _shown(name: str) -> str:
    shown = _printable(name).replace("@", "_")[:200]
    return shown if shown.strip() else "_"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "_" for sign in text)


def with_wait(plan: EndingPlan, waits_for: str) -> EndingPlan:
    """The plan of a machine whose further steps wait for another: none of them is next."""
    return replace(plan, steps=(), waits_for=waits_for)
