"""The sentences of the promise on coming back: what pausing keeps, what taking back does, and what neither can do."""

from __future__ import annotations

from kuule.collector.offer.editions import ServedEdition, ServedLanguage
from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.numbers import format_number


def pausing_sentences(offer: ServedEdition, tongue: ServedLanguage) -> tuple[str, ...]:
    """Before anything is sent: what is kept of a pause, and what stays of a visit that was ended."""
    say, days = tongue.interface.say, offer.edition.study.coming_back.pause_days
    ended = say("promise_ended")
    return (say("promise_pause", days=format_number(days, tongue.language.tag)), ended) if days else (ended,)


def withdrawal_sentences(offer: ServedEdition, tongue: ServedLanguage) -> tuple[str, ...]:
    """After sending: until when an answer can be taken back, and how far that reaches."""
    until = offer.edition.study.coming_back.withdraw_until
    if until is None:
        return ()
    return (tongue.interface.say("promise_withdraw", date=format_day(until.isoformat(), tongue.language.tag)),)


def code_limit_sentences(offer: ServedEdition, tongue: ServedLanguage) -> tuple[str, ...]:
    """The limits of both; where nothing can be taken back, that."""
    say, coming_back = tongue.interface.say, offer.edition.study.coming_back
    back = say("promise_limit_withdraw" if coming_back.withdraw_until else "promise_limit_back")
    return (back, say("promise_limit_code")) if coming_back.pause_days else (back,)
