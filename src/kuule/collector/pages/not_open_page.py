"""The page of a survey that takes no answers yet, or no more: who helps, what can still be done, where results are."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from kuule.collector.pages.page_frame import frame_for, render_in_frame
from kuule.collector.pages.page_sizes import padded_page
from kuule.collector.pages.sent_content import sent_content
from kuule.collector.session.outcome import NotOpen
from kuule.languages.cldr.locale_formats import format_day


def not_open_page(outcome: NotOpen, now: datetime, *, link: str = "") -> HttpResponse:
    """The page in the language of the outcome. Whoever paused may come back for as long as they were promised."""
    served, status = outcome.served, outcome.status
    language = served.languages[outcome.language]
    results = sent_content(served, language, now.date())
    page = render_in_frame(
        "not_open",
        frame_for(served, language, link),
        over=status.has_closed,
        begun=outcome.was_begun,
        opens=format_day(status.opens.isoformat(), outcome.language) if status.opens else "",
        texts=outcome.unsent_texts,
        others=len(served.languages) > 1 and not outcome.was_begun,
        resuming=served.can_be_paused and status.has_closed and status.lets_finish(paused=True),
        taking_back=served.edition.study.coming_back.accepts_withdrawals(now),
        **results,
    )
    return padded_page(served, page)
