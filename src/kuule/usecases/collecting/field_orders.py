"""Closing a survey, opening it again, and ending its soft launch: an order in the store, which all its collectors obey
within seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kuule.store.database import configure, prepare_store
from kuule.store.rows.field_control import change_field_control, read_field_control
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.settings.field_phase import FieldOrder, FieldStatus, StandingOrder, field_status


@dataclass(frozen=True, slots=True)
class FieldOverview:
    """A study in the field: its id, and the phase that its days and the last order come to."""

    study: str
    status: FieldStatus
    changed: bool = False
    """Whether the order changed anything: the same order twice does not."""


def field_overview(edition: Path, database: str, now: datetime) -> FieldOverview:
    """The phase of the study of an edition. Raises StudyError, StoreError."""
    read = read_edition(edition)
    configure(database)
    prepare_store()  # a store of an earlier version has no place for an order
    return FieldOverview(read.study.id, _status(read, read_field_control(), now))


def close_survey(edition: Path, database: str, now: datetime, finish_days: int | None = None) -> FieldOverview:
    """Let no visit begin from now on. Those in the middle may finish for `finish_days`, the study's own by default.

    A survey that has closed stays as it is, but that the days to finish may be made more. Raises StudyError,
    StoreError: nothing was changed.
    """

    def close(read: Edition, control: StandingOrder) -> StandingOrder:
        days = read.study.field_period.finish_days if finish_days is None else finish_days
        if not _status(read, control, now).has_closed:
            return replace(control, order=FieldOrder.CLOSE, closed_on=now.date(), finish_days=days)
        if control.order is FieldOrder.CLOSE:
            return replace(control, finish_days=max(control.finish_days, finish_days or 0))
        return control

    return _order(edition, database, now, close)


def reopen_survey(edition: Path, database: str, now: datetime) -> FieldOverview:
    """Let visits begin again, whatever the days of the study are. Raises StudyError, StoreError."""

    def reopen(read: Edition, control: StandingOrder) -> StandingOrder:
        return replace(control, order=FieldOrder.OPEN, closed_on=None, finish_days=0)

    return _order(edition, database, now, reopen)


def launch_survey(edition: Path, database: str, now: datetime) -> FieldOverview:
    """End the soft launch: everybody may begin. Raises StudyError, StoreError."""

    def launch(read: Edition, control: StandingOrder) -> StandingOrder:
        return replace(control, launched=True)

    return _order(edition, database, now, launch)


def _order(
    edition: Path, database: str, now: datetime, change: Callable[[Edition, StandingOrder], StandingOrder]
) -> FieldOverview:
    read = read_edition(edition)
    configure(database)
    prepare_store()  # a store of an earlier version has no place for an order
    before, after = change_field_control(lambda control: change(read, control))
    return FieldOverview(read.study.id, _status(read, after, now), changed=before != after)


def _status(edition: Edition, control: StandingOrder, now: datetime) -> FieldStatus:
    study = edition.study
    return field_status(study.field_period, study.coming_back.pause_days, control, now)
