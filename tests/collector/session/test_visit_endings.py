"""What is deleted is deleted: drafts go with their visit, from whichever page of it, and no page sends them then."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, connections

from kuule.collector.http.collector_site import current_conversation
from kuule.collector.session.posted import REVIEW_PAGE
from kuule.collector.session.respondent_codes import pause_visit
from kuule.collector.session.session_state import SessionState
from kuule.store.database import configure
from kuule.store.rows.withdrawals import withdrawn_row_ids
from kuule.store.transactions import writer
from tests.collector.browser import Browser
from tests.collector.codes_on_pages import WORDS, another, drafts, paused, resume, send, shown_code, to_wish
from tests.collector.site_for_tests import TestSite, field, start

pytestmark = pytest.mark.usefixtures("cheap_locks")


@pytest.fixture
def site(coming_back_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(coming_back_folder, tmp_path)
    connections.close_all()


def break_and_pause(browser: Browser) -> list[tuple[str, str]]:
    """Pause, and turn back in the browser to the page with the break: its form, from before there was a code."""
    browser.press("break", {field(browser, "wish"): WORDS})
    before = browser.fields()
    browser.press("pause")
    assert len(drafts()) == 1
    return before


def without_ties() -> None:
    """As in a database whose drafts are older than what ties them to a visit."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_draft SET visit = NULL")


def test_delete_and_leave_from_a_page_older_than_the_pause_deletes_the_draft(site: TestSite) -> None:
    browser = to_wish(site)
    before = break_and_pause(browser)
    code = shown_code(browser)
    browser.post("/en", [*before, ("go", "end")])
    assert (browser.shown.heading, drafts()) == ("It’s gone", [])
    assert "Nothing is kept under this code." in resume(another(site), code).shown.words


def test_sending_from_a_page_older_than_the_pause_deletes_the_draft(site: TestSite) -> None:
    browser = site.answer({"wish": WORDS})
    before = browser.fields()
    paused(browser)
    assert len(drafts()) == 1
    browser.post("/en", [*before, ("go", "send")])
    assert (browser.shown.heading, drafts(), len(site.kept())) == ("Thank you", [], 1)


@pytest.mark.parametrize("go", ["end", "send"])
def test_every_draft_of_a_visit_goes_with_it(site: TestSite, go: str) -> None:
    code = paused(to_wish(site))
    one, other = resume(another(site), code), resume(another(site), code)
    for browser in (one, other):
        browser.press("break")
        browser.press("pause")
        browser.press("return")
    assert len(drafts()) == 2
    if go == "end":
        one.press("break")
        one.press("end")
    else:
        send(one)
    assert drafts() == []


def test_drafts_of_another_visit_stay(site: TestSite) -> None:
    theirs = paused(to_wish(site))
    browser = to_wish(site)
    browser.press("break")
    browser.press("end")
    assert resume(another(site), theirs).shown.page.xpath("//textarea") != []
    send(to_wish(site))
    assert len(drafts()) == 1


def test_draft_that_is_older_than_its_tie_is_opened_written_anew_and_deleted(site: TestSite) -> None:
    code = paused(to_wish(site))
    without_ties()
    browser = resume(another(site), code)
    browser.press("break")
    browser.press("end")
    assert drafts() == []
    again = paused(to_wish(site))
    without_ties()
    browser = resume(another(site), again)
    before = browser.fields()
    assert paused(browser) == again
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(visit) FROM store_draft")
        assert cursor.fetchall() == [(8,)]
    browser.post("/en", [*before, ("go", "break")])
    browser.press("end")
    assert drafts() == []


def test_visit_that_is_deleted_by_its_pause_code_is_not_sent_from_a_page_that_is_open(site: TestSite) -> None:
    """ "Gone for good": also where a page is open on it."""
    code = paused(to_wish(site))
    open_page = resume(another(site), code)
    assert resume(another(site), code, go="delete").shown.heading == "It’s deleted"
    open_page.press("next")
    assert (open_page.shown.heading, WORDS in open_page.shown.body.decode()) == ("This visit is over", False)
    assert (site.kept(), len(withdrawn_row_ids())) == ([], 1)


def test_visit_goes_on_under_its_other_code(site: TestSite) -> None:
    """Each of two codes deletes what is kept under it, and nothing that has a code of its own."""
    code = paused(to_wish(site))
    one, other = resume(another(site), code), resume(another(site), code)
    for browser in (one, other):
        browser.press("break")
        browser.press("pause")
    second = shown_code(other)
    assert second != code
    assert resume(another(site), code, go="delete").shown.heading == "It’s deleted"
    assert (len(drafts()), withdrawn_row_ids()) == (1, ())
    send(resume(another(site), second))
    assert (drafts(), len(site.kept())) == ([], 1)


def test_draft_that_this_version_does_not_read_is_deleted_by_its_code(site: TestSite) -> None:
    code = paused(to_wish(site))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_draft SET sealed = %s", (b"\x09" * 3072,))
    assert "The questions have changed" in resume(another(site), code).shown.words
    assert resume(another(site), code, go="delete").shown.heading == "It’s deleted"
    assert (drafts(), withdrawn_row_ids()) == ([], ())


@pytest.fixture
def store_that_only_reads(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """As while it is copied or its disk is full: what is there can be looked at, and nothing is kept. Nobody waits for
    it: the lock stays to the end of the test."""
    monkeypatch.setattr(writer, "RETRY_SECONDS", 0.0)
    file = site.folder / "kept.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:

        def take() -> None:
            configure(f"sqlite:///{file}?timeout=0.05")
            other.execute("BEGIN IMMEDIATE")

        yield take


def test_ended_visit_shows_no_answer_where_the_store_reads_and_does_not_write(
    site: TestSite, store_that_only_reads: Callable[[], None]
) -> None:
    browser = site.answer({"wish": WORDS})
    review = browser.fields()
    browser.press("break")
    browser.press("end")
    store_that_only_reads()
    browser.post("/en", [*review, ("go", "send")])
    assert (browser.shown.heading, WORDS in browser.shown.body.decode()) == ("This visit is over", False)


def test_ended_visit_that_had_not_passed_a_gate_shows_no_question_when_it_is_sent(site: TestSite) -> None:
    browser = site.begin()
    edition = browser.hidden("page").partition(".")[0]
    token = browser.hidden("token")
    browser.press("break")
    browser.press("end")
    browser.post("/en", [("token", token), ("page", f"{edition}.{REVIEW_PAGE}"), ("go", "send")])
    assert (browser.shown.heading, site.kept()) == ("This visit is over", [])


def say_at_gate(browser: Browser, name: str) -> None:
    """Read through, change a gate's answer to no, and go on."""
    browser.press("finish")
    browser.press("review")
    browser.press(f"page:/data/start/page_{name}")
    browser.press("next", {field(browser, name): "no"})


@pytest.mark.parametrize(("gate", "heading"), [("consent", "It’s gone"), ("adult", "Thank you for telling us")])
@pytest.mark.parametrize("pausing", [True, False])
def test_no_at_a_gate_deletes_what_was_answered_and_paused(
    site: TestSite, gate: str, heading: str, pausing: bool
) -> None:
    browser = to_wish(site)
    if pausing:
        paused(browser)
        assert len(drafts()) == 1
        browser.press("return")
    page = browser.fields({field(browser, "wish"): WORDS})
    say_at_gate(browser, gate)
    assert (browser.shown.heading, drafts()) == (heading, [])
    shown = browser.post("/en", [*page, ("go", "review")])
    assert (shown.heading, WORDS in shown.body.decode()) == ("This visit is over", False)


def test_no_at_the_first_page_writes_nothing(site: TestSite) -> None:
    browser = site.begin()
    browser.press("next", {field(browser, "consent"): "no"})
    assert (browser.shown.heading, withdrawn_row_ids()) == ("That’s fine", ())


def paused_beyond_a_gate(site: TestSite, gate: str) -> str:
    """A draft that stands after a gate at which it says no: the digits of its code."""
    conversation = current_conversation()
    browser = to_wish(site)
    opened = conversation.codec.open(browser.hidden("token"), site.clock())
    assert isinstance(opened, SessionState)
    answers = {path: "no" if path.endswith(f"/{gate}") else value for path, value in opened.visit.answers.items()}
    state = replace(opened, visit=replace(opened.visit, answers=answers))
    return pause_visit(site.edition, state, site.clock(), check_fits=lambda _: None).code.groups


@pytest.mark.parametrize("gate", ["consent", "adult"])
def test_code_that_leads_to_a_closed_gate_opens_the_gate_and_deletes_nothing(site: TestSite, gate: str) -> None:
    code = paused_beyond_a_gate(site, gate)
    browser = resume(another(site), code)
    assert (field(browser, gate), "no") in browser.stands
    assert (len(drafts()), withdrawn_row_ids()) == (1, ())
    browser.press("help")
    browser.press("return")
    assert (field(browser, gate), "no") in browser.stands
    browser.press("break")
    assert "end" in browser.buttons
    browser.press("return")
    assert len(drafts()) == 1
    browser.press("next", {field(browser, gate): "yes"})
    assert (len(drafts()), withdrawn_row_ids()) == (1, ())


@pytest.mark.parametrize("gate", ["consent", "adult"])
def test_no_at_the_gate_of_a_code_that_was_opened_deletes_its_draft(site: TestSite, gate: str) -> None:
    browser = resume(another(site), paused_beyond_a_gate(site, gate))
    browser.press("next")
    assert (drafts(), len(withdrawn_row_ids())) == ([], 1)


@pytest.mark.parametrize(("gate", "heading"), [("consent", "That’s fine"), ("adult", "Thank you for telling us")])
def test_no_on_a_page_older_than_the_pause_deletes_the_draft(site: TestSite, gate: str, heading: str) -> None:
    browser = site.begin()
    if gate == "adult":
        browser.press("next", {field(browser, "consent"): "yes"})
    older = browser.fields({field(browser, gate): "no"})
    browser.press("break")
    browser.press("pause")
    code = shown_code(browser)
    browser.post("/en", [*older, ("go", "next")])
    assert (browser.shown.heading, drafts(), len(withdrawn_row_ids())) == (heading, [], 1)
    assert "Nothing is kept under this code." in resume(another(site), code).shown.words


@pytest.mark.parametrize("gate", ["consent", "adult"])
def test_no_whose_drafts_cannot_be_looked_for_is_not_said_to_keep_nothing(
    site: TestSite, store_that_only_reads: Callable[[], None], gate: str
) -> None:
    browser = site.begin()
    if gate == "adult":
        browser.press("next", {field(browser, "consent"): "yes"})
    older = browser.fields({field(browser, gate): "no"})
    browser.press("break")
    browser.press("pause")
    store_that_only_reads()
    browser.post("/en", [*older, ("go", "next")])
    assert "What you paused is still kept under your code" in browser.shown.words
    assert ("116 111" in browser.shown.words) == (gate == "adult")
    assert len(drafts()) == 1


def test_delete_from_a_page_older_than_the_pause_says_what_may_remain(
    site: TestSite, store_that_only_reads: Callable[[], None]
) -> None:
    browser = to_wish(site)
    before = break_and_pause(browser)
    store_that_only_reads()
    browser.post("/en", [*before, ("go", "end")])
    assert "What you paused is still kept under your code" in browser.shown.words


def test_review_says_that_nothing_is_sent_where_something_may_be_paused(site: TestSite) -> None:
    """Also on a page that is older than the pause."""
    assert "No answer is kept until" not in site.review({}).shown.words


def test_no_that_cannot_be_carried_out_is_not_said_to_be(
    site: TestSite, store_that_only_reads: Callable[[], None]
) -> None:
    browser = to_wish(site)
    paused(browser)
    browser.press("return")
    store_that_only_reads()
    say_at_gate(browser, "adult")
    assert "What you paused is still kept under your code" in browser.shown.words
