"""One service that helps: what is known about it, where that was read, and whether a person has checked it."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from kuule.helplines.contact_options import ContactOption, contact_options

INTERNATIONAL = "ZZ"
"""CLDR's code for an unknown region, used for services and directories that are not of one country."""

MONTHS_CHECK_COUNTS = 12
"""After how many months a check no longer counts, and the service disappears: numbers change hands. A study may set
another number."""
MAX_MONTHS_CHECK_COUNTS = 24
"""The most months that a study may set for this."""
DAY_AND_NIGHT = "24/7"
"""How the column `hours` says that a service is always open."""
_WITHOUT_DECOMPOSITION = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that Unicode does not take apart into a letter and an accent."""
_AHEAD = timedelta(days=1)
"""Farther east it is already tomorrow, so a check may be dated one day ahead."""


class ServiceKind(StrEnum):
    """What a service is for."""

    CHILD = "child"
    """Children and young people."""
    SURVIVOR = "survivor"
    """Sexual violence, now or long ago."""
    VICTIM = "victim"
    """Support after any crime."""
    VIOLENCE = "violence"
    """Violence at home, in a relationship, or against women."""
    CRISIS = "crisis"
    """Anyone in distress."""
    PERPETRATOR_PREVENTION = "perpetrator_prevention"
    """Anyone who fears what they might do."""


class ServiceAudience(StrEnum):
    """Whom a service takes, in words that pages translate (`interface:audience_<word>`)."""

    ANYONE = "anyone"
    WOMEN = "women"
    WOMEN_FIRST = "women_first"
    """A service for women that also takes others."""
    MEN = "men"
    TRANS = "trans"
    LGBTQI = "lgbtqi"
    ADULTS = "adults"
    HARMED_AS_CHILDREN = "harmed_as_children"
    """The service itself says that it takes adults who were hurt as children."""
    HURT_AS_ADULTS = "hurt_as_adults"
    """A service that sends those who were hurt as children elsewhere."""
    SOON_AFTER = "soon_after"
    """A service for the first days or weeks after an assault."""
    CHILDREN = "children"
    YOUNG_PEOPLE = "young_people"
    RELATIVES = "relatives"
    PARENTS = "parents"


class GenderServed(StrEnum):
    """Which genders a service takes. `women` includes services that are for women first, even if they turn nobody away:
    a man cannot count on them."""

    NOT_SAID = ""
    ANY = "any"
    WOMEN = "women"
    MEN = "men"


BOTH_GENDERS = (GenderServed.WOMEN, GenderServed.MEN)


class SourceTrust(StrEnum):
    """Where a row comes from. None of these means that a person checked it; only `checked_on` says that."""

    STUDY = "S"
    """A study added it in its own support.csv."""
    CITED = "A"
    """The service's own page, a government's, or a public list that names such a page and a date for each number."""
    DIRECTORY = "B"
    """A directory that somebody else maintains: Child Helpline International, the European e-Justice portal, a city."""
    LEAD = "C"
    """A lead only, such as a newspaper. It is never shown, not even in drafts, until a person has checked it."""
    DOUBTFUL = "D"
    """A list that is known for errors, or a number read from a name. Like a lead it is never shown before a check."""


NEVER_SHOWN_UNCHECKED = frozenset({SourceTrust.LEAD, SourceTrust.DOUBTFUL})


@dataclass(frozen=True, slots=True)
class Service:
    """One service. `country` is ISO 3166-1 alpha-2 or ZZ; `phone` and `hours` are as written; `checked_by` is a role.
    `audience_note` says in free words whom it is for, if the words of `audience` cannot."""

    country: str
    name: str
    kind: ServiceKind
    audience: tuple[ServiceAudience, ...] = ()
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
    gender: GenderServed = GenderServed.NOT_SAID
    audience_note: str = ""

    @property
    def checked(self) -> bool:
        return self.checked_on is not None

    @property
    def ways(self) -> tuple[ContactOption, ...]:
        """The ways to reach it by phone."""
        return contact_options(self.phone)

    @property
    def genders_served(self) -> frozenset[GenderServed]:
        """Women, men, or both; nobody if the row does not say."""
        if self.gender is GenderServed.ANY:
            return frozenset(BOTH_GENDERS)
        return frozenset({self.gender}) & frozenset(BOTH_GENDERS)

    @property
    def audience_in_order(self) -> tuple[ServiceAudience, ...]:
        """Its words in the order in which they are shown: the most specific first, and nobody whom "anyone"
        includes."""
        if ServiceAudience.ANYONE not in self.audience:
            return self.audience
        named = ServiceAudience.HARMED_AS_CHILDREN
        return (named, ServiceAudience.ANYONE) if named in self.audience else (ServiceAudience.ANYONE,)

    @property
    def open_always(self) -> bool:
        """Whether its hours are day and night, as written in the directory."""
        return self.hours == DAY_AND_NIGHT

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

    def check_counts_until(self, months: int) -> date | None:
        """The last day on which `is_checked_within` holds for so many months; None for a service that nobody
        checked."""
        if self.checked_on is None:
            return None
        passed = self.checked_on.month - 1 + months
        year, month = self.checked_on.year + passed // 12, passed % 12 + 1
        return date(year, month, min(self.checked_on.day, monthrange(year, month)[1]))

    def may_be_shown(self, *, drafts: bool, today: date, months: int) -> bool:
        """Whether a person has checked it recently or, with `drafts`, whether it is more than a lead; pages then mark
        it as unchecked."""
        if self.checked:
            return self.is_checked_within(today, months)
        return drafts and self.trust not in NEVER_SHOWN_UNCHECKED


def read_audience(text: str) -> tuple[tuple[ServiceAudience, ...], str]:
    """The words of the column `audience`, or the text as it was written if any word is not in `ServiceAudience`."""
    words = text.split()
    if set(words) <= set(ServiceAudience):
        return tuple(dict.fromkeys(map(ServiceAudience, words))), ""
    return (), text


def service_key(country: str, name: str) -> tuple[str, str]:
    """The country and the name in lower case without accents, which is the same for all rows of a service: lists tend
    to lose accents."""
    apart = unicodedata.normalize("NFKD", name.casefold()).translate(_WITHOUT_DECOMPOSITION)
    return country, "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=4096)
def service_id(country: str, name: str) -> int:
    """63 bits that are derived from `service_key` only: the same for all rows of a service, in every edition."""
    written = "\n".join(service_key(country, name))
    return int.from_bytes(sha256(written.encode()).digest()[:8], "big") >> 1
