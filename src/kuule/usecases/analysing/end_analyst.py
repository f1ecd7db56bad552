"""The end of a study on the analyst's machine: that the last archives were opened, and then projects, the dataset, the
private key and the archives. It knows no store and no site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kuule.core.files import file_sha256
from kuule.core.problems import ArchiveError, KeyMaterialError, Problem
from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.lifecycle.opened_rows import OPENED_ROWS
from kuule.dataset.lifecycle.row_map import ROW_MAP
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.destruction.archive_finding import archives_below
from kuule.destruction.dispositions import Dispositions
from kuule.destruction.ending_record import EndedArchive, EndingRecord
from kuule.destruction.ending_steps import STEPS, EndingMachine, EndingStep
from kuule.destruction.file_destruction import DestructionError, check_is_no_system_folder, files_below
from kuule.destruction.records_folder import RecordsFolder
from kuule.destruction.step_execution import EndingPlan, MachineEnd, PlannedEndingStep, with_wait
from kuule.sealing.archive import ArchiveReader
from kuule.study.folder.key_record import DestroyedKey, append_destroyed_key, read_key_record
from kuule.usecases.key_custody.key_files import find_keys, identify_key_file

_NO_ARCHIVES_YET = "the collector's records are not here: run `kuule end collector` there, and bring its records"
_SAY_MORE = (
    "the last archives were opened: carry the records to the collector; and say here what becomes of the key, the"
    " dataset and the archives (docs/how-to/end.md)"
)
_PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class AnalystEnd:
    """The end of a study where its key is. `archives` are the files that were brought from collectors, `dataset` is
    what was made of them; `study`: the study folder whose keys.toml gets the destroyed keys, None for none."""

    records: RecordsFolder
    archives: tuple[Path, ...]
    dataset: Path | None
    said: Dispositions
    today: date
    study: Path | None = None
    machine: str = EndingMachine.ANALYST

    def plan(self) -> EndingPlan:
        """What is next. Raises DestructionError END_001, END_004 to END_006, END_008 to END_010, END_016."""
        if not self.records.with_step(EndingStep.ARCHIVED):
            return with_wait(EndingPlan(self.records.study, ()), _NO_ARCHIVES_YET)
        if self.needs_opening():
            self._check_opened()
        said = self._said()
        plan = self._machine_end(said).plan()
        if any(one.step in (EndingStep.KEY, EndingStep.SHEETS) for one in plan.steps):
            self._check_key_is_said()
        return plan

    def needs_opening(self) -> bool:
        """Whether it is still to be noted that the last archives were opened; of a further collector, anew."""
        noted = {one.sha256 for record in self.records.with_step(EndingStep.OPENED) for one in record.archives}
        return not {one.sha256 for one in self._wanted()} <= noted

    def note_opening(self) -> EndingRecord:
        """Note that the last archives are the ones that the collectors made, and that a locked dataset has their
        answers. Raises DestructionError END_005, END_006."""
        self._check_opened()
        record = EndingRecord(
            self.records.study, self.machine, EndingStep.OPENED, self.today, archives=tuple(self._wanted())
        )
        self.records.write(record)
        return record

    def opening_plan(self) -> EndingPlan:
        """What is done here, and what is to be said before more is."""
        done = tuple(record for record in self.records.records() if record.machine == self.machine)
        waits_for = _SAY_MORE if self.records.with_step(EndingStep.OPENED) else _NO_ARCHIVES_YET
        return EndingPlan(self.records.study, done, waits_for=waits_for)

    def carry_out(self, planned: PlannedEndingStep) -> EndingRecord:
        """Do one of the steps of the plan. Raises DestructionError END_008, StudyError (keys.toml)."""
        if planned.step is EndingStep.SHEETS and self.study is not None:
            self._note_in_study(self.study)
        return self._machine_end(self._said()).carry_out(planned)

    def _machine_end(self, said: Dispositions) -> MachineEnd:
        steps = STEPS[EndingMachine.ANALYST]
        return MachineEnd(self.records, self.machine, steps, said, self._find_files, self.today)

    def _said(self) -> Dispositions:
        """What was said, and that no open answers stay where the whole dataset goes."""
        said = self.said
        if said.says(EndingStep.OPEN_ANSWERS):
            return said
        if EndingStep.DATASET in said.paths or not self._has_open_answers():
            return replace(said, none=said.none | {EndingStep.OPEN_ANSWERS})
        if EndingStep.DATASET in said.kept:
            cause = "it has open answers in clear, and people may be known by what they wrote"
            remedy = (
                f"say why they stay, --keep {EndingStep.OPEN_ANSWERS}=WHY, or destroy the dataset and keep what was"
                " released"
            )
            raise DestructionError(Problem("END_016", f"--keep {EndingStep.DATASET}", cause, remedy))
        return said

    def _has_open_answers(self) -> bool:
        if self.records.find(self.machine, EndingStep.OPEN_ANSWERS) is not None:
            return False
        if self.dataset is None:
            raise DestructionError(_no_dataset())
        return bool(read_dataset(self.dataset).study.answers.open_text)

    def _wanted(self) -> tuple[EndedArchive, ...]:
        return tuple(one for record in self.records.with_step(EndingStep.ARCHIVED) for one in record.archives)

    def _key_ids(self) -> frozenset[str]:
        archived = self.records.with_step(EndingStep.ARCHIVED)
        return frozenset(edition.key_id for record in archived for edition in record.editions)

    def _check_opened(self) -> None:
        by_hash = {file_sha256(path): path for path in self.archives if path.is_file()}
        lacking = [one for one in self._wanted() if one.sha256 not in by_hash]
        if lacking:
            problems = (
                Problem("END_005", one.name, "no archive was given that has its hash", "copy it once more, whole")
                for one in lacking
            )
            raise DestructionError(*problems)
        if self.dataset is None:
            raise DestructionError(_no_dataset())
        readers = [ArchiveReader(by_hash[one.sha256]) for one in self._wanted()]
        _check_dataset(read_dataset(self.dataset), readers)

    def _check_key_is_said(self) -> None:
        """A key does not vanish: it was in files, on paper, or both. Raises DestructionError END_010."""
        steps = (EndingStep.KEY, EndingStep.SHEETS)
        done = any(record.destroyed for step in steps for record in self.records.with_step(step))
        if not done and all(step in self.said.none for step in steps):
            cause = "the private key was in files or on paper, and neither is said to be destroyed"
            remedy = f"give --destroy {EndingStep.KEY}=PATH or --witnessed {EndingStep.SHEETS}=WHO"
            raise DestructionError(Problem("END_010", str(EndingStep.KEY), cause, remedy))

    def _note_in_study(self, study: Path) -> None:
        noted = {one.key_id for one in read_key_record(study)}
        by = self.said.witnessed.get(EndingStep.SHEETS) or self.said.witnessed.get(EndingStep.KEY, "the analyst")
        for key_id in sorted(self._key_ids() - noted):
            append_destroyed_key(study, DestroyedKey(key_id, self.today, by))

    def _find_files(self, step: EndingStep, path: Path) -> Iterator[Path]:
        yield from _FINDERS[step](path, self.records.study, self._key_ids())


def _no_dataset() -> Problem:
    remedy = "give the dataset that was opened from these archives, with --dataset"
    return Problem("END_006", "kuule end analyst", "no dataset is given", remedy)


def _check_dataset(dataset: Dataset, readers: Sequence[ArchiveReader]) -> None:
    """Raise DestructionError END_006 unless a dataset is locked and has what these archives have."""
    place, info = str(dataset.path), dataset.info
    if not is_locked(dataset.path):
        cause = "it is not locked: what people took back last may still be in it"
        raise DestructionError(Problem("END_006", place, cause, "`kuule lock` it, with the last archives"))
    editions = {str(reader.manifest["edition"]) for reader in readers if reader.count}
    gone = frozenset().union(*(reader.withdrawn.row_ids for reader in readers))
    rows = {row.row_id for reader in readers for part in reader.parts() for row in part.rows()} - gone
    if not editions <= set(info.editions) or not info.responses <= len(rows) <= info.responses + info.unopened:
        cause = "it does not have what the last archives have"
        remedy = "open all of them into it (`kuule open`), and lock it again; or into a new one"
        raise DestructionError(Problem("END_006", place, cause, remedy))


def _dataset(path: Path, study: str, keys: frozenset[str]) -> Iterator[Path]:
    """The folder, and what stands beside a dataset that was never locked."""
    try:
        found = read_dataset(path).info.study
    except ArchiveError as error:
        raise _other(path, "it is no whole dataset", "name its folder") from error
    if found != study:
        raise _other(path, f"it is a dataset of {found!r}", "name the folder of this study")
    yield from files_below(path)
    yield from (beside for kind in (ROW_MAP, OPENED_ROWS) if (beside := kind.path(path)).exists())


def _key(path: Path, study: str, keys: frozenset[str]) -> Iterator[Path]:
    """Files that open what was sealed to these keys, and sheets that were never deleted; a public key stays."""
    if path.is_file():
        try:
            file = identify_key_file(path)
        except KeyMaterialError as error:
            raise _other(path, "it is no file of a key", "name the file, or the folder that it is in") from error
        if file.kind == _PUBLIC or file.key_id not in keys:
            raise _other(path, f"it is no private key of {study!r}", "the keys are those of its editions")
        yield path
        return
    for one in find_keys(path):
        if one.file is not None and one.file.kind != _PUBLIC and one.key_id in keys:
            yield one.file.path
    for sheets in sorted(path.rglob("*.sheets")):
        if _are_of_these(sheets, study, keys):
            yield from files_below(sheets)


def _are_of_these(sheets: Path, study: str, keys: frozenset[str]) -> bool:
    """By the public key beside them, which a ceremony writes last; where there is none, by their name."""
    public = sheets.with_suffix(".public-key")
    if not public.is_file():
        return sheets.stem == study
    with suppress(KeyMaterialError):
        return identify_key_file(public).key_id in keys
    return False


def _archives(path: Path, study: str, keys: frozenset[str]) -> Iterator[Path]:
    yield from archives_below(path, study)


def _anything(path: Path, study: str, keys: frozenset[str]) -> Iterator[Path]:
    check_is_no_system_folder(path)
    yield from files_below(path)


def _other(path: Path, cause: str, remedy: str) -> DestructionError:
    return DestructionError(Problem("END_009", str(path), cause, f"{remedy}; nothing was destroyed"))


_FINDERS: dict[EndingStep, Callable[[Path, str, frozenset[str]], Iterator[Path]]] = {
    EndingStep.PROJECTS: _anything,
    EndingStep.OPEN_ANSWERS: _anything,
    EndingStep.DATASET: _dataset,
    EndingStep.KEY: _key,
    EndingStep.ARCHIVES: _archives,
}
