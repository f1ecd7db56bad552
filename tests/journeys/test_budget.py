"""What a visit costs whoever answers, over HTTP, every byte on the line counted in both directions.

The visit is the longest that the study that ships can be: every section, every box ticked, some words of one's own.
"""

from __future__ import annotations

import pytest
from bench.line import Line
from bench.long_visit import STUDY, Cost, long_visit
from bench.serving import edition_served

from kuule.web.headers import SECURITY_HEADERS
from tests.frozen import our_voice

FIRST_VISIT = 40_000
LONGEST_VISIT = 435_000
"""Bytes that come down: all pages have the size of the largest (decision 0042). Some 12,000 of them are the page to
read through, which nobody has to open (decision 0066)."""
THIRTY_PAGES = 355_000
"""Both ways."""
HEADS = 900
"""Bytes of the head of an answer: they come with every page."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("budget")
    our_voice(folder / "edition")
    with edition_served(folder, workers=1) as port:
        yield port


HEAVY = ("ar", "uk", "el", "fa", "bg", "sr", "ru")
"""Languages of the study whose letters take two bytes: their pages weigh most."""
SAMPLE = ("en", "ar", "el", "ru")
TAGS = ("en", "sv", *(tag for tag in HEAVY if (STUDY / "languages" / f"{tag}.po").is_file()))


@pytest.fixture(
    scope="module", params=[tag if tag in SAMPLE else pytest.param(tag, marks=pytest.mark.whole) for tag in TAGS]
)
def cost(port: int, request: pytest.FixtureRequest) -> Cost:
    return long_visit(port, request.param)


def test_first_page_costs_two_requests_and_little(cost: Cost) -> None:
    first, requests = cost.first
    assert requests == 2
    assert first < FIRST_VISIT


def test_longest_visit_keeps_to_the_budget(cost: Cost) -> None:
    assert cost.questions >= 45
    assert cost.pages >= 50
    assert cost.down < LONGEST_VISIT


def test_visit_of_thirty_pages_keeps_to_the_budget_in_both_directions(cost: Cost) -> None:
    assert cost.whole / cost.pages * 30 < THIRTY_PAGES


def test_style_sheet_is_asked_for_once(cost: Cost) -> None:
    assert cost.requests == cost.pages + 1


def test_pages_of_a_visit_have_one_size_in_every_language_but_the_one_to_read_through(cost: Cost) -> None:
    assert dict(cost.sizes) == {7168: cost.pages - 1, 12288: 1}
    assert set(cost.tokens) == {2048}


def test_heads_are_short(port: int) -> None:
    with Line(port) as line:
        answer = line.ask("GET", "/en")
    assert len(answer.head) < HEADS
    assert len(SECURITY_HEADERS["Permissions-Policy"]) < 200


def test_browser_that_takes_no_gzip_gets_a_whole_step(port: int) -> None:
    with Line(port, says="Accept: text/html\r\n") as line:
        answer = line.ask("GET", "/en")
    assert (answer.size, b"content-encoding" in answer.head.lower()) == (32768, False)
