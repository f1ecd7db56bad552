"""Pages in other languages: what is translated is in the language, and the rest is English and says so."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from tests.register.site.built import html, read


@pytest.fixture
def pages(translated: Path) -> Path:
    return translated


def language_of(element: lxml.html.HtmlElement) -> tuple[str | None, str | None]:
    """The language and the direction that an element has, from itself or from what it is in."""
    around = [element, *element.iterancestors()]
    languages = (one.get("lang") for one in around if one.get("lang"))
    directions = (one.get("dir") for one in around if one.get("dir"))
    return next(languages, None), next(directions, None)


def test_page_is_in_its_language_and_its_direction(pages: Path) -> None:
    assert (html(pages / "ar" / "FI.html").get("lang"), html(pages / "ar" / "FI.html").get("dir")) == ("ar", "rtl")
    assert (html(pages / "el" / "FI.html").get("lang"), html(pages / "el" / "FI.html").get("dir")) == ("el", "ltr")


def test_what_was_read_is_marked_as_english(pages: Path) -> None:
    for tag in ("ar", "el"):
        quotes = html(pages / tag / "FI.html").xpath("//article[contains(@class, 'value')]/blockquote/*")
        assert {language_of(one) for one in quotes} == {("en", "ltr")}
        assert "20 years from the day on which the person turns 18." in map(read, quotes)


def test_every_english_sentence_on_a_foreign_page_is_marked(pages: Path) -> None:
    """Latin words that stand in the register's files or in the template are nowhere without their language."""
    for path in (pages / "ar").glob("*.html"):
        page = html(path)
        for one in page.find("body").iter():
            if not isinstance(one.tag, str) or language_of(one)[0] != "ar" or one.tag in ("code", "bdi", "b", "i", "a"):
                continue
            latin = [word for word in (one.text or "").split() if word.isascii() and word.isalpha() and len(word) > 3]
            assert latin == [], (path.name, one.tag, one.text)


def test_own_texts_of_the_register_are_translated_where_they_are(pages: Path) -> None:
    arabic, greek = (html(pages / tag / "limitation.html").xpath("//h1")[0] for tag in ("ar", "el"))
    assert "Time limits" not in read(arabic)
    assert [language_of(one) for one in greek] == [("en", "ltr")]
    assert read(greek) == "Time limits for criminal reports"


def test_a_word_that_is_not_translated_is_english_and_marked(pages: Path) -> None:
    """The stand-ins lack the text about the map."""
    [said] = html(pages / "ar" / "how.html").xpath("//p/span[@lang='en'][starts-with(., 'Each country has a square')]")
    assert said.get("dir") == "ltr"


def test_draft_says_that_it_is_one(pages: Path, small: Path) -> None:
    for path in (*(pages / "ar").glob("*.html"), *(pages / "el").glob("*.html")):
        assert len(html(path).xpath("//p[@class='draft']")) == 1
    assert html(small / "index.html").xpath("//p[@class='draft']") == []


def test_title_of_a_source_is_in_its_own_language(pages: Path) -> None:
    [link] = html(pages / "ar" / "FI.html").xpath("//article[@id='limitation--v1']//a")
    assert [language_of(one) for one in link] == [("fi", "ltr")]


def test_numbers_and_days_are_as_the_language_writes_them(pages: Path) -> None:
    [value] = html(pages / "el" / "FI.html").xpath("//article[@id='limitation--v1']")
    assert "1 Ιανουαρίου 2023" in read(value)


def test_countries_are_in_the_order_of_the_language(pages: Path) -> None:
    greek = [read(one) for one in html(pages / "el" / "index.html").xpath("//table//tbody/tr/th")]
    assert greek == ["Εσθονία", "Σουηδία", "Φινλανδία"]


def test_languages_name_themselves(pages: Path) -> None:
    links = html(pages / "ar" / "index.html").xpath("//nav[2]//a")
    assert [(read(one), one.get("lang"), one.get("href")) for one in links] == [
        ("English", "en", "../index.html"),
        ("العربية", "ar", "index.html"),
        ("Ελληνικά", "el", "../el/index.html"),
        ("suomi", "fi", "../fi/index.html"),
        ("中文", "zh", "../zh/index.html"),
    ]
