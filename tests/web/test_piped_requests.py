"""Requests through a pipe arrive whole, and what breaks off is one kind of error."""

from __future__ import annotations

import io

import pytest

from kuule.web.piped_requests import (
    PipeBroken,
    PipedReply,
    PipedRequest,
    read_message,
    read_order,
    write_message,
    write_order,
)


def test_order_request_and_reply_arrive_as_they_were_sent() -> None:
    pipe = io.BytesIO()
    request = PipedRequest("POST", "/fi", "a=1", "text/plain", "fi", "ä\n\x00".encode())
    reply = PipedReply(200, "text/html", problems=[["A_001", "b", "c", "d"]], body=b"<p>\n")
    write_order(pipe, {"study": "somewhere"})
    write_message(pipe, request)
    write_message(pipe, reply)
    pipe.seek(0)
    assert read_order(pipe) == {"study": "somewhere"}
    assert (read_message(pipe, PipedRequest), read_message(pipe, PipedReply)) == (request, reply)


@pytest.mark.parametrize("said", [b"", b"{}", b"[1, 2]\n", b"nothing\n", b'[{"status": 200}, 9]\nshort', b"[{}, -1]\n"])
def test_what_breaks_off_or_is_something_else_is_said(said: bytes) -> None:
    with pytest.raises(PipeBroken):
        read_message(io.BytesIO(said), PipedReply)


def test_pipe_that_was_closed_is_said() -> None:
    pipe = io.BytesIO()
    pipe.close()
    with pytest.raises(PipeBroken):
        write_message(pipe, PipedRequest("GET", "/"))
