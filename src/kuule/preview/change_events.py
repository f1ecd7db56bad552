"""What tells the frame of a preview that something is to be seen anew: server-sent events (HTML, section 9.2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs

from kuule.preview.preview_session import PreviewSession
from kuule.web.handler_types import Application, Environ, StartResponse
from kuule.web.headers import SECURITY_HEADERS

CHANGES_ADDRESS = "/preview/changes"
_HEARTBEAT_SECONDS = 10.0
_MOST_WAITING = 32
"""Frames that wait at the same time: each has a thread."""


def with_change_events(application: Application, session: PreviewSession) -> Application:
    """The application, and beside it the address of the events, which never ends and so is none of Django's."""
    waiting: list[object] = []

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != CHANGES_ADDRESS or environ["REQUEST_METHOD"] != "GET":
            return application(environ, start_response)
        headers = {**SECURITY_HEADERS, "Content-Type": "text/event-stream; charset=utf-8"}
        if len(waiting) >= _MOST_WAITING:
            start_response("204 No Content", list(SECURITY_HEADERS.items()))
            return []
        start_response("200 OK", list(headers.items()))
        return _events(session, _seen(environ), waiting)

    return answer


def _seen(environ: Environ) -> tuple[int, bool]:
    """What the frame shows already; what cannot be read is nothing."""
    number, _, checked = parse_qs(environ.get("QUERY_STRING", "")).get("seen", [""])[0].partition(".")
    return (int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1), checked == "1"


def _events(session: PreviewSession, seen: tuple[int, bool], waiting: list[object]) -> Iterator[bytes]:
    place = object()
    waiting.append(place)
    try:
        yield b"retry: 1000\n\n"
        while not session.is_stopped:
            mark = session.wait_for_change(seen, _HEARTBEAT_SECONDS)
            if mark == seen:
                yield b": still here\n\n"
                continue
            state = session.state
            said = {"pages": state.pages, "remarked": state.remarked, "changed": mark[0] != seen[0]}
            seen = mark
            yield f"data: {json.dumps(said)}\n\n".encode()
    finally:
        waiting.remove(place)
