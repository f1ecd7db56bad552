"""A thousand broken inputs: each gives a page in words, never a fault of ours, and nothing unasked is kept."""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import quote_plus, urlencode

import pytest

from kuule.collector.session.posted import SENDING_PAGES
from tests.collector.browser import Browser, Shown
from tests.collector.http.test_broken_input import at_wish as walk_to_wish
from tests.collector.site_for_tests import TestSite, field

Fields = list[tuple[str, str]]
_shown_at_wish: dict[str, Shown] = {}
"""By edition. Its token is of the secret and the moment that all sites of tests begin with."""
Bend = Callable[[random.Random, Fields], bytes]

STATUSES = frozenset({200, 400, 403, 404, 405, 411, 413, 415})
"""What a page in words may come with. 503 would say that the store failed, 500 that we did."""
TEXTS = (
    "", " ", "\x00", "\x00" * 300, "\u202e\u2066", "\ufffe", "\U0010ffff", "e" + "\u0301" * 400, "👩‍👩‍👧‍👦🏳️‍🌈" * 9,
    "٣٫٥", "１２", "-0", "1e999", "NaN", "9" * 400, "0x10", "<script>alert(1)</script>", "{0.__class__}", "${consent}",
    "%(x)s", "{{ 7*7 }}", "'; DROP TABLE store_response; --", "../../etc/passwd", "=HYPERLINK(1)", "yes",
    "no", "x" * 9000,
)  # fmt: skip
PLACES = (
    "token", "page", "go", "country", "/data/end/page_wish/wish", "/data/start/page_adult/adult", "/data", "/",
    "/data/about[999999999999]/page_about/age_band", "__class__", "", "\x00", "/data/end/page_wish/wish[1]",
)  # fmt: skip
COMMANDS = (
    "next", "back", "pass", "finish", "stay", "send", "review", "help", "privacy", "return", "add:", "add:/data",
    "remove:/data/end", "page:", "page:/data/end/page_wish", "page:/data/happened/page_where", "page:~review", "NEXT",
)  # fmt: skip
PAGES = (
    "", ".", "~review", "~end", "~aside", "/data/start/page_consent", "/data/happened/page_where",
    "/data/end/page_wish[7]", "/data/[1]end/page_wish", "//", "/data/end/page_wish\n",
)  # fmt: skip
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8",
    "APPLICATION/X-WWW-FORM-URLENCODED",
    "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded; charset=rot13",
    "application/x-www-form-urlencoded;;;=;", "multipart/form-data", "multipart/form-data; boundary=" + "x" * 200,
    "text/html", "x", ";", "application/x-www-form-urlencoded\x00",
)  # fmt: skip


DIRT = (b"%", b"%ed%a0%80", b"%ff", b"\xff", b"\x00", b"&", b"=", b"+", b"%u0041", b";")
METHODS = ("PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND", "post", "", "\x00")


def replaced(chance: random.Random, fields: Fields) -> bytes:
    """One field says something else."""
    at = chance.randrange(len(fields))
    name, _ = fields[at]
    return urlencode([*fields[:at], (name, chance.choice(TEXTS + PLACES)), *fields[at + 1 :]]).encode()


def added(chance: random.Random, fields: Fields) -> bytes:
    """Fields that were not asked, some of them twice."""
    more = [(chance.choice(PLACES), chance.choice(TEXTS)) for _ in range(chance.randrange(1, 9))]
    return urlencode(chance.sample([*fields, *more], len(fields) + len(more))).encode()


def commanded(chance: random.Random, fields: Fields) -> bytes:
    """Another button, said to be pressed on another page."""
    short = dict(fields)["page"].partition(".")[0]
    # "send" on a page that has it is what a person may do, and is not among these.
    others = [page for page in PAGES if page not in SENDING_PAGES]
    page = f"{chance.choice((short, '', '00000000'))}.{chance.choice(others)}"
    kept = [(name, value) for name, value in fields if name not in {"go", "page"}]
    return urlencode([*kept, ("page", page), ("go", chance.choice(COMMANDS))]).encode()


def cut(chance: random.Random, fields: Fields) -> bytes:
    body = urlencode(fields).encode()
    return body[: chance.randrange(len(body))]


def dirtied(chance: random.Random, fields: Fields) -> bytes:
    """Bytes that are no text: lone surrogates, stray percent signs, anything."""
    body = bytearray(urlencode(fields).encode())
    for _ in range(chance.randrange(1, 20)):
        at = chance.randrange(len(body))
        body[at : at + 1] = chance.choice(
            (b"%", b"%ed%a0%80", b"%ff", b"\xff", b"\x00", b"&", b"=", b"+", b"%u0041", b";")
        )
    return bytes(body)


def spliced(chance: random.Random, fields: Fields) -> bytes:
    """A token with a piece of itself elsewhere."""
    token = dict(fields)["token"]
    one, other = sorted(chance.randrange(len(token)) for _ in range(2))
    made = chance.choice(
        (token[one:] + token[:one], token[:one] + token[other:], token * 2, token[:one] + token[one:][::-1])
    )
    return urlencode([(name, made if name == "token" else value) for name, value in fields]).encode()


def noise(chance: random.Random, fields: Fields) -> bytes:
    return chance.randbytes(chance.randrange(2000))


BENDS: tuple[Bend, ...] = (replaced, added, commanded, cut, dirtied, spliced, noise)


def at_wish(site: TestSite) -> Browser:
    """The page of the open question, to which one of the tests walked; for one that walks no further back."""
    if site.edition.id not in _shown_at_wish:
        _shown_at_wish[site.edition.id] = walk_to_wish(site).shown
    site.browser.shown = _shown_at_wish[site.edition.id]
    return site.browser


def is_page_in_words(shown: Shown) -> bool:
    return shown.status in STATUSES and bool(shown.heading) and "no-store" in shown.headers["cache-control"]


@pytest.mark.parametrize("bend", BENDS, ids=lambda bend: bend.__name__)
def test_a_bent_form_is_answered_in_words_and_keeps_nothing(site: TestSite, bend: Bend) -> None:
    browser, chance = at_wish(site), random.Random(bend.__name__)
    fields = [*browser.fields({field(browser, "wish"): "Words."}), ("go", "next")]
    for _ in range(130):
        body = bend(chance, fields)
        shown = browser.post_bytes("/en", body)
        assert is_page_in_words(shown), (shown.status, body)
        assert b"<script>alert" not in shown.body
    assert site.kept() == []


def test_a_form_of_another_kind_is_answered_in_words(site: TestSite) -> None:
    browser, chance = at_wish(site), random.Random(1)
    body = urlencode([*browser.fields(), ("go", "next")]).encode()
    for kind in TYPES:
        for content in (body, b"", chance.randbytes(99)):
            shown = browser.post_bytes("/en", content, kind)
            assert is_page_in_words(shown), (shown.status, kind)
    assert site.kept() == []


@pytest.mark.parametrize("address", ["/en/resume", "/sv/withdraw"])
def test_a_bent_code_is_answered_in_words_and_takes_nothing_back(site: TestSite, address: str) -> None:
    site.answer({"wish": "Words."}).press("send")
    chance = random.Random(address)
    codes = [*TEXTS, "1234 5678 9012 3456 7890", "٠" * 20, "0" * 10_000, "1" * 19 + "x", "-" * 20]
    for code in codes:
        fields = [("code", code), ("go", chance.choice(COMMANDS)), (chance.choice(PLACES), chance.choice(TEXTS))]
        for body in (urlencode(fields).encode(), cut(chance, fields), dirtied(chance, fields)):
            shown = site.browser.post_bytes(address, body)
            assert is_page_in_words(shown), (shown.status, body)
            assert b"<script>alert" not in shown.body
    assert len(site.kept()) == 1


@pytest.mark.parametrize("go", ["break", "pause", "end", "delete", "break:x", "pause:/data", "end:\x00"])
@pytest.mark.parametrize("page", ["~review", "~end", "~aside", "/data/end/page_wish", "", "/data/nowhere"])
def test_a_break_that_nobody_offered_is_answered_in_words(site: TestSite, go: str, page: str) -> None:
    browser = at_wish(site)
    fields = [("token", browser.hidden("token")), ("page", f"{site.edition.short}.{page}"), ("go", go)]
    assert is_page_in_words(browser.post("/en", [*fields, ("/data/end/page_wish/wish", "Words.")]))
    assert site.kept() == []


@pytest.mark.parametrize("address", ["/en/resume", "/en/withdraw", "/k7", "/k7/en", "/en/privacy", "/"])
@pytest.mark.parametrize("method", METHODS)
def test_another_method_at_another_address_is_answered_in_words(site: TestSite, address: str, method: str) -> None:
    assert is_page_in_words(site.browser.post_bytes(address, b"go=send&code=1", REQUEST_METHOD=method))


@pytest.mark.parametrize("method", METHODS)
def test_another_method_is_answered_in_words(site: TestSite, method: str) -> None:
    assert is_page_in_words(site.browser.post_bytes("/en", b"go=send", REQUEST_METHOD=method))


@pytest.mark.parametrize(
    "address", ["/", "/en", "/en/help", "/en/privacy", "/%00", "//other.example/en", "/en/help/../..", "/en?%ff=%ff"]
)
def test_any_address_and_header_is_answered_in_words(site: TestSite, address: str) -> None:
    chance = random.Random(address)
    for _ in range(20):
        headers = {name: chance.choice(TEXTS) for name in ("HTTP_ACCEPT_LANGUAGE", "HTTP_HOST", "HTTP_REFERER")}
        length = chance.choice(("", "-1", "x", "9" * 30, "0"))
        shown = site.browser.get(address, **headers, CONTENT_LENGTH=length)
        assert is_page_in_words(shown), (shown.status, headers)
        assert "location" not in shown.headers


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_shown_as_text_and_kept_as_it_is_cleaned(site: TestSite, text: str) -> None:
    browser = at_wish(site)
    browser.press("next", {field(browser, "wish"): f"before {text} after"})
    assert "<script>alert" not in browser.shown.body.decode()
    if "send" not in browser.buttons:
        assert "Please shorten it to 2,000." in browser.shown.words
        return
    browser.press("send")
    (record,) = site.kept()
    kept = record.answers["/data/end/page_wish/wish"]
    assert (kept.startswith("before"), kept.endswith("after")) == (True, True)
    assert {"\x00", "\u202e", "\u2066"} & set(kept) == set()


@pytest.mark.parametrize("go", ["send", "finish", "review", "page:/data/end/page_wish"])
def test_nobody_gets_round_consent_by_naming_a_page_or_a_button(site: TestSite, go: str) -> None:
    for page in PAGES:
        browser = site.begin()
        fields = [("token", browser.hidden("token")), ("page", f"{site.edition.short}.{page}"), ("go", go)]
        browser.post("/en", [*fields, ("/data/end/page_wish/wish", "unasked")])
        assert field(browser, "consent")
        assert "unasked" not in browser.shown.words
    assert site.kept() == []


def test_consent_that_was_taken_back_is_not_sent_with_the_page_from_before(site: TestSite) -> None:
    browser = site.answer({"wish": "Words."})
    review = [("token", browser.hidden("token")), ("page", browser.hidden("page"))]
    browser.post("/en", [*review, ("go", "page:/data/start/page_consent")])
    browser.press("next", {field(browser, "consent"): "no"})
    assert browser.shown.heading == "It’s gone"
    assert not browser.shown.page.xpath("//input[@name='token']")
    assert site.kept() == []


def test_answers_behind_a_changed_mind_do_not_enter_the_record(site: TestSite) -> None:
    browser = site.pass_gates()
    browser.press("next")
    browser.press("next")
    browser.press("next", {field(browser, "way"): "go_on"})
    browser.press("next", {field(browser, "place"): ["home"]})
    browser.press("next", {field(browser, "how_often"): "more"})
    browser.press("finish")
    browser.press("review")
    browser.press("page:/data/happened/page_before")
    browser.press("review", {field(browser, "way"): "pass"})
    browser.press("send")
    (record,) = site.kept()
    assert [path for path in record.answers if "page_where" in path] == []
    assert {record.missing[f"/data/happened/page_where/{name}"] for name in ("place", "how_often")} == {"not_asked"}


def test_fields_of_one_name_are_one_answer(site: TestSite) -> None:
    browser = at_wish(site)
    wish = field(browser, "wish")
    doubled = [*browser.fields({wish: "first"}), (wish, "second"), ("go", "stay"), ("go", "finish")]
    browser.post_bytes("/en", "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in doubled).encode())
    browser.press("send")
    (record,) = site.kept()
    assert record.answers["/data/end/page_wish/wish"] == "first"
