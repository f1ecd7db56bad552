"""Actions of a register that belong to a study or its partners: campaigns, launches, sittings, deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from kuule.register.data_model.planned_actions import ActionStatus, PlannedAction
from kuule.study.folder.partner_files import StudyPartner


def study_events(actions: Iterable[PlannedAction], study_id: str) -> tuple[PlannedAction, ...]:
    """The actions of a study, for everyone to see, the soonest first."""
    return _in_order(one for one in actions if study_id in one.studies)


def coming_partner_events(
    actions: Iterable[PlannedAction], partner: StudyPartner, *, study_id: str, today: date
) -> tuple[PlannedAction, ...]:
    """What is to come for a partner: actions that name it, and those that name no partner and concern its study or its
    country. What was cancelled is left out."""
    return _in_order(
        one
        for one in actions
        if last_day(one) >= today and one.status is not ActionStatus.CANCELLED and _concerns(one, partner, study_id)
    )


def last_day(action: PlannedAction) -> date:
    """The day on which an action ends."""
    last = action.ends or action.starts
    return last.date() if isinstance(last, datetime) else last


def _concerns(action: PlannedAction, partner: StudyPartner, study_id: str) -> bool:
    if action.partners:
        return partner.code in action.partners
    if action.countries and partner.country not in action.countries:
        return False
    return study_id in action.studies or bool(action.countries)


def _in_order(actions: Iterable[PlannedAction]) -> tuple[PlannedAction, ...]:
    return tuple(sorted(actions, key=lambda one: (one.first_day, one.id)))
