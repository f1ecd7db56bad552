"""Each part of a page says in which language it is, and from which side it is read."""

from __future__ import annotations

import lxml.html
import pytest

from kuule.languages.cldr.tags import find_language
from tests.access.exhibit import Exhibit
from tests.access.gallery import Gallery


def language_of(element: lxml.html.HtmlElement) -> str:
    return str(element.xpath("ancestor-or-self::*[@lang][1]/@lang")[0])


def direction_of(element: lxml.html.HtmlElement) -> str:
    return str(element.xpath("ancestor-or-self::*[@dir][1]/@dir")[0])


def of(gallery: Gallery, name: str, tag: str) -> Exhibit:
    return next(one for one in gallery.named(name) if one.tag == tag)


@pytest.mark.shows("3.1.1", "3.1.2")
def test_every_page_says_its_language_and_side(shown: Gallery) -> None:
    said = {(one.page.get("lang"), one.page.get("dir")) for one in shown.every if not one.name.startswith("closed,")}
    assert said == {("en", "ltr"), ("sv", "ltr"), ("ar", "rtl")}
    assert [one.label for one in shown.every if one.page.get("lang") != one.tag] == []


@pytest.mark.shows("3.1.2")
def test_names_of_languages_are_in_their_own_language_and_side(shown: Gallery) -> None:
    (start,) = shown.named("start")
    links = start.page.xpath("//a[@hreflang]")
    said = {link.text_content(): (link.get("lang"), link.get("dir")) for link in links}
    tags = [link.get("hreflang") for link in links]
    assert said == {find_language(tag).autonym: (tag, find_language(tag).direction) for tag in tags}
    assert set(tags) >= {"en", "sv", "ar"}


@pytest.mark.shows("3.1.2")
def test_site_that_is_closed_speaks_each_language_as_such(shown: Gallery) -> None:
    (closed,) = shown.named("closed")
    parts = closed.page.xpath("//main//details")
    said = {part.get("lang"): part.get("dir") for part in parts}
    assert said == {tag: find_language(tag).direction for tag in said}
    assert {*said, closed.page.get("lang")} >= {"en", "sv", "ar"}
    assert [part.xpath("summary")[0].text_content() for part in parts] != []
    assert {part.get("lang"): part.xpath("summary")[0].text_content() for part in parts} == {
        tag: find_language(tag).autonym for tag in said
    }
    assert len({part.xpath("h3")[0].text_content() for part in parts}) == len(parts)


@pytest.mark.parametrize("name", ["young", "help/SE"])
def test_numbers_and_addresses_are_read_from_the_left_in_every_language(shown: Gallery, name: str) -> None:
    (page,) = shown.named(name)
    parts = page.page.xpath("//*[@class='services']//*[self::p[@class='phone'] or contains(@class, 'url')]//bdi")
    parts += page.page.xpath("//*[@class='services']//a//bdi")
    assert parts != []
    assert {direction_of(part) for part in parts} == {"ltr"}


def test_names_of_services_stand_apart_from_the_text_around_them(shown: Gallery) -> None:
    """A name in another script keeps its own order: its side is told by its first letter."""
    (page,) = shown.named("help/SE")
    names = page.page.xpath("//ul[@class='services']/li/h4")
    assert names != []
    assert [name.text_content() for name in names if [part.tag for part in name] != ["bdi"]] == []


def test_codes_are_read_from_the_left(shown: Gallery) -> None:
    for page in shown.named("paused", "sent"):
        (code,) = page.page.xpath("//p[contains(@class, 'twenty')]/bdi")
        assert direction_of(code) == "ltr"
    (typed,) = shown.named("resume, slip")[0].page.xpath("//input[@name='code']")
    assert typed.get("dir") == "ltr"


@pytest.mark.shows("3.2.6", "3.2.3")
def test_help_stands_at_the_same_place_of_every_page(shown: Gallery) -> None:
    """First of the tools in the bar, also of a site that is closed; not on pages that are help."""
    without = {"young", "help", "help/SE", "help/FI, inside", "over, help as a file"}
    pages = [one for one in shown.every if one.name not in without]
    first = {one.label: one.page.xpath("//nav[@class='top']//*[@role='group']/*[1]") for one in pages}
    astray = [
        label
        for label, tools in first.items()
        if not (tools and (tools[0].get("href") or tools[0].get("value")).partition("?")[0].rstrip().endswith("help"))
    ]
    assert astray == []
