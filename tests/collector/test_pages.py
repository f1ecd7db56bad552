"""What holds for every page: headers, the way out, language and direction, banners, and what is never there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kuule.web.headers import PAGE_STEP, SECURITY_HEADERS
from tests.collector.browser import Shown
from tests.collector.site_for_tests import TestSite, field

Visit = Callable[[TestSite], Shown]


def without_consent(site: TestSite) -> Shown:
    browser = site.begin()
    return browser.press("next", {field(browser, "consent"): "no"})


PAGES: dict[str, Visit] = {
    "start": lambda site: site.browser.get("/"),
    "welcome": lambda site: site.browser.get("/ar"),
    "help": lambda site: site.browser.get("/en/help/SE"),
    "privacy": lambda site: site.browser.get("/sv/privacy"),
    "absent": lambda site: site.browser.get("/nothing/here"),
    "multipart": lambda site: site.browser.post_bytes("/en", b"", "multipart/form-data; boundary=x"),
    "question": lambda site: site.pass_gates("ar").shown,
    "review": lambda site: site.answer({}, "sv").shown,
    "sent": lambda site: site.answer({"wish": "Less waiting."}).press("send"),
    "stopped": without_consent,
    "aside": lambda site: site.pass_gates().press("help"),
}


@pytest.fixture(params=sorted(PAGES))
def shown(request: pytest.FixtureRequest, site: TestSite) -> Shown:
    return PAGES[request.param](site)


def test_every_page_has_the_security_headers_once(shown: Shown) -> None:
    assert {name: shown.headers.get(name.lower()) for name in SECURITY_HEADERS} == {
        name: (value,) for name, value in SECURITY_HEADERS.items()
    }


def test_every_page_sets_no_cookie_and_names_no_time(shown: Shown) -> None:
    assert set(shown.headers) & {"set-cookie", "last-modified", "etag", "expires", "vary", "location"} == set()


def test_leaving_is_first_in_reading_order_and_leads_straight_away(shown: Shown) -> None:
    first = shown.page.xpath("//body//*[self::a or self::button or self::input[not(@type='hidden')]]")[0]
    assert (first.get("class"), first.get("rel")) == ("leave", "noreferrer nofollow")
    assert first.get("href").startswith("https://")


def test_every_page_says_its_language_and_asks_to_be_left_alone(shown: Shown) -> None:
    html = shown.page
    assert html.get("dir") == ("rtl" if html.get("lang") == "ar" else "ltr")
    assert html.get("translate") == "no"
    assert html.find("body").get("spellcheck") == "false"
    assert html.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow, noarchive"]
    asking = [form for form in html.forms if form.xpath(".//input[not(@type='hidden')] | .//select | .//textarea")]
    assert {form.get("autocomplete") for form in asking} <= {"off"}


def test_every_page_has_one_heading_and_a_discreet_title(shown: Shown) -> None:
    assert len(shown.page.xpath("//h1")) == 1
    assert shown.page.findtext(".//title") in {"A survey", "sv: A survey", "ar: A survey"}


def test_every_page_asks_for_nothing_but_the_style_sheet(shown: Shown) -> None:
    html = shown.page
    assert html.xpath("//script | //style | //img | //iframe | //object | //video | //audio | //@style | //svg") == []
    assert [link.get("href") for link in html.xpath("//link[@rel='stylesheet']")] == [
        address for address in html.xpath("//link/@href") if address.startswith("/style-")
    ]
    assert [name for element in html.iter("*") for name in element.attrib if name.startswith("on")] == []


def test_every_page_says_that_it_is_practice_and_who_made_its_words(shown: Shown) -> None:
    banners = [banner.get("class") for banner in shown.page.find_class("banner")]
    draft = [] if shown.page.get("lang") == "en" else ["banner draft"]
    assert banners == ["banner practice", *draft]


def test_labels_belong_to_their_fields(shown: Shown) -> None:
    html = shown.page
    ids = html.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = [*html.xpath("//label/@for"), *(part for ids in html.xpath("//@aria-describedby") for part in ids.split())]
    assert set(named) - set(ids) == set()
    unnamed = html.xpath(
        "//*[self::input[not(@type='hidden')] or self::select or self::textarea]"
        "[not(ancestor::label) and not(@id = //label/@for)]"
    )
    assert unnamed == []


def test_first_page_puts_the_language_of_the_browser_first(site: TestSite) -> None:
    shown = site.browser.get("/", HTTP_ACCEPT_LANGUAGE="fi;q=0.9, sv-FI;q=0.8, en;q=0.5")
    assert shown.page.xpath("//ul/li/a/@hreflang") == ["sv", "en", "ar"]
    assert shown.page.xpath("//ul/li/a/@dir") == ["ltr", "ltr", "rtl"]


@pytest.mark.parametrize("header", ["", "*", ";;;,,,", "sv;q=x", "a" * 10_000, "xx-YY"])
def test_first_page_with_no_known_wish_has_the_order_of_the_study(site: TestSite, header: str) -> None:
    shown = site.browser.get("/", HTTP_ACCEPT_LANGUAGE=header)
    assert shown.page.xpath("//ul/li/a/@hreflang") == ["en", "sv", "ar"]


def test_browser_keeps_nothing(site: TestSite) -> None:
    """Not the style sheet either: in a cache it would outlive the history."""
    page = site.browser.get("/")
    sheet = site.browser.get(page.page.xpath("//link[@rel='stylesheet']/@href")[0])
    assert sheet.headers["content-type"] == ("text/css; charset=utf-8",)
    assert [one.headers["cache-control"] for one in (page, sheet)] == [("no-store",)] * 2


def test_length_of_a_page_tells_nothing_of_the_answers(site: TestSite) -> None:
    reviews = [{}, {"wish": "word " * 200}, {"way": "go_on", "place": ["home", "school"]}, {"way": "pass"}]
    lengths = [len(site.answer(answers).shown.body) for answers in reviews]
    refused = [len(PAGES[name](site).body) for name in ("stopped", "sent", "question", "aside", "absent")]
    assert {*lengths, *refused} == {PAGE_STEP}


def test_enter_goes_on(site: TestSite) -> None:
    """The first button of a form is the one that the Enter key presses."""
    assert site.pass_gates().buttons[0] == "next"


def test_first_visit_is_small(site: TestSite) -> None:
    page = site.browser.get("/en")
    sheet = site.browser.get(page.page.xpath("//link[@rel='stylesheet']/@href")[0])
    assert len(page.body) + len(sheet.body) < 40_000


def test_promise_says_the_settings_in_force(site: TestSite) -> None:
    words = site.browser.get("/en/privacy").words
    assert site.edition.key.fingerprint in words
    said = ("groups of at least 30 people", "a number is under 10", "“not shown”", "a day (up to 25 hours)")
    assert [one for one in said if one not in words] == []


PRACTICE = {
    "en": "Practice, not real answers.",
    "sv": "Övning, inte riktiga svar.",
    "ar": "تدريب، وليست إجابات حقيقية.",
}


@pytest.mark.parametrize("tag", sorted(PRACTICE))
def test_banner_says_that_practice_is_no_real_answer(site: TestSite, tag: str) -> None:
    for address in (f"/{tag}", f"/{tag}/help", f"/{tag}/privacy"):
        assert site.browser.get(address).page.find_class("practice")[0].text_content() == PRACTICE[tag]


def test_unchecked_help_is_shown_with_drafts_and_marked(site: TestSite) -> None:
    shown = site.browser.get("/en/help?country=SE")
    services = shown.page.xpath("//ul[@class='services']/li")
    marked = [service for service in services if "not yet checked by a person" in service.text_content()]
    assert len(services) == len(marked) > 0


def test_help_for_a_country_that_does_not_exist_offers_the_list(site: TestSite) -> None:
    shown = site.browser.get("/en/help?country=<script>")
    assert shown.status == 200
    assert shown.page.xpath("//option[@selected]") == []


def test_welcome_says_that_one_can_stop_and_promises_no_number(site: TestSite) -> None:
    words = site.browser.get("/en").words
    assert "Stop whenever you like." in words
    assert re.findall(r"[0-9]+ questions", words) == []


def test_icon_is_nothing(site: TestSite) -> None:
    icon = site.browser.get("/favicon.ico")
    assert (icon.status, icon.body, icon.headers["cache-control"]) == (204, b"", ("no-store",))
    assert site.browser.get("/en").page.xpath("//link[contains(@rel, 'icon')]") == []
