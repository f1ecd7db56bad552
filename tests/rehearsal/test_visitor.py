"""A visit to small real sites that behave as they should not: each is an error in words, none is passed over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest

from kuule.rehearsal.browser import Browser, RehearsalError
from kuule.rehearsal.persona import Persona
from kuule.rehearsal.visitor import VisitEnding, item_name, make_visit, offered_languages
from kuule.study.settings.rehearsal_settings import RehearsalSettings

TODAY = date(2026, 3, 4)
NEXT = '<button name="go" value="next">Continue</button>'
PASS = '<button name="go" value="pass">Pass over</button>'
SEND = '<button name="go" value="send">Send</button>'
Answer = Callable[[dict[str, str]], tuple[int, str]]


def form(inside: str, key: str = "1.a") -> str:
    hidden = f'<input type="hidden" name="page" value="{key}">'
    return f'<h1>a page</h1><form method="post" action="/en">{hidden}{inside}</form>'


BEGIN = f'<form method="post" action="/en">{NEXT}</form>'


@contextmanager
def site(answer: Answer, first: str = BEGIN) -> Iterator[Browser]:
    """A site whose first page is `first`, and whose other pages `answer` makes from what was posted."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_page(200, first)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.send_page(*answer(dict(parse_qsl(body))))

        def send_page(self, status: int, html: str) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(f"<!doctype html><html><body>{html}</body></html>".encode())

        def log_message(self, *said: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with Browser(f"http://127.0.0.1:{server.server_address[1]}") as browser:
            yield browser
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def go(answer: Answer, **weights) -> VisitEnding:
    persona = Persona(
        1, 0, RehearsalSettings(**{"pass_over": 0.0, "leave": 0.0, "stop_early": 0.0, **weights}), ("en",)
    )
    with site(answer) as browser:
        return make_visit(browser, persona, TODAY)


def test_what_is_entered_is_posted_with_the_button_that_was_pressed():
    posted = []

    def answer(fields: dict[str, str]) -> tuple[int, str]:
        posted.append(fields)
        if fields["go"] == "send":
            return 200, "<h1>thank you</h1>"
        if "/data/age" in fields:
            return 200, form(SEND, "1.review")
        return 200, form(f'<input name="/data/age" inputmode="numeric">{NEXT}{PASS}')

    assert go(answer, answers={"age": {"40": 1}}) is VisitEnding.SENT
    assert posted == [
        {"go": "next"},
        {"page": "1.a", "/data/age": "40", "go": "next"},
        {"page": "1.review", "go": "send"},
    ]


def test_end_without_sending_is_a_gate():
    assert go(lambda fields: (200, "<h1>thank you for looking</h1>")) is VisitEnding.STOPPED


def test_answer_that_does_not_fit_is_answered_anew():
    def answer(fields: dict[str, str]) -> tuple[int, str]:
        if fields.get("/data/day", "").count("-") == 2:
            return 200, "<h1>end</h1>"
        return 422, form(f'<input name="/data/day" inputmode="numeric" value="{fields.get("/data/day", "")}">{NEXT}')

    assert go(answer) is VisitEnding.STOPPED


@pytest.mark.parametrize(
    ("status", "html", "cause"),
    [
        (500, "<h1>Something broke</h1>", "the page 'Something broke' is not understood: status 500"),
        (200, form(f'<input name="/data/x" inputmode="numeric">{NEXT}'), "comes again whatever is answered: /data/x"),
        (200, form(f'<input type="file" name="/data/x">{NEXT}'), "an input of type 'file' called '/data/x' is on it"),
        (200, form(f'<div id="lost"></div>{NEXT}'), "it says that earlier answers were lost"),
    ],
)
def test_page_that_is_not_understood_is_an_error(status: int, html: str, cause: str):
    with pytest.raises(RehearsalError) as raised:
        go(lambda fields: (status, html))
    [problem] = raised.value.problems
    assert problem.code == "DEMO_005"
    assert cause in problem.cause


def offered(first: str) -> tuple[str, ...]:
    with site(lambda fields: (404, ""), first) as browser:
        return offered_languages(browser)


MARK = '<p class="banner practice">Practice</p>'
LINK = '<a href="/en" hreflang="en">English</a>'


def test_first_page_without_languages_is_an_error():
    with pytest.raises(RehearsalError, match="no language is offered"):
        offered(MARK)


def test_site_that_does_not_say_that_it_is_practice_is_refused():
    with pytest.raises(RehearsalError, match="DEMO_008"):
        offered(LINK)
    assert offered(MARK + LINK) == ("en",)


@pytest.mark.parametrize(
    ("field", "item"), [("/data/about/age", "age"), ("/data/child[2]/age", "age"), ("/data/a[3]", "a")]
)
def test_item_is_the_last_step_of_a_field(field: str, item: str):
    assert item_name(field) == item


def test_choice_that_is_a_button_is_pressed():
    posted = []

    def answer(fields: dict[str, str]) -> tuple[int, str]:
        posted.append(fields)
        if fields["go"] == "pick:home":
            return 200, "<h1>thank you</h1>"
        picks = "".join(f'<button name="go" value="pick:{place} ">' for place in ("home", "away"))
        return 200, form(f'<input type="hidden" class="picked" name="/data/place" value="away">{NEXT}{picks}')

    assert go(answer, answers={"place": {"home": 1, "away": 0}}) is VisitEnding.STOPPED
    assert posted[1:] == [{"page": "1.a", "/data/place": "away", "go": "pick:home"}]


def test_question_on_a_page_of_what_is_new_may_be_passed_over():
    def answer(fields: dict[str, str]) -> tuple[int, str]:
        if "/data/age" in fields:
            return 500, "<h1>answered</h1>"
        if fields["go"] == "next" and "page" in fields:
            return 200, "<h1>end</h1>"
        skip = '<button name="go" value="pass:shown">Skip</button>'
        return 200, form(f'<input name="/data/age" inputmode="numeric">{NEXT}{skip}')

    assert go(answer, pass_over=1.0) is VisitEnding.STOPPED
