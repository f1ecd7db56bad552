"""A site that is closed says so in the person's own language first, and still shows who helps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from kuule.collector.http.collector_site import close_site
from kuule.collector.served.closed_study import ClosedStudy, read_closed_study
from kuule.collector.served.serve_options import ServeOptions
from kuule.helplines.directory import Directory
from kuule.languages.cldr.tags import find_language
from kuule.languages.hyphenation.soft_hyphens import SOFT_HYPHEN
from kuule.web.interface_texts import interface_languages
from tests.collector.browser import Browser, Shown
from tests.study.small_study import make_edition

ROWS = """\
country,name,kind,audience,phone,url,languages,hours,source,source_date,checked_by,checked_on,note
SE,A line in Sweden,survivor,,1177,,sv,24/7,,,helper,2026-11-02,
SE,A line for children in Sweden,child,,116111,,sv,,,,helper,2026-11-02,
ZZ,Anywhere,crisis,,,https://anywhere.example,,,,,helper,2026-11-02,
"""
TYPED = [("token", "x" * 40), ("page", "12345678./data/end/page_wish"), ("wish", "Words."), ("go", "next")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("closing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kuule.study.folder.study_folder.built_in_directory", lambda: Directory(()))
        make_edition(folder, support=ROWS)
    return folder


@pytest.fixture
def browser(folder: Path) -> Iterator[Browser]:
    """At a site whose edition is whole, and that something else has closed."""
    database = f"sqlite:///{folder / 'kept.sqlite3'}"
    close_site(database, read_closed_study(ServeOptions((folder / "edition",), database, drafts=True)), drafts=True)
    yield Browser(WSGIHandler())
    connections.close_all()


def spoken(shown: Shown) -> list[str]:
    """The languages of a page: its own, and then those that open."""
    return [shown.page.get("lang"), *shown.page.xpath("//main//details/@lang")]


@pytest.mark.parametrize(
    ("address", "asked", "first"),
    [
        ("/ar", "sv", "ar"),
        ("/ar/privacy", "sv", "ar"),
        ("/k7/sv", "ar", "sv"),
        ("/", "sv-FI, en;q=0.5", "sv"),
        ("/nothing/here", "ar", "ar"),
        ("/xx", "", "en"),
        ("/", "", "en"),
    ],
)
def test_it_speaks_the_language_of_the_address_or_of_the_browser_first(
    browser: Browser, address: str, asked: str, first: str
) -> None:
    shown = browser.get(address, HTTP_ACCEPT_LANGUAGE=asked)
    assert (shown.status, spoken(shown)[0], shown.page.get("dir")) == (503, first, find_language(first).direction)
    assert sorted(spoken(shown)) == ["ar", "en", "sv"]
    leave = shown.page.xpath("//nav//a/@href")[0]
    assert leave.startswith(f"https://{first}.wikipedia.org/")


def test_every_other_language_opens_to_the_same_words_and_to_help(browser: Browser) -> None:
    shown = browser.get("/en")
    parts = shown.page.xpath("//main//details")
    said = {
        part.get("lang"): (
            part.get("dir"),
            part.xpath("summary")[0].text_content(),
            part.xpath("h3")[0].text_content().replace(SOFT_HYPHEN, ""),
            part.xpath(".//a/@href"),
        )
        for part in parts
    }
    assert said == {
        "ar": ("rtl", "العربية", "مغلق في الوقت الحالي", ["/ar/help"]),
        "sv": ("ltr", "svenska", "Stängt för tillfället", ["/sv/help"]),
    }
    assert shown.page.xpath("//*[@class='tools']//a/@href") == ["/en/help"]
    assert shown.page.xpath("//footer//a") == []


@pytest.mark.parametrize("address", ["/sv/help/SE", "/sv/help?country=SE", "/k7/sv/help/se"])
def test_help_is_there(browser: Browser, address: str) -> None:
    shown = browser.get(address)
    assert (shown.status, shown.page.get("lang")) == (200, "sv")
    names = [name.text_content() for name in shown.page.xpath("//ul[@class='services']//h4")]
    assert names == ["A line in Sweden", "A line for children in Sweden", "Anywhere"]
    assert shown.page.xpath("//a[contains(@class, 'back')]/@href") == ["/sv"]
    assert shown.page.xpath("//footer//a") == []


def test_child_finds_the_lines_for_children(browser: Browser) -> None:
    shown = browser.post("/sv/help", [("country", "SE"), ("y", "1")])
    names = [name.text_content() for name in shown.page.xpath("//ul[@class='services']//h4")]
    assert (shown.status, names) == (200, ["A line for children in Sweden", "Anywhere"])


def test_what_was_typed_stays_while_one_looks_for_help_or_another_language(browser: Browser) -> None:
    shown = browser.post("/en", TYPED)
    assert shown.status == 503
    (form,) = shown.page.forms
    assert (form.get("id"), form.get("action"), list(form.form_values())) == ("again", "/en", TYPED)
    buttons = shown.page.xpath("//button")
    assert [button.get("form") or button.getparent().get("id") for button in buttons] == ["again"] * 3
    links = [link for link in shown.page.xpath("//a") if link.get("href").endswith("/help")]
    assert [link.get("target") for link in links] == ["_blank"] * len(links) != []


@pytest.mark.parametrize(
    ("address", "headers"),
    [("/sv/help", {"HTTP_SEC_FETCH_SITE": "cross-site"}), ("/sv/help/se/more", {}), ("/sv/helpless", {})],
)
def test_anything_else_is_closed(browser: Browser, address: str, headers: dict[str, str]) -> None:
    assert browser.post(address, [("country", "SE")], **headers).status == 503
    assert browser.post_bytes(address, b"{}", "application/json").status == 503


def test_without_an_edition_all_languages_are_there_and_nothing_unchecked_is_shown(
    folder: Path, tmp_path: Path
) -> None:
    database = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    (tmp_path / "edition").mkdir()
    left = read_closed_study(ServeOptions((tmp_path / "edition",), database))
    assert left == ClosedStudy()
    close_site(database, left)
    browser = Browser(WSGIHandler())
    shown = browser.get("/uk")
    assert sorted(spoken(shown)) == sorted(interface_languages())
    assert shown.page.xpath("//nav/a/@href") == ["about:blank"]
    helping = browser.get("/uk/help")
    assert (helping.status, helping.page.xpath("//ul[@class='services']"), "112" in helping.words) == (200, [], True)
    connections.close_all()


def test_of_several_editions_the_last_that_is_whole_counts(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "edition").mkdir()
    left = read_closed_study(ServeOptions((folder / "edition", tmp_path / "edition"), "sqlite:///x"))
    assert (left.tags, left.titles["en"], left.practice) == (("en", "sv", "ar"), "A survey", True)
