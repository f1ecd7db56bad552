"""The page that a partner publishes: whole by itself, and what a site says stays text on it."""

from __future__ import annotations

import lxml.html

from kuule.verification.site_findings import SiteFinding, SiteState
from kuule.verification.site_verification import Verification
from kuule.verification.verification_page import CANNOT_TELL, verification_page
from tests.verification.watched_site import NOON

DIGITS = "01218 40165 53676 04353 18358 81700"


def shown(*findings: SiteFinding, fingerprint: str = DIGITS) -> lxml.html.HtmlElement:
    seen = Verification(
        "https://survey.example.org", NOON, True, "43c510b3", fingerprint, ("en",), findings, (), 11
    )  # fmt: skip
    return lxml.html.document_fromstring(verification_page(seen))


def rows(page: lxml.html.HtmlElement) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]


def test_page_says_the_day_what_was_seen_and_what_it_cannot_tell() -> None:
    page = shown(SiteFinding("cookies", SiteState.OK, "none"), SiteFinding("tls", SiteState.WARNING, "12 more days"))
    assert page.findtext(".//h1") == "What https://survey.example.org showed on 28 November 2026"
    assert rows(page) == [["Cookies", "as it should be", "none"], ["Encryption", "look at this", "12 more days"]]
    assert [one.text_content() for one in page.xpath("//li")] == list(CANNOT_TELL)
    assert [one.text_content() for one in page.xpath("//code")][:2] == ["43c510b3", DIGITS]
    lead = page.xpath("//p[@class='lead']")[0].text_content()
    assert lead == "Of 2 things looked at, nothing is wrong, and 1 should be known."


def test_page_loads_nothing_and_what_a_site_says_is_text() -> None:
    page = shown(SiteFinding("script", SiteState.WRONG, "<script src=//e.example>"), fingerprint="")
    assert rows(page) == [["Things that run", "wrong", "<script src=//e.example>"]]
    assert page.xpath("//script | //@src | //link | //@href | //form | //img") == []
    assert page.xpath("//p[@class='lead']/text()") == ["Of 1 thing looked at, 1 is wrong."]
