"""Floods against nginx as it is deployed: honest visitors are answered while somebody holds lines and half forms."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import pytest

from tests.deploy.nginx_for_tests import NAME, Nginx, needs_nginx, running_nginx
from tests.deploy.test_nginx import recorder
from tests.patience import PATIENCE

pytestmark = [pytest.mark.whole, needs_nginx]

FORM = b"wish=To+be+heard." + b"&even=" + b"+" * 2400
"""As long as forms of a survey are."""
LINES, STREAMS = 12, 126
"""Each of so many lines with so many streams: all that it took to close the site."""
HALF_FORMS = 1_600
LARGE = 60_000
"""Bytes from which a form counts as large (nginx.conf)."""
MOST_LARGE = 128
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS, END_HEADERS = 0, 1, 4, 4


def answered(nginx: Nginx, form: bytes = FORM) -> int:
    """The status that somebody gets who sends a form."""
    connection = http.client.HTTPConnection(NAME)
    connection.sock = nginx.connect()
    with closing(connection):
        connection.request("POST", "/en", form, {"Content-Type": "application/x-www-form-urlencoded"})
        return connection.getresponse().status


def head(length: int) -> bytes:
    return f"POST /en HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {length}\r\n\r\n".encode()


def frame(kind: int, stream: int, content: bytes, flags: int = 0) -> bytes:
    """RFC 9113, section 4.1."""
    return len(content).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + content


def half_forms_in_streams() -> bytes:
    """Streams with one byte of a megabyte each; header fields from the static table of RFC 7541, texts as they are."""

    def text(value: str) -> bytes:
        return bytes([len(value)]) + value.encode("ascii")

    fields = b"\x83\x87\x04" + text("/en") + b"\x01" + text(NAME) + b"\x0f\x0d" + text("1000000")
    streams = range(1, 2 * STREAMS, 2)
    begun = (frame(HEADERS, one, fields, END_HEADERS) + frame(DATA, one, b"w") for one in streams)
    return PREFACE + frame(SETTINGS, 0, b"") + b"".join(begun)


PATIENT = (("client_body_timeout 30s", f"client_body_timeout {PATIENCE}s"),)
"""Whoever floods would be let go after half a minute, in which a busy machine does not come to what is tried here."""


@contextmanager
def many_files(wanted: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"this user may open {hard} files, and the flood takes {wanted} (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextmanager
def held(nginx: Nginx, lines: int, begun: bytes, *protocols: str) -> Iterator[list[ssl.SSLSocket]]:
    """So many lines on which something has begun, still open while the block runs."""
    context = ssl.create_default_context(cafile=str(nginx.folder / "fullchain.pem"))
    context.set_alpn_protocols([*protocols, "http/1.1"])
    with many_files(lines + 200), ExitStack() as open_ones:
        made = []
        for _ in range(lines):
            raw = socket.create_connection(("127.0.0.1", nginx.port), PATIENCE)
            line = open_ones.enter_context(context.wrap_socket(raw, server_hostname=NAME))
            line.sendall(begun)
            made.append(line)
        yield made


def test_few_lines_with_many_streams_close_the_site_to_nobody() -> None:
    with (
        recorder() as behind,
        running_nginx(behind.port, PATIENT) as nginx,
        held(nginx, LINES, half_forms_in_streams(), "h2"),
    ):
        assert [answered(nginx) for _ in range(5)] == [200] * 5


def test_many_lines_with_half_a_form_close_the_site_to_nobody() -> None:
    begun = head(LARGE - 1) + b"w"
    with recorder() as behind, running_nginx(behind.port, PATIENT) as nginx, held(nginx, HALF_FORMS, begun) as lines:
        assert [answered(nginx) for _ in range(5)] == [200] * 5
        assert sum(is_open(line) for line in lines) == HALF_FORMS, "the flood was let go: this proves nothing"


def test_many_large_forms_close_the_site_to_nobody_but_large_ones() -> None:
    """Each takes at once the memory that it announces: so few are held, and whoever wrote so much waits."""
    with recorder() as behind, running_nginx(behind.port, PATIENT) as nginx:
        with held(nginx, MOST_LARGE, head(LARGE) + b"w"):
            forms = (FORM, b"w" * (LARGE - 1), b"w" * LARGE)
            assert [answered(nginx, form) for form in forms] == [200, 200, 503]
        assert answered(nginx, b"w" * LARGE) == 200


def test_form_that_comes_a_byte_at_a_time_is_ended_and_a_slow_one_is_not() -> None:
    """nginx-renew.timer reloads nginx; what the workers of before still hold is ended after a while."""
    shorter = (*PATIENT, ("worker_shutdown_timeout 120s", "worker_shutdown_timeout 4s"))
    with (
        recorder() as behind,
        running_nginx(behind.port, shorter) as nginx,
        held(nginx, 20, head(9_000) + b"w") as dripping,
        held(nginx, 1, head(len(FORM)) + FORM[:900]) as (slow,),
    ):
        os.kill(nginx.master, signal.SIGHUP)
        begun = time.monotonic()
        time.sleep(1)
        slow.sendall(FORM[900:])
        assert slow.recv(100).startswith(b"HTTP/1.1 200 ")
        while sum(drips(line) for line in dripping) > 0:
            assert answered(nginx) == 200
            time.sleep(0.5)
        assert time.monotonic() > begun + 3, "ended for another reason"


def drips(line: ssl.SSLSocket) -> bool:
    """Send one more byte; False where the line is over."""
    try:
        line.sendall(b"w")
    except OSError:
        return False
    return is_open(line)


def is_open(line: ssl.SSLSocket) -> bool:
    """Whether the other end has neither closed it nor answered: nothing is there to read."""
    line.setblocking(False)
    try:
        line.recv(1)
        return False
    except ssl.SSLWantReadError:
        return True
    except OSError:
        return False
    finally:
        line.settimeout(PATIENCE)
