"""Whatever is posted: what holds of a page holds for every form, as Hypothesis makes them up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collector.http.test_broken_input import at_wish
from tests.collector.http.test_hostile_input import PLACES, is_page_in_words
from tests.collector.site_for_tests import TestSite, field, start
from tests.sampling import examples

WISH = "/data/end/page_wish/wish"
ANY_TEXT = st.text(max_size=400)
CLEAN = st.text(st.characters(min_codepoint=0x20, exclude_categories=("C", "Z")), min_size=1, max_size=300)
"""Text as people type it: no control characters, no blanks at the ends (which are cleaned away)."""
NAMES = st.sampled_from([*PLACES, WISH, "token", "page", "go", "link", "shown", "homepage"])
FORMS = st.lists(st.tuples(NAMES | ANY_TEXT, ANY_TEXT), max_size=12)


class Sites:
    """Shows nothing of the last page, which is long: Hypothesis prints what a test was given."""

    def __init__(self, one: TestSite) -> None:
        self.one = one


@pytest.fixture(scope="module")
def sites(edition_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """One site for all examples: nothing is kept between two steps, which is what makes that right."""
    yield Sites(start(edition_folder, tmp_path_factory.mktemp("properties")))
    connections.close_all()


@settings(deadline=None, max_examples=examples(120))
@given(FORMS)
def test_any_form_is_answered_with_a_page_in_words(sites: Sites, fields: list[tuple[str, str]]) -> None:
    encodable = [
        (name.encode("utf-8", "replace").decode(), value.encode("utf-8", "replace").decode()) for name, value in fields
    ]
    assert is_page_in_words(sites.one.browser.post("/en", encodable))


@settings(deadline=None, max_examples=examples(60))
@given(FORMS)
def test_fields_that_were_not_asked_change_nothing_of_an_answer(sites: Sites, extra: list[tuple[str, str]]) -> None:
    browser = at_wish(sites.one)
    own = {"token", "page", "go", "shown", WISH, "link"}
    unasked = [
        (name.encode("utf-8", "replace").decode(), value.encode("utf-8", "replace").decode())
        for name, value in extra
        if name not in own and not name.startswith(WISH)
    ]
    fields = [*browser.fields({field(browser, "wish"): "Words."}), *unasked, ("go", "next")]
    shown = browser.post("/en", fields)
    assert (shown.status, "send" in browser.buttons) == (200, True)
    assert "Words." in browser.press("review").words


@settings(deadline=None, max_examples=examples(80))
@given(CLEAN)
def test_what_was_typed_is_what_stands_there_again(sites: Sites, text: str) -> None:
    browser = at_wish(sites.one)
    browser.press("help", {field(browser, "wish"): text})
    browser.press("return")
    assert dict(browser.fields())[WISH] == unicodedata.normalize("NFC", text)
