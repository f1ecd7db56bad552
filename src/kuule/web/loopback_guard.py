"""Who may ask a site that is for the browser of this machine alone: nobody by another name, and no page of another
site. Other programs of the machine are not kept out."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from kuule.web.handler_types import Application, Environ, StartResponse
from kuule.web.headers import SECURITY_HEADERS

_SITES = {
    "GET": frozenset({"same-origin", "none"}),
    "HEAD": frozenset({"same-origin", "none"}),
    "POST": frozenset({"same-origin"}),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that gets no page: its status line and what is said."""

    status: str
    words: str


def is_loopback_address(host: str) -> bool:
    """Whether this is an address of the machine itself, in numbers. A name is not looked up: that would ask a
    network."""
    with suppress(ValueError):
        return ip_address(host).is_loopback and ":" not in host
    return False


def guard_loopback(application: Application, *, host: str) -> Application:
    """The application, which is asked under the name `host` (with its port) and by its own pages only."""

    def check(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        refused = refuse_outsiders(environ, host=host)
        return application(environ, start_response) if refused is None else send_refusal(refused, start_response)

    return check


def refuse_outsiders(environ: Environ, *, host: str, site: str = "This") -> Refusal | None:
    """Why a request is refused that came by another name than `host` or from a page of another site; None if it is not.
    `site` is what the words call it."""
    method = environ["REQUEST_METHOD"]
    if environ.get("HTTP_HOST", "").lower() != host:
        return Refusal("421 Misdirected Request", f"{site} is at {host} and nowhere else.")
    if method not in _SITES:
        return Refusal("405 Method Not Allowed", "A page is asked for or a form is sent, and nothing else.")
    if not _is_own_page(environ, method, host):
        return Refusal("403 Forbidden", "Another page asked for this. Open the address that the command printed.")
    return None


def send_refusal(refused: Refusal, start_response: StartResponse) -> list[bytes]:
    """The answer to a request that is refused, which no browser keeps."""
    body = f"{refused.words}\n".encode()
    headers = {**SECURITY_HEADERS, "Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
    start_response(refused.status, list(headers.items()))
    return [body]


def _is_own_page(environ: Environ, method: str, host: str) -> bool:
    """A form has to say that it comes from here, in one of the two ways that browsers have; a page may be asked for by
    whoever typed its address."""
    said, origin = environ.get("HTTP_SEC_FETCH_SITE"), environ.get("HTTP_ORIGIN")
    if said is not None and said not in _SITES[method]:
        return False
    if origin is not None:
        return str(origin).lower() == f"http://{host}"
    return method != "POST" or said is not None
