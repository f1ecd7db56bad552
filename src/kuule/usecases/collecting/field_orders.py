"""Closing a survey, opening it again, and ending its soft launch: an order in the store, which all its collectors obey
within seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kuule.store.database import configure, prepare_store
from kuule.store.rows.field_control import change_field_control, read_field_control
from kuule.store.rows.store_audience import check_store_audience
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.settings.field_phase import FieldOrder, FieldStatus, StandingOrder, field_status


@dataclass(frozen=True, slots=True)
class FieldOverview:
    """The phase that the days of a study and the last order come to."""

    study: str
    status: FieldStatus
    changed: bool = False
    """Whether the order changed anything: the same order twice does not."""


@dataclass(frozen=True, slots=True)
class SurveyInField:
    """A survey and its store, which is configured: made by `find_survey`. Each method raises StoreError: then nothing
    was changed."""

    edition: Edition
    now: datetime

    @property
    def study(self) -> str:
        """The id of the study."""
        return self.edition.study.id

    def status(self) -> FieldStatus:
        """The phase."""
        return self._status(read_field_control())

    def close(self, finish_days: int | None = None) -> FieldOverview:
        """Let no visit begin from now on. Those in the middle may finish for `finish_days`, the study's own by default.
        A survey that has closed stays as it is, but that the days to finish may be made more."""

        def close(control: StandingOrder) -> StandingOrder:
            days = self.edition.study.field_period.finish_days if finish_days is None else finish_days
            if not self._status(control).has_closed:
                return replace(control, order=FieldOrder.CLOSE, closed_on=self.now.date(), finish_days=days)
            if control.order is FieldOrder.CLOSE:
                return replace(control, finish_days=max(control.finish_days, finish_days or 0))
            return control

        return self._order(close)

    def open_again(self) -> FieldOverview:
        """Let visits begin again, whatever the days of the study are."""
        return self._order(lambda control: replace(control, order=FieldOrder.OPEN, closed_on=None, finish_days=0))

    def launch(self) -> FieldOverview:
        """End the soft launch: everybody may begin."""
        return self._order(lambda control: replace(control, launched=True))

    def _order(self, change: Callable[[StandingOrder], StandingOrder]) -> FieldOverview:
        before, after = change_field_control(change)
        return FieldOverview(self.study, self._status(after), changed=before != after)

    def _status(self, control: StandingOrder) -> FieldStatus:
        study = self.edition.study
        return field_status(study.field_period, study.coming_back.pause_days, control, self.now)


def find_survey(edition: Path, database: str, now: datetime) -> SurveyInField:
    """The survey of an edition, in a store. Raises StudyError, StoreError (STORE_028: it is of another audience)."""
    read = read_edition(edition)
    configure(database)
    prepare_store()  # a store of an earlier version has no place for an order
    check_store_audience(read.study.audience)
    return SurveyInField(read, now)
