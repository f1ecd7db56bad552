"""The ways in which a visit stops before its last page: paused under a code, ended for good, or over already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from kuule.collector.offer.editions import Offer
from kuule.collector.visit.carried import Carried
from kuule.collector.visit.coming_back import end_visit, known, known_as, pause
from kuule.collector.visit.outcome import Aside, AsideKind, Ended, OnPaper, Outcome, Sent, Trouble
from kuule.collector.visit.pause_lock import Busy, ContentTooLong
from kuule.collector.visit.unkept import tell_unkept
from kuule.errors import StoreError
from kuule.store.drafts import VisitIsOver
from kuule.store.withdrawals import VisitStatus


def over(offer: Offer, carried: Carried, *, sending: bool = False) -> Outcome | None:
    """What is shown instead of answers where this visit was sent or ended: someone else may have turned back to it."""
    if sending:
        return None  # keeping is refused or repeated by the store itself, and the person told
    return _over_as(known(offer.edition, carried), offer, carried.language)


def over_since(offer: Offer, language: str, visit: int) -> Outcome | None:
    """As `over`, of a page whose answers cannot be read any more: what is typed in it is not shown either."""
    return _over_as(known_as(visit), offer, language)


def _over_as(standing: VisitStatus, offer: Offer, language: str) -> Outcome | None:
    match standing:
        case VisitStatus.SENT:
            return Sent(offer, language, already=True)
        case VisitStatus.ENDED:
            return Ended(offer, language, now=False)
    return None


def _pause(offer: Offer, carried: Carried, now: datetime) -> Outcome:
    """Keep the visit under a code. Where that cannot be, the break goes on, with all that was written in the page;
    where the visit was sent or ended in the same moment, from another of its pages, that is shown."""
    resting = Aside(offer, carried, AsideKind.BREAK)
    if not offer.edition.study.coming_back.pause_days:
        return resting
    try:
        return OnPaper(offer, pause(offer.edition, carried, now))
    except StoreError as error:
        tell_unkept(error, "a visit is not paused")
        return replace(resting, trouble=Trouble.UNPAUSED)
    except Busy:
        return replace(resting, trouble=Trouble.UNPAUSED_BUSY)
    except ContentTooLong:
        return replace(resting, trouble=Trouble.TOO_MUCH)
    except VisitIsOver:
        return over(offer, carried) or Ended(offer, carried.language, now=False)


def _end(offer: Offer, carried: Carried, now: datetime) -> Outcome:
    """Delete what was written: with the page goes all there is, and with the drafts what was kept."""
    sure = end_visit(offer.edition, carried)
    return Ended(offer, carried.language, now=True, sure=sure, paused=carried.paper is not None)


CLOSING: Mapping[str, Callable[[Offer, Carried, datetime], Outcome]] = {"pause": _pause, "end": _end}
