"""A figure of the public page as a picture to pass on: it says what it is, of whom, and where to find it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.publishing.release_site.figure_pictures import picture_links, png_pictures, svg_pictures
from tests.publishing.charts.plots import svg_texts
from tests.publishing.release_site.site_release import in_language

NAMES = ("told", "told-by-land", "age")
"""The anchors of its figures."""


@pytest.mark.parametrize("tag", ["en", "fi"])
def test_svg_says_what_was_asked_of_whom_and_where_its_page_is(tag: str) -> None:
    site = in_language(tag)
    found = svg_pictures(site)
    assert list(found) == [f"figures/{name}.svg" for name in NAMES]
    said = " ".join(svg_texts(found["figures/told.svg"].decode()))
    figure = site.view.figures[0]
    folder = "" if tag == "en" else "fi/"
    address = f"https://example.org/voice/{folder}telling-someone.html#told"
    for text in (figure.heading, *figure.basis, address):
        assert text in said.replace("- ", "-")


def test_png_is_there_for_each_figure_of_a_key_finding() -> None:
    made = png_pictures(in_language("en"))
    assert list(made) == ["figures/told.png"]
    assert {content[:4] for content in made.values()} == {b"\x89PNG"}


def test_page_links_to_a_png_only_where_there_is_one() -> None:
    site = in_language("en")
    assert picture_links(site, "told") == (("SVG", "figures/told.svg"),)
    with_png = replace(site, has_png=True)
    assert picture_links(with_png, "told")[1] == ("PNG", "figures/told.png")
    assert picture_links(with_png, "age") == (("SVG", "figures/age.svg"),)
