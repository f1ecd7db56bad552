"""What a step of the conversation comes to. The views show each kind with one template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kuule.collector.carried import Carried
from kuule.collector.editions import Offer
from kuule.forms.journey import ReviewSection
from kuule.forms.page import Page


class Loss(StrEnum):
    """Why what was written on earlier pages is gone. Each has its words: `interface:lost_<value>`."""

    EXPIRED = "expired"
    ALTERED = "altered"
    EDITION = "edition"


class Trouble(StrEnum):
    """Why a response could not be sent; the page stays with all that was typed."""

    NONE = ""
    UNSENT = "unsent"
    TOO_MUCH = "too_much"


class AsideKind(StrEnum):
    """A page beside the questions that keeps what was typed."""

    HELP = "help"
    PRIVACY = "privacy"


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
    """Help or the promise, opened from within a visit."""

    offer: Offer
    carried: Carried
    kind: AsideKind
    country: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """An answer that does not allow going on. Nothing was kept."""

    offer: Offer
    language: str
    gate: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Kept, durably. `already`: it was there before."""

    offer: Offer
    language: str
    already: bool


Outcome = Asked | Reviewing | Aside | Stopped | Sent
