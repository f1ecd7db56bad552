"""Who gets in: a member with a second factor, and before that only the pages on the way there. Headers of this site."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from kuule.core.problems import KuuleError
from kuule.web.handler_types import GetResponse
from kuule.workbench import workbench_errors
from kuule.workbench.accounts.allauth_adapters import has_second_factor
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.models import Person
from kuule.workbench.roles import Member, NotAllowed, Role

PUBLIC_PATHS = ("/sign-in", "/join/", "/asset/", "/style-", "/favicon.ico")
"""Addresses for everybody."""
ACCOUNT_SETUP_PATHS = ("/account", "/sign-out")
"""Addresses for who is signed in and has no second factor yet."""
ACCOUNT_PATH = "/account"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self';"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


def workbench_headers(get_response: GetResponse) -> GetResponse:
    """Middleware, inside `web.headers`: our own scripts and frames may run; a view may have set its own policy."""
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
    """Middleware: `request.member` for members; everybody else is led to sign in, or to set up a second factor."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = request.user if isinstance(request.user, Person) else None
        if request.path.startswith(PUBLIC_PATHS):
            return get_response(request)
        if person is None:
            return _to_sign_in(request)
        ready = has_second_factor(person)
        if not ready and not request.path.startswith(ACCOUNT_SETUP_PATHS):
            return HttpResponseRedirect(ACCOUNT_PATH)
        if ready:
            request.member = member_of_person(person)  # type: ignore[attr-defined]
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, NotAllowed):
            return workbench_errors.permission_denied(request, exception)
        return workbench_errors.service_unavailable(request, exception) if isinstance(exception, KuuleError) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def request_member(request: HttpRequest) -> Member:
    """The member who makes this request; views behind `require_member` always have one."""
    return cast("Member", request.member)  # type: ignore[attr-defined]


def member_of_person(person: Person) -> Member:
    """What the table of roles is asked about."""
    organisation = person.organisation
    return Member(
        id=person.pk,
        name=person.name,
        organisation=organisation.name,
        role=Role(person.role),
        languages=frozenset(person.languages),
        links=frozenset(organisation.links),
        earlier_roles=frozenset(map(Role, person.roles_before)),
    )


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """What was posted after a session had ended is shown, so that it is not lost."""
    if request.method == "POST":
        return workbench_errors.session_expired(request)
    after = {"next": request.get_full_path()} if request.path != "/" else {}
    return HttpResponseRedirect("/sign-in" + (f"?{urlencode(after)}" if after else ""))
