"""Pages that explain why a request was not carried out, and show what was typed."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from markupsafe import Markup

from kuule.core.problems import KuuleError, Problem, StudyError
from kuule.workbench.configuration.django_settings import ACCOUNTS_DATABASE
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.language_choice import language_of_request
from kuule.workbench.member_words.saying import page_language, say, say_language, say_plain, speak_in
from kuule.workbench.page_rendering import render_page
from kuule.workbench.roles import Member, Permission, may

DESK_ROOT, RELEASES_ROOT = "/translate/", "/releases/"
_SECRET = ("csrfmiddlewaretoken", "password", "code", "credential")
"""Fields that no page shows again: every field whose name begins with one of these."""


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The role or the language does not allow this (also Django's handler403)."""
    return message_page(
        request,
        say_plain("error_403"),
        say("error_403_why"),
        403,
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    text = say("error_404_why")
    return message_page(request, say_plain("error_404"), text, 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    if isinstance(exception, RequestDataTooBig):
        return message_page(request, say_plain("error_too_large"), say("error_too_large_why"), 400)
    return message_page(request, say_plain("error_400"), say("error_400_why"), 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500. It shows nothing of the request and no traceback."""
    if isinstance(fault := sys.exc_info()[1], DatabaseError):
        return accounts_unwritten(request, fault)
    return message_page(
        request,
        say_plain("error_500"),
        say("error_500_why"),
        500,
    )


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """More attempts than anyone needs, in too short a time."""
    return message_page(request, say_plain("error_429"), say("error_429_wait"), 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come from one of our pages, or the page was older than the session."""
    return message_page(
        request,
        say_plain("error_old"),
        say("error_old_why"),
        403,
        typed=typed_fields(request),
    )


def session_expired(request: HttpRequest) -> HttpResponse:
    """A form arrived after its session had ended. What was typed is shown so that it can be copied."""
    return message_page(
        request,
        say_plain("error_session"),
        say("error_session_why"),
        401,
        typed=typed_fields(request),
    )


def service_unavailable(request: HttpRequest, error: KuuleError) -> HttpResponse:
    """Something is wrong with the study or with the server: the page says what, and how to fix it."""
    return message_page(
        request,
        say_plain("error_way"),
        say("error_way_why"),
        503,
        problems=error.problems,
        typed=typed_fields(request),
    )


def accounts_unwritten(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    """The database of the accounts cannot be read or written, mostly because the disk is full. What was typed is shown;
    what the page did in the session is dropped, since that could not be written either."""
    cause = f"the accounts cannot be read or written ({str(error) or type(error).__name__})"
    remedy = "see that the disk has room and the file may be written; then send again what stands below"
    problem = Problem("WORKBENCH_012", ACCOUNTS_DATABASE, cause, remedy)
    try:
        with speak_in(_language_of(request)):
            text = say("error_way_why")
            typed = typed_fields(request)
            page = message_page(request, say_plain("error_way"), text, 503, problems=(problem,), typed=typed)
        request.session.modified = False
    except DatabaseError:  # not even who asks can be read
        return HttpResponse(f"{problem}\n", content_type="text/plain; charset=utf-8", status=503)
    return page


def _language_of(request: HttpRequest) -> str:
    """The language of whoever asks, also outside of the middleware that knows it."""
    return language_of_request(request) if hasattr(request, "user") else page_language().tag


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form, without passwords and codes. A form that did not arrive whole has none."""
    try:
        fields = list(request.POST.lists()) if request.method == "POST" else []
    except UnreadablePostError:  # the line broke: nobody is there to be shown them
        return []
    return [(name, value) for name, values in fields if not name.startswith(_SECRET) for value in values if value]


def message_page(request: HttpRequest, title: str, text: str, status: int, **content: object) -> HttpResponse:
    """A page with a heading and a sentence, and where one can go from it."""
    content = {"typed": [], "problems": (), "ways": ways_on(request), **content}
    return render_page(request, "said.html", title=title, text=text, status=status, **content)


def ways_on(request: HttpRequest) -> list[tuple[str, Markup]]:
    """Where somebody can go from a page that has nothing for them, as (address, words); the likeliest first. They are
    offered only what is open to them."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return [("/sign-in", say("sign_in"))]
    ways = [("/", say("to_home"))]
    tag = next(iter(request.path.removeprefix(DESK_ROOT).split("/")), "")
    if request.path.startswith(DESK_ROOT) and tag and may(member, Permission.SEE_LANGUAGE, tag) and _is_offered(tag):
        ways.insert(0, (f"{DESK_ROOT}{tag}", say("to_texts", language=say_language(tag))))
    if request.path.startswith(RELEASES_ROOT) and may(member, Permission.SEE_RELEASES):
        ways.insert(0, (RELEASES_ROOT, say("to_releases")))
    if may(member, Permission.INVITE):
        ways.append(("/people", say("way_people")))
    return [*ways, ("/account", say("account_title"))]


def _is_offered(tag: str) -> bool:
    try:
        return tag in running_site().read_study_settings().languages
    except StudyError:
        return False
