"""The end of a study on the machine that collected: the last archives, and then, once they were opened elsewhere, the
database, backups, the token secret and the onion key. Nothing here can open an answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kuule.backup.backup_folder import kept_backups, name_of_backup
from kuule.core.files import file_sha256, sync_folder
from kuule.core.problems import Problem
from kuule.destruction.archive_finding import archives_below
from kuule.destruction.dispositions import Dispositions
from kuule.destruction.ending_record import Destroyed, EndedArchive, EndedEdition, EndingRecord, Way, check_short_name
from kuule.destruction.ending_steps import STEPS, EndingMachine, EndingStep
from kuule.destruction.file_destruction import DestructionError, destroy_file
from kuule.destruction.records_folder import RecordsFolder
from kuule.destruction.step_execution import EndingPlan, MachineEnd, OwnThing, PlannedEndingStep, with_wait
from kuule.destruction.storage_medium import Doubt
from kuule.sealing.onion_key import key_from_text
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.rows.field_control import read_field_control
from kuule.store.store_destruction import count_responses, drop_tables_on_server, rows_digest, store_files
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.settings.field_phase import FieldPhase, FieldStatus, field_status
from kuule.usecases.collecting.archive_answers import archive_answers
from kuule.usecases.collecting.onion_key_copies import NAME_FILE, PUBLIC_FILE, SECRET_FILE
from kuule.usecases.progress import SILENT, ProgressListener

TOKEN_SECRET_BYTES = 32
_OPENED_ELSEWHERE = (
    "these archives have to be opened on the analyst's machine: carry them and the records there, run"
    " `kuule end analyst`, and bring the records back"
)


@dataclass(frozen=True, slots=True)
class CollectorEnd:
    """The end of a study on one collector: its editions, the newest last, its database, and the folder into which its
    last archives go. `machine` tells two collectors of a study apart. Made by `find_collector_end`."""

    editions: tuple[Edition, ...]
    folders: tuple[Path, ...]
    database: str
    records: RecordsFolder
    archives: Path
    said: Dispositions
    now: datetime
    machine: str = EndingMachine.COLLECTOR
    progress: ProgressListener = field(default=SILENT)
    steps: tuple[EndingStep, ...] = STEPS[EndingMachine.COLLECTOR]

    @property
    def today(self) -> date:
        """The day that records get."""
        return self.now.astimezone(UTC).date()

    def plan(self) -> EndingPlan:
        """What is next. Raises DestructionError END_001 to END_004, END_007 to END_010, and StoreError."""
        archived = self.records.find(self.machine, EndingStep.ARCHIVED)
        if archived is None:
            self._check_over()
            return EndingPlan(self.records.study, ())
        if not self._is_opened(archived):
            return with_wait(EndingPlan(self.records.study, (archived,)), _OPENED_ELSEWHERE)
        return self._machine_end(archived).plan()

    def with_steps(self, steps: Collection[EndingStep]) -> CollectorEnd:
        """The same end with these of its steps alone."""
        return replace(self, steps=tuple(step for step in self.steps if step in steps))

    def needs_archives(self) -> bool:
        """Whether the last archives are to be made."""
        return self.records.find(self.machine, EndingStep.ARCHIVED) is None

    def make_archives(self) -> EndingRecord:
        """Make the last archive of each edition, and write down what they are. Raises StudyError, StoreError,
        ArchiveError, DestructionError END_007 (answers of another edition are there)."""
        closing = self._check_over()
        self._configure()
        rows = rows_digest()
        self.archives.mkdir(parents=True, exist_ok=True)
        for draft in self.archives.glob(f".{self.records.study}-*.kuule-archive.*"):
            destroy_file(draft)  # half of an archive, of a run that was killed
        envelopes, made = 0, []
        for edition, folder in zip(self.editions, self.folders, strict=True):
            out = self.archives / f"{edition.study.id}-{edition.short}.kuule-archive"
            envelopes += archive_answers(folder, self.database, out, replace=True, progress=self.progress)
            made.append(EndedArchive(out.name, file_sha256(out), edition.id))
        sync_folder(self.archives)
        self._check_nothing_else(envelopes, rows)
        record = EndingRecord(
            self.records.study,
            self.machine,
            EndingStep.ARCHIVED,
            self.today,
            editions=tuple(map(_ended, self.editions)),
            archives=tuple(made),
            organisation=self.editions[-1].study.organisation.replace("@", " "),
            closed_on=closing,
            delete_by=closing + timedelta(days=min(one.study.retention_days for one in self.editions)),
            rows=rows,
        )
        self.records.write(record)
        close_connections()
        return record

    def carry_out(self, planned: PlannedEndingStep) -> EndingRecord:
        """Do one of the steps of the plan. Raises DestructionError END_008, StoreError."""
        archived = self.records.find(self.machine, EndingStep.ARCHIVED)
        assert archived is not None  # noqa: S101 -- for mypy: no step is planned before it
        return self._machine_end(archived).carry_out(planned)

    def _machine_end(self, archived: EndingRecord) -> MachineEnd:
        files: tuple[Path, ...] = ()
        own: dict[EndingStep, tuple[OwnThing, ...]] = {}
        if self.records.find(self.machine, EndingStep.STORE) is None:
            begun = self.records.has_begun(self.machine, EndingStep.STORE)
            if not begun:
                self._check_unchanged(archived)
            found = store_files(self.database)
            if found is None:
                said = Destroyed("the database on a server", Way.EMPTIED, (Doubt.DATABASE_SERVER,))
                own[EndingStep.STORE] = (OwnThing(said, self._drop_tables),)
            else:
                files = found
        paths = {**self.said.paths, EndingStep.STORE: files}
        return MachineEnd(
            self.records,
            self.machine,
            self.steps,
            replace(self.said, paths=paths),
            self._find_files,
            self.today,
            own,
        )

    def _drop_tables(self) -> None:
        configure(self.database)
        self.progress.warn(drop_tables_on_server())

    def _configure(self) -> None:
        configure(self.database)
        prepare_store()

    def _is_opened(self, archived: EndingRecord) -> bool:
        opened = {one.sha256 for record in self.records.with_step(EndingStep.OPENED) for one in record.archives}
        return {one.sha256 for one in archived.archives} <= opened

    def _check_over(self) -> date:
        """The day of the closing. Raises DestructionError END_002, END_003 while something that was promised is due."""
        self._configure()
        control = read_field_control()
        days = []
        for edition in self.editions:
            study = edition.study
            status = field_status(study.field_period, study.coming_back.pause_days, control, self.now)
            if status.phase is not FieldPhase.OVER:
                raise DestructionError(_still_open(edition, status))
            if study.coming_back.accepts_withdrawals(self.now):
                cause = f"people were promised that they can withdraw until {study.coming_back.withdraw_until}"
                remedy = "run it again when that day is over everywhere on Earth (12:00 UTC of the next)"
                raise DestructionError(Problem("END_003", f"edition {edition.short}", cause, remedy))
            days.append(status.closes or self.today)
        return max(days)

    def _check_nothing_else(self, envelopes: int, rows: str) -> None:
        if count_responses() != envelopes:
            cause = "it has answers of an edition that was not named, and they would be lost"
            raise DestructionError(_changed(self.database, cause, "name every edition that was served"))
        if rows_digest() != rows:
            cause = "it changed while the archives were made"
            raise DestructionError(_changed(self.database, cause, "run it again"))

    def _check_unchanged(self, archived: EndingRecord) -> None:
        self._check_over()
        try:
            if rows_digest() != archived.rows:
                cause = "it has other rows than when its last archives were made"
                remedy = (
                    f"move {self.records.path / f'{self.machine}.{EndingStep.ARCHIVED}.json'} away, and make the last"
                    " archives again"
                )
                raise DestructionError(_changed(self.database, cause, remedy))
        finally:
            close_connections()

    def _find_files(self, step: EndingStep, path: Path) -> Iterator[Path]:
        yield from _FINDERS[step](path, self.records.study)


def find_collector_end(
    editions: Sequence[Path],
    *,
    database: str,
    records: Path,
    archives: Path,
    said: Dispositions,
    now: datetime,
    machine: str = EndingMachine.COLLECTOR,
    progress: ProgressListener = SILENT,
) -> CollectorEnd:
    """The end of a study on a collector. Raises StudyError, DestructionError END_001 (editions of several studies),
    END_010 (no name of a machine)."""
    try:
        check_short_name(machine)
    except ValueError as error:
        cause = f"{machine!r} is no name of a machine: {error}"
        raise DestructionError(Problem("END_010", "--machine", cause, "write one like collector-2")) from None
    read = tuple(map(read_edition, editions))
    studies = {edition.study.id for edition in read}
    if len(studies) != 1:
        cause = f"these are editions of several studies: {', '.join(sorted(studies))}"
        raise DestructionError(Problem("END_001", "kuule end", cause, "end one study at a time"))
    folder = RecordsFolder(records, studies.pop())
    return CollectorEnd(read, tuple(editions), database, folder, archives, said, now, machine, progress)


def _ended(edition: Edition) -> EndedEdition:
    return EndedEdition(edition.id, edition.key.key_id.hex(), edition.key.fingerprint, edition.rehearsal)


def _still_open(edition: Edition, status: FieldStatus) -> Problem:
    if not status.has_closed:
        cause, remedy = "the survey has not closed yet", "close it first: `kuule close`"
    else:
        cause = f"people were told that they may finish until {status.paused_until or status.finish_until}"
        remedy = "run it again when that day is over everywhere on Earth (12:00 UTC of the next)"
    return Problem("END_002", f"edition {edition.short}", cause, remedy)


def _changed(database: str, cause: str, remedy: str) -> Problem:
    return Problem("END_007", database.rpartition("@")[2], cause, f"{remedy}; nothing was destroyed")


def _store(path: Path, study: str) -> Iterator[Path]:
    yield path


def _backups(path: Path, study: str) -> Iterator[Path]:
    """Those of this study alone: a folder may have others."""
    if path.is_dir():
        yield from (one.path for one in kept_backups(path, study))
    elif (named := name_of_backup(path)) is not None and named.study == study:
        yield path
    else:
        raise _other(path, f"it is no backup of {study!r}", "name the folder of backups, or a file of it")


def _token_secret(path: Path, study: str) -> Iterator[Path]:
    if not path.is_file() or path.stat().st_size != TOKEN_SECRET_BYTES:
        raise _other(path, f"a token secret is a file of {TOKEN_SECRET_BYTES} bytes, and this is none", "look at it")
    yield path


def _onion_key(path: Path, study: str) -> Iterator[Path]:
    """A folder of tor's, or a copy that `kuule onion backup` wrote."""
    if path.is_dir() and (path / SECRET_FILE).is_file():
        yield from (path / name for name in (SECRET_FILE, PUBLIC_FILE, NAME_FILE) if (path / name).exists())
    elif path.is_file() and key_from_text(path.read_bytes().decode("utf-8", "replace")) is not None:
        yield path
    else:
        raise _other(path, "it is neither a folder of tor's with a key nor a copy of one", "look at the path")


def _other(path: Path, cause: str, remedy: str) -> DestructionError:
    return DestructionError(Problem("END_009", str(path), cause, f"{remedy}; nothing was destroyed"))


_FINDERS: dict[EndingStep, Callable[[Path, str], Iterator[Path]]] = {
    EndingStep.STORE: _store,
    EndingStep.ARCHIVES: archives_below,
    EndingStep.BACKUPS: _backups,
    EndingStep.TOKEN_SECRET: _token_secret,
    EndingStep.ONION_KEY: _onion_key,
}
