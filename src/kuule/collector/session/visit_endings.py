"""The ways in which a visit stops before its last page: paused under a code, ended for good, or over already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from kuule.collector.served.served_editions import ServedEdition
from kuule.collector.session.draft_sealing import ContentTooLong, KeyDerivationBusy
from kuule.collector.session.outcome import AsideKind, AsidePage, Outcome, Paused, Submitted, Trouble, VisitEnded
from kuule.collector.session.respondent_codes import current_status, current_status_by_id, end_visit, pause_visit
from kuule.collector.session.session_state import SessionState
from kuule.collector.session.store_alerts import report_store_error
from kuule.core.problems import StoreError
from kuule.store.rows.drafts import VisitIsOver
from kuule.store.rows.withdrawals import VisitStatus


def outcome_if_over(offer: ServedEdition, carried: SessionState, *, sending: bool = False) -> Outcome | None:
    """What is shown instead of answers where this visit was sent or ended: someone else may have turned back to it."""
    if sending:
        return None  # keeping is refused or repeated by the store itself, and the person told
    return _over_as(current_status(offer.edition, carried), offer, carried.language)


def outcome_if_visit_over(offer: ServedEdition, language: str, visit: int) -> Outcome | None:
    """As `outcome_if_over`, of a page whose answers cannot be read any more: what is typed in it is not shown
    either."""
    return _over_as(current_status_by_id(visit), offer, language)


def _over_as(standing: VisitStatus, offer: ServedEdition, language: str) -> Outcome | None:
    match standing:
        case VisitStatus.SENT:
            return Submitted(offer, language, already_sent=True)
        case VisitStatus.ENDED:
            return VisitEnded(offer, language, just_now=False)
    return None


def _pause(offer: ServedEdition, carried: SessionState, now: datetime) -> Outcome:
    """Keep the visit under a code. Where that cannot be, the break goes on, with all that was written in the page;
    where the visit was sent or ended in the same moment, from another of its pages, that is shown."""
    resting = AsidePage(offer, carried, AsideKind.BREAK)
    if not offer.edition.study.coming_back.pause_days:
        return resting
    try:
        return Paused(offer, pause_visit(offer.edition, carried, now))
    except StoreError as error:
        report_store_error(error, "a visit is not paused")
        return replace(resting, trouble=Trouble.UNPAUSED)
    except KeyDerivationBusy:
        return replace(resting, trouble=Trouble.UNPAUSED_BUSY)
    except ContentTooLong:
        return replace(resting, trouble=Trouble.TOO_MUCH)
    except VisitIsOver:
        return outcome_if_over(offer, carried) or VisitEnded(offer, carried.language, just_now=False)


def _end(offer: ServedEdition, carried: SessionState, now: datetime) -> Outcome:
    """Delete what was written: with the page goes all there is, and with the drafts what was kept."""
    sure = end_visit(offer.edition, carried)
    return VisitEnded(
        offer, carried.language, just_now=True, confirmed=sure, draft_remains=carried.pause_ticket is not None
    )


CLOSING_COMMANDS: Mapping[str, Callable[[ServedEdition, SessionState, datetime], Outcome]] = {
    "pause": _pause,
    "end": _end,
}
