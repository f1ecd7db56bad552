"""What a release is: the released tables and their words, and what is said about them as a publication.

Decision 0076. The terms follow the practice of official statistics: a scheduled date, early access, amendments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kuule.languages.workflow.states import State
from kuule.study.edition.report_languages import ReportLanguages
from kuule.study.settings.identity_settings import IdentitySettings
from kuule.tables.released import ReleasedOrigin, ReleasedTable
from kuule.tables.released_quotes import ReleasedQuote, ReleasedQuotes
from kuule.tables.wording import Wording


class ApprovalState(StrEnum):
    """How far a release has come. Only one that two people approved can be published; practice can be at any time, and
    says on every page that it is practice."""

    DRAFT = "draft"
    APPROVED_ONCE = "approved_once"
    APPROVED_TWICE = "approved_twice"


@dataclass(frozen=True, slots=True)
class ReleaseApproval:
    """One person's approval. `content` is the SHA-256 of what they approved; once that changes, it counts no more."""

    name: str
    role: str
    day: date
    content: str


@dataclass(frozen=True, slots=True)
class EarlyAccess:
    """Who is given a release before its day, from which day on, and why. It is published with the release."""

    who: str
    since: date
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseChange:
    """What changed since the release before, in one language. Required of an amended release."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class ReleaseDescription:
    """What people write in release.toml. `version` is `1`, `2`, and so on; an amendment of 1 is `1.1`. `day` is the day
    of publication: until it comes, the release is under embargo. `amends` and `follows` are the content hash of the
    release that this one corrects, or comes after."""

    version: str
    day: date
    citation: str
    licence: str
    address: str = ""
    """Where the public page will be, such as https://example.org/our-voice; "" if nobody knows yet."""
    contact: str = ""
    amends: str = ""
    follows: str = ""
    changes: tuple[ReleaseChange, ...] = ()
    early_access: tuple[EarlyAccess, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationRelease:
    """A whole release. `text` is report.md, `languages` its translations and who made them, and `wordings` the words of
    questions, answers and groups, by language; the first language is the study's own. `ledger_entry` is the SHA-256 of
    tables.json, under which the ledger has the entry that these tables can be counted again from. It is not a hash of
    the entry itself, whose exact numbers somebody could guess until the hash matches."""

    description: ReleaseDescription
    study: str
    origin: ReleasedOrigin
    tables: tuple[ReleasedTable, ...]
    text: str
    languages: ReportLanguages
    wordings: Mapping[str, Wording]
    identity: IdentitySettings
    opening_state: State
    """The state that texts must have reached before they are shown without the banner of a draft."""
    ledger_entry: str = ""
    country: str = ""
    """The question whose answers are the countries, such as `residence`; "" if there are no pages of countries."""
    by_country: tuple[str, ...] = ()
    """The questions whose tables by `country` the release has, for the pages of countries."""
    by_language: tuple[str, ...] = ()
    """The questions whose tables by language the release has."""
    briefs: Mapping[str, str] = field(default_factory=dict)
    """The texts of policy briefs by their names, such as limitation.FI.fi.md."""
    approvals: tuple[ReleaseApproval, ...] = field(default=())
    quotes: tuple[ReleasedQuote, ...] = ()
    """What people wrote, as it was released beside exactly these tables; quotes.json has them if there are any."""

    @property
    def released_quotes(self) -> ReleasedQuotes:
        """Its quotes, with what they were looked at beside."""
        return ReleasedQuotes(self.study, self.origin.dataset, self.ledger_entry, self.quotes)
