"""One service that helps: what is known about it, where that was read, and whether a person has checked it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kuule.helplines.contact_options import ContactOption, contact_options

INTERNATIONAL = "ZZ"
"""CLDR's code for an unknown region, used for services and directories that are not of one country."""

MONTHS_CHECK_COUNTS = 12
"""After this time a check no longer counts and the row disappears, because numbers change hands. A study may set
another."""
MAX_MONTHS_CHECK_COUNTS = 24
"""The most months for which a study can trust a check."""
_AHEAD = timedelta(days=1)
"""In the east it is already tomorrow, so a check may be dated one day ahead."""


class ServiceKind(StrEnum):
    """Whom a service is for."""

    CHILD = "child"
    SURVIVOR = "survivor"
    VICTIM = "victim"
    CRISIS = "crisis"
    PERPETRATOR_PREVENTION = "perpetrator_prevention"


class SourceTrust(StrEnum):
    """Where a row comes from. None of these means that a person checked it; only `checked_on` says that."""

    STUDY = "S"
    """A study added it in its own support.csv."""
    CITED = "A"
    """A public list that names an official page and a date for each number."""
    DIRECTORY = "B"
    """The directory of Child Helpline International, as read on one day."""
    LEAD = "C"
    """A lead only. It is never shown, not even in drafts, until a person has checked it."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service. `country` is ISO 3166-1 alpha-2 or ZZ; `phone` and `hours` are as written; `checked_by` is a
    role."""

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
        """The ways to reach it by phone."""
        return contact_options(self.phone)

    @property
    def written_in(self) -> str:
        """The language of its hours and of whom it is for, if it is known. A study's own rows can be in any
        language."""
        return "" if self.trust is SourceTrust.STUDY else "en"

    def is_checked_within(self, today: date, months: int) -> bool:
        """Whether a person checked it within that many months. A check that is dated in the future does not count."""
        if self.checked_on is None or self.checked_on > today + _AHEAD:
            return False
        passed = (today.year - self.checked_on.year) * 12 + today.month - self.checked_on.month
        return (passed, today.day) <= (months, self.checked_on.day)

    def may_be_shown(self, *, drafts: bool, today: date, months: int) -> bool:
        """Whether a person checked it lately; or, with `drafts`, whether it is more than a lead (the page marks it as
        unchecked)."""
        if self.checked:
            return self.is_checked_within(today, months)
        return drafts and self.trust is not SourceTrust.LEAD
