"""Pages that are old, altered, foreign or hostile: an answer in words, and nothing lost that can be kept."""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest
from django.conf import settings

from kuule.collector.served.token_compression import compress, compression_dictionary, decompress, dictionary_id
from kuule.collector.session.session_state import SessionState
from kuule.collector.session.token import TokenKeys, open_token, seal_token
from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite, field

TYPED = "Words that took long to write."
LOST = "What you typed on this page may be gone. Earlier pages are still there"


def at_wish(site: TestSite) -> Browser:
    """The page of the open question, with earlier pages answered."""
    browser = site.pass_gates()
    browser.press("next", {field(browser, "age_band"): "35_or_more"})
    browser.press("next")
    browser.press("next", {field(browser, "way"): "pass"})
    assert field(browser, "wish")
    return browser


def changed(fields: list[tuple[str, str]], **new: str) -> list[tuple[str, str]]:
    return [(name, new.get(name, value)) for name, value in fields]


def lost_page(browser: Browser, words: str) -> None:
    """The page just typed is there again, and what is lost is said."""
    assert browser.shown.status == 200
    assert browser.shown.page.get_element_by_id("lost").text_content() == "What’s on this page is still here"
    assert words in browser.shown.words
    assert (field(browser, "wish"), TYPED) in browser.fields()


def test_expired_token_costs_earlier_answers_and_not_the_page(site: TestSite) -> None:
    browser = at_wish(site)
    site.clock.wait(hours=26)
    browser.press("next", {field(browser, "wish"): TYPED})
    lost_page(browser, "More than a day has passed")


@pytest.mark.parametrize("hours", [3, 24])
def test_clock_that_is_set_back_costs_nothing(site: TestSite, hours: int) -> None:
    browser = at_wish(site)
    site.clock.wait(hours=-hours)
    browser.press("next", {field(browser, "wish"): TYPED})
    assert browser.shown.page.xpath("//*[@id='lost']") == []
    while "send" not in browser.buttons:
        browser.press("next")
    browser.press("send")
    (record,) = site.kept()
    answers = {path.rsplit("/", 1)[-1]: answer for path, answer in record.answers.items()}
    assert (answers["age_band"], answers["wish"]) == ("35_or_more", TYPED)


@pytest.mark.parametrize("days", [-3, 60, -20_000])
def test_token_whose_hour_is_far_away_is_not_said_to_be_altered(site: TestSite, days: int) -> None:
    """A clock that was wrong and was put right, or a page that was left open for months."""
    browser = at_wish(site)
    site.clock.wait(days=days)
    browser.press("next", {field(browser, "wish"): TYPED})
    lost_page(browser, "What you wrote on earlier pages can no longer be opened here. It’s gone.")


def test_altered_token_costs_earlier_answers_and_not_the_page(site: TestSite) -> None:
    browser = at_wish(site)
    fields = browser.fields({field(browser, "wish"): TYPED})
    token = browser.hidden("token")
    flipped = token[:2000] + ("A" if token[2000] != "A" else "B") + token[2001:]
    browser.post("/en", [*changed(fields, token=flipped), ("go", "next")])
    lost_page(browser, "can no longer be opened here")


@pytest.mark.parametrize("token", ["", "x", "ä" * 4096, "A" * 4096, "A" * 65536, "\x00" * 4096])
def test_unreadable_token_costs_earlier_answers_and_not_the_page(site: TestSite, token: str) -> None:
    browser = at_wish(site)
    fields = browser.fields({field(browser, "wish"): TYPED})
    browser.post("/en", [*changed(fields, token=token), ("go", "next")])
    lost_page(browser, "can no longer be opened here")


def test_token_of_another_server_costs_earlier_answers_and_not_the_page(site: TestSite) -> None:
    browser = at_wish(site)
    fields = browser.fields({field(browser, "wish"): TYPED})
    foreign = seal_token(b"{}", TokenKeys(secrets.token_bytes(32), site.edition.study.id), site.clock())
    browser.post("/en", [*changed(fields, token=foreign), ("go", "next")])
    lost_page(browser, "can no longer be opened here")


@pytest.mark.parametrize("packed_by", ["itself", "the other"])
def test_token_of_another_edition_costs_earlier_answers_and_not_the_page(site: TestSite, packed_by: str) -> None:
    browser = at_wish(site)
    fields = browser.fields({field(browser, "wish"): TYPED})
    keys = TokenKeys(bytes(range(32)), site.edition.study.id)
    own, foreign = (compression_dictionary(site.edition.form, edition) for edition in (site.edition.id, "0" * 64))
    content = decompress(open_token(browser.hidden("token"), keys, site.clock()), {dictionary_id(own): own})
    state = replace(SessionState.from_bytes(content), edition_id="0" * 64)
    other = seal_token(compress(state.to_bytes(), own if packed_by == "itself" else foreign), keys, site.clock())
    browser.post("/en", [*changed(fields, token=other), ("go", "next")])
    lost_page(browser, "The questions have changed")


def test_token_of_another_study_with_the_same_secret_does_not_open(site: TestSite) -> None:
    own, other = (TokenKeys(bytes(range(32)), study) for study in (site.edition.study.id, "another-study"))
    content = open_token(at_wish(site).hidden("token"), own, site.clock())
    browser = at_wish(site)
    fields = browser.fields({field(browser, "wish"): TYPED})
    browser.post("/en", [*changed(fields, token=seal_token(content, other, site.clock())), ("go", "next")])
    lost_page(browser, "can no longer be opened here")


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("content", [b"", b"[]", b"null", b'{"v":1}', b'{"v":2}', b"\xff", b'{"v":1,"edition":7}'])
def test_token_with_other_content_is_no_token(site: TestSite, content: bytes, packed: bool) -> None:
    browser = at_wish(site)
    if packed:
        content = compress(content, compression_dictionary(site.edition.form, site.edition.id))
    fields = browser.fields({field(browser, "wish"): TYPED})
    sealed = seal_token(content, TokenKeys(bytes(range(32)), site.edition.study.id), site.clock())
    browser.post("/en", [*changed(fields, token=sealed), ("go", "next")])
    lost_page(browser, "can no longer be opened here")


def test_rescued_page_waits_in_its_place(site: TestSite) -> None:
    browser = at_wish(site)
    site.clock.wait(hours=26)
    browser.press("next", {field(browser, "wish"): TYPED})
    browser.press("next")
    browser.press("next", {field(browser, "consent"): "yes"})
    browser.press("next", {field(browser, "adult"): "yes"})
    while not [name for name in browser.asked if name.endswith("/wish")]:
        browser.press("next")
    assert (field(browser, "wish"), TYPED) in browser.fields()
    browser.press("next")
    browser.press("send")
    (record,) = site.kept()
    assert TYPED in record.answers.values()


def test_page_that_cannot_be_shown_again_gives_its_words_back(site: TestSite) -> None:
    browser = site.begin()
    fields = [("token", "x"), ("page", "00000000./data/nowhere"), ("/data/nowhere", TYPED), ("go", "next")]
    browser.post("/en", fields)
    assert TYPED in [text.text_content() for text in browser.shown.page.find_class("rescued")]
    assert field(browser, "consent")


def test_expired_token_at_send_says_that_nothing_was_sent(site: TestSite) -> None:
    browser = site.answer({"wish": TYPED})
    site.clock.wait(hours=26)
    browser.press("send")
    assert "Nothing was sent." in browser.shown.words
    assert site.kept() == []


SENT_BEFORE = {
    "en": "What you sent the first time is kept. If you changed something after that, the change was not added.",
    "sv": "Det du skickade första gången är sparat. Om du ändrade något efter det kom ändringen inte med.",
    "ar": "وما أُرسل في المرة الأولى هو المحفوظ. وأي تغيير بعد ذلك لم يُضف.",
}


@pytest.mark.parametrize("tag", sorted(SENT_BEFORE))
def test_sending_from_two_tabs_adds_nothing_and_says_so(site: TestSite, tag: str) -> None:
    browser = site.answer({"wish": TYPED}, tag)
    fields = [*browser.fields(), ("go", "send")]
    first = browser.post(f"/{tag}", fields)
    assert SENT_BEFORE[tag] not in first.words
    again = browser.post(f"/{tag}", fields)
    assert (again.heading, SENT_BEFORE[tag] in again.words) == (first.heading, True)
    assert len(site.kept()) == 1


@pytest.mark.parametrize("tag", sorted(SENT_BEFORE))
def test_what_is_changed_after_sending_is_not_kept_and_that_is_said(site: TestSite, tag: str) -> None:
    browser = site.review({"wish": TYPED, "age_band": "18_to_34"}, tag)
    change = [*browser.fields(), ("go", next(go for go in browser.buttons if go.startswith("page:") and "about" in go))]
    browser.press("send")
    browser.post(f"/{tag}", [("go", change[-1][1]), *change[:-1]])
    assert SENT_BEFORE[tag] in browser.shown.words
    assert [[value for path, value in one.answers.items() if path.endswith("/age_band")] for one in site.kept()] == [
        ["18_to_34"]
    ]


def test_older_page_posted_again_keeps_its_own_answers(site: TestSite) -> None:
    browser = site.pass_gates()
    age = field(browser, "age_band")
    fields = [*browser.fields({age: "18_to_34"}), ("go", "next")]
    first = browser.post("/en", fields).words
    assert browser.post("/en", fields).words == first


def test_send_without_consent_is_asked_for_consent(site: TestSite) -> None:
    browser = site.begin()
    page = f"{site.edition.short}.~review"
    browser.post("/en", [("token", browser.hidden("token")), ("page", page), ("go", "send")])
    assert field(browser, "consent")
    assert site.kept() == []


def test_fields_that_were_not_asked_do_not_exist(site: TestSite) -> None:
    browser = at_wish(site)
    where = field(browser, "wish").replace("wish", "place")
    extra = [(where, "home"), ("/data/happened/page_where/place", "home"), ("admin", "1"), ("/data/end", "x")]
    browser.post("/en", [*browser.fields({field(browser, "wish"): TYPED}), *extra, ("go", "finish")])
    browser.press("send")
    (record,) = site.kept()
    assert sorted(path.rsplit("/", 1)[-1] for path in record.answers) == ["adult", "age_band", "consent", "way", "wish"]


def test_choice_that_was_not_offered_does_not_get_in(site: TestSite) -> None:
    browser = site.pass_gates()
    browser.press("finish", {field(browser, "residence"): "XX"})
    browser.press("send")
    (record,) = site.kept()
    assert [path for path in record.answers if path.endswith("/residence")] == []


@pytest.mark.parametrize("go", ["", "fly", "add:", "add:/data/x", "remove:/data[9]", "page:/etc", "send", "review:x"])
def test_button_that_is_not_there_keeps_what_was_typed(site: TestSite, go: str) -> None:
    browser = at_wish(site)
    browser.post("/en", [*browser.fields({field(browser, "wish"): TYPED}), ("go", go)])
    assert (field(browser, "wish"), TYPED) in browser.fields()
    assert site.kept() == []


def test_text_that_is_too_long_is_named_and_stays(site: TestSite) -> None:
    browser = at_wish(site)
    long = "ö" * (site.edition.study.answers.longest_text + 1)
    browser.press("next", {field(browser, "wish"): long})
    assert browser.shown.status == 200
    assert "Please shorten it to 2,000." in browser.shown.words
    assert (field(browser, "wish"), long) in browser.fields()


# One over what a form once kept of a text, one over what a token holds, and far more than anyone types.
@pytest.mark.parametrize("length", [20_001, 60_000, 200_000])
def test_text_of_any_length_is_shown_again_whole(site: TestSite, length: int) -> None:
    browser = at_wish(site)
    long = "long word " * (length // 10) + "x" * (length % 10)
    browser.press("next", {field(browser, "wish"): long})
    assert browser.shown.status == 200
    assert (field(browser, "wish"), long) in browser.fields()


def test_text_that_no_token_holds_is_named_and_costs_nothing(site: TestSite) -> None:
    browser = at_wish(site)
    browser.press("next", {field(browser, "wish"): "ö" * 60_000})
    assert browser.shown.page.get_element_by_id("trouble").text_content() == "A little too much text"
    browser.press("next", {field(browser, "wish"): TYPED})
    browser.press("send")
    (record,) = site.kept()
    answers = {path.rsplit("/", 1)[-1]: value for path, value in record.answers.items()}
    assert (answers["age_band"], answers["wish"]) == ("35_or_more", TYPED)


def test_text_that_no_token_holds_stays_also_when_earlier_answers_are_lost(site: TestSite) -> None:
    browser, long = at_wish(site), "ö" * 60_000
    site.clock.wait(hours=26)
    browser.press("next", {field(browser, "wish"): long})
    assert "More than a day has passed" in browser.shown.words
    assert (field(browser, "wish"), long) in browser.fields()
    browser.press("next", {field(browser, "wish"): TYPED})
    assert field(browser, "consent")


@pytest.mark.parametrize(
    ("status", "headers"),
    [(411, {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}), (415, {"CONTENT_TYPE": ""}),
     (400, {"CONTENT_LENGTH": ""}), (400, {"CONTENT_LENGTH": "0"})],
)  # fmt: skip
def test_body_that_did_not_arrive_whole_begins_no_new_visit(
    site: TestSite, status: int, headers: dict[str, str]
) -> None:
    browser = at_wish(site)
    shown = browser.post("/en", [*browser.fields({field(browser, "wish"): TYPED}), ("go", "next")], **headers)
    assert (shown.status, shown.heading) == (status, "We couldn’t read this")
    assert LOST in shown.words


def test_multipart_is_answered_in_words(site: TestSite) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nmarker\r\n--x--\r\n'
    shown = site.browser.post_bytes("/en", body, "multipart/form-data; boundary=x")
    assert (shown.status, shown.heading) == (415, "We couldn’t read this")
    assert LOST in shown.words


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/octet-stream"])
def test_other_formats_are_answered_in_words(site: TestSite, kind: str) -> None:
    shown = site.browser.post_bytes("/en", b"token=x", kind)
    assert shown.status == 415
    assert LOST in shown.words


def test_more_bytes_than_the_form_can_have_is_answered_in_words(site: TestSite) -> None:
    body = b"x=" + b"a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    shown = site.browser.post_bytes("/en", body)
    assert (shown.status, shown.heading) == (413, "That’s more than the page has room for")
    assert LOST in shown.words


def test_more_fields_than_the_form_can_have_is_answered_in_words(site: TestSite) -> None:
    shown = site.browser.post("/en", [("x", "1")] * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    assert (shown.status, shown.heading) == (413, "That’s more than the page has room for")


@pytest.mark.parametrize("body", [b"%", b"&&&&", b"=", b"token=%FF%FE", b"token", b"page=.&go=next", b"\xff\xfe\x00"])
def test_malformed_body_never_breaks(site: TestSite, body: bytes) -> None:
    shown = site.browser.post_bytes("/en", body)
    assert shown.status in {200, 400}


@pytest.mark.parametrize("site_header", ["cross-site", "same-site"])
def test_post_from_another_site_is_refused(site: TestSite, site_header: str) -> None:
    browser = site.begin()
    shown = browser.post("/en", [*browser.fields(), ("go", "next")], HTTP_SEC_FETCH_SITE=site_header)
    assert (shown.status, shown.heading) == (403, "This came from another site")


@pytest.mark.parametrize("site_header", ["same-origin", "none"])
def test_post_of_the_page_itself_is_taken(site: TestSite, site_header: str) -> None:
    browser = site.begin()
    answers = {field(browser, "consent"): "yes"}
    shown = browser.post("/en", [*browser.fields(answers), ("go", "next")], HTTP_SEC_FETCH_SITE=site_header)
    assert shown.status == 200
    assert field(browser, "adult")


ORIGINS = {
    "http://survey.example": "survey.example",
    "http://survey.example:8000": "survey.example:8000",
    "https://survey.example": "Survey.Example:443",
    "null": "survey.example",
}


@pytest.mark.parametrize("origin", sorted(ORIGINS))
def test_post_whose_origin_is_this_host_or_hidden_is_taken(site: TestSite, origin: str) -> None:
    browser = site.begin()
    fields = [*browser.fields({field(browser, "consent"): "yes"}), ("go", "next")]
    shown = browser.post("/en", fields, HTTP_ORIGIN=origin, HTTP_HOST=ORIGINS[origin])
    assert shown.status == 200


@pytest.mark.parametrize(
    "origin", ["https://other.example", "http://survey.example:81", "http://survey.example.other.example", "x", ""]
)
def test_post_whose_origin_is_another_host_is_refused(site: TestSite, origin: str) -> None:
    browser = site.begin()
    shown = browser.post("/en", [*browser.fields(), ("go", "next")], HTTP_ORIGIN=origin, HTTP_HOST="survey.example")
    assert (shown.status, shown.heading) == (403, "This came from another site")


@pytest.mark.parametrize("address", ["/fi", "/en/", "/en/nothing", "/admin", "/en/help/XXX", "/style-000000000000.css"])
def test_address_that_does_not_exist_is_answered_in_words(site: TestSite, address: str) -> None:
    shown = site.browser.get(address)
    assert (shown.status, shown.heading) == (404, "There’s nothing at this address")


def test_absent_address_under_a_language_speaks_it(site: TestSite) -> None:
    shown = site.browser.get("/sv/nothing")
    assert (shown.page.get("lang"), shown.heading) == ("sv", "Det finns inget på den här adressen")
