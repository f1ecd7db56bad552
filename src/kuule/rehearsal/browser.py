"""A browser without script: it keeps a connection to this machine and reads pages with lxml. No cookies, no other
machine."""

from __future__ import annotations

import http.client
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, urlencode, urlsplit

import lxml.html

from kuule.core.problems import KuuleError, Problem
from kuule.languages.hyphenation.soft_hyphens import SOFT_HYPHEN

_TIMEOUT_SECONDS = 30
_MOST_REDIRECTS = 5


class RehearsalError(KuuleError):
    """The rehearsal cannot go on: the site does not answer as Kuule's does, or it may not be asked."""


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """A page that was loaded: the path that answered, its status, and the document."""

    path: str
    status: int
    document: lxml.html.HtmlElement

    @property
    def heading(self) -> str:
        """The page's first heading, for a message."""
        headings = self.document.xpath("//h1")
        return " ".join(headings[0].text_content().replace(SOFT_HYPHEN, "").split()) if headings else "(no heading)"


def unexpected_page(page: LoadedPage, what: str) -> RehearsalError:
    """The error for a page that is not understood. Such a page is never skipped."""
    cause = f"the page {page.heading!r} is not understood: {what}"
    return RehearsalError(
        Problem("DEMO_005", page.path, cause, "open it in a browser; a person would be stuck there too")
    )


class Browser:
    """Opens the pages of one site. Raises RehearsalError unless the site is on this machine."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        host, port = parts.hostname or "", _port(parts)
        if parts.scheme != "http" or port is None or not is_loopback(host):
            raise RehearsalError(
                Problem(
                    "DEMO_002",
                    url,
                    "a rehearsal answers only on this machine",
                    "give an address like http://127.0.0.1:8000",
                )
            )
        self._host = f"{host}:{port}"
        self.connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)
        self._loaded: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def get(self, path: str) -> LoadedPage:
        """Open a page."""
        return self._follow("GET", path, None)

    def post(self, path: str, fields: Sequence[tuple[str, str]]) -> LoadedPage:
        """Send a form as a browser does."""
        return self._follow("POST", path, urlencode(fields).encode("ascii"))

    def close_connection(self) -> None:
        """Close the connection, so that the next page comes through a new one, as for another person. What was loaded
        is kept."""
        self.connection.close()

    def load_media(self, path: str) -> int:
        """Load a picture or sound of a page and return the status. Each is loaded once."""
        if path not in self._loaded:
            self._loaded[path], _, _ = self._ask("GET", path, None)
        return self._loaded[path]

    def _follow(self, method: str, path: str, body: bytes | None) -> LoadedPage:
        for _ in range(_MOST_REDIRECTS):
            status, location, page = self._ask(method, path, body)
            if status not in (301, 302, 303, 307, 308):
                return LoadedPage(path, status, lxml.html.document_fromstring(page or b"<html></html>"))
            path = urlsplit(location).path
            if status not in (307, 308):
                method, body = "GET", None
        raise RehearsalError(Problem("DEMO_003", path, "the site leads in a circle", "see what it serves there"))

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, str, bytes]:
        headers = {"Accept": "text/html"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            response = self._exchange(method, path, body, headers)
        except (ConnectionError, http.client.HTTPException, TimeoutError) as error:
            problem = Problem(
                "DEMO_004",
                f"http://{self._host}{path}",
                f"the site does not answer ({_reason(error)})",
                "see that it is running there; `kuule serve` starts it",
            )
            raise RehearsalError(problem) from error
        return response.status, response.headers.get("Location", ""), response.read()

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        try:
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # the server may have closed the connection; sending a page again changes nothing in Kuule
            self.connection.close()
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()


def _port(parts: SplitResult) -> int | None:
    """The port of an address: 80 if it names none, None if it names an impossible one."""
    try:
        return parts.port or 80
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    """Why nothing was loaded, without the system's error number."""
    message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return (message or type(error).__name__).lower()


def is_loopback(host: str) -> bool:
    """Whether a host is this machine. No name except localhost is resolved."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
