"""What holds for every page: headers, the way out, language and direction, banners, and what is never there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from kuule.web.headers import SECURITY_HEADERS
from kuule.web.length_hiding.page_padding import UNCOMPRESSED_STEP
from tests.collector.browser import Shown
from tests.collector.site_for_tests import TestSite, field, start
from tests.study.small_study import SETTINGS, make_edition

Visit = Callable[[TestSite], Shown]


def without_consent(site: TestSite) -> Shown:
    browser = site.begin()
    return browser.press("next", {field(browser, "consent"): "no"})


def deleted(site: TestSite) -> Shown:
    browser = site.pass_gates("ar")
    browser.press("break")
    return browser.press("end")


def on_paper(site: TestSite) -> Shown:
    browser = site.pass_gates("ar")
    browser.press("break")
    return browser.press("pause")


PAGES: dict[str, Visit] = {
    "start": lambda site: site.browser.get("/"),
    "welcome": lambda site: site.browser.get("/ar"),
    "help": lambda site: site.browser.get("/en/help/SE"),
    "privacy": lambda site: site.browser.get("/sv/privacy"),
    "absent": lambda site: site.browser.get("/nothing/here"),
    "multipart": lambda site: site.browser.post_bytes("/en", b"", "multipart/form-data; boundary=x"),
    "question": lambda site: site.pass_gates("ar").shown,
    "end": lambda site: site.answer({}, "ar").shown,
    "review": lambda site: site.review({}, "sv").shown,
    "sent": lambda site: site.answer({"wish": "Less waiting."}).press("send"),
    "stopped": without_consent,
    "aside": lambda site: site.pass_gates().press("help"),
    "break": lambda site: site.pass_gates("sv").press("break"),
    "paused": on_paper,
    "ended": deleted,
    "resume": lambda site: site.browser.post("/ar/resume", [("code", "١٢٣"), ("go", "open")]),
    "withdraw": lambda site: site.browser.get("/en/withdraw"),
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
    assert html.xpath("//meta[@name='google']/@content") == ["notranslate"]
    body = html.find("body")
    assert (body.get("spellcheck"), body.get("writingsuggestions")) == ("false", "false")
    assert shown.headers["x-robots-tag"] == ("noindex, nofollow, noarchive",)
    asking = [form for form in html.forms if form.xpath(".//input[not(@type='hidden')] | .//select | .//textarea")]
    assert {form.get("autocomplete") for form in asking} <= {"off"}
    writing = [form for form in asking if form.xpath(".//input[@type='text'] | .//textarea")]
    assert {form.get("autocorrect") for form in writing} <= {"off"}


def test_every_page_has_one_heading_and_a_discreet_title(shown: Shown) -> None:
    assert len(shown.page.xpath("//h1")) == 1
    assert shown.page.findtext(".//title") in {"A survey", "sv: A survey", "ar: A survey"}


def test_nothing_is_there_for_a_preview_of_a_link_but_the_title(shown: Shown) -> None:
    named = {meta.get("name") or meta.get("property") or "charset" for meta in shown.page.iter("meta")}
    assert named == {"charset", "viewport", "google", "color-scheme", "format-detection"}
    assert shown.page.xpath("//*[@itemprop] | //link[not(@rel='stylesheet')]") == []


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


STORED = {
    "en": "Your browser may keep one file of this site: its colours and letter sizes",
    "sv": "Din webbläsare kan spara en fil från den här webbplatsen: färger och textstorlekar",
    "ar": "قد يحتفظ متصفحك بملف واحد من هذا الموقع: ألوانه وأحجام حروفه",
}


@pytest.mark.parametrize("tag", sorted(STORED))
def test_browser_keeps_the_style_sheet_alone_and_that_is_said(site: TestSite, tag: str) -> None:
    page = site.browser.get(f"/{tag}")
    sheet = site.browser.get(page.page.xpath("//link[@rel='stylesheet']/@href")[0])
    assert sheet.headers["content-type"] == ("text/css; charset=utf-8",)
    assert sheet.headers["cache-control"] == ("private, max-age=86400",)
    assert page.headers["cache-control"] == ("no-store",)
    assert STORED[tag] in site.browser.get(f"/{tag}/privacy").words


@pytest.mark.parametrize(("accepted", "coded"), [("gzip, deflate, br", ("gzip",)), ("identity", None)])
def test_every_page_says_how_it_is_coded_and_how_long_it_is(
    site: TestSite, accepted: str, coded: tuple[str] | None
) -> None:
    site.browser.accepts = accepted
    for name, visit in PAGES.items():
        shown = visit(site)
        assert shown.headers.get("content-encoding") == coded, name
        assert shown.headers["content-length"] == (str(shown.size),), name


def test_length_of_a_page_tells_nothing_of_the_answers(site: TestSite) -> None:
    reviews = [{}, {"wish": "word " * 200}, {"way": "go_on", "place": ["home", "school"]}, {"way": "pass"}]
    lengths = [len(site.review(answers).shown.body) for answers in reviews]
    refused = [len(PAGES[name](site).body) for name in ("stopped", "sent", "question", "aside", "absent")]
    # The page to read through has room for all that can be answered, and so a size of its own.
    assert (set(lengths), set(refused)) == ({2 * UNCOMPRESSED_STEP}, {UNCOMPRESSED_STEP})


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
    said = ("groups of at least 30 people", "A number under 10", "“not shown”", "a day (up to 25 hours)")
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


MARKS_OF_LARGE_BANNERS = "//header[@class='arriving']"


def test_banners_are_large_where_somebody_arrives_and_quiet_after_that(site: TestSite) -> None:
    arriving = [site.browser.get(address).page.xpath(MARKS_OF_LARGE_BANNERS) for address in ("/", "/sv")]
    after = [PAGES[name](site).page.xpath(MARKS_OF_LARGE_BANNERS) for name in ("question", "help", "review", "sent")]
    assert ([len(found) for found in arriving], after) == ([1, 1], [[], [], [], []])


LEAVING = {
    "en": ("A survey", "press Ctrl and H", "An empty history can be noticed too."),
    "sv": ("sv: A survey", "tryck på Ctrl och H", "Även en tom historik kan märkas."),
    "ar": ("ar: A survey", "Ctrl و H", "السجل الفارغ قد يلفت النظر أيضًا."),
}


@pytest.mark.parametrize("tag", sorted(LEAVING))
def test_what_leaving_leaves_behind_is_said_with_the_way_to_clear_it(site: TestSite, tag: str) -> None:
    welcome = site.browser.get(f"/{tag}").page
    assert len(welcome.xpath(f"//a[@href='/{tag}/privacy#leaving']")) == 1
    outside = site.browser.get(f"/{tag}/privacy")
    inside = site.pass_gates(tag).press("privacy")
    for shown in (outside, inside):
        assert len(shown.page.xpath("//h2[@id='leaving']")) == 1
        assert [said for said in LEAVING[tag] if said not in shown.words] == []


def test_study_can_show_its_title_in_the_tab_and_let_browsers_translate(tmp_path: Path) -> None:
    make_edition(tmp_path, settings=f"discreet = false\ntranslate = true\n{SETTINGS}")
    site = start(tmp_path / "edition", tmp_path)
    for shown in (site.browser.get("/sv"), site.pass_gates("sv").shown):
        html = shown.page
        assert html.findtext(".//title") == "sv: A small study"
        assert (html.get("translate"), html.get("class")) == (None, None)
        assert html.xpath("//meta[@name='google']") == []
    assert "kan det som står på dem gå till webbläsarens tillverkare" in site.browser.get("/sv/privacy").words
    connections.close_all()


def test_nothing_is_said_of_translating_where_it_is_not_let(site: TestSite) -> None:
    assert "translate these pages" not in site.browser.get("/en/privacy").words


def test_unchecked_help_is_shown_with_drafts_and_marked(site: TestSite) -> None:
    shown = site.browser.get("/en/help?country=SE")
    services = shown.page.xpath("//ul[@class='services']/li")
    assert len(services) > 0
    assert shown.words.count("Nobody has called to check them yet.") == 1


def test_help_for_a_country_that_does_not_exist_offers_the_list(site: TestSite) -> None:
    shown = site.browser.get("/en/help?country=<script>")
    assert shown.status == 200
    assert shown.page.xpath("//option[@selected]") == []


def test_welcome_says_that_one_can_stop_and_promises_no_number(site: TestSite) -> None:
    words = site.browser.get("/en").words
    assert "Stop any time." in words
    assert re.findall(r"[0-9]+ questions", words) == []


def test_welcome_says_all_before_its_button_in_150_words_at_most(voice: TestSite) -> None:
    """Who asks, for whom, how long, what is promised, help; the rest is folded behind it."""
    page = voice.browser.get("/en").page
    (opening,) = page.find_class("opening")
    words = opening.text_content().split()
    assert len(words) <= 150
    said = " ".join(words)
    wanted = ("adults who lived through", "run by", "minutes, or", "Stop any time", "No answer is kept", "“Find help”")
    assert [one for one in wanted if one not in said] == []
    assert words[-1] == "Begin"
    assert len(page.xpath("//main/details[not(@open)]")) == 3


def test_heading_of_the_first_page_names_no_subject(voice: TestSite) -> None:
    assert voice.browser.get("/en").heading == "Our Voice"


def test_heading_of_a_discreet_study_without_a_name_is_that_of_the_tab(site: TestSite) -> None:
    shown = site.browser.get("/en")
    assert shown.heading == "A survey"
    assert "A small study This survey is run by" in shown.words


def test_icon_is_nothing(site: TestSite) -> None:
    icon = site.browser.get("/favicon.ico")
    assert (icon.status, icon.body, icon.headers["cache-control"]) == (204, b"", ("no-store",))
    assert site.browser.get("/en").page.xpath("//link[contains(@rel, 'icon')]") == []
