"""How a visit stops before its last page: it is paused under a code, ended for good, or was over already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from kuule.collector.served.served_editions import ServedEdition
from kuule.collector.session.codec import TokenCodec
from kuule.collector.session.draft_sealing import ContentTooLong, KeyDerivationBusy
from kuule.collector.session.field_watch import field_watch
from kuule.collector.session.outcome import (
    AGE_GATE,
    AsideKind,
    AsidePage,
    Outcome,
    Paused,
    ScreenedOut,
    Submitted,
    Trouble,
    VisitEnded,
)
from kuule.collector.session.respondent_codes import current_status, current_status_by_id, end_visit, pause_visit
from kuule.collector.session.session_state import SessionState
from kuule.collector.session.store_alerts import report_store_error
from kuule.core.problems import StoreError
from kuule.store.rows.drafts import VisitIsOver
from kuule.store.rows.visit_status import VisitStatus


def outcome_if_over(served: ServedEdition, state: SessionState, *, sending: bool = False) -> Outcome | None:
    """The page that is shown in place of the answers where this visit was sent or ended; None where it is open.

    Somebody else may have turned back to it. `sending`: None as well, since the store itself then finds a response that
    is there already or was withdrawn.
    """
    if sending:
        return None
    return _over_as(current_status(served.edition, state), served, state.language)


def outcome_if_visit_over(served: ServedEdition, language: str, visit: int) -> Outcome | None:
    """The same for a page whose answers can no longer be read; what was typed in it is not shown either.

    `visit` is the row id of its response.
    """
    return _over_as(current_status_by_id(visit), served, language)


def _over_as(status: VisitStatus, served: ServedEdition, language: str) -> Outcome | None:
    match status:
        case VisitStatus.SENT:
            return Submitted(served, language, already_sent=True)
        case VisitStatus.ENDED:
            return VisitEnded(served, language, just_now=False)
    return None


def _pause(codec: TokenCodec, served: ServedEdition, state: SessionState, now: datetime) -> Outcome:
    """Store the visit under a code. Where that cannot be done, the page of the break says so and keeps everything.

    Where the visit was sent or ended at the same moment from another of its pages, that is shown.
    """
    on_break = AsidePage(served, state, AsideKind.BREAK)
    if not served.can_be_paused or field_watch.status(codec.editions.current, now).has_closed:
        return on_break

    def check_fits(paused: SessionState) -> None:
        codec.seal(paused, served, now)

    try:
        return Paused(served, pause_visit(served.edition, state, now, check_fits=check_fits))
    except StoreError as error:
        report_store_error(error, "a visit is not paused")
        return replace(on_break, trouble=Trouble.UNPAUSED)
    except KeyDerivationBusy:
        return replace(on_break, trouble=Trouble.UNPAUSED_BUSY)
    except ContentTooLong:
        return replace(on_break, trouble=Trouble.TOO_MUCH)
    except VisitIsOver:
        return outcome_if_over(served, state) or VisitEnded(served, state.language, just_now=False)


def _end(codec: TokenCodec, served: ServedEdition, state: SessionState, now: datetime) -> Outcome:
    """Delete the visit. Its answers are in its pages, which do not open again, and in its drafts, which are deleted."""
    confirmed = end_visit(served.edition, state)
    return VisitEnded(served, state.language, just_now=True, confirmed=confirmed, draft_may_remain=served.can_be_paused)


def end_at_gate(served: ServedEdition, state: SessionState, gate: str) -> Outcome:
    """Somebody has gone on from a gate, having said there that they do not take part, or are too young.

    They are told that nothing is kept, so the visit is deleted as by the button for that. Where nothing but gates was
    answered, it is only looked for drafts: a page that is older than a pause does not know of it (decision 0071). Where
    the store cannot do it, the page says that.
    """
    answered = served.has_answers_beyond_gates(state.visit)
    if not answered and not served.can_be_paused:
        return ScreenedOut(served, state.language, gate)
    confirmed = end_visit(served.edition, state, if_paused=not answered)
    if confirmed and (gate == AGE_GATE or not (answered or state.pause_ticket)):
        return ScreenedOut(served, state.language, gate)
    return VisitEnded(
        served,
        state.language,
        just_now=True,
        confirmed=confirmed,
        draft_may_remain=served.can_be_paused,
        too_young=gate == AGE_GATE,
    )


CLOSING_COMMANDS: Mapping[str, Callable[[TokenCodec, ServedEdition, SessionState, datetime], Outcome]] = {
    "pause": _pause,
    "end": _end,
}
