"""What a step of the conversation comes to. Each kind of outcome has its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kuule.collector.served.served_editions import ServedEdition
from kuule.collector.session.codec import LossReason
from kuule.collector.session.respondent_codes import PausedVisit
from kuule.collector.session.session_state import SessionState
from kuule.forms.navigation.journey import ReviewSection
from kuule.forms.navigation.page import Page
from kuule.sealing.return_codes import ReturnCode
from kuule.study.settings.field_phase import FieldPhase, FieldStatus


class Trouble(StrEnum):
    """Why answers could not be sent, or a visit could not be paused. The page stays, with all that was typed."""

    NONE = ""
    UNSENT = "unsent"
    TOO_MUCH = "too_much"
    UNPAUSED = "unpaused"
    UNPAUSED_BUSY = "unpaused_busy"


class AsideKind(StrEnum):
    """A page that is opened beside the questions; what was typed on the page before is kept."""

    HELP = "help"
    PRIVACY = "privacy"
    BREAK = "break"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A page of questions. `loss`: the answers of earlier pages are lost. `was_sending`: "Send" was pressed."""

    served: ServedEdition
    state: SessionState
    page: Page
    loss: LossReason | None = None
    was_sending: bool = False
    previous_state: SessionState | None = None
    """Where no token can hold all that was typed: the state from before, which the token then carries. What was typed
    is in the fields of the page and nowhere else."""
    rescued_texts: tuple[str, ...] = ()
    """Texts that were typed on a page that cannot be shown again. They are shown, so that they can be copied."""


@dataclass(frozen=True, slots=True)
class EndPage:
    """After the last question: the answers are sent, or read through first. `early`: the respondent finished before the
    last page of questions."""

    served: ServedEdition
    state: SessionState
    early: bool = False
    trouble: Trouble = Trouble.NONE


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All answers of a visit, to be read, changed and sent. `changed_page`: the key of the page that somebody has just
    come back from, "" where they come from elsewhere. `stripped`: a mark is seen where something was taken out."""

    served: ServedEdition
    state: SessionState
    sections: tuple[ReviewSection, ...]
    trouble: Trouble = Trouble.NONE
    changed_page: str = ""
    stripped: bool = False


@dataclass(frozen=True, slots=True)
class AsidePage:
    """Help, the privacy promise, a break or time limits, opened during a visit. `trouble`: the visit could not be
    paused. `asked`: what was typed on the page about time limits."""

    served: ServedEdition
    state: SessionState
    kind: AsideKind
    country: str = ""
    trouble: Trouble = Trouble.NONE
    asked: Mapping[str, str] = field(default_factory=dict)


AGE_GATE = "age"
"""The gate that asks whether somebody is old enough: who is not is told whom children can call."""


@dataclass(frozen=True, slots=True)
class ScreenedOut:
    """The answer to a gate question ends the visit. Nothing is stored of it, or no longer."""

    served: ServedEdition
    language: str
    gate: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """The response is in the store, on the disk. `already_sent`: it was there before this step.

    `code` withdraws it. It is None where no response can be withdrawn, and where nobody pressed
    "Send": whoever only turns back to an open page is shown no code.
    """

    served: ServedEdition
    language: str
    already_sent: bool
    code: ReturnCode | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """The visit is stored as a draft. The page shows the code that opens it, which has to be written down."""

    served: ServedEdition
    paused_visit: PausedVisit


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """The visit is over and nothing of it is stored. `just_now`: it was ended by the button that was just pressed.

    `confirmed`: none of its pages opens again. It is False where the store did not answer and could not note that.
    """

    served: ServedEdition
    language: str
    just_now: bool
    confirmed: bool = True
    draft_may_remain: bool = False
    """Where `confirmed` is False: whoever paused has a draft that is still stored. Not every page of a visit knows
    whether it was paused."""
    too_young: bool = False
    """It was ended at the gate for age: the page also says who helps children."""


@dataclass(frozen=True, slots=True)
class NotOpen:
    """The survey takes no answers yet, or no more. `unsent_texts`: what somebody wrote on a page that came too late, so
    that it can be copied. `was_begun`: the visit had begun; nothing of it is sent."""

    served: ServedEdition
    language: str
    status: FieldStatus
    was_begun: bool = False
    unsent_texts: tuple[str, ...] = ()


Outcome = QuestionPage | EndPage | ReviewPage | AsidePage | ScreenedOut | Submitted | Paused | VisitEnded | NotOpen

ALWAYS_OPEN = FieldStatus(FieldPhase.OPEN)


@dataclass(frozen=True, slots=True)
class Reply:
    """An outcome, and the token that its page carries: "" where the page carries none. `status`: that of the field
    period, of which the pages of a visit tell when it has closed."""

    outcome: Outcome
    token: str = ""
    status: FieldStatus = ALWAYS_OPEN


def state_to_carry(outcome: Outcome) -> tuple[ServedEdition, SessionState] | None:
    """The edition and the state that the page of an outcome carries in its token; None where the visit is over."""
    match outcome:
        case QuestionPage():
            return outcome.served, outcome.previous_state or outcome.state
        case EndPage() | ReviewPage() | AsidePage():
            return outcome.served, outcome.state
        case Paused():
            return outcome.served, outcome.paused_visit.state
        case ScreenedOut() | Submitted() | VisitEnded() | NotOpen():
            return None
