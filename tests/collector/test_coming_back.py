"""Coming back without an account, over real requests: pause, go on elsewhere, send, take back, delete and leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, connections

from kuule.collector import conversation, pause_lock
from kuule.collector.options import ServeOptions
from kuule.collector.site import start_site
from kuule.sealing.codes import new_code, read_code
from kuule.sealing.envelope import TooLong
from kuule.store.withdrawals import withdrawn
from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite, field, start
from tests.study.small_study import FORM, SETTINGS, make_edition

COMING_BACK = "\n[coming_back]\npause_days = 14\nwithdraw_until = 2027-06-30\n"
WORDS = "That someone listens."
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("frozen")
    make_edition(made, settings=SETTINGS + COMING_BACK)
    return made / "edition"


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(folder, tmp_path)
    connections.close_all()


def another(site: TestSite) -> Browser:
    """A browser that knows nothing of the first."""
    return Browser(site.browser.application)


def to_wish(site: TestSite, tag: str = "en") -> Browser:
    """A visit that has come to its last question, with the words in the field and not yet posted."""
    browser = site.pass_gates(tag)
    browser.press("next", {field(browser, "age_band"): "18_to_34", field(browser, "residence"): "FI"})
    while not any(name.endswith("/wish") for name in browser.asked):
        asked = {name.rsplit("/", 1)[-1]: name for name in browser.asked}
        browser.press("next", {asked["way"]: "pass"} if "way" in asked else {})
    return browser


def paused(browser: Browser) -> str:
    """Take a break, ask for a code: the digits as they are shown."""
    typed = {field(browser, "wish"): WORDS} if any(name.endswith("/wish") for name in browser.asked) else {}
    browser.press("break", typed)
    browser.press("pause")
    return shown_code(browser)


def shown_code(browser: Browser) -> str:
    (code,) = browser.shown.page.xpath("//p[contains(@class, 'twenty')]/bdi[@dir='ltr']/text()")
    assert re.fullmatch(r"([0-9]{4} ){4}[0-9]{4}", code)
    return str(code)


def resume(browser: Browser, code: str, tag: str = "en", go: str = "open") -> Browser:
    browser.get(f"/{tag}/resume")
    browser.press(go, {"code": code})
    return browser


def withdraw(browser: Browser, code: str, tag: str = "en") -> Browser:
    browser.get(f"/{tag}/withdraw")
    browser.press("withdraw", {"code": code})
    return browser


def send(browser: Browser) -> Browser:
    while "send" not in browser.buttons:
        browser.press("next")
    browser.press("send")
    return browser


def drafts() -> list[tuple[int, int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT draft_id, last_week, sealed FROM store_draft ORDER BY draft_id")
        return [(draft_id, week, bytes(sealed)) for draft_id, week, sealed in cursor.fetchall()]


def slipped(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def test_break_keeps_what_was_typed_and_nothing_on_the_site(site: TestSite) -> None:
    browser = to_wish(site)
    browser.press("break", {field(browser, "wish"): WORDS})
    assert browser.shown.heading == "Take the time you need"
    assert (drafts(), withdrawn()) == ([], ())
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


def test_pause_goes_on_in_another_language(site: TestSite) -> None:
    browser = resume(another(site), paused(to_wish(site)), "ar")
    assert browser.shown.page.get("lang") == "ar"
    assert (field(browser, "wish"), WORDS) in browser.fields()


def test_pause_from_the_last_page_goes_on_there_and_says_nothing_untrue(site: TestSite) -> None:
    browser = site.answer({"wish": WORDS})
    browser = resume(another(site), paused(browser))
    assert browser.shown.heading == "What you wrote"
    assert "Nothing is kept until" not in browser.shown.words
    assert "Nothing is sent until you press" in browser.shown.words


def test_code_works_until_it_is_sent(site: TestSite) -> None:
    """Who goes on and closes the tab has lost nothing."""
    code = paused(to_wish(site))
    for _ in range(2):
        assert resume(another(site), code).hidden("page").endswith("/data/end/page_wish")
    send(resume(another(site), code))
    assert drafts() == []
    assert "Nothing is kept under this code." in resume(another(site), code).shown.words


def test_draft_that_could_not_be_deleted_when_it_was_sent_sends_nothing_twice(site: TestSite) -> None:
    """As where the machine goes down between keeping the answer and deleting the draft."""
    code = paused(to_wish(site))
    browser = resume(another(site), code)
    rename("store_draft", "away")
    send(browser)
    rename("away", "store_draft")
    assert (browser.shown.heading, len(drafts()), len(site.kept())) == ("Thank you", 1, 1)
    late = resume(another(site), code)
    assert "These answers were sent before." in late.shown.words
    assert WORDS not in late.shown.body.decode()
    assert (drafts(), len(site.kept())) == ([], 1)


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
    assert "this page has a code of its own" in other.shown.words
    found = {}
    for given in (code, shown_code(other)):
        browser = resume(another(site), given)
        found[given] = dict(browser.fields())[field(browser, "wish")]
    assert list(found.values()) == ["First.", "Second."]


def test_answer_sent_under_one_code_ends_the_other(site: TestSite) -> None:
    """Both are one visit: it is kept once, and who comes with the second code is told so."""
    code = paused(to_wish(site))
    one, other = resume(another(site), code), resume(another(site), code)
    one.press("break")
    one.press("pause")
    other.press("break")
    other.press("pause")
    second = shown_code(other)
    send(resume(another(site), code))
    late = resume(another(site), second)
    assert "These answers were sent before." in late.shown.words
    assert (late.shown.page.xpath("//*[contains(@class, 'twenty')]"), len(site.kept()), drafts()) == ([], 1, [])


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


def test_slip_says_the_same_whether_there_is_such_a_code_or_not(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = paused(to_wish(site))
    known, unknown = slipped(code), slipped(new_code().groups)
    monkeypatch.setattr(pause_lock, "Argon2id", None)  # nothing is looked up: the hash is not even made
    said = [
        re.sub(r'value="[0-9 ]*"', "", resume(another(site), typed).shown.page.text_content())
        for typed in (known, unknown)
    ]
    assert said[0] == said[1]
    assert "two have changed places" in said[0]


def test_paused_visit_is_deleted_unopened(site: TestSite) -> None:
    code = paused(to_wish(site))
    browser = resume(another(site), code, go="delete")
    assert (browser.shown.heading, drafts()) == ("It is deleted", [])
    assert "Nothing is kept under this code." in resume(another(site), code, go="delete").shown.words


def test_edition_that_is_not_served_any_more_is_said_and_the_draft_stays(site: TestSite, tmp_path: Path) -> None:
    code = paused(to_wish(site))
    make_edition(
        tmp_path / "new", settings=SETTINGS + COMING_BACK, form=FORM.replace("Your own words", "In your words")
    )
    serve(site, (tmp_path / "new" / "edition",))
    browser = resume(another(site), code)
    assert "The questions have been renewed" in browser.shown.words
    assert (len(drafts()), "delete" in browser.buttons) == (1, True)


def test_pause_ends_on_the_edition_that_it_began(site: TestSite, folder: Path, tmp_path: Path) -> None:
    code = paused(to_wish(site))
    make_edition(
        tmp_path / "new", settings=SETTINGS + COMING_BACK, form=FORM.replace("Your own words", "In your words")
    )
    serve(site, (folder, tmp_path / "new" / "edition"))
    send(resume(another(site), code))
    assert [record.edition for record in site.kept()] == [site.edition.id]


def serve(site: TestSite, folders: tuple[Path, ...]) -> None:
    kept = f"sqlite:///{site.folder / 'kept.sqlite3'}"
    options = ServeOptions(folders, kept, rehearsal=True, drafts=True, secret=site.folder / "token-secret")
    start_site(options, site.clock)


def test_where_pausing_is_off_no_page_offers_it_and_none_is_kept(tmp_path: Path) -> None:
    make_edition(tmp_path, settings=SETTINGS + "\n[coming_back]\npause_days = 0\n")
    site = start(tmp_path / "edition", tmp_path)
    assert site.browser.get("/en").page.xpath("//a[contains(@href, 'resume') or contains(@href, 'withdraw')]") == []
    browser = to_wish(site)
    browser.press("break", {field(browser, "wish"): WORDS})
    assert "pause" not in browser.buttons
    browser.post("/en", [*browser.fields(), ("go", "pause")])
    assert (browser.shown.heading, drafts()) == ("Take the time you need", [])
    browser.press("return")
    assert (field(browser, "wish"), WORDS) in browser.fields()
    send(browser)
    assert browser.shown.page.xpath("//*[contains(@class, 'twenty')]") == []
    connections.close_all()


def rename(table: str, to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {to}")


def broken_store() -> None:
    for name in ("draft", "withdrawal"):
        rename(f"store_{name}", f"away_{name}")


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
        assert (browser.shown.status, "Our site cannot look that up just now." in browser.shown.words) == (503, True)


def test_too_many_at_once_are_asked_to_wait(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = to_wish(site)
    monkeypatch.setattr(pause_lock, "WAIT_SECONDS", 0.01)
    taken = [pause_lock._TURNS.acquire(timeout=5) for _ in range(pause_lock.AT_ONCE)]
    browser.press("break", {field(browser, "wish"): WORDS})
    browser.press("pause")
    waiting = resume(another(site), new_code().groups)
    for _ in taken:
        pause_lock._TURNS.release()
    assert "Many people come and go just now." in browser.shown.words
    assert waiting.shown.status == 503
    browser.press("pause")
    assert read_code(shown_code(browser))


def sent(site: TestSite, tag: str = "en") -> str:
    """Answer and send: the code that takes it back."""
    browser = site.answer({"wish": WORDS}, tag)
    browser.press("send")
    return shown_code(browser)


def test_code_to_take_back_is_offered_and_not_pressed_on_anyone(site: TestSite) -> None:
    sent(site)
    html = site.browser.shown.page
    assert html.xpath("//details[not(@open)]//p[contains(@class, 'twenty')]") != []
    assert "take them back until 30 June 2027" in site.browser.shown.words


def test_what_was_sent_is_taken_back_once_and_stays_gone(site: TestSite) -> None:
    code = sent(site)
    assert len(site.kept()) == 1
    assert withdraw(another(site), code.translate(ARABIC), "ar").shown.heading == "تم السحب"
    assert (site.kept(), len(withdrawn())) == ([], 1)
    assert "There is nothing under this code" in withdraw(another(site), code).shown.words
    assert "There is nothing under this code" in withdraw(another(site), new_code().groups).shown.words
    assert len(withdrawn()) == 1


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
    browser = site.answer({"wish": WORDS})
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
    assert browser.get("/en/withdraw").heading == "Answers stay now"
    browser.post("/en/withdraw", [("code", code), ("go", "withdraw")])
    assert (browser.shown.heading, len(site.kept())) == ("Answers stay now", 1)
    late = site.answer({"wish": WORDS})
    assert "cannot be found again or taken back" in late.shown.words
    late.press("send")
    assert late.shown.page.xpath("//*[contains(@class, 'twenty')]") == []
    assert site.browser.get("/en").page.xpath("//a[contains(@href, 'withdraw')]") == []


def test_answers_have_the_day_that_their_own_edition_promised(site: TestSite, folder: Path, tmp_path: Path) -> None:
    code = sent(site)
    later = SETTINGS + COMING_BACK.replace("2027-06-30", "2027-12-31")
    make_edition(tmp_path / "new", settings=later)
    serve(site, (folder, tmp_path / "new" / "edition"))
    site.clock.now = datetime(2027, 9, 1, tzinfo=UTC)
    assert withdraw(another(site), code).shown.heading == "Answers stay now"
    serve(site, (tmp_path / "new" / "edition",))
    assert withdraw(another(site), code).shown.heading == "It is taken back"


def test_before_sending_it_is_said_what_will_be_possible(site: TestSite) -> None:
    words = site.answer({"wish": WORDS}).shown.words
    assert "you can take your answers back until 30 June 2027" in words
    assert "cannot be found again or taken back" not in words


def test_delete_and_leave_ends_the_visit(site: TestSite) -> None:
    browser = to_wish(site)
    code = paused(browser)
    fields = browser.fields()
    browser.press("return")
    question = browser.fields()
    browser.press("break")
    browser.press("end")
    assert (browser.shown.heading, drafts(), len(withdrawn())) == ("It is gone", [], 1)
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
        raise TooLong(1)

    monkeypatch.setattr(conversation, "seal", too_long)
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
    said = ("If you ask for a pause code", "in days: 14", "Until 30 June 2027 you can take your answers back")
    assert [one for one in said if one not in words] == []
    assert "After sending, your answers cannot be taken back" not in words
    make_edition(tmp_path / "none", settings=SETTINGS + "\n[coming_back]\npause_days = 0\n")
    serve(site, (tmp_path / "none" / "edition",))
    words = site.browser.get("/en/privacy").words
    assert [one for one in said if one in words] == []
    assert "After sending, your answers cannot be taken back" in words


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
