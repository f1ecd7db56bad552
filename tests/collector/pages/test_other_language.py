"""A text that a language lacks is the source's, and says so (WCAG 3.1.2); so is an interface that nobody translated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from django.db import connections

from kuule.languages.workflow.states import State
from kuule.web.interface_texts import find_interface
from tests.collector.browser import Shown
from tests.collector.site_for_tests import TestSite, start
from tests.study.small_study import LANGUAGES, SETTINGS, make_edition

WITHOUT = "ur"
"""A language that is read from the right, and has no interface."""
LACKING = {
    "study:title": "",
    "form:/data/about/page_about/age_band:label": "",
    "form:/data/about/page_about/age_band:hint": "",
    "form:/data/start/page_consent/about_survey:label": "",
    "form:/data/about:label": "",
    "choice:age_band/35_or_more:label": "",
    "choice:country/prefer_not_to_say:label": "",
}


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert find_interface(WITHOUT) is None
    folder = tmp_path_factory.mktemp("lacking")
    line = f'{WITHOUT} = {{ leave_to = "https://ur.wikipedia.org/" }}\n\n[opening]'
    settings = SETTINGS.replace("\n[opening]", line, 1)
    make_edition(folder, settings=settings, languages={**LANGUAGES, WITHOUT: State.DRAFT_ONE}, texts={"ar": LACKING})
    return folder / "edition"


@pytest.fixture
def site(edition: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(edition, tmp_path)
    connections.close_all()


def spoken(shown: Shown) -> list[tuple[str, str, str]]:
    """Each text of the body with the language and the side that are said of it."""
    found = []
    for element in shown.page.find("body").iter():
        if not isinstance(element.tag, str):
            continue
        for text, of in ((element.text, element), (element.tail, element.getparent())):
            if text and text.strip() and of.tag != "option":
                found.append((" ".join(text.split()), said(of, "lang"), said(of, "dir")))
    return found


def said(element: lxml.html.HtmlElement, name: str) -> str:
    return str(element.xpath(f"ancestor-or-self::*[@{name}][1]/@{name}")[0])


def test_texts_that_a_language_lacks_say_that_they_are_the_source_s(site: TestSite) -> None:
    pages = [site.browser.get("/ar"), site.begin("ar").shown, site.pass_gates("ar").shown]
    foreign = {text for page in pages for text, lang, side in spoken(page) if (lang, side) == ("en", "ltr")}
    assert foreign >= {
        "A small study", "How old are you?", "Choose one.", "This is a survey for", "adults", "35 or older",
        "About you",
    }  # fmt: skip
    own = [text for page in pages for text, lang, side in spoken(page) if (lang, side) == ("ar", "rtl")]
    assert [text for text in own if text.startswith("ar: ")] != []
    assert [text for text in foreign if text.startswith("ar: ")] == []
    assert {page.page.findtext(".//title") for page in pages} == {"ar: A survey"}


def test_review_says_it_too(site: TestSite) -> None:
    shown = site.review({"age_band": "35_or_more"}, "ar").shown
    assert next(one for one in spoken(shown) if one[0] == "How old are you?") == ("How old are you?", "en", "ltr")


def test_interface_that_nobody_translated_is_english_part_by_part(site: TestSite) -> None:
    for page in (site.browser.get(f"/{WITHOUT}"), site.pass_gates(WITHOUT).shown):
        assert (page.page.get("lang"), page.page.get("dir")) == (WITHOUT, "rtl")
        texts = spoken(page)
        own = {text for text, lang, _ in texts if lang == WITHOUT}
        assert own != set()
        assert [text for text in own if not text.startswith(WITHOUT)] == []
        english = {text for text, lang, side in texts if (lang, side) == ("en", "ltr")}
        assert {"Leave this page now", "Find help"} <= english


def test_no_mark_stands_in_an_attribute_a_title_or_an_option(site: TestSite) -> None:
    for tag in ("ar", WITHOUT):
        for page in (site.browser.get(f"/{tag}"), site.pass_gates(tag).shown):
            body = page.body.decode()
            assert "&lt;span" not in body
            assert page.page.xpath("//option/* | //title/* | //textarea/*") == []
            assert [value for value in page.page.xpath("//@*") if "<" in value] == []
