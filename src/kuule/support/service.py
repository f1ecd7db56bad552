"""One service that helps: what is known of it, where that was read, and whether a person has checked it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

INTERNATIONAL = "ZZ"
"""CLDR's code for an unknown region: services and directories that are not of one country."""

MONTHS_TRUSTED = 24
"""A check is older than this: the row disappears, since numbers change hands."""


class Kind(StrEnum):
    """Whom a service is for."""

    CHILD = "child"
    SURVIVOR = "survivor"
    VICTIM = "victim"
    CRISIS = "crisis"
    PERPETRATOR_PREVENTION = "perpetrator_prevention"


class Trust(StrEnum):
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
    kind: Kind
    audience: str = ""
    phone: str = ""
    url: str = ""
    languages: tuple[str, ...] = ()
    hours: str = ""
    source: str = ""
    source_date: date | None = None
    trust: Trust = Trust.STUDY
    checked_by: str = ""
    checked_on: date | None = None
    note: str = ""

    @property
    def checked(self) -> bool:
        return self.checked_on is not None

    def is_old(self, today: date) -> bool:
        """Whether it was checked once, and more than 24 months ago."""
        if self.checked_on is None:
            return False
        months = (today.year - self.checked_on.year) * 12 + today.month - self.checked_on.month
        return (months, today.day) > (MONTHS_TRUSTED, self.checked_on.day)

    def may_be_shown(self, *, drafts: bool, today: date) -> bool:
        """Checked lately by a person; or, with `drafts`, not checked (the page marks it) and more than a lead."""
        if self.checked:
            return not self.is_old(today)
        return drafts and self.trust is not Trust.LEAD
