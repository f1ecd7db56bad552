"""More people than places: nobody is told apart, nobody waits unseen, and what was typed comes back on the page."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from kuule.collector.http.refused_requests import BUSY_KEY
from kuule.collector.server.waiting_room import CIRCUIT_KEY, MAX_ASIDE, WaitingRoom, take_circuit
from kuule.store.transactions import try_read
from kuule.store.transactions.readers import MAX_READERS
from kuule.store.transactions.writer import writer_connection
from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite, field
from tests.patience import PATIENCE, wait_until

TYPED = 'Two lines,\r\nand a "quote" <b>&amp; سؤال'
LARGEST = 2_000_000
HEADINGS = {
    "en": "The survey is very busy right now",
    "sv": "Just nu är det många i enkäten",
    "ar": "الاستبيان مزدحم جدًا الآن",
}


def room(**kinds: Any) -> WaitingRoom:
    return WaitingRoom(WSGIHandler(), LARGEST, **kinds)


@pytest.fixture
def full(site: TestSite) -> WaitingRoom:
    """A room whose one place is taken, and in which nobody waits long."""
    made = room(places=1, seats=1, patience=0.05)
    assert made.places.acquire()
    return made


@pytest.mark.parametrize("tag", sorted(HEADINGS))
def test_busy_page_is_in_the_persons_language_and_asks_them_to_come_again(full: WaitingRoom, tag: str) -> None:
    shown = Browser(full).get(f"/{tag}")
    assert (shown.status, shown.heading, shown.headers["retry-after"]) == (503, HEADINGS[tag], ("60",))
    assert shown.page.xpath("//main//a/@href") == [f"/{tag}"]
    assert shown.headers["cache-control"] == ("no-store",)


def test_what_was_typed_comes_back_whole_and_one_button_sends_it_again(site: TestSite, full: WaitingRoom) -> None:
    browser = site.pass_gates()
    while not [name for name in browser.asked if name.endswith("/wish")]:
        browser.press("next")
    fields = [*browser.fields({field(browser, "wish"): TYPED}), ("go", "finish")]
    waiting = Browser(full)
    busy = waiting.post("/en", fields)
    assert (busy.status, busy.heading) == (503, HEADINGS["en"])
    again = [(element.get("name"), element.get("value")) for element in waiting.form.iter("input")]
    assert [(name, value.replace("\n", "\r\n")) for name, value in again] == fields
    assert waiting.form.get("action") == "/en"
    full.places.release()
    waiting.post("/en", again)
    waiting.press("send")
    (record,) = site.kept()
    assert "سؤال" in record.answers["/data/end/page_wish/wish"]


def test_nothing_is_kept_of_a_send_that_found_no_place_until_it_is_sent_again(
    site: TestSite, full: WaitingRoom
) -> None:
    fields = [*site.answer({"wish": "Words."}).fields(), ("go", "send")]
    waiting = Browser(full)
    assert waiting.post("/en", fields).status == 503
    assert site.kept() == []
    full.places.release()
    again = [(element.get("name"), element.get("value")) for element in waiting.form.iter("input")]
    assert waiting.post("/en", again).heading == "Thank you"
    assert len(site.kept()) == 1


def test_busy_page_shows_nothing_of_another_sites_form(full: WaitingRoom) -> None:
    shown = Browser(full).post("/en", [("token", "marker-7f3a")], HTTP_SEC_FETCH_SITE="cross-site")
    assert (shown.status, b"marker-7f3a" in shown.body) == (403, False)


@pytest.mark.parametrize("address", ["//other.example/en", "/nothing/here", "/en\n"])
def test_busy_page_sends_nobody_to_an_address_that_is_not_ours(full: WaitingRoom, address: str) -> None:
    shown = Browser(full).post_bytes("/en", b"go=next", PATH_INFO=address)
    assert shown.status == 404


def test_busy_page_has_its_style_sheet(full: WaitingRoom) -> None:
    browser = Browser(full)
    (address,) = browser.get("/en").page.xpath("//link[@rel='stylesheet']/@href")
    assert browser.get(address).status == 200


class Slow:
    """An application that answers when it is told to, and counts who is in it."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.inside = 0
        self.most = 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        if BUSY_KEY in environ:
            start("503 Busy", [])
            return []
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.go.wait(PATIENCE)
        with self._lock:
            self.inside -= 1
        start("200 OK", [])
        return [b"done"]


def ask(made: WaitingRoom, **more: Any) -> int:
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/en", "SERVER_NAME": "x", "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http", **more,
    }  # fmt: skip
    told: list[str] = []
    made(environ, lambda status, headers: told.append(status))
    return int(told[0][:3])


def test_places_are_so_many_those_who_wait_get_one_and_those_beyond_are_told_at_once(site: TestSite) -> None:
    slow = Slow()
    made = WaitingRoom(slow, LARGEST, places=3, seats=4, patience=PATIENCE)
    with ThreadPoolExecutor(12) as people:
        asked = [people.submit(ask, made) for _ in range(10)]
        wait_until(lambda: sum(one.done() for one in asked) >= 3)
        early = sorted(one.result() for one in asked if one.done())
        slow.go.set()
        statuses = sorted(one.result() for one in asked)
    assert (early, statuses, slow.most) == ([503] * 3, [200] * 7 + [503] * 3, 3)


CIRCUITS = ("fc00:dead:beef:4dad::1:2", "fc00:dead:beef:4dad:0:0:ffff:ffff")
"""As tor numbers them, and as a proxy writes such an address."""


def test_circuit_that_asks_without_pause_keeps_no_other_waiting(site: TestSite) -> None:
    slow = Slow()
    made = WaitingRoom(slow, LARGEST, places=4, seats=20, patience=PATIENCE, by_circuit=True)
    with ThreadPoolExecutor(40) as people:
        flood = [people.submit(ask, made, **{CIRCUIT_KEY: CIRCUITS[0]}) for _ in range(30)]
        wait_until(lambda: sum(one.done() for one in flood) >= 8)
        assert slow.inside == 2
        visitor = [people.submit(ask, made, **{CIRCUIT_KEY: CIRCUITS[1]}) for _ in range(2)]
        wait_until(lambda: slow.inside == 4)
        slow.go.set()
        assert [one.result() for one in visitor] == [200, 200]
        assert sorted(one.result() for one in flood) == [200] * 22 + [503] * 8


def test_without_circuits_nobody_says_who_they_are(site: TestSite) -> None:
    """A header that a visitor writes is worth nothing where circuits are not told apart."""
    slow = Slow()
    made = WaitingRoom(slow, LARGEST, places=6, seats=20, patience=PATIENCE)
    with ThreadPoolExecutor(6) as people:
        asked = [people.submit(ask, made, **{CIRCUIT_KEY: CIRCUITS[0]}) for _ in range(6)]
        wait_until(lambda: slow.inside == 6)
        slow.go.set()
        assert [one.result() for one in asked] == [200] * 6


def test_circuit_goes_no_further_than_the_waiting_room() -> None:
    seen: list[dict[str, Any]] = []

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.append(dict(environ))
        start("200 OK", [])
        return []

    made = WaitingRoom(application, LARGEST, by_circuit=True)
    for circuit in (*CIRCUITS, "marker-7f3a"):
        assert ask(made, **{CIRCUIT_KEY: circuit}) == 200
    assert [CIRCUIT_KEY in environ for environ in seen] == [False] * 3
    assert not any(mark in repr(vars(made.places)) for mark in ("beef", "marker"))


@pytest.mark.parametrize("told", [*CIRCUITS, "FC00:DEAD:BEEF:4DAD:0:0:1:2"])
def test_circuit_is_the_address_that_tor_writes(told: str) -> None:
    environ = {CIRCUIT_KEY: told}
    assert take_circuit(environ) in {CIRCUITS[0], "fc00:dead:beef:4dad::ffff:ffff"}
    assert environ == {}


@pytest.mark.parametrize("told", ["", "unix:", "127.0.0.1", "fc00:dead:beef:4dae::1", "::1", "x" * 9000])
def test_what_is_no_circuit_is_none(told: str) -> None:
    assert take_circuit({CIRCUIT_KEY: told}) == ""


class SlowLine(io.RawIOBase):
    """A body that comes when the other end likes."""

    def __init__(self, come: threading.Semaphore, go: threading.Event) -> None:
        self.come, self.go = come, go
        self.left = b"go=next"

    def read(self, size: int = -1, /) -> bytes:
        self.come.release()
        self.go.wait(PATIENCE)
        piece, self.left = self.left[:size], self.left[size:]
        return piece


def test_two_hundred_slow_forms_hold_no_place(site: TestSite) -> None:
    come, go, made = threading.Semaphore(0), threading.Event(), room(places=1, seats=1, patience=0.05)
    slow = {
        "REQUEST_METHOD": "POST", "CONTENT_LENGTH": "7", "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }  # fmt: skip
    with ThreadPoolExecutor(200) as people:
        under_way = [people.submit(ask, made, **slow, **{"wsgi.input": SlowLine(come, go)}) for _ in range(200)]
        assert all(come.acquire(timeout=PATIENCE) for _ in range(200))
        assert [ask(made) for _ in range(20)] == [200] * 20
        assert not any(one.done() for one in under_way)
        go.set()
        assert {one.result() for one in under_way} <= {200, 503}


def test_broken_off_form_is_answered_in_words_and_sends_nothing(site: TestSite) -> None:
    browser = site.answer({"wish": "Words."})
    made = Browser(room())
    shown = made.post("/en", [*browser.fields(), ("go", "send")], CONTENT_LENGTH="900000")
    assert (shown.status, shown.heading) == (400, "We couldn’t read this")
    assert site.kept() == []


def test_those_whose_answers_wait_for_the_store_keep_nobody_from_their_pages(site: TestSite) -> None:
    """One place, and five who send while nothing can be written. All of them are thanked once it can."""
    senders = []
    for _ in range(5):
        senders.append([*site.answer({"wish": "Words."}).fields(), ("go", "send")])
    made = room(places=1, seats=20, patience=PATIENCE)
    reader = Browser(made)
    with ThreadPoolExecutor(5) as people:
        with writer_connection():
            sent = [people.submit(Browser(made).post, "/en", fields) for fields in senders]
            wait_until(lambda: made.places._aside_left == MAX_ASIDE - 5)
            assert reader.get("/en").status == 200
            assert reader.press("next").status == 200
            assert not any(one.done() for one in sent)
        assert [one.result().heading for one in sent] == ["Thank you"] * 5
    assert len(site.kept()) == 5
    assert (made.places._aside_left, made.places.acquire(), made.places.acquire()) == (MAX_ASIDE, True, False)


def test_look_at_a_store_that_is_busy_keeps_nobody_from_their_pages(site: TestSite) -> None:
    browser = site.pass_gates()
    fields = [*browser.fields(), ("go", "next")]
    made = room(places=1, seats=20, patience=PATIENCE)
    taken = [try_read.TURNS.acquire(timeout=PATIENCE) for _ in range(MAX_READERS)]
    with ThreadPoolExecutor(1) as people:
        try:
            asked = people.submit(Browser(made).post, "/en", fields)
            wait_until(lambda: asked.done() or made.places._aside_left < MAX_ASIDE)
            assert Browser(made).get("/en").status == 200
            assert asked.result().status == 200
        finally:
            for _ in taken:
                try_read.TURNS.release()
