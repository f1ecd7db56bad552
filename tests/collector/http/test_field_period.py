"""A survey before its first day, in a soft launch, closed while somebody is in the middle, and over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from kuule.opening.private_key import PrivateKey
from kuule.study.settings.field_phase import FieldOrder, StandingOrder
from tests.collector.browser import Browser
from tests.collector.codes_on_pages import WORDS, another, paused, resume, send, sent, to_wish, withdraw
from tests.collector.site_for_tests import NOON, TestSite, field, start
from tests.collector.standing_orders import give_order, order_closing
from tests.study.small_study import SETTINGS, make_edition

COMING_BACK = "\n[coming_back]\npause_days = 14\nwithdraw_until = 2028-06-30\n"
AFTER = '\n[after]\nresults_at = "https://results.example.org/"\n'
SOFT = '\n[links.partners]\nk7 = "A partner"\n[field_period.soft_launch]\nlanguages = ["sv"]\nlinks = ["k7"]\n'
LATER = "\n[field_period]\nopens = 2026-11-26\ncloses = 2026-11-30\n"


def frozen(factory: pytest.TempPathFactory, more: str) -> Path:
    folder = factory.mktemp("field")
    make_edition(folder, settings=SETTINGS + more)
    return folder / "edition"


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return frozen(tmp_path_factory, COMING_BACK + AFTER)


@pytest.fixture
def site(lasting: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(lasting, tmp_path)
    connections.close_all()


OVER = "This survey has ended"
EARLY = "Not open yet"
BANNER = "This survey has closed. You can still finish and send what you began, until {}."


def test_no_visit_begins_once_it_has_closed_whatever_the_address(site: TestSite) -> None:
    browser = site.browser
    browser.get("/en")
    order_closing()
    assert browser.press("next").heading == OVER
    for address in ("/en", "/k7/en"):
        shown = browser.get(address)
        assert (shown.status, shown.heading, shown.page.forms) == (200, OVER, [])
    assert browser.get("/sv").page.forms == []
    links = browser.get("/en").page.xpath("//main//a/@href")
    assert links == ["/en/help", "/en/resume", "/en/withdraw", "#new-page"][: len(links)]
    assert "results.example.org" not in browser.shown.words, "a practice site names no results"
    assert site.kept() == []


def test_form_that_is_no_visit_begins_none(site: TestSite) -> None:
    order_closing()
    site.clock.now = NOON + timedelta(days=40)
    for fields in ([("go", "next")], [("go", "next"), ("token", "made up"), ("page", "made up")]):
        assert site.browser.post("/en", fields).heading == OVER


def test_whoever_is_in_the_middle_is_told_the_day_and_may_send(site: TestSite) -> None:
    browser = to_wish(site)
    order_closing()
    banner = browser.press("next", {field(browser, "wish"): WORDS}).page.xpath("string(//p[@class='banner'])")
    assert banner == "This survey has closed. You can still finish and send what you began, until 26 November 2026."
    send(browser)
    assert len(site.kept()) == 1


def test_page_that_came_too_late_shows_what_was_written_and_sends_nothing(site: TestSite) -> None:
    browser = to_wish(site)
    order_closing()
    for waited in range(4):  # somebody who reads for days
        site.clock.now = NOON + timedelta(hours=20 * waited)
        browser.press("help")
        browser.press("return")
    site.clock.now = NOON + timedelta(days=3, hours=1)
    shown = browser.press("next", {field(browser, "wish"): WORDS})
    assert (shown.heading, shown.page.forms, site.kept()) == (OVER, [], [])
    assert "What you began here wasn’t sent, and nobody can read it." in shown.words
    assert shown.page.xpath("//p[@class='rescued']/text()") == [WORDS]


def test_whoever_comes_too_late_can_still_end_the_visit(site: TestSite) -> None:
    browser = to_wish(site)
    browser.press("break")
    order_closing(finish_days=1)
    site.clock.now = NOON + timedelta(hours=23)
    browser.press("return")
    site.clock.now = NOON + timedelta(hours=45)
    browser.press("break")
    site.clock.now = NOON + timedelta(days=2, hours=12)
    assert browser.press("end").heading != OVER


def test_visit_that_was_sent_is_said_to_be_sent_however_late(site: TestSite) -> None:
    browser = to_wish(site)
    early = browser.shown
    send(browser)
    order_closing(finish_days=1)
    site.clock.now = NOON + timedelta(days=100)
    browser.shown = early
    assert browser.press("next").heading != OVER
    assert len(site.kept()) == 1


def test_paused_visit_is_finished_until_the_day_that_was_promised(site: TestSite) -> None:
    code = paused(to_wish(site))
    order_closing(finish_days=1)
    site.clock.now = NOON + timedelta(days=14)
    browser = resume(another(site), code)
    browser.press("break")
    assert "pause" not in browser.buttons, "nothing more is promised"
    browser.press("return")
    send(browser)
    assert len(site.kept()) == 1


def test_pressing_pause_after_the_closing_stores_nothing(site: TestSite) -> None:
    browser = to_wish(site)
    browser.press("break")
    order_closing()
    browser.press("pause")
    assert browser.shown.page.xpath("//p[contains(@class, 'twenty')]") == []
    assert "return" in browser.buttons


def test_answers_are_taken_back_from_a_survey_that_is_over(site: TestSite) -> None:
    code = sent(site)
    order_closing(finish_days=1)
    site.clock.now = NOON + timedelta(days=100)
    withdraw(another(site), code)
    assert site.kept() == []


def test_visit_that_was_paused_and_not_finished_in_time_is_over(site: TestSite) -> None:
    code = paused(to_wish(site))
    order_closing(finish_days=1)
    site.clock.now = NOON + timedelta(days=100)
    assert site.browser.get("/en").heading == OVER
    assert "/en/resume" not in site.browser.shown.page.xpath("//main//a/@href")
    resume(another(site), code)
    assert site.kept() == []


def test_help_and_what_is_kept_are_told_after_the_end(site: TestSite) -> None:
    order_closing()
    site.clock.now = NOON + timedelta(days=100)
    for address in ("/en/help", "/en/help/FI", "/sv/help", "/en/privacy", "/en/withdraw"):
        assert site.browser.get(address).status == 200


def test_results_are_named_where_they_are(
    lasting: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    folder = tmp_path_factory.mktemp("real")
    key = PrivateKey.generate(bytes(range(32, 64)), rehearsal=False)
    make_edition(folder, settings=SETTINGS + COMING_BACK + AFTER, key=key)
    site = start(folder / "edition", tmp_path, rehearsal=False)
    order_closing()
    assert "results.example.org" in site.browser.get("/en").words
    connections.close_all()


def test_survey_that_is_opened_again_takes_visits(site: TestSite) -> None:
    order_closing()
    give_order(StandingOrder(FieldOrder.OPEN))
    assert "next" in site.begin().buttons


def test_before_its_first_day_it_says_the_day(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    site = start(frozen(tmp_path_factory, LATER), tmp_path)
    shown = site.browser.get("/en")
    assert shown.heading == EARLY
    assert "It opens on 26 November 2026." in shown.words
    site.clock.now = NOON + timedelta(days=1)
    assert "You can begin until 30 November 2026." in site.browser.get("/en").words
    assert "next" in site.browser.buttons
    connections.close_all()


def test_soft_launch_takes_its_languages_and_its_links_and_then_everybody(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    site = start(frozen(tmp_path_factory, SOFT), tmp_path)
    browser = site.browser
    assert browser.get("/").page.xpath("//main//a/@hreflang") == ["sv"]
    assert browser.get("/en").heading == EARLY
    assert browser.post("/en", [("go", "next")]).heading == EARLY
    for address in ("/sv", "/k7/en"):
        browser.get(address)
        browser.press("next")
        assert field(browser, "consent")
    give_order(StandingOrder(launched=True))
    assert sorted(browser.get("/").page.xpath("//main//a/@hreflang")) == ["ar", "en", "sv"]
    assert "next" in site.begin().buttons
    connections.close_all()


def test_page_that_others_saw_before_the_closing_tells_everybody_their_own_day(site: TestSite) -> None:
    """What a worker keeps of a page is not what it said to somebody else."""
    early, other = to_wish(site), another(site)
    resume(other, paused(to_wish(TestSite(another(site), site.edition, site.clock, site.folder))))
    assert [_banner(early), _banner(other)] == ["", ""]
    order_closing()
    assert [_banner(early), _banner(other)] == [BANNER.format("26 November 2026"), BANNER.format("15 December 2026")]
    give_order(StandingOrder(FieldOrder.OPEN))
    assert [_banner(early), _banner(other)] == ["", ""]


def _banner(browser: Browser) -> str:
    """What stands above the questions, for somebody who looks away and returns to the same page."""
    browser.press("privacy")
    return str(browser.press("return").page.xpath("string(//p[@class='banner'])"))
