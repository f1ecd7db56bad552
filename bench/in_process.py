"""Complete visits without a network: the application of a worker, called in this process as its server calls it.

What is left out is the server itself and the line. What is measured here is the same from run to run, and can be
profiled.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.questionnaires import SETTINGS
from bench.serving import written
from bench.visits import answered, is_ready_to_send, path_form
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.server.collector_server import check_study_and_machine
from kuule.collector.server.wsgi import build_application, forgo_unused_signals
from kuule.opening.private_key import PrivateKey
from kuule.study.freeze import freeze
from kuule.web.handler_types import Application

_BROWSER = {
    "HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_ENCODING": "gzip, deflate", "HTTP_HOST": "127.0.0.1:8000",
    "HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_USER_AGENT": "Mozilla/5.0",
}  # fmt: skip
_SERVER = {
    "QUERY_STRING": "", "REMOTE_ADDR": "127.0.0.1", "SCRIPT_NAME": "", "SERVER_NAME": "127.0.0.1",
    "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
}  # fmt: skip
_FORM = "application/x-www-form-urlencoded"
Timed = Callable[[str, Callable[[], bytes]], bytes]
"""Given the name of a step and the step, takes it and returns its page."""


def take_step(name: str, step: Callable[[], bytes]) -> bytes:
    """Take a step, and measure nothing."""
    return step()


@contextmanager
def visited_site(form: str | None = None) -> Iterator[Callable[[Timed], None]]:
    """A function that makes one whole visit to a site with this form, by default the one of `bench.visits`."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        study = written(folder / "study", form or path_form(), SETTINGS)
        freeze(study, PrivateKey.generate(bytes(range(32)), rehearsal=True).public, folder / "edition", drafts=True)
        database = f"sqlite:///{folder / 'kept.sqlite3'}"
        options = ServeOptions((folder / "edition",), database, rehearsal=True, drafts=True)
        check_study_and_machine(options)
        application = build_application(options)
        forgo_unused_signals()
        yield lambda timed: _visit(application, timed)


def _visit(application: Application, timed: Timed) -> None:
    page = gzip.decompress(timed("welcome", lambda: _asked(application, "GET", b"")))
    sending = False
    while not sending:
        sending, body = is_ready_to_send(page), answered(page)
        step = "sending" if sending else "page"
        page = gzip.decompress(timed(step, lambda body=body: _asked(application, "POST", body)))  # type: ignore[misc]  # bound at once


def _asked(application: Application, method: str, body: bytes) -> bytes:
    """The page that answers a request, compressed as it is sent: to read it is the browser's work, and not measured.
    Raises ValueError where it is refused."""
    statuses: list[str] = []

    def begin(status: str, head: list[tuple[str, str]], error: Any = None, /) -> Callable[[bytes], object]:
        statuses.append(status)
        return len

    about = {"REQUEST_METHOD": method, "PATH_INFO": "/en", "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": _FORM}
    page = b"".join(application({**_SERVER, **_BROWSER, **about, "wsgi.input": BytesIO(body)}, begin))
    if statuses != ["200 OK"]:
        raise ValueError(f"the site said {statuses}")
    return page
