"""What a step of the conversation comes to. The views show each kind with one template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuule.collector.offer.editions import Offer
from kuule.collector.visit.carried import Carried
from kuule.collector.visit.coming_back import Paused
from kuule.forms.journey import ReviewSection
from kuule.forms.page import Page
from kuule.sealing.codes import ReturnCode


class Loss(StrEnum):
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
class Asked:
    """A page of questions. `loss` says that earlier answers are gone; `was_sending` that "Send" was pressed."""

    offer: Offer
    carried: Carried
    page: Page
    loss: Loss | None = None
    was_sending: bool = False
    before: Carried | None = None
    """Where all that was typed has no room in a token: what was there before, which the token then holds. What was
    typed stands in the fields of the page, and nowhere else."""
    rescued: tuple[str, ...] = ()
    """Texts that were typed on a page that cannot be shown again, so that they can be copied."""


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The end: all that was written, to read, change and send."""

    offer: Offer
    carried: Carried
    sections: tuple[ReviewSection, ...]
    trouble: Trouble = Trouble.NONE


@dataclass(frozen=True, slots=True)
class Aside:
    """Help, the promise or a break, opened from within a visit. `trouble`: pausing did not work out just now."""

    offer: Offer
    carried: Carried
    kind: AsideKind
    country: str = ""
    trouble: Trouble = Trouble.NONE


@dataclass(frozen=True, slots=True)
class Stopped:
    """An answer that does not allow going on. Nothing was kept."""

    offer: Offer
    language: str
    gate: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Kept, durably. `already`: it was there before. `code` takes it back until `until`; None where nothing can be
    taken back, and where nobody pressed "Send": who only turns back to an open page is shown no code."""

    offer: Offer
    language: str
    already: bool
    code: ReturnCode | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Paused: kept under a code that is shown now, and is what has to be written down."""

    offer: Offer
    paused: Paused


@dataclass(frozen=True, slots=True)
class Ended:
    """The visit is over and nothing of it is kept. `now`: by the button just pressed, and not some time before.

    `sure`: the site will not open its pages again; where the store did not answer it could not see to that.
    """

    offer: Offer
    language: str
    now: bool
    sure: bool = True
    paused: bool = False
    """With `sure` False: a draft lies under a pause code still."""


Outcome = Asked | Reviewing | Aside | Stopped | Sent | OnPaper | Ended
