"""Taking back what was sent, deleting and leaving, over real requests, and what every page says of both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from django.db import connection, connections

from kuule.collector.session import opened_visit
from kuule.sealing.envelope import ContentTooLong
from kuule.sealing.return_code_hashes import hash_code
from kuule.sealing.return_codes import legacy_row_id, new_code, read_code, row_id_range
from kuule.store.edition_archive import archive_edition
from kuule.store.rows.responses import read_responses
from kuule.store.rows.withdrawals import withdrawn_row_ids
from tests.collector.codes_on_pages import (
    ARABIC,
    COMING_BACK,
    WORDS,
    another,
    broken_store,
    drafts,
    paused,
    resume,
    sent,
    serve,
    shown_code,
    to_wish,
    withdraw,
)
from tests.collector.site_for_tests import TestSite, field, start
from tests.study.small_study import SETTINGS, make_edition

pytestmark = pytest.mark.usefixtures("cheap_locks")


@pytest.fixture
def site(coming_back_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(coming_back_folder, tmp_path)
    connections.close_all()


def test_code_to_take_back_is_offered_and_not_pressed_on_anyone(site: TestSite) -> None:
    sent(site)
    html = site.browser.shown.page
    assert html.xpath("//details[not(@open)]//p[contains(@class, 'twenty')]") != []
    assert "withdraw them until 30 June 2027" in site.browser.shown.words


def test_what_was_sent_is_taken_back_once_and_stays_gone(site: TestSite) -> None:
    code = sent(site)
    assert len(site.kept()) == 1
    assert withdraw(another(site), code.translate(ARABIC), "ar").shown.heading == "تم سحب إجاباتك"
    assert (site.kept(), len(withdrawn_row_ids())) == ([], 1)
    assert "Nothing can be withdrawn with this code" in withdraw(another(site), code).shown.words
    assert "Nothing can be withdrawn with this code" in withdraw(another(site), new_code().groups).shown.words
    assert len(withdrawn_row_ids()) == 1


def test_archive_does_not_tell_codes(site: TestSite, coming_back_folder: Path, tmp_path: Path) -> None:
    """What leaves with an archive is an id with eight bits in common with its code. Another code that has these too,
    which is all that can be searched for, takes nothing back; and the tag that would tell is not in the archive."""
    code = read_code(sent(site))
    study = site.edition.study.id
    (row,) = read_responses(site.edition.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tag FROM store_response")
        tag = bytes(cursor.fetchone()[0])
    assert tag == hash_code(study, code).tag
    assert (row.row_id in row_id_range(study, code), row.row_id == legacy_row_id(study, code)) == (True, False)
    guesses = (new_code() for _ in count())
    found = next(guess for guess in guesses if row.row_id in row_id_range(study, guess))
    assert "Nothing can be withdrawn with this code" in withdraw(another(site), found.groups).shown.words
    archive_edition(coming_back_folder, tmp_path / "archive")
    assert tag not in (tmp_path / "archive").read_bytes()
    assert withdraw(another(site), code.groups).shown.heading == "Your answers are withdrawn"


def test_answer_from_before_there_were_tags_is_taken_back(site: TestSite) -> None:
    code = read_code(sent(site))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE store_response SET tag = NULL, row_id = %s", (legacy_row_id(site.edition.study.id, code),)
        )
    assert withdraw(another(site), code.groups).shown.heading == "Your answers are withdrawn"
    assert withdrawn_row_ids() == (legacy_row_id(site.edition.study.id, code),)


def test_resend_after_taking_back_keeps_nothing_and_is_told(site: TestSite) -> None:
    browser = site.answer({"wish": WORDS})
    fields = browser.fields()
    browser.press("send")
    withdraw(another(site), shown_code(browser))
    browser.post("/en", [*fields, ("go", "send")])
    assert (browser.shown.heading, site.kept()) == ("This visit is over", [])


def test_resend_whose_first_answer_was_lost_shows_the_code_again(site: TestSite) -> None:
    browser = site.answer({"wish": WORDS})
    fields = browser.fields()
    browser.press("send")
    code = shown_code(browser)
    browser.post("/en", [*fields, ("go", "send")])
    assert ("These answers were sent before." in browser.shown.words, shown_code(browser)) == (True, code)


@pytest.mark.parametrize("go", ["back", "page", "help", "break", "next"])
def test_turning_back_after_sending_shows_no_answer_and_no_code(site: TestSite, go: str) -> None:
    browser = site.review({"wish": WORDS})
    fields = browser.fields()
    pressed = next(one for one in browser.buttons if one.startswith("page:")) if go == "page" else go
    browser.press("send")
    browser.post("/en", [*fields, ("go", pressed)])
    assert "These answers were sent before." in browser.shown.words
    assert WORDS not in browser.shown.body.decode()
    assert browser.shown.page.xpath("//*[contains(@class, 'twenty')] | //input[@name='token']") == []


def test_day_until_which_answers_can_be_taken_back_is_kept_to(site: TestSite) -> None:
    site.clock.now = datetime(2027, 7, 1, 11, 59, tzinfo=UTC)
    code = sent(site)
    site.clock.wait(minutes=1)
    browser = another(site)
    assert browser.get("/en/withdraw").heading == "Answers can’t be withdrawn now"
    browser.post("/en/withdraw", [("code", code), ("go", "withdraw")])
    assert (browser.shown.heading, len(site.kept())) == ("Answers can’t be withdrawn now", 1)
    late = site.answer({"wish": WORDS})
    assert "can’t be found again or withdrawn" in late.shown.words
    late.press("send")
    assert late.shown.page.xpath("//*[contains(@class, 'twenty')]") == []
    assert site.browser.get("/en").page.xpath("//a[contains(@href, 'withdraw')]") == []


def test_answers_have_the_day_that_their_own_edition_promised(
    site: TestSite, coming_back_folder: Path, tmp_path: Path
) -> None:
    code = sent(site)
    later = SETTINGS + COMING_BACK.replace("2027-06-30", "2027-12-31")
    make_edition(tmp_path / "new", settings=later)
    serve(site, (coming_back_folder, tmp_path / "new" / "edition"))
    site.clock.now = datetime(2027, 9, 1, tzinfo=UTC)
    assert "Nothing can be withdrawn with this code" in withdraw(another(site), code).shown.words
    assert len(site.kept()) == 1
    serve(site, (tmp_path / "new" / "edition",))
    assert withdraw(another(site), code).shown.heading == "Your answers are withdrawn"


def test_before_sending_it_is_said_what_will_be_possible(site: TestSite) -> None:
    for arrive in (site.answer, site.review):
        words = arrive({"wish": WORDS}).shown.words
        assert "You can withdraw your answers until 30 June 2027" in words
        assert "can’t be found again or withdrawn" not in words


def test_delete_and_leave_ends_the_visit(site: TestSite) -> None:
    browser = to_wish(site)
    code = paused(browser)
    fields = browser.fields()
    browser.press("return")
    question = browser.fields()
    browser.press("break")
    browser.press("end")
    assert (browser.shown.heading, drafts(), len(withdrawn_row_ids())) == ("It’s gone", [], 1)
    assert browser.shown.page.xpath("//input[@name='token'] | //form") == []
    assert "https://en.wikipedia.org/wiki/Main_Page" in browser.shown.page.xpath("//main//a/@href")
    for again, go in (
        (fields, "return"),
        (fields, "pause"),
        (question, "next"),
        (question, "help"),
        (question, "send"),
    ):
        browser.post("/en", [*again, ("go", go)])
        assert WORDS not in browser.shown.body.decode()
    assert browser.post("/en", [*fields, ("go", "return")]).heading == "This visit is over"
    assert (drafts(), site.kept()) == ([], [])
    assert "Nothing is kept under this code." in resume(another(site), code).shown.words


def test_delete_and_leave_where_the_store_does_not_answer_says_what_is_true(site: TestSite) -> None:
    browser = to_wish(site)
    paused(browser)
    broken_store()
    browser.press("return")
    browser.press("break")
    browser.press("end")
    assert "Back can show what you wrote until you close this tab" in browser.shown.words
    assert "What you paused is still kept under your code." in browser.shown.words


def test_ended_visit_that_is_sent_all_the_same_is_not_kept(site: TestSite) -> None:
    browser = site.answer({"wish": WORDS})
    fields = browser.fields()
    browser.press("break")
    browser.press("end")
    browser.post("/en", [*fields, ("go", "send")])
    assert (browser.shown.heading, site.kept()) == ("This visit is over", [])


@pytest.mark.parametrize("days", [2, 60])
@pytest.mark.parametrize(("end", "told"), [("send", "These answers were sent before."), ("end", "This visit is over")])
def test_page_that_was_left_open_for_days_shows_nothing_of_a_visit_that_is_over(
    site: TestSite, end: str, told: str, days: int
) -> None:
    browser = to_wish(site)
    typed = browser.fields({field(browser, "wish"): WORDS})
    browser.post("/en", [*typed, ("go", "next" if end == "send" else "break")])
    while end not in browser.buttons:
        browser.press("next")
    browser.press(end)
    site.clock.wait(hours=24 * days)
    for go in ("next", "back", "help", "send"):
        browser.post("/en", [*typed, ("go", go)])
        assert told in browser.shown.words
        assert WORDS not in browser.shown.body.decode()
        assert browser.shown.page.xpath("//*[contains(@class, 'twenty')] | //input[@name='token']") == []


def test_ended_visit_whose_answers_never_fitted_shows_none_of_them(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(*_: object, **__: object) -> None:
        raise ContentTooLong(1)

    monkeypatch.setattr(opened_visit, "seal_visit", too_long)
    browser = site.answer({"wish": WORDS})
    fields = browser.fields()
    browser.press("send")
    assert WORDS in browser.shown.body.decode()
    browser.press("break")
    browser.press("end")
    browser.post("/en", [*fields, ("go", "send")])
    assert browser.shown.heading == "This visit is over"
    assert WORDS not in browser.shown.body.decode()


def test_ending_after_sending_takes_nothing_back(site: TestSite) -> None:
    """Two tabs: one sends, the other deletes. What was sent is taken back by its code alone."""
    browser = site.answer({"wish": WORDS})
    fields = browser.fields()
    browser.press("send")
    browser.post("/en", [*fields, ("go", "end")])
    assert ("These answers were sent before." in browser.shown.words, len(site.kept())) == (True, 1)


def test_promise_is_that_of_the_settings(site: TestSite, tmp_path: Path) -> None:
    words = site.browser.get("/en/privacy").words
    said = ("With a pause code", "in days: 14", "Until 30 June 2027 you can withdraw your answers")
    assert [one for one in said if one not in words] == []
    assert "After sending, you can’t withdraw your answers" not in words
    make_edition(tmp_path / "none", settings=SETTINGS + "\n[coming_back]\npause_days = 0\n")
    serve(site, (tmp_path / "none" / "edition",))
    words = site.browser.get("/en/privacy").words
    assert [one for one in said if one in words] == []
    assert "After sending, you can’t withdraw your answers" in words


PROMISED = {
    "en": ("in days: 14", "30 June 2027"),
    "sv": ("i dagar: 14", "30 juni 2027"),
    "ar": ("بالأيام: 14", "30 يونيو 2027"),
}


@pytest.mark.parametrize("tag", sorted(PROMISED))
def test_promise_and_welcome_say_it_in_every_language(site: TestSite, tag: str) -> None:
    words = site.browser.get(f"/{tag}/privacy").words
    assert [one for one in PROMISED[tag] if one not in words] == []
    links = site.browser.get(f"/{tag}").page.xpath("//ul[@class='codes']//a/@href")
    assert links == [f"/{tag}/resume", f"/{tag}/withdraw"]


@pytest.mark.parametrize("page", ["resume", "withdraw"])
@pytest.mark.parametrize("body", [b"", b"code=", b"go=delete", b"code=%FF%00&go=open", b"code=" + b"1" * 5000])
def test_any_post_gives_a_page_in_words(site: TestSite, page: str, body: bytes) -> None:
    shown = another(site).post_bytes(f"/en/{page}", body)
    assert shown.status in {200, 400}
    assert len(shown.page.xpath("//h1")) == 1
