"""Reads single pages of one site as a careful visitor does: one connection, no cookies, no script, no redirects.

What a site may send is bounded in bytes and in seconds, so that neither a slow nor a huge one holds the reader.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import SplitResult, urlencode, urlsplit

import lxml.etree
import lxml.html

from kuule.core.problems import Problem
from kuule.verification.site_findings import VerificationError, printable

_PIECE = 16 * 1024
_HTTPS_PORT = 443
_HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+", re.IGNORECASE)
_AS_TOR_BROWSER = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
"""As a visitor's browser: a site that shows one thing to whoever checks it and another to everybody else is not told
who checks."""


class VisitLimits(NamedTuple):
    """How long one answer, and all of them, may take, and how large one may be."""

    seconds: float = 20.0
    all_seconds: float = 120.0
    most_bytes: int = 1 << 20


class Certificate(NamedTuple):
    """The version of TLS, and until when the certificate is valid."""

    version: str
    until: datetime


@dataclass(frozen=True, slots=True)
class VisitedPage:
    """An answer of the site. `sent` are the bytes of its body on the wire; `trouble` says why the body was not read
    ("" if it was); `document` is None if it is no page of HTML."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    sent: int = 0
    body: bytes = b""
    trouble: str = ""
    document: lxml.html.HtmlElement | None = None

    def header(self, name: str) -> str:
        """The value of a header, "" if it was not sent; several values are joined as they would count."""
        return ", ".join(value for known, value in self.headers if known.lower() == name.lower())

    @property
    def leads_to(self) -> str:
        """Where a redirect leads; "" if it is none."""
        return self.header("Location") or "nowhere" if self.status in range(300, 400) else ""


class SiteReader:
    """Reads pages of one site. Raises VerificationError where it does not answer in time."""

    def __init__(self, url: str, limits: VisitLimits, *, trusted: ssl.SSLContext | None = None) -> None:
        self.parts = split_address(url)
        self.limits = limits
        self.requests = 0
        self._late = False
        self._end = time.monotonic() + limits.all_seconds
        host, port = self.parts.hostname or "", self.parts.port
        self.connection = (
            http.client.HTTPSConnection(
                host, port, timeout=limits.seconds, context=trusted or ssl.create_default_context()
            )
            if self.parts.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=limits.seconds)
        )

    @property
    def origin(self) -> str:
        """The address of the site, without a path."""
        return _origin_of(self.parts)

    def connect(self) -> Certificate | None:
        """Connect, and return what is known of the line; None without TLS. Raises ssl.SSLError for a certificate that
        nobody can trust."""
        with self._in_words(), self._watched():
            self.connection.connect()
        line = self.connection.sock
        if not isinstance(line, ssl.SSLSocket):
            return None
        told = line.getpeercert() or {}
        until = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told.get("notAfter"))), UTC)
        return Certificate(line.version() or "", until)

    def read(self, address: str, form: Sequence[tuple[str, str]] | None = None) -> VisitedPage:
        """Read a page; with a form, press its button."""
        with self._in_words(), self._watched():
            return self._asked(address, form)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except ssl.SSLError as error:
            if self.requests == 0 and not self._late:
                raise
            raise _no_answer(self.origin, self._reason_of(error)) from error
        except (OSError, http.client.HTTPException) as error:
            raise _no_answer(self.origin, self._reason_of(error)) from error

    def _reason_of(self, error: Exception) -> str:
        late = self._late or isinstance(error, TimeoutError)
        return f"not within {self.limits.seconds:g} seconds" if late else _reason(error)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Cut the line when an answer has taken too long: a timeout of the socket begins anew with each byte."""
        left = max(0.0, min(self.limits.seconds, self._end - time.monotonic()))
        watch = threading.Timer(left, self._cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _cut(self) -> None:
        self._late = True
        line = self.connection.sock
        if line is not None:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)  # not TLS's own, which another thread is reading

    def _asked(self, address: str, form: Sequence[tuple[str, str]] | None) -> VisitedPage:
        headers, body = dict(_AS_TOR_BROWSER), None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form).encode("ascii")
        self.requests += 1
        try:
            response = self._exchange(address, body, headers)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            if self._late:
                raise
            self.connection.close()  # the server may have closed a connection that was idle; what is read has no effect
            response = self._exchange(address, body, headers)
        page = VisitedPage(address, response.status, tuple(response.getheaders()))
        content = self._content(response)
        if content is None:
            self.connection.close()
            return replace(page, trouble=f"larger than {self.limits.most_bytes:,} bytes")
        return _with_body(page, content, self.limits.most_bytes)

    def _exchange(self, address: str, body: bytes | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        self.connection.request("GET" if body is None else "POST", address, body, headers)
        return self.connection.getresponse()

    def _content(self, response: http.client.HTTPResponse) -> bytes | None:
        """The body as it was sent; None where it is too large. Raises OSError where the line was cut."""
        content = bytearray()
        while piece := response.read1(_PIECE):
            content += piece
            if len(content) > self.limits.most_bytes:
                return None
        if self._late or response.length:
            raise ConnectionError("the line was cut")
        response.close()  # of this answer; the connection is kept
        return bytes(content)


def _no_answer(origin: str, reason: str) -> VerificationError:
    cause = f"the site does not answer ({reason})"
    remedy = "see that the address is right and that this machine is online, then try again"
    return VerificationError(Problem("VERIFY_002", origin, cause, remedy))


def _with_body(page: VisitedPage, content: bytes, most: int) -> VisitedPage:
    """The page with what was sent, decompressed and parsed where that can be done."""
    body, sent = content, len(content)
    if page.header("Content-Encoding") == "gzip":
        try:
            body = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, most + 1)
        except zlib.error:
            return replace(page, sent=sent, trouble="not what its headers say (gzip)")
        if len(body) > most:
            return replace(page, sent=sent, trouble=f"larger than {most:,} bytes when it is unpacked")
    document = _parsed(body) if page.header("Content-Type").startswith("text/html") else None
    return replace(page, sent=sent, body=body, document=document)


def _parsed(body: bytes) -> lxml.html.HtmlElement | None:
    try:
        return lxml.html.document_fromstring(body, parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (lxml.etree.ParserError, ValueError):
        return None


def split_address(url: str) -> SplitResult:
    """The parts of the address of a site. Raises VerificationError VERIFY_001 unless it is one, without a path."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), None
    plain = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.hostname or "") and port != 0
    if plain and parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username is not None):
        return parts
    cause = f"{printable(url)!r} is no address of a site"
    remedy = "give it like https://survey.example.org, without a path"
    raise VerificationError(Problem("VERIFY_001", "URL", cause, remedy))


def site_origin(url: str) -> str:
    """The address of a site as its looks are told apart by. Raises VerificationError VERIFY_001."""
    return _origin_of(split_address(url))


def _origin_of(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"


def default_https_port(parts: SplitResult) -> bool:
    """Whether this is a site at the usual port of https."""
    return parts.scheme == "https" and parts.port in (None, _HTTPS_PORT)


def _reason(error: Exception) -> str:
    """Why nothing was read, without the system's error number."""
    message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return printable((message or type(error).__name__).lower())
