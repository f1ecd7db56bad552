"""A folder of ending records, which is carried from machine to machine; and what this machine has begun.

A step is begun before anything is destroyed: what it will destroy is written down first, with its paths, in a file that
goes once the step is done. So a step that was killed goes on where it was, and its record is the same.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kuule.core.files import sync_folder, write_atomically
from kuule.core.locks import BusyError, exclusive_lock
from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import read_regular_file
from kuule.destruction.ending_record import (
    Destroyed,
    EndingRecord,
    destroyed_from_json,
    destroyed_json,
)
from kuule.destruction.ending_steps import EndingStep
from kuule.destruction.file_destruction import DestructionError

_BEGUN = ".begun"
_LOCK = ".kuule-end.lock"
_MACHINE_ID = Path("/etc/machine-id")
"""machine-id(5): secret from whoever has never been on this machine."""


@dataclass(frozen=True, slots=True)
class PlannedDestruction:
    """What a step will destroy: the paths given, and every file below them as its record will say it."""

    paths: tuple[Path, ...]
    files: tuple[tuple[Path, Destroyed], ...]


@dataclass(frozen=True, slots=True)
class RecordsFolder:
    """The folder. All records in it are of one study."""

    path: Path
    study: str

    def records(self) -> tuple[EndingRecord, ...]:
        """Every record, by machine and step. Raises DestructionError END_001 (unreadable, or of another study)."""
        found = [self._read(path) for path in sorted(self.path.glob("*.json")) if self.path.is_dir()]
        return tuple(sorted(found, key=lambda record: (record.machine, list(EndingStep).index(record.step))))

    def find(self, machine: str, step: EndingStep) -> EndingRecord | None:
        """The record of a step, None if it is not done. Raises DestructionError END_001."""
        path = self._file(machine, step)
        return self._read(path) if path.exists() else None

    def with_step(self, step: EndingStep) -> tuple[EndingRecord, ...]:
        """The records of a step, of all machines. Raises DestructionError END_001."""
        return tuple(record for record in self.records() if record.step is step)

    def write(self, record: EndingRecord) -> None:
        """Keep the record of a step that is done, and forget what was begun."""
        write_atomically(self._file(record.machine, record.step), record.to_bytes())
        sync_folder(self.path)
        self._begun_file(record.machine, record.step).unlink(missing_ok=True)

    def begin(self, machine: str, step: EndingStep, planned: PlannedDestruction) -> PlannedDestruction:
        """Write down what a step will destroy, before it does; or return what was written when it was first begun."""
        path = self._begun_file(machine, step)
        if not path.exists():
            table = _planned_json(planned)
            write_atomically(path, _begun_bytes({**table, "mark": _mark(table)}), mode=0o600)
            sync_folder(self.path)
            return planned
        try:
            read = json.loads(read_regular_file(path))
            mark, found = read.pop("mark", ""), _planned_from_json(read)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, StudyError) as error:
            raise _unreadable(path, "what was begun cannot be read") from error
        if mark != _mark(read):
            cause = "it was begun on another machine, or changed since; it says which paths are destroyed"
            remedy = "move it away, and run the same again here; nothing was destroyed"
            raise DestructionError(Problem("END_001", str(path), cause, remedy))
        return found

    def is_own(self, name: str) -> bool:
        """Whether a file of this name in the folder is a record, or what was begun, or the lock."""
        return name.endswith((".json", _BEGUN)) or name == _LOCK

    def has_begun(self, machine: str, step: EndingStep) -> bool:
        """Whether a step was begun and is not done."""
        return self._begun_file(machine, step).exists() and self.find(machine, step) is None

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Let one process at a time work on it. Makes the folder. Raises DestructionError END_001."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with exclusive_lock(self.path / _LOCK):
                self._clear_away()
                yield
        except BusyError:
            raise _unreadable(self.path, "another process is at work on it") from None

    def _clear_away(self) -> None:
        """Remove what a killed process left beside the records: drafts, and what was begun and is done."""
        for draft in (*self.path.glob(".*.json.new"), *self.path.glob(f".*{_BEGUN}.new")):
            draft.unlink()
        for begun in self.path.glob(f"*{_BEGUN}"):
            if begun.with_suffix(".json").exists():
                begun.unlink()

    def _file(self, machine: str, step: EndingStep) -> Path:
        return self.path / f"{machine}.{step}.json"

    def _begun_file(self, machine: str, step: EndingStep) -> Path:
        return self.path / f"{machine}.{step}{_BEGUN}"

    def _read(self, path: Path) -> EndingRecord:
        try:
            record = EndingRecord.from_bytes(read_regular_file(path))
        except (OSError, ValueError, StudyError) as error:
            raise _unreadable(path, f"it is no whole record of a step ({_reason(error)})") from None
        if record.study != self.study:
            raise _unreadable(path, f"it is of the study {record.study!r}, and not of {self.study!r}")
        if path.name != f"{record.machine}.{record.step}.json":
            raise _unreadable(path, f"it says that it is {record.machine}.{record.step}.json")
        return record


def study_of_records(path: Path) -> str:
    """The study whose records a folder has. Raises DestructionError END_001 (none, or of several studies)."""
    studies = set()
    for file in sorted(path.glob("*.json")):
        try:
            studies.add(EndingRecord.from_bytes(read_regular_file(file)).study)
        except (OSError, ValueError, StudyError) as error:
            raise _unreadable(file, f"it is no whole record of a step ({_reason(error)})") from None
    if not studies:
        raise _unreadable(
            path, "there is no record of a study's end in it" if path.is_dir() else "there is no such folder"
        )
    if len(studies) > 1:
        raise _unreadable(path, f"it has records of {len(studies)} studies: {', '.join(sorted(studies))}")
    return studies.pop()


def _mark(table: dict[str, object]) -> str:
    """Ties paths to this machine: the folder travels, and what one machine has begun is no order to another."""
    try:
        machine = _MACHINE_ID.read_bytes().strip()
    except OSError:
        machine = b""
    return hmac.digest(machine, _begun_bytes(table), "sha256").hex()


def _begun_bytes(table: dict[str, object]) -> bytes:
    """JSON in one form. Names of files are bytes, and need not be UTF-8."""
    return json.dumps(table, sort_keys=True).encode("ascii")


def _planned_json(planned: PlannedDestruction) -> dict[str, object]:
    return {
        "paths": [*map(str, planned.paths)],
        "files": [{"path": str(path), "said": destroyed_json(said)} for path, said in planned.files],
    }


def _planned_from_json(read: dict[str, list[dict[str, object]]]) -> PlannedDestruction:
    files = [(Path(str(one["path"])), destroyed_from_json(one["said"])) for one in read["files"]]  # type: ignore[arg-type]
    return PlannedDestruction(tuple(Path(str(one)) for one in read["paths"]), tuple(files))


def _reason(error: Exception) -> str:
    return error.problems[0].cause if isinstance(error, StudyError) else str(error)


def _unreadable(path: Path, cause: str) -> DestructionError:
    remedy = "bring the records of this study as they were written, and run it again"
    return DestructionError(Problem("END_001", str(path), cause, remedy))
