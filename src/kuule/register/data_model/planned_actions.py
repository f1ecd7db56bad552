"""What is about to happen: campaigns, consultations, sittings, review dates."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from kuule.register.data_model.strict_model import Country, Day, Identifier, Line, StrictModel, Text, WebAddress


class ActionKind(StrEnum):
    """What kind of thing it is."""

    CAMPAIGN = "campaign"
    LAUNCH = "launch"
    CONSULTATION = "consultation"
    SITTING = "sitting"
    VOTE = "vote"
    REVIEW = "review"
    DEADLINE = "deadline"
    DAY = "day"


class ActionStatus(StrEnum):
    """As in iCalendar (RFC 5545, 3.8.1.11). A cancelled action stays visible."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("a time zone is written as Europe/Helsinki") from error
    return value


class PlannedAction(StrictModel):
    """One action. `starts` and `ends` are days, or times of the zone `zone`; `ends` is the last day or moment.

    `sequence` grows by one with each change that calendars have to follow, and `id` never changes (RFC 5545: UID).
    """

    id: Identifier
    title: Line
    kind: ActionKind
    status: ActionStatus
    starts: Day | datetime
    ends: Day | datetime | None = None
    zone: Annotated[str, AfterValidator(_zone)] | None = None
    countries: tuple[Country, ...] = ()
    procedure: Line | None = None
    studies: tuple[Identifier, ...] = ()
    """The studies that it is part of, by the id of each."""
    partners: tuple[Identifier, ...] = ()
    """The partners of these studies who do it, by their codes; none where all of them do."""
    provisions: tuple[Identifier, ...] = ()
    standards: tuple[Identifier, ...] = ()
    language: Line = "en"
    says: Text
    address: WebAddress | None = None
    sequence: Annotated[int, Field(ge=0)] = 0
    changed_on: Day
    notes: Text | None = None

    @model_validator(mode="after")
    def __times_fit(self) -> PlannedAction:
        timed = isinstance(self.starts, datetime)
        if self.ends is not None and isinstance(self.ends, datetime) != timed:
            raise ValueError("starts and ends are both days or both times")
        if timed and self.zone is None:
            raise ValueError("a time has a zone")
        if timed and any(one is not None and getattr(one, "tzinfo", None) for one in (self.starts, self.ends)):
            raise ValueError("a time is written without an offset, and its zone in `zone`")
        if self.ends is not None and self.ends < self.starts:
            raise ValueError("it ends before it starts")
        return self

    @property
    def first_day(self) -> date:
        """The day on which it starts."""
        return self.starts.date() if isinstance(self.starts, datetime) else self.starts
