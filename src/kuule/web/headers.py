"""The security headers of every response, and the check for posts that another site sent. No cookie is ever set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, ResponseHeaders

from kuule.web.handler_types import GetResponse
from kuule.web.length_hiding.page_padding import NO_MINIMUM, HtmlPage, MinimumSize

_OWN_PORT = re.compile(r":(?:80|443)$")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_NEVER_USED = (
    "browsing-topics", "camera", "clipboard-read", "display-capture", "geolocation", "identity-credentials-get",
    "local-fonts", "microphone",
)  # fmt: skip
"""Features that could see, hear, locate or recognise a person. Pages could not use them anyway, because no scripts or
frames are allowed; this is a second lock. Other features are not listed, because each name is sent with every page
(decision 0008)."""

SECURITY_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NEVER_USED),
    # Not no-referrer: with it every form would send `Origin: null`.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # Browsers look up the host names of links before anyone follows them, and the name of a helpline would be visible
    # on the network.
    "X-DNS-Prefetch-Control": "off",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # The server adds its name and the time to every response that does not have these two, and has no option to leave
    # them out (granian issue 594). So they are empty.
    "Server": "",
    "Date": "",
}


def security_headers(get_response: GetResponse) -> GetResponse:
    """Middleware: every response carries SECURITY_HEADERS. A view may have set its own Cache-Control.

    If the setting ONION_LOCATION names an onion service of the same site, Tor Browser is told of it (Onion-Location).
    """

    # Django converts and checks each header that it is given, which took 3 % of a page for these fourteen: so that is
    # done once for them.
    checked = ResponseHeaders(SECURITY_HEADERS)._store

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers._store = checked | response.headers._store
        onion = getattr(settings, "ONION_LOCATION", "")
        if onion and _is_page(request, response):
            response["Onion-Location"] = f"{onion}{request.get_full_path()}"
        return response

    return middleware


def _is_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the page can be opened again at another address. The reply to a form cannot, because what was typed would
    be lost."""
    return request.method == "GET" and response.status_code == HTTPStatus.OK and "html" in response["Content-Type"]


def is_cross_site(request: HttpRequest) -> bool:
    """Whether the browser says that another site made this request. A browser that says nothing is trusted.

    If Sec-Fetch-Site is missing (in older browsers, and in newer ones over plain HTTP), the Origin header decides;
    "null" counts as missing. A proxy has to pass on the Host header unchanged.

    There is no CSRF cookie, and none is needed: a CSRF token protects what a browser sends by itself (a session cookie,
    a saved password), and a respondent has neither. A forged post could only do what anybody can do directly: answer
    once more. The check keeps another site from doing it through a visitor's browser.
    """
    said = request.META.get("HTTP_SEC_FETCH_SITE")
    if said is not None:
        return said not in {"same-origin", "none"}
    origin = request.META.get("HTTP_ORIGIN", "null")
    return origin != "null" and _place(origin.partition("://")[2]) != _place(request.META.get("HTTP_HOST", ""))


def _place(host: str) -> str:
    """A host and its port as an Origin header writes them: in lower case, and without the default port of the
    scheme."""
    return _OWN_PORT.sub("", host.lower())


def html_response(
    content: str, *, empty_page: str = "", token: str = "", status: int = 200, minimum: MinimumSize = NO_MINIMUM
) -> HttpResponse:
    """One self-contained HTML document, which `length_hiding.page_padding.pad_pages` compresses and pads.

    `empty_page` is the same page with nothing chosen or typed, if anything is, so that its size does not reveal what.
    `token` is the text in the page that is different each time. `minimum` is the least size of all pages of the site.
    """
    return HtmlPage(content.encode(), empty_page.encode(), token.encode(), status=status, minimum=minimum)
