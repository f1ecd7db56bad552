"""Pausing without an account, over real requests: pause, go on elsewhere, send; what a code opens and how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, connections

from kuule.collector.session import draft_sealing
from kuule.collector.session.session_state import SessionState
from kuule.sealing.return_codes import new_code, read_code
from kuule.store.rows.withdrawals import withdrawn_row_ids
from tests.collector.codes_on_pages import (
    ARABIC,
    COMING_BACK,
    WORDS,
    another,
    broken_store,
    drafts,
    paused,
    rename,
    resume,
    send,
    sent,
    serve,
    shown_code,
    slipped,
    to_wish,
    withdraw,
)
from tests.collector.site_for_tests import TestSite, field, start
from tests.patience import PATIENCE
from tests.study.small_study import FORM, SETTINGS, make_edition

pytestmark = pytest.mark.usefixtures("cheap_locks")


@pytest.fixture
def site(coming_back_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(coming_back_folder, tmp_path)
    connections.close_all()


def test_break_keeps_what_was_typed_and_nothing_on_the_site(site: TestSite) -> None:
    browser = to_wish(site)
    browser.press("break", {field(browser, "wish"): WORDS})
    assert browser.shown.heading == "Take the time you need"
    assert (drafts(), withdrawn_row_ids()) == ([], ())
    browser.press("return")
    assert (field(browser, "wish"), WORDS) in browser.fields()


@pytest.mark.parametrize("typed", [str, lambda code: code.translate(ARABIC), lambda code: code.replace(" ", " - ")])
def test_pause_goes_on_in_another_browser_at_the_same_page(site: TestSite, typed: object) -> None:
    code = paused(to_wish(site))
    browser = resume(another(site), typed(code))  # type: ignore[operator]
    assert (field(browser, "wish"), WORDS) in browser.fields()
    send(browser)
    assert browser.shown.heading == "Thank you"
    (record,) = site.kept()
    answers = {path.rsplit("/", 1)[-1]: value for path, value in record.answers.items()}
    assert (answers["wish"], answers["residence"]) == (WORDS, "FI")


def test_pause_asked_for_on_a_page_of_questions_keeps_what_was_typed_there(site: TestSite) -> None:
    browser = to_wish(site)
    browser.post("/en", [*browser.fields({field(browser, "wish"): WORDS}), ("go", "pause")])
    again = resume(another(site), shown_code(browser))
    assert (field(again, "wish"), WORDS) in again.fields()


def test_pause_goes_on_in_another_language(site: TestSite) -> None:
    browser = resume(another(site), paused(to_wish(site)), "ar")
    assert browser.shown.page.get("lang") == "ar"
    assert (field(browser, "wish"), WORDS) in browser.fields()


def test_pause_from_the_last_page_goes_on_there_and_says_nothing_untrue(site: TestSite) -> None:
    browser = site.answer({"wish": WORDS})
    code = paused(browser)
    browser = resume(another(site), code)
    assert browser.shown.heading == "You’ve reached the end"
    assert "No answer is kept until" not in browser.shown.words
    browser.press("review")
    assert browser.shown.heading == "Your answers"
    assert "No answer is kept until" not in browser.shown.words
    assert "Nothing is sent until you press" in browser.shown.words


def test_code_works_until_it_is_sent(site: TestSite) -> None:
    """Who goes on and closes the tab has lost nothing."""
    code = paused(to_wish(site))
    for _ in range(2):
        assert resume(another(site), code).hidden("page").endswith("/data/end/page_wish")
    send(resume(another(site), code))
    assert drafts() == []
    assert "Nothing is kept under this code." in resume(another(site), code).shown.words


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_draft_that_is_there_though_its_visit_was_sent_sends_nothing_twice(site: TestSite) -> None:
    """As an earlier version left it where the machine went down between keeping the answer and deleting the draft."""
    code = paused(to_wish(site))
    browser = resume(another(site), code)
    run("CREATE TABLE away AS SELECT * FROM store_draft")
    send(browser)
    assert (browser.shown.heading, drafts(), len(site.kept())) == ("Thank you", [], 1)
    run("INSERT INTO store_draft SELECT * FROM away")
    late = resume(another(site), code)
    assert "These answers were sent before." in late.shown.words
    assert WORDS not in late.shown.body.decode()
    assert (drafts(), len(site.kept())) == ([], 1)


def test_nothing_is_sent_where_its_draft_could_not_be_deleted_and_the_next_press_sends_it(site: TestSite) -> None:
    code = paused(to_wish(site))
    browser = resume(another(site), code)
    rename("store_draft", "away")
    send(browser)
    rename("away", "store_draft")
    assert (browser.shown.heading == "Thank you", len(drafts()), site.kept()) == (False, 1, [])
    browser.press("send")
    assert (browser.shown.heading, drafts(), len(site.kept())) == ("Thank you", [], 1)


def test_draft_is_unreadable_and_tells_a_week_only(site: TestSite) -> None:
    code = paused(to_wish(site))
    ((draft_id, week, sealed),) = drafts()
    digits = code.replace(" ", "")
    raw = (site.folder / "kept.sqlite3").read_bytes()
    marks = [WORDS.encode(), b"18_to_34", digits.encode(), digits[:8].encode(), int(digits).to_bytes(9, "big")]
    assert sealed[:200] in raw
    assert [mark for mark in marks if mark in raw] == []
    assert (len(sealed), draft_id < 2**63) == (3072, True)
    assert week == (datetime(2026, 12, 8, tzinfo=UTC).toordinal() - 1) // 7


def test_draft_holds_neither_the_code_on_paper_nor_when_the_visit_began(site: TestSite) -> None:
    """Also the draft of a second pause, and that of a page whose code another browser wrote under."""
    first = paused(to_wish(site))
    one, other = resume(another(site), first), resume(another(site), first)
    for browser in (one, other):
        browser.press("break")
        browser.press("pause")
    codes = [first, shown_code(other)]
    assert len(set(codes)) == 2
    kept = {draft_id: sealed for draft_id, _, sealed in drafts()}
    for code in codes:
        lock = draft_sealing.derive_draft_key(site.edition.study.id, read_code(code))
        state = SessionState.from_bytes(draft_sealing.open_draft(kept[lock.draft_id], lock))
        assert (state.start_minute, state.pause_ticket) == (0, None)


def test_pausing_again_keeps_the_code_and_writes_the_draft_anew(site: TestSite) -> None:
    browser = to_wish(site)
    code = paused(browser)
    browser.press("return")
    browser.press("break", {field(browser, "wish"): "More words."})
    browser.press("pause")
    assert (shown_code(browser), len(drafts())) == (code, 1)
    later = resume(another(site), code)
    assert (field(later, "wish"), "More words.") in later.fields()
    later.press("break", {field(later, "wish"): "Still more."})
    later.press("pause")
    assert (shown_code(later), len(drafts())) == (code, 1)


def test_two_browsers_write_nothing_over_each_other(site: TestSite) -> None:
    code = paused(to_wish(site))
    one, other = resume(another(site), code), resume(another(site), code)
    for browser, words in ((one, "First."), (other, "Second.")):
        browser.press("break", {field(browser, "wish"): words})
        browser.press("pause")
    assert (shown_code(one), shown_code(other) != code, len(drafts())) == (code, True, 2)
    assert "this page has its own code" in other.shown.words
    found = {}
    for given in (code, shown_code(other)):
        browser = resume(another(site), given)
        found[given] = dict(browser.fields())[field(browser, "wish")]
    assert list(found.values()) == ["First.", "Second."]


def test_answer_sent_under_one_code_ends_the_other(site: TestSite) -> None:
    """Both are one visit: it is kept once, and nothing of it stays under the second code."""
    code = paused(to_wish(site))
    one, other = resume(another(site), code), resume(another(site), code)
    one.press("break")
    one.press("pause")
    other.press("break")
    other.press("pause")
    second = shown_code(other)
    send(resume(another(site), code))
    late = resume(another(site), second)
    assert "Nothing is kept under this code." in late.shown.words
    assert (len(site.kept()), drafts()) == (1, [])


def test_time_of_a_draft_is_over_after_the_week(site: TestSite) -> None:
    code = paused(to_wish(site))
    site.clock.wait(days=14 + 5)  # Sunday
    assert resume(another(site), code).shown.page.xpath("//textarea") != []
    site.clock.wait(days=1)
    assert "its time is over" in resume(another(site), code).shown.words


def test_pausing_again_moves_the_time_on(site: TestSite) -> None:
    code = paused(to_wish(site))
    site.clock.wait(days=10)
    browser = resume(another(site), code)
    paused(browser)
    site.clock.wait(days=14)
    assert resume(another(site), code).shown.page.xpath("//textarea") != []


def test_page_says_until_when(site: TestSite) -> None:
    browser = to_wish(site)
    browser.press("break")
    assert "kept until 8 December 2026 at least" in browser.shown.words
    browser.press("pause")
    assert "kept until 8 December 2026 at least" in browser.shown.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Please write the code here."),
        ("abc", "A code has only digits."),
        ("1234 5678", "here are fewer"),
        ("1" * 24, "here are more"),
    ],
)
@pytest.mark.parametrize("page", ["resume", "withdraw"])
def test_slip_is_told_beside_the_field_and_what_was_typed_stays(
    site: TestSite, page: str, typed: str, said: str
) -> None:
    browser = site.browser
    browser.get(f"/en/{page}")
    browser.press({"resume": "open", "withdraw": "withdraw"}[page], {"code": typed})
    assert said in browser.shown.words
    assert ("code", typed) in browser.fields()
    assert browser.shown.page.xpath("//input[@name='code']/@aria-describedby") == ["code-unfit"]


@pytest.mark.parametrize(("page", "text"), [("resume", "Write the twenty digits"), ("withdraw", "code you were shown")])
def test_field_of_a_slip_comes_before_what_was_read_already(site: TestSite, page: str, text: str) -> None:
    """On a low screen it is in sight, with what is said of it."""
    browser = site.browser
    words = browser.get(f"/en/{page}").words
    browser.press({"resume": "open", "withdraw": "withdraw"}[page], {"code": "1234"})
    again = browser.shown.words
    assert words.count(text) == again.count(text) == 1
    assert words.index(text) < words.index(" Code ")
    assert again.index(" Code ") < again.index("here are fewer") < again.index(text)


def test_code_that_cannot_be_looked_up_is_not_said_to_be_a_slip(site: TestSite) -> None:
    browser = site.browser
    browser.get("/en/resume")
    broken_store()
    browser.press("open", {"code": new_code().groups})
    assert "It’s nothing you did" in browser.shown.words
    assert browser.shown.page.xpath("//input[@name='code']/@aria-invalid") == []


def test_slip_says_the_same_whether_there_is_such_a_code_or_not(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = paused(to_wish(site))
    known, unknown = slipped(code), slipped(new_code().groups)
    monkeypatch.setattr(draft_sealing, "Argon2id", None)  # nothing is looked up: the hash is not even made
    said = [
        re.sub(r'value="[0-9 ]*"', "", resume(another(site), typed).shown.page.text_content())
        for typed in (known, unknown)
    ]
    assert said[0] == said[1]
    assert "two are swapped" in said[0]


def test_paused_visit_is_deleted_unopened(site: TestSite) -> None:
    code = paused(to_wish(site))
    browser = resume(another(site), code, go="delete")
    assert (browser.shown.heading, drafts()) == ("It’s deleted", [])
    assert "Nothing is kept under this code." in resume(another(site), code, go="delete").shown.words


def test_edition_that_is_not_served_any_more_is_said_and_the_draft_stays(site: TestSite, tmp_path: Path) -> None:
    code = paused(to_wish(site))
    make_edition(
        tmp_path / "new", settings=SETTINGS + COMING_BACK, form=FORM.replace("Your own words", "In your words")
    )
    serve(site, (tmp_path / "new" / "edition",))
    browser = resume(another(site), code)
    assert "The questions have changed" in browser.shown.words
    assert (len(drafts()), "delete" in browser.buttons) == (1, True)


def test_pause_ends_on_the_edition_that_it_began(site: TestSite, coming_back_folder: Path, tmp_path: Path) -> None:
    code = paused(to_wish(site))
    make_edition(
        tmp_path / "new", settings=SETTINGS + COMING_BACK, form=FORM.replace("Your own words", "In your words")
    )
    serve(site, (coming_back_folder, tmp_path / "new" / "edition"))
    send(resume(another(site), code))
    assert [record.edition for record in site.kept()] == [site.edition.id]


def test_where_pausing_is_off_no_page_offers_it_and_none_is_kept(tmp_path: Path) -> None:
    make_edition(tmp_path, settings=SETTINGS + "\n[coming_back]\npause_days = 0\n")
    site = start(tmp_path / "edition", tmp_path)
    assert site.browser.get("/en").page.xpath("//a[contains(@href, 'resume') or contains(@href, 'withdraw')]") == []
    browser = to_wish(site)
    browser.press("break", {field(browser, "wish"): WORDS})
    assert "pause" not in browser.buttons
    assert "What you wrote is gone at once and for good. Only a random number" in browser.shown.words
    browser.post("/en", [*browser.fields(), ("go", "pause")])
    assert (browser.shown.heading, drafts()) == ("Take the time you need", [])
    browser.press("return")
    assert (field(browser, "wish"), WORDS) in browser.fields()
    send(browser)
    assert browser.shown.page.xpath("//*[contains(@class, 'twenty')]") == []
    connections.close_all()


def test_where_pausing_is_on_deleting_is_said_to_reach_what_was_paused(site: TestSite) -> None:
    said = "gone at once and for good, and so is anything you paused."
    browser = to_wish(site)
    found = [said in browser.press("break").words]
    browser.press("return")
    found.append(said in browser.press("next").words)
    found.append(said in browser.press("review").words)
    assert found == [True, True, True]


def test_store_that_does_not_answer_loses_nothing(site: TestSite) -> None:
    gone = sent(site)
    code = paused(to_wish(site))
    browser = resume(another(site), code)
    broken_store()
    browser.press("break", {field(browser, "wish"): "New words."})
    browser.press("pause")
    assert (browser.shown.status, browser.shown.page.get_element_by_id("trouble").text) == (503, "Not kept yet")
    browser.press("return")
    assert (field(browser, "wish"), "New words.") in browser.fields()
    for browser in (resume(another(site), code), withdraw(another(site), gone)):
        assert (browser.shown.status, "Our site can’t look that up right now." in browser.shown.words) == (503, True)


def test_too_many_at_once_are_asked_to_wait(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = to_wish(site)
    monkeypatch.setattr(draft_sealing, "WAIT_SECONDS", 0.01)
    taken = [draft_sealing.SLOTS.acquire(timeout=PATIENCE) for _ in range(draft_sealing.MAX_CONCURRENT)]
    browser.press("break", {field(browser, "wish"): WORDS})
    browser.press("pause")
    waiting = resume(another(site), new_code().groups)
    for _ in taken:
        draft_sealing.SLOTS.release()
    assert "Many people are here right now." in browser.shown.words
    assert waiting.shown.status == 503
    browser.press("pause")
    assert read_code(shown_code(browser))
