"""Who is let in: the one person who was given the address. Everything else is refused before any page is made.

The token is a part of the address and in no cookie: cookies of 127.0.0.1 go to every port of it, and outlive what set
them. It dies with the command.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from kuule.web.handler_types import Application, Environ, StartResponse
from kuule.web.loopback_guard import Refusal, refuse_outsiders, send_refusal

TOKEN_BYTES = 32
MOST_POSTED = 256 * 1024
"""Bytes of a form. The longest thing typed here is a memo."""
MOST_UPLOADED = 64 * 1024 * 1024
"""Bytes of a form with a file: a copy of a project, or what another program wrote. Of a larger one the place is
typed."""
UPLOADS = frozenset({"/copies/merge", "/copies/import"})
"""The forms that take a file, after the token. No other form is read as one that has any."""
_FORM, _FORM_WITH_FILE = "application/x-www-form-urlencoded", "multipart/form-data"
_LONGEST_LENGTH = 12
"""Digits of the length of a form. Python refuses to read a number of thousands."""


def new_token() -> str:
    """What nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def refusal(environ: Environ, *, host: str, token: str) -> Refusal | None:
    """Why a request is refused, None if it is not. The order is that of what it gives away: nothing before the token
    was right."""
    if outside := refuse_outsiders(environ, host=host, site="This desk"):
        return outside
    if not secrets.compare_digest(_first_part(environ).encode(), token.encode()):
        return Refusal("404 Not Found", "There is nothing here. Open the whole address that the command printed.")
    if environ["REQUEST_METHOD"] == "POST":
        return _unfit_form(environ, takes_file=_after_token(environ, token) in UPLOADS)
    return None


def most_bytes(environ: Environ, *, host: str, token: str) -> int:
    """How much of a request is read into memory: that of a file only from who may send one here."""
    takes_file = environ["REQUEST_METHOD"] == "POST" and _after_token(environ, token) in UPLOADS
    return MOST_UPLOADED if takes_file and refusal(environ, host=host, token=token) is None else MOST_POSTED


def guard_application(application: Application, *, host: str, token: str) -> Application:
    """The application behind the checks. It sees addresses without the token; nothing it sends is to be kept."""

    def check(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        refused = refusal(environ, host=host, token=token)
        if refused is not None:
            return send_refusal(refused, start_response)
        named = {"SCRIPT_NAME": f"/{token}", "PATH_INFO": _after_token(environ, token)}
        return application({**environ, **named}, start_response)

    return check


def _first_part(environ: Environ) -> str:
    return str(environ.get("PATH_INFO", "")).split("/", 2)[1:2][0] if "/" in environ.get("PATH_INFO", "") else ""


def _after_token(environ: Environ, token: str) -> str:
    return str(environ.get("PATH_INFO", "")).removeprefix(f"/{token}") or "/"


def _unfit_form(environ: Environ, *, takes_file: bool) -> Refusal | None:
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    with_file = takes_file and kind == _FORM_WITH_FILE
    if kind != _FORM and not with_file:
        return Refusal("415 Unsupported Media Type", "This is no form of the desk.")
    length = environ.get("CONTENT_LENGTH", "")
    if not (length.isascii() and length.isdigit()):
        return Refusal("411 Length Required", "A form says how long it is.")
    if len(length) > _LONGEST_LENGTH or int(length) > (MOST_UPLOADED if with_file else MOST_POSTED):
        return Refusal("413 Content Too Large", _TOO_LARGE[takes_file])
    return None


_TOO_LARGE = {
    False: "This is longer than what a form here takes. Go back and shorten it.",
    True: "This file is larger than what is sent here. Go back, and type where it is.",
}
