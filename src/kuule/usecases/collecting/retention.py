"""`retention_days`, carried out: what has sealed answers on a collector's machine, until when each may be there, what
was destroyed, and what waits for people.

No answer has a time, so that the days are counted for all of them together, from the day on which the survey closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, Severity
from kuule.destruction.ending_record import EndingRecord
from kuule.destruction.ending_steps import WORDS, EndingStep
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.rows.field_control import read_field_control
from kuule.store.store_destruction import store_files
from kuule.study.settings.field_phase import field_status
from kuule.usecases.collecting.end_collector import CollectorEnd

_REACHED = frozenset({EndingStep.STORE, EndingStep.BACKUPS})
"""What the job can destroy. Archives and keys are elsewhere, or are on their way there."""
_SOON = timedelta(days=30)


class RetentionState(StrEnum):
    """How far something with sealed answers is."""

    IN_FIELD = "in-field"
    """The survey has not closed: no day is known."""
    KEPT = "kept"
    DUE = "due"
    """Within thirty days."""
    OVERDUE = "overdue"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class RetentionItem:
    """Something with sealed answers. `until`: the last day on which it may be there; `on`: when it was destroyed.
    `needs`: what people have to do, "" for nothing."""

    step: EndingStep
    state: RetentionState
    until: date | None = None
    on: date | None = None
    needs: str = ""

    def __str__(self) -> str:
        what = WORDS[self.step]
        match self.state:
            case RetentionState.IN_FIELD:
                return f"{what}: the survey has not closed, and no day is known yet"
            case RetentionState.DESTROYED:
                return f"{what}: destroyed on {self.on}"
            case RetentionState.OVERDUE:
                return f"{what}: should have been destroyed by {self.until}; {self.needs}"
            case RetentionState.DUE:
                return f"{what}: to be destroyed by {self.until}; {self.needs}"
        return f"{what}: may be kept until {self.until}"


def retention_items(ending: CollectorEnd) -> tuple[RetentionItem, ...]:
    """What there is on the machine of a collector: its database, and the backups that `ending` names. Raises
    StoreError, StudyError, DestructionError END_001."""
    until = _last_day(ending)
    steps = (EndingStep.STORE, *((EndingStep.BACKUPS,) if EndingStep.BACKUPS in ending.said.paths else ()))
    return tuple(_item(ending, step, until) for step in steps)


def retention_problems(ending: CollectorEnd, items: tuple[RetentionItem, ...]) -> Iterator[Problem]:
    """RETENTION_001 for all that is overdue; RETENTION_002 (a warning) where people may withdraw for longer than
    answers are promised to be there."""
    for item in items:
        if item.state is RetentionState.OVERDUE:
            cause = f"sealed answers were promised to be deleted by {item.until}, and are still here"
            yield Problem("RETENTION_001", WORDS[item.step], cause, item.needs)
    days = [edition.study.coming_back.withdraw_until for edition in ending.editions]
    last = max((day for day in days if day is not None), default=None)
    until = next((item.until for item in items if item.until is not None), None)
    if last is not None and until is not None and last > until:
        cause = f"people may withdraw until {last}, and answers are to be deleted by {until}"
        remedy = "nothing is deleted while people may withdraw: say so where you promised the days"
        yield Problem("RETENTION_002", "study.toml, retention_days", cause, remedy, Severity.WARNING)


def carry_out_retention(ending: CollectorEnd) -> tuple[EndingRecord, ...]:
    """Destroy what is due and needs nobody: the database and the backups, once the last archives are known to be
    opened. Returns the records of what was destroyed now.

    Raises StoreError, DestructionError; where something still waits for people, nothing is destroyed.
    """
    due = [item.step for item in retention_items(ending) if item.state is RetentionState.OVERDUE and not item.needs]
    if not due:
        return ()
    plan = ending.with_steps(_REACHED).plan()
    return tuple(ending.carry_out(planned) for planned in plan.steps if planned.step in due)


def _item(ending: CollectorEnd, step: EndingStep, until: date | None) -> RetentionItem:
    record = ending.records.find(ending.machine, step)
    if record is not None:
        return RetentionItem(step, RetentionState.DESTROYED, on=record.day)
    if until is None:
        return RetentionItem(step, RetentionState.IN_FIELD)
    if ending.today <= until - _SOON:
        return RetentionItem(step, RetentionState.KEPT, until)
    state = RetentionState.DUE if ending.today <= until else RetentionState.OVERDUE
    return RetentionItem(step, state, until, needs=_needs(ending))


def _needs(ending: CollectorEnd) -> str:
    """What people have to do before it can be destroyed; "" where the job can do it by itself."""
    try:
        plan = ending.with_steps(_REACHED).plan()
    except KuuleError as error:
        first = error.problems[0]
        return f"people are needed: {first.place}: {first.cause}"
    if ending.needs_archives():
        return "people are needed: make the last archives (`kuule end collector`), and have them opened"
    return f"people are needed: {plan.waits_for}" if plan.waits_for else ""


def _last_day(ending: CollectorEnd) -> date | None:
    """The last day on which sealed answers may be there, as it was written down or as it follows now."""
    archived = ending.records.find(ending.machine, EndingStep.ARCHIVED)
    if archived is not None and archived.delete_by is not None:
        return archived.delete_by
    if store_files(ending.database) == ():
        return None
    configure(ending.database)
    prepare_store()
    try:
        control = read_field_control()
    finally:
        close_connections()
    days = []
    for edition in ending.editions:
        study = edition.study
        closes = field_status(study.field_period, study.coming_back.pause_days, control, ending.now).closes
        if closes is None:
            return None
        days.append(closes)
    return max(days) + timedelta(days=min(edition.study.retention_days for edition in ending.editions))


def with_backups(ending: CollectorEnd, folders: tuple[Path, ...]) -> CollectorEnd:
    """The same with these folders of backups, and nothing said of what has no answers in it."""
    paths = {EndingStep.BACKUPS: folders} if folders else {}
    return replace(ending, said=replace(ending.said, paths=paths))
