"""A visit whose answers all but fill the largest token: it is paused with a code or not at all, and never breaks."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from kuule.collector.served.token_compression import compress, compression_dictionary, decompress, dictionary_id
from kuule.collector.session.draft_sealing import derive_draft_key, seal_draft
from kuule.collector.session.posted import ASIDE_PAGE, page_name
from kuule.collector.session.session_state import PauseTicket, SessionState
from kuule.collector.session.token import ContentTooLong, TokenKeys, open_token, seal_token
from kuule.sealing.return_codes import new_code
from kuule.store.rows.drafts import SealedDraft, save_draft, week_number
from tests.collector.codes_on_pages import another, drafts, resume, to_wish
from tests.collector.site_for_tests import TestSite, field, start

pytestmark = pytest.mark.usefixtures("cheap_locks")
LETTERS = (string.ascii_letters + string.digits + string.punctuation).translate({ord(mark): None for mark in '"\\'})


@pytest.fixture
def site(coming_back_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(coming_back_folder, tmp_path)
    connections.close_all()


def keys(site: TestSite) -> TokenKeys:
    return TokenKeys(bytes(range(32)), site.edition.study.id)


def sealed(site: TestSite, state: SessionState) -> str:
    """The token of a visit. Raises ContentTooLong."""
    packed = compress(state.to_bytes(), compression_dictionary(site.edition.form, site.edition.id))
    return seal_token(packed, keys(site), site.clock(), visit=state.row_id(site.edition.study.id))


def full_visit(site: TestSite) -> SessionState:
    """A visit that fits in a token, and with a pause ticket does not."""
    browser = to_wish(site)
    dictionary = compression_dictionary(site.edition.form, site.edition.id)
    opened = open_token(browser.hidden("token"), keys(site), site.clock())
    state = SessionState.from_bytes(decompress(opened, {dictionary_id(dictionary): dictionary}))
    wish, letters = field(browser, "wish"), "".join(random.Random(1).choices(LETTERS, k=63_000))

    def with_text(length: int) -> SessionState:
        return replace(state, visit=replace(state.visit, answers={**state.visit.answers, wish: letters[:length]}))

    fits, too_long = 0, len(letters)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        try:
            sealed(site, with_text(middle))
            fits = middle
        except ContentTooLong:
            too_long = middle
    with pytest.raises(ContentTooLong):
        sealed(site, replace(with_text(fits), pause_ticket=PauseTicket(new_code(), 2**62, "0123456789abcdef" * 2)))
    return with_text(fits)


def test_visit_whose_page_has_no_room_for_the_code_is_not_paused(site: TestSite) -> None:
    browser = site.browser
    token, page = sealed(site, full_visit(site)), page_name(site.edition.short, ASIDE_PAGE)
    browser.post("/en", [("token", token), ("page", page), ("go", "pause")])
    assert (browser.shown.status, drafts()) == (200, [])
    assert "A little too much text" in browser.shown.words
    browser.press("return")
    assert field(browser, "wish")


def test_draft_whose_page_has_no_room_in_a_token_is_said_in_words(site: TestSite) -> None:
    """Kept by a version that did not look whether it would fit."""
    state, code, until = full_visit(site), new_code(), site.clock().date() + timedelta(days=14)
    key = derive_draft_key(site.edition.study.id, code)
    draft = SealedDraft(key.draft_id, week_number(until), seal_draft(state.to_bytes(), key), b"\x00" * 8)
    assert save_draft(draft, week_number(site.clock().date()), state.row_id(site.edition.study.id))
    browser = resume(another(site), code.digits)
    assert (browser.shown.status, browser.shown.heading) == (413, "That’s more than the page has room for")
    assert len(drafts()) == 1
