"""Middleware: only members with a second factor are let in, others reach only the pages that lead there. Also the
headers of this site."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from kuule.core.problems import KuuleError
from kuule.web.handler_types import GetResponse
from kuule.workbench import workbench_errors
from kuule.workbench.accounts.allauth_adapters import has_second_factor
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.language_choice import CHOOSER_PATH
from kuule.workbench.models import Person
from kuule.workbench.request_member import member_of_person
from kuule.workbench.roles import NotAllowed

PUBLIC_PATHS = ("/sign-in", "/join/", CHOOSER_PATH, "/asset/", "/style-", "/favicon.ico")
"""Paths that anyone can open."""
ACCOUNT_SETUP_PATHS = ("/account", "/sign-out")
"""Paths for people who have signed in but have no second factor yet."""
ACCOUNT_PATH = "/account"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self';"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


def workbench_headers(get_response: GetResponse) -> GetResponse:
    """Middleware, inside `web.headers`: allows our own scripts and frames. A view may have set a policy of its own."""
    https = running_site().options.https

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("X-Frame-Options", "SAMEORIGIN")
        if response.get("Cache-Control", "").startswith("max-age=0"):
            response["Cache-Control"] = "no-store"
        if https:
            response["Strict-Transport-Security"] = "max-age=31536000"
        return response

    return middleware


def require_member(get_response: GetResponse) -> GetResponse:
    """Middleware: sets `request.member` for members. Everyone else is sent to sign in or to set up a second factor."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = request.user if isinstance(request.user, Person) else None
        if request.path.startswith(PUBLIC_PATHS):
            return get_response(request)
        if person is None:
            return _to_sign_in(request)
        if has_second_factor(person):
            request.member = member_of_person(person)  # type: ignore[attr-defined]
        elif not Person.objects.filter(pk=person.pk, is_active=True).exists():
            return _to_sign_in(request)  # removed, and the second factor with it, since the session was read
        elif not request.path.startswith(ACCOUNT_SETUP_PATHS):
            return HttpResponseRedirect(ACCOUNT_PATH)
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, NotAllowed):
            return workbench_errors.permission_denied(request, exception)
        if isinstance(exception, DatabaseError):
            return workbench_errors.accounts_unwritten(request, exception)
        return workbench_errors.service_unavailable(request, exception) if isinstance(exception, KuuleError) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Whatever was posted after the session ended is shown, so that it is not lost."""
    if request.method == "POST":
        return workbench_errors.session_expired(request)
    after = {"next": request.get_full_path()} if request.path != "/" else {}
    return HttpResponseRedirect("/sign-in" + (f"?{urlencode(after)}" if after else ""))
