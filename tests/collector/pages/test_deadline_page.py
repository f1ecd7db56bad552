from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connections

from kuule.collector.http.collector_site import current_conversation
from kuule.collector.pages import deadline_page
from kuule.limitation.deadline_words import deadline_words
from kuule.web.headers import SECURITY_HEADERS
from tests.collector.browser import Shown
from tests.collector.register_for_tests import make_following_edition
from tests.collector.site_for_tests import TestSite, start

ASKED = [("country", "SE"), ("born", "1990"), ("first", "2000"), ("last", ""), ("kind", "other  ")]
TITLE = "Until when can I report?"


@pytest.fixture(scope="module")
def following_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("following")
    make_following_edition(folder)
    return folder / "edition"


@pytest.fixture
def following(following_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(following_folder, tmp_path)
    connections.close_all()


def ask(site: TestSite, **changes: str) -> Shown:
    fields = {**dict(ASKED), **changes}
    return site.browser.post("/en/until", [*fields.items()])


def headings(shown: Shown) -> list[str]:
    return [" ".join(one.text_content().split()) for one in shown.page.xpath("//h2 | //h3")]


def test_help_leads_to_the_page_outside_a_visit(following: TestSite) -> None:
    shown = following.browser.get("/en/help")

    assert shown.page.xpath(f"//a[text()='{TITLE}']/@href") == ["/en/until"]
    assert following.browser.get("/en/until").heading == TITLE


def test_page_asks_without_saying_what_is_missing(following: TestSite) -> None:
    shown = following.browser.get("/en/until")

    assert shown.page.find_class("unfit") == []
    assert shown.page.xpath("//select/option/@value") == ["  ", "BG", "FI", "SE"]
    assert shown.page.xpath("//form/@method") == ["post"]
    assert shown.page.xpath("//input[@name='kind'][@checked]/@value") == ["unknown"]


def test_answer_says_first_what_is_not_known(following: TestSite) -> None:
    shown = ask(following)

    assert headings(shown) == [
        "First: what isn’t known",
        "All current rules together: Sweden",
        "Where you can turn",
        "Each rule",
        "Until some time between 2018 and 2033",
        "Older rules",
        "Until some time in 2005",
        "Ask about other years",
    ]
    assert "the time ends in 2018 at the earliest and in 2033 at the latest" in shown.words
    assert "By this rule alone, the time may be over." in shown.words
    assert "Two sources differ." in shown.words
    assert "too late" not in shown.words


def test_rule_says_the_law_says_only_of_a_statute(following: TestSite) -> None:
    gravest, other = ask(following, kind="gravest"), ask(following)

    assert "The law says, Brottsbalk, 35:10: no limit for the gravest" in gravest.words
    assert "According to the press: <b>others</b> from 18" in other.words
    assert other.page.xpath("//main//b") == []
    assert gravest.page.xpath("//details/p[1]/bdi[1]/text()")[0] == "Brottsbalk, 35:10"
    assert other.page.xpath("//details//a/@href")[0] == "https://example.org/news?a=1&b=2"


def test_country_of_which_nothing_was_read_gives_no_year_and_says_where_to_turn(following: TestSite) -> None:
    shown = ask(following, country="FI")

    assert headings(shown) == ["First: what isn’t known", "Where you can turn", "Ask about other years"]
    assert "Finland: the register has no current rule for this." in shown.words
    assert shown.page.xpath("//form[@action='/en/help']//button/text()") == ["Help: Finland"]
    assert shown.page.xpath("//form[@action='/en/help']/@method") == ["post"]


def test_what_does_not_fit_is_said_at_its_field_and_everything_typed_stays(following: TestSite) -> None:
    shown = ask(following, born="90", last="1995", country="SE")

    assert [one.text_content() for one in shown.page.xpath("//p[@class='again']")] == [
        "Please write the year with four digits, for example 1998."
    ]
    assert {one.get("name"): one.get("value") for one in shown.page.xpath("//input[@type='text']")} == {
        "born": "90",
        "first": "2000",
        "last": "1995",
    }
    assert shown.page.xpath("//option[@selected]/@value") == ["SE"]
    assert shown.page.xpath("//input[@aria-invalid]/@aria-describedby") == ["born-hint born-unfit"]
    assert "Everything you wrote is still here." in shown.words


def test_years_stand_in_no_address_and_in_no_log(following: TestSite, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        shown = ask(following, born="1987", first="1999")

    assert "1987" in shown.body.decode()
    assert [one for one in (*shown.page.xpath("//@href"), *shown.page.xpath("//@action")) if "1987" in one] == []
    assert not re.search("1987|1999", caplog.text)


def test_page_has_the_frame_of_all_others(following: TestSite) -> None:
    for shown in (following.browser.get("/en/until"), ask(following)):
        assert shown.status == 200
        assert {name: shown.headers[name.lower()] for name in SECURITY_HEADERS} == {
            name: (value,) for name, value in SECURITY_HEADERS.items()
        }
        assert "set-cookie" not in shown.headers
        assert shown.page.xpath("//script | //@onclick") == []
        assert shown.page.xpath("//a[contains(@class, 'leave')]/@href") == ["https://en.wikipedia.org/wiki/Main_Page"]


def test_inside_a_visit_it_opens_beside_the_questions_and_goes_back_to_them(following: TestSite) -> None:
    browser = following.pass_gates()
    question = browser.shown.heading
    browser.press("help")
    assert browser.press("until").heading == TITLE
    answered = browser.press(
        "until", {"country": "SE", "born": "1990", "first": "2000", "kind": browser_value(browser.shown, "gravest")}
    )

    assert "As far as is known, there’s no time limit." in answered.words
    assert browser.press("help").heading == "Help, and someone to talk to"
    assert browser.shown.page.xpath("//option[@selected]/@value") == ["SE"]
    assert browser.press("return").heading == question


def browser_value(shown: Shown, kind: str) -> str:
    return next(value for value in shown.page.xpath("//input[@name='kind']/@value") if value.strip() == kind)


def test_nothing_that_is_asked_gets_into_the_token_or_the_store(following: TestSite) -> None:
    browser = following.pass_gates()
    browser.press("help")
    browser.press("until")
    asked = {"country": "SE", "born": "1987", "first": "1999"}
    with_years = browser.press("until", asked).page.xpath("//input[@name='token']/@value")[0]
    conversation = current_conversation()
    state = conversation.codec.open(with_years, following.clock())

    assert not re.search("1987|1999", repr(state))
    assert {len(with_years)} == {len(browser.press("until").page.xpath("//input[@name='token']/@value")[0])}


def test_forms_are_as_long_as_each_other(following: TestSite) -> None:
    browser = following.pass_gates()
    browser.press("help")
    lengths = set()
    for kind in ("gravest", "other", "images", "unknown"):
        browser.press("until")
        answers = {"kind": browser_value(browser.shown, kind)}
        fields = [(name, value) for name, value in browser.fields(answers) if name != "token"]
        lengths.add(len(urlencode([*fields, ("go", "until".ljust(len("next:shown")))])))
        browser.press("return")
        browser.press("help")

    assert len(lengths) == 1


def test_every_answer_has_the_size_of_every_page(following: TestSite) -> None:
    following.browser.accepts = "gzip"
    sizes = {
        shown.size
        for shown in (
            following.browser.get("/en"),
            following.browser.get("/en/help"),
            following.browser.get("/en/until"),
            ask(following),
            ask(following, country="FI"),
            ask(following, born="x"),
            ask(following, kind="unknown"),
        )
    }

    assert len(sizes) == 1


@pytest.fixture
def no_swedish_words(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {tag: deadline_words(tag) for tag in ("en", "sv")}
    monkeypatch.setattr(deadline_page, "deadline_words", {**known, "sv": None}.get)


@pytest.mark.usefixtures("no_swedish_words")
def test_language_without_the_words_has_no_page_and_stays_open(following: TestSite) -> None:
    assert following.browser.get("/sv").status == 200
    assert following.browser.get("/sv/until").status == 404
    assert TITLE not in following.browser.get("/sv/help").words
    browser = following.pass_gates("sv")
    browser.press("help")
    assert "until" not in browser.buttons


@pytest.mark.usefixtures("no_swedish_words")
def test_press_of_a_button_that_is_not_there_shows_help(following: TestSite) -> None:
    browser = following.pass_gates("sv")
    browser.press("help")
    fields = [(name, value) for name, value in browser.fields() if name != "go"]
    shown = browser.post("/sv", [*fields, ("go", "until"), ("born", "1990")])

    assert shown.status == 200
    assert shown.page.xpath("//select[@name='country']") != []


def test_study_without_a_register_has_no_page(site: TestSite) -> None:
    assert site.browser.get("/en/until").status == 404
    assert TITLE not in site.browser.get("/en/help").words


def test_page_for_who_is_too_young_does_not_name_it(following: TestSite) -> None:
    shown = following.browser.post("/en/help", [("country", "SE"), ("y", "1")])

    assert TITLE not in shown.words


@pytest.mark.parametrize("born", ["<script>", "١٩٩٠", "9" * 20, "\u202e1990", ""])
def test_whatever_is_typed_is_shown_as_it_was(following: TestSite, born: str) -> None:
    shown = ask(following, born=born)

    assert shown.status == 200
    assert shown.page.xpath("//main//script") == []


def test_number_for_some_says_for_whom(following: TestSite) -> None:
    shown = ask(following)
    (row,) = [one for one in shown.page.xpath("//ul[@class='numbers']/li") if "116 016" in one.text_content()]

    assert "For: women" in " ".join(row.text_content().split())
