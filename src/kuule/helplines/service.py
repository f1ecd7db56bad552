"""One service that helps: what is known of it, where that was read, and whether a person has checked it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kuule.helplines.contact_options import ContactOption, contact_options

INTERNATIONAL = "ZZ"
"""CLDR's code for an unknown region: services and directories that are not of one country."""

MONTHS_CHECK_COUNTS = 12
"""An older check is as none: the row disappears, since numbers change hands. A study may say another number."""
MAX_MONTHS_CHECK_COUNTS = 24
"""Months: no study trusts a check for longer."""
_AHEAD = timedelta(days=1)
"""In the east it is already tomorrow."""


class ServiceKind(StrEnum):
    """Whom a service is for."""

    CHILD = "child"
    SURVIVOR = "survivor"
    VICTIM = "victim"
    CRISIS = "crisis"
    PERPETRATOR_PREVENTION = "perpetrator_prevention"


class SourceTrust(StrEnum):
    """How a row came to us. None of these is a check by a person; only `checked_on` says that."""

    STUDY = "S"
    """Added by a study's own support.csv."""
    CITED = "A"
    """A public list that names an official page and a date for each number."""
    DIRECTORY = "B"
    """The directory of Child Helpline International, as read on one day."""
    LEAD = "C"
    """A lead only: never shown, also not with drafts, until a person has checked it."""


@dataclass(frozen=True, slots=True)
class Service:
    """`country` is ISO 3166-1 alpha-2, or ZZ; `phone` and `hours` stand as written; `checked_by` is a role."""

    country: str
    name: str
    kind: ServiceKind
    audience: str = ""
    phone: str = ""
    url: str = ""
    languages: tuple[str, ...] = ()
    hours: str = ""
    source: str = ""
    source_date: date | None = None
    trust: SourceTrust = SourceTrust.STUDY
    checked_by: str = ""
    checked_on: date | None = None
    note: str = ""

    @property
    def checked(self) -> bool:
        return self.checked_on is not None

    @property
    def ways(self) -> tuple[ContactOption, ...]:
        """How one reaches it by phone."""
        return contact_options(self.phone)

    @property
    def written_in(self) -> str:
        """The language of its hours and of whom it is for, where we know it: a study's own rows are in any."""
        return "" if self.trust is SourceTrust.STUDY else "en"

    def is_checked_within(self, today: date, months: int) -> bool:
        """Whether a person checked it within so many months. A check that is still to come is none."""
        if self.checked_on is None or self.checked_on > today + _AHEAD:
            return False
        passed = (today.year - self.checked_on.year) * 12 + today.month - self.checked_on.month
        return (passed, today.day) <= (months, self.checked_on.day)

    def may_be_shown(self, *, drafts: bool, today: date, months: int) -> bool:
        """Checked lately by a person; or, with `drafts`, not checked (the page marks it) and more than a lead."""
        if self.checked:
            return self.is_checked_within(today, months)
        return drafts and self.trust is not SourceTrust.LEAD
