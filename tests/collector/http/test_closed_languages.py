"""A language that may not open leaves the others open, and is kind and true to who comes for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from kuule.collector.http.collector_site import start_site
from kuule.collector.server.collector_server import check_can_serve
from kuule.languages.workflow.states import State
from tests.collector.browser import Browser
from tests.collector.codes_on_pages import COMING_BACK
from tests.collector.server.servers import options
from tests.collector.site_for_tests import TestSite, field, start
from tests.study.small_study import HELP, SETTINGS, checked_help, make_edition

LINKS = '\n[links.partners]\nk7 = "A partner"\n'
LANGUAGES = {"sv": State.REVIEWED, "ar": State.REVIEWED}


def frozen(folder: Path, *, words: dict[str, State], settings: str = "") -> Path:
    support = checked_help(datetime.now(UTC).date())
    made = SETTINGS + COMING_BACK + LINKS + HELP + settings
    make_edition(folder, settings=made, languages=LANGUAGES, words=words, support=support)
    return folder / "edition"


@pytest.fixture(scope="session")
def half_open(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """English and Swedish may open; in Arabic nobody has reviewed Kuule's own words."""
    return frozen(tmp_path_factory.mktemp("half-open"), words={"sv": State.REVIEWED})


@pytest.fixture
def site(half_open: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(half_open, tmp_path, drafts=False)
    connections.close_all()


def test_open_languages_are_served_and_why_another_is_shut_is_said(half_open: Path, tmp_path: Path) -> None:
    said = check_can_serve(options(half_open, folder=tmp_path, drafts=False)).messages
    assert len(said) == 1
    assert said[0].startswith("ar may not open yet: of Kuule's own ")
    assert check_can_serve(options(half_open, folder=tmp_path, drafts=True)).messages == ()


def test_language_that_the_last_edition_opens_is_not_said_to_be_shut(half_open: Path, tmp_path: Path) -> None:
    """An earlier edition is served beside it, for its visits to end on: it told the operator that an open language
    "may not open yet"."""
    opened = frozen(tmp_path / "opened", words=LANGUAGES)
    both = options(half_open, opened, folder=tmp_path, drafts=False)
    assert check_can_serve(both).messages == ()
    [shut] = check_can_serve(options(opened, half_open, folder=tmp_path, drafts=False)).messages
    assert shut.startswith("ar may not open yet: of Kuule's own ")


def test_first_page_has_the_open_languages_alone(site: TestSite) -> None:
    shown = site.browser.get("/", HTTP_ACCEPT_LANGUAGE="ar")
    assert [link.get("hreflang") for link in shown.page.xpath("//a[@hreflang]")] == ["en", "sv"]
    assert site.browser.get("/sv").status == 200
    site.answer({"years": "3"}, "sv").press("send")
    assert [record.language for record in site.kept()] == ["sv"]


@pytest.mark.parametrize("rest", ["", "/help", "/help/SE", "/privacy", "/resume", "/withdraw"])
def test_address_of_a_shut_language_leads_to_the_same_page_in_open_ones(site: TestSite, rest: str) -> None:
    shown = site.browser.get(f"/ar{rest}", HTTP_ACCEPT_LANGUAGE="sv")
    assert (shown.status, shown.heading) == (404, "Välj språk")
    assert "Enkäten är inte klar på det språket än." in shown.words
    ways = [link.get("href") for link in shown.page.xpath("//a[@hreflang]")]
    assert ways == [f"/sv{rest}", f"/en{rest}"]
    assert [site.browser.get(way).status for way in ways] == [200, 200]


def test_link_of_a_partner_keeps_its_code_on_the_way_to_an_open_language(site: TestSite) -> None:
    assert site.browser.get("/k7").status == 200
    shown = site.browser.get("/k7/ar", HTTP_ACCEPT_LANGUAGE="ar")
    assert "The survey isn’t ready in that language yet." in shown.words
    assert [link.get("href") for link in shown.page.xpath("//a[@hreflang]")] == ["/k7/en", "/k7/sv"]


def test_address_that_no_language_has_leads_to_the_first_pages(site: TestSite) -> None:
    shown = site.browser.get("/ar/nothing/here")
    assert [link.get("href") for link in shown.page.xpath("//a[@hreflang]")] == ["/en", "/sv"]
    assert site.browser.get("/fi").heading == "There’s nothing at this address"


def test_visit_cannot_begin_in_a_shut_language(site: TestSite) -> None:
    assert site.browser.post("/ar", [("go", "next")]).status == 404
    assert site.kept() == []


def test_visit_of_a_language_that_was_shut_since_goes_on_with_all_its_answers(half_open: Path, tmp_path: Path) -> None:
    """The check of its services grew old, say, and the collector was started again without its drafts."""
    open_site = start(half_open, tmp_path)
    browser = open_site.pass_gates("ar")
    browser.press("next", {field(browser, "age_band"): "18_to_34"})
    start_site(options(half_open, folder=tmp_path, drafts=False, secret=tmp_path / "token-secret"), open_site.clock)
    browser.press("next", {field(browser, "years"): "7"})
    assert browser.shown.page.get("lang") == "en"
    while "send" not in browser.buttons:
        browser.press("next")
    browser.press("send")
    [record] = open_site.kept()
    assert (record.language, record.answers["/data/about/page_about/age_band"]) == ("en", "18_to_34")
    assert record.answers["/data/about/page_years/years"] == "7"
    connections.close_all()


def test_visit_goes_on_in_the_edition_in_which_its_language_was_open(tmp_path: Path) -> None:
    both = dict.fromkeys(("sv", "ar"), State.REVIEWED)
    older = frozen(tmp_path / "older", words=both)
    newer = frozen(tmp_path / "newer", words={"sv": State.REVIEWED})
    site = start(older, tmp_path, drafts=False)
    browser = site.pass_gates("ar")
    start_site(options(older, newer, folder=tmp_path, drafts=False, secret=tmp_path / "token-secret"), site.clock)
    browser.press("next", {field(browser, "age_band"): "18_to_34"})
    assert browser.shown.page.get("lang") == "ar"
    assert Browser(browser.application).get("/ar").status == 404
    connections.close_all()
