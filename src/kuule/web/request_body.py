"""The body of a request, read whole before the site is asked: a server that closes the line while a form is still being
sent is, for a browser, a server that is gone, and nobody sees the page that says why the form was refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kuule.web.handler_types import Environ

_LONGEST_NUMBER = 19
"""Digits of a length. Python refuses to read very long numbers, and no body is that long."""
_PIECE = 64 * 1024
_MOST_DRAINED = 64 * 1024 * 1024
"""Bytes of a refused body that are read and dropped: a browser shows the response only after it has sent everything."""


class _Broken(io.RawIOBase):
    """The body of a form that did not arrive whole: nothing of it is taken for an answer."""

    def read(self, size: int = -1, /) -> bytes:
        raise OSError("the form did not arrive whole")


def read_body(environ: Environ, largest: int) -> None:
    """Read the body, however slowly it comes, and put it back whole; drop one that is larger than any form."""
    if environ["REQUEST_METHOD"] != "POST" or "HTTP_TRANSFER_ENCODING" in environ:
        return
    length = environ.get("CONTENT_LENGTH", "")
    if not (length.isascii() and length.isdigit() and len(length) < _LONGEST_NUMBER):
        return
    wanted, source = int(length), environ["wsgi.input"]
    try:
        if wanted > largest:
            _drain(source)
            environ["wsgi.input"] = io.BytesIO()
            return
        body = b"".join(_pieces(source, wanted))
    except OSError:
        body = b""
    environ["wsgi.input"] = io.BytesIO(body) if len(body) == wanted else _Broken()


def _pieces(source: Any, wanted: int) -> Iterator[bytes]:
    while wanted > 0 and (piece := source.read(min(wanted, _PIECE))):
        wanted -= len(piece)
        yield piece


def _drain(source: Any) -> None:
    for _ in range(_MOST_DRAINED // _PIECE):
        if not source.read(_PIECE):
            return
