"""Who is let in: the one person who was given the address. Everything else is refused before any page is made.

The token is a part of the address and in no cookie: cookies of 127.0.0.1 go to every port of it, and outlive what set
them. It dies with the command.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from kuule.web.handler_types import Application, Environ, StartResponse
from kuule.web.headers import SECURITY_HEADERS

TOKEN_BYTES = 32
MOST_POSTED = 256 * 1024
"""Bytes of a form. The longest thing typed here is a memo."""
_SITES = {
    "GET": frozenset({"same-origin", "none"}),
    "HEAD": frozenset({"same-origin", "none"}),
    "POST": frozenset({"same-origin"}),
}
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that gets no page: its status line and what is said."""

    status: str
    words: str


def new_token() -> str:
    """What nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def refusal(environ: Environ, *, host: str, token: str) -> Refusal | None:
    """Why a request is refused, None if it is not. The order is that of what it gives away: nothing before the token
    was right."""
    method = environ["REQUEST_METHOD"]
    if environ.get("HTTP_HOST", "").lower() != host:
        return Refusal("421 Misdirected Request", f"This desk is at {host} and nowhere else.")
    if method not in _SITES:
        return Refusal("405 Method Not Allowed", "A page is asked for or a form is sent, and nothing else.")
    if not _is_own_site(environ, method, host):
        return Refusal("403 Forbidden", "Another page asked for this. Open the address that the command printed.")
    if not secrets.compare_digest(_first_part(environ).encode(), token.encode()):
        return Refusal("404 Not Found", "There is nothing here. Open the whole address that the command printed.")
    if method == "POST":
        return _unfit_form(environ)
    return None


def guard_application(application: Application, *, host: str, token: str) -> Application:
    """The application behind the checks. It sees addresses without the token; nothing it sends is to be kept."""

    def check(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        refused = refusal(environ, host=host, token=token)
        if refused is not None:
            body = f"{refused.words}\n".encode()
            headers = {
                **SECURITY_HEADERS,
                "Content-Type": "text/plain; charset=utf-8",
                "Content-Length": str(len(body)),
            }
            start_response(refused.status, list(headers.items()))
            return [body]
        path = environ["PATH_INFO"].removeprefix(f"/{token}") or "/"
        return application({**environ, "SCRIPT_NAME": f"/{token}", "PATH_INFO": path}, start_response)

    return check


def _is_own_site(environ: Environ, method: str, host: str) -> bool:
    """A form has to say that it comes from here, in one of the two ways that browsers have; a page may be asked for by
    whoever typed its address."""
    said = environ.get("HTTP_SEC_FETCH_SITE")
    origin = environ.get("HTTP_ORIGIN")
    if said is not None and said not in _SITES[method]:
        return False
    if origin is not None:
        return str(origin).lower() == f"http://{host}"
    return method != "POST" or said is not None


def _first_part(environ: Environ) -> str:
    return str(environ.get("PATH_INFO", "")).split("/", 2)[1:2][0] if "/" in environ.get("PATH_INFO", "") else ""


def _unfit_form(environ: Environ) -> Refusal | None:
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        return Refusal("415 Unsupported Media Type", "This is no form of the desk.")
    length = environ.get("CONTENT_LENGTH", "")
    if not length.isdecimal():
        return Refusal("411 Length Required", "A form says how long it is.")
    if int(length) > MOST_POSTED:
        return Refusal("413 Content Too Large", "This is longer than what a form here takes. Go back and shorten it.")
    return None
