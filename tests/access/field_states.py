"""How one comes to the pages of a survey that is not open: before its first day, closed, and over; and to those that
stay as files when it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from kuule.collector.http.collector_site import current_conversation
from kuule.collector.pages.ended_pages import EndedStudy, ended_pages
from kuule.collector.pages.not_open_page import not_open_page
from kuule.collector.served.closed_study import closed_study_of
from kuule.collector.session.outcome import NotOpen
from kuule.study.settings.field_phase import FieldPhase, FieldStatus, StandingOrder
from tests.collector.browser import Browser, Shown
from tests.collector.site_for_tests import NOON, TestSite, field
from tests.collector.standing_orders import FINISH_DAYS, give_order, order_closing


@contextmanager
def closed_by_order() -> Iterator[None]:
    """As an operator closes a survey; afterwards it is as if nothing had been ordered."""
    order_closing()
    try:
        yield
    finally:
        give_order(StandingOrder())


def not_open_yet(site: TestSite, tag: str) -> Shown:
    """Who comes before the first day is told which day it is."""
    early = FieldStatus(FieldPhase.BEFORE, opens=date(2027, 2, 1))
    page = not_open_page(NotOpen(current_conversation().editions.current, tag, early), NOON)
    return Shown(page.status_code, site.browser.get(f"/{tag}").headers, page.content)


def over(site: TestSite, tag: str) -> Shown:
    """Who comes after the last day, in a study where a pause or a withdrawal may still be possible."""
    with closed_by_order():
        return site.browser.get(f"/{tag}")


def over_with_words(browser: Browser, site: TestSite) -> Shown:
    """A page that comes too late, from the page of the question `wish`: what was written on it can be copied."""
    with closed_by_order():
        for waited in range(4):  # somebody who reads for days
            site.clock.now = NOON + timedelta(hours=20 * waited)
            browser.press("help")
            browser.press("return")
        site.clock.now = NOON + timedelta(days=FINISH_DAYS + 1, hours=1)
        return browser.press("next", {field(browser, "wish"): "Words that took long to write.\nA second line."})


def closing(browser: Browser) -> Shown:
    """Somebody in the middle is told until when they may finish."""
    with closed_by_order():
        return browser.press("next")


def as_file(site: TestSite, tag: str, address: str) -> Shown:
    """A page of the files that stay at the address of a survey that has ended: "" for its first, or "/help"."""
    results = "https://example.org/results"
    page = ended_pages(EndedStudy(closed_study_of(site.edition), NOON.date(), results))[f"{tag}{address}"]
    return Shown(200, site.browser.get(f"/{tag}").headers, page.encode())
