"""A heading says how long its longest part is, where that would not fit the narrowest phone in large letters."""

from __future__ import annotations

import pytest

from kuule.collector.pages.heading_sizes import bounded_headings, heading_class, longest_part


@pytest.mark.parametrize(
    ("html", "length"),
    [
        ("", 0),
        ("Short words", 5),
        ("bera\u00adtungs\u00adstelle", 6),
        ("linja-autonkuljettaja", 15),
        ("<strong>Beratungs</strong>stelle <em>x</em>", 15),
        ("a &amp; b", 1),
        ("mies/nainen · lapsi", 6),
    ],
)
def test_longest_part_is_what_no_line_can_break(html: str, length: int) -> None:
    assert longest_part(html) == length


@pytest.mark.parametrize(
    ("letters", "size"), [(10, None), (11, 12), (12, 12), (13, 14), (17, 17), (18, 20), (25, 25), (60, 25)]
)
def test_heading_has_the_class_of_its_longest_part(letters: int, size: int | None) -> None:
    word = "x" * letters
    named = "" if size is None else f' class="long-{size}"'
    assert heading_class(f"A {word}") == named
    for element in ("h1", "h2", "h3", "h4", "legend"):
        assert bounded_headings(f"<{element}>A {word}</{element}>") == f"<{element}{named}>A {word}</{element}>"
    assert bounded_headings(f'<h2 id="lost">{word}</h2>') == f'<h2 id="lost"{named}>{word}</h2>'


def test_heading_within_a_legend_is_as_long_as_that() -> None:
    html = "<legend><h1>Unterschiedlichkeiten</h1></legend>"
    assert bounded_headings(html) == '<legend class="long-25"><h1>Unterschiedlichkeiten</h1></legend>'


def test_nothing_else_is_touched() -> None:
    word = "Unterschiedlichkeiten"
    html = f"<p>{word}</p><header>{word}</header><h1>Kurz</h1><textarea>&lt;h1&gt;{word}</textarea>"
    assert bounded_headings(html) == html
