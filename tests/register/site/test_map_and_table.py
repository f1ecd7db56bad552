"""The table says all that the map says: both are read from the page, and compared."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from tests.register.site.built import html, read
from tests.register.site.conftest import BuiltSite

MARKS = ("law", "reported", "contradicted", "decided", "due", "confirmed")
Shown = dict[str, tuple[str, frozenset[str]]]


def code_of(tile: HtmlElement) -> str:
    return str(tile.find("b").text)


def seen_on_map(page: HtmlElement) -> Shown:
    """What somebody sees: a code, a sign, and edges and lines that are marks."""
    return {
        code_of(tile): (read(tile.find("i")), frozenset(tile.get("class").split()) & frozenset(MARKS))
        for tile in page.xpath("//ol[@class='map']//a")
    }


def heard_on_map(page: HtmlElement) -> dict[str, str]:
    """What somebody hears: the words of a tile, by its code."""
    return {code_of(tile): str(tile.get("aria-label")) for tile in page.xpath("//ol[@class='map']//a")}


def legend(page: HtmlElement) -> dict[str, tuple[str, int]]:
    """What signs mean, and how many countries have them."""
    found = {}
    for one in page.xpath("//ul[@class='key']/li"):
        count = re.search(r"\d+$", read(one))
        assert count is not None
        found[read(one.find("i"))] = (one.find("span").text, int(count[0]))
    return found


def of_table(page: HtmlElement, code: str) -> str:
    """The words of a country's line in the table of a provision."""
    [line] = page.xpath(f"//table//tr[th/a[starts-with(@href, '{code}.html#')]]")
    return " | ".join(read(cell) for cell in line)


def test_each_provision_has_in_its_table_what_its_map_shows(site: BuiltSite) -> None:
    provisions = [path for path in site.every if html(path).xpath("//ol[@class='map']")]
    for path in provisions:
        page = html(path)
        if path.stem == "index":
            continue
        signs = legend(page)
        for code, (sign, marks) in seen_on_map(page).items():
            cells = of_table(page, code).split(" | ")
            assert cells[1] == f"{sign} {signs[sign][0]}", (path, code)
            in_words = {"contradicted": "sources differ"}
            assert [one for one in marks if in_words.get(one, one) not in cells[3]] == [], (path, code)
            assert cells[0] in heard_on_map(page)[code]
            assert signs[sign][0] in heard_on_map(page)[code]


def test_matrix_says_what_the_map_on_its_page_shows(site: BuiltSite) -> None:
    page = html(site.pages / "index.html")
    shown = seen_on_map(page)
    assert shown
    compared = {row.get("id"): row for row in page.xpath("//table[contains(@class, 'matrix')]//tbody/tr")}
    column = len(page.xpath("//thead//th[contains(@class, 'front')]/preceding-sibling::th"))
    for code, row in compared.items():
        sign, marks = shown[code]
        cell = read(row[column])
        assert cell.startswith(sign), (code, cell)
        in_words = {"contradicted": "sources differ"}
        assert [one for one in marks - {"confirmed"} if in_words.get(one, one) not in cell] == [], (code, cell)


def test_matrix_has_every_country_and_every_question(site: BuiltSite) -> None:
    page = html(site.pages / "index.html")
    heads = page.xpath("//table[contains(@class, 'matrix')]//thead//th")
    rows = page.xpath("//table[contains(@class, 'matrix')]//tbody/tr")
    assert {len(row) for row in rows} == {len(heads)}
    for row in rows:
        unread = [cell for cell in row if cell.get("class") == "o"]
        assert read(row[-1]) == str(len(unread))
        assert [read(cell) for cell in unread] == ["–not read yet"] * len(unread)


def test_numbers_beside_the_signs_add_up(site: BuiltSite) -> None:
    for path in site.every:
        page = html(path)
        assert sum(count for _, count in legend(page).values()) == len(seen_on_map(page))


def test_no_two_kinds_of_answers_have_one_sign(site: BuiltSite) -> None:
    for path in site.every:
        signs = [read(one) for one in html(path).xpath("//ul[@class='key']/li/i")]
        assert len(signs) == len(set(signs)), path


def test_map_is_never_mirrored_and_reads_from_the_north(site: BuiltSite) -> None:
    page = html(site.pages / "index.html")
    [grid] = page.xpath("//ol[@class='map']")
    assert grid.get("dir") == "ltr"
    style = page.xpath("//style")[0].text
    places = dict(re.findall(r"\.t-([A-Z]{2})\{grid-area:(\d+/\d+)\}", style))
    order = [tuple(map(int, places[code].split("/"))) for code in seen_on_map(page)]
    assert order == sorted(order)
