"""Security headers of every answer, and the refusal of posts that another site sent. No cookie is ever set."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PAGE_STEP = 16 * 1024
"""Bytes. A page of a visit with a token of 4 KiB is one step long, unless it asks very much."""
_FILLING = b"<!--%b-->"
_OWN_PORT = re.compile(r":(?:80|443)$")
GetResponse = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_NEVER_USED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "clipboard-write", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "speaker-selection", "storage-access", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip

SECURITY_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NEVER_USED),
    # Not no-referrer: with it every form would send `Origin: null`.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # The server adds its name and the clock's time to every answer unless it finds these; it has no option to leave
    # them out (granian issue 594), so they are empty.
    "Server": "",
    "Date": "",
}


def security_headers(get_response: GetResponse) -> GetResponse:
    """Middleware: every answer carries SECURITY_HEADERS; a view may have set its own Cache-Control."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in SECURITY_HEADERS.items():
            if name not in response:
                response[name] = value
        return response

    return middleware


def from_another_site(request: HttpRequest) -> bool:
    """Whether the browser says that another site made this request. Browsers that say nothing are believed.

    Where Sec-Fetch-Site is missing (older browsers, and newer ones over plain HTTP) the Origin tells; "null" is nothing
    said. A proxy has to pass the Host header on as it came.

    There is no CSRF cookie and none is needed: such a token protects what a browser sends by itself (a session
    cookie, a saved password), and a respondent has neither. All that a forged post could do is what anyone can do
    directly: answer once more. The check keeps another site from doing it with a visitor's browser.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin != "null" and _place(origin.partition("://")[2]) != _place(request.headers.get("Host", ""))


def _place(host: str) -> str:
    """A host and its port as an origin writes it: in lower case, and without a scheme's own port."""
    return _OWN_PORT.sub("", host.lower())


def as_html(content: str, *, status: int = 200) -> HttpResponse:
    """A page of ours: one self-contained HTML document of a whole number of steps, as nothing compresses it.

    Whoever watches a line that is closed still sees how long a page is, and so could tell one answer from another. What
    is posted is as long as it is: the length of a text that was typed stays to be seen.
    """
    page = content.encode()
    filling = b"." * (-(len(page) + len(_FILLING) - len(b"%b")) % PAGE_STEP)
    return HttpResponse(page + _FILLING % filling, status=status, content_type="text/html; charset=utf-8")
