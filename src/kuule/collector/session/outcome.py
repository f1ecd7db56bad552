"""What a step of the conversation comes to. The views show each kind with one template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuule.collector.served.served_editions import ServedEdition
from kuule.collector.session.respondent_codes import PausedVisit
from kuule.collector.session.session_state import SessionState
from kuule.forms.navigation.journey import ReviewSection
from kuule.forms.navigation.page import Page
from kuule.sealing.return_codes import ReturnCode


class LossReason(StrEnum):
    """Why what was written on earlier pages is gone. Each has its words: `interface:lost_<value>`."""

    EXPIRED = "expired"
    ALTERED = "altered"
    EDITION = "edition"


class Trouble(StrEnum):
    """Why a response could not be sent, or a visit not be paused; the page stays with all that was typed."""

    NONE = ""
    UNSENT = "unsent"
    TOO_MUCH = "too_much"
    UNPAUSED = "unpaused"
    UNPAUSED_BUSY = "unpaused_busy"


class AsideKind(StrEnum):
    """A page beside the questions that keeps what was typed."""

    HELP = "help"
    PRIVACY = "privacy"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A page of questions. `loss` says that earlier answers are gone; `was_sending` that "Send" was pressed."""

    served: ServedEdition
    state: SessionState
    page: Page
    loss: LossReason | None = None
    was_sending: bool = False
    before: SessionState | None = None
    """Where all that was typed has no room in a token: what was there before, which the token then holds. What was
    typed stands in the fields of the page, and nowhere else."""
    rescued: tuple[str, ...] = ()
    """Texts that were typed on a page that cannot be shown again, so that they can be copied."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The end: all that was written, to read, change and send."""

    served: ServedEdition
    state: SessionState
    sections: tuple[ReviewSection, ...]
    trouble: Trouble = Trouble.NONE


@dataclass(frozen=True, slots=True)
class AsidePage:
    """Help, the promise or a break, opened from within a visit. `trouble`: pausing did not work out just now."""

    served: ServedEdition
    state: SessionState
    kind: AsideKind
    country: str = ""
    trouble: Trouble = Trouble.NONE


@dataclass(frozen=True, slots=True)
class ScreenedOut:
    """An answer that does not allow going on. Nothing was kept."""

    served: ServedEdition
    language: str
    gate: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """Kept, durably. `already`: it was there before. `code` takes it back until `until`; None where nothing can be
    taken back, and where nobody pressed "Send": who only turns back to an open page is shown no code."""

    served: ServedEdition
    language: str
    already_sent: bool
    code: ReturnCode | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """Paused: kept under a code that is shown now, and is what has to be written down."""

    served: ServedEdition
    paused_visit: PausedVisit


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """The visit is over and nothing of it is kept. `now`: by the button just pressed, and not some time before.

    `sure`: the site will not open its pages again; where the store did not answer it could not see to that.
    """

    served: ServedEdition
    language: str
    just_now: bool
    confirmed: bool = True
    draft_remains: bool = False
    """With `sure` False: a draft lies under a pause code still."""


Outcome = QuestionPage | ReviewPage | AsidePage | ScreenedOut | Submitted | Paused | VisitEnded
