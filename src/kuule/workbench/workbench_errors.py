"""Pages that explain why a request was not carried out, and show what was typed."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from kuule.core.problems import KuuleError, StudyError
from kuule.languages.cldr.tags import find_language
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.page_rendering import render_page
from kuule.workbench.roles import Member, Permission, may

DESK_ROOT, RELEASES_ROOT = "/translate/", "/releases/"
_SECRET = ("csrfmiddlewaretoken", "password", "code", "credential")
"""Fields that no page shows again: every field whose name begins with one of these."""


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The role or the language does not allow this (also Django's handler403)."""
    return message_page(request, "This is not open to you", "Your role or your languages do not include it.", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    text = "This address has no page. It may have been typed wrong, or its question may be gone from the study."
    return message_page(request, "This page isn't here", text, 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    if isinstance(exception, RequestDataTooBig):
        text = "It is larger than anything that is taken here. Nothing was changed. Please go back and send less."
        return message_page(request, "This is too large", text, 400)
    return message_page(request, "This could not be read", "Nothing was changed. Please go back and try again.", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500. It shows nothing of the request and no traceback."""
    return message_page(request, "Something broke on our side", "It's nothing you did. Please try again.", 500)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """More attempts than anyone needs, in too short a time."""
    return message_page(request, "Too many tries", "Please wait a few minutes.", 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come from one of our pages, or the page was older than the session."""
    return message_page(
        request,
        "This page was too old",
        "It was opened before you signed in, or came from another site. Nothing was changed. Open it again from here.",
        403,
        typed=typed_fields(request),
    )


def session_expired(request: HttpRequest) -> HttpResponse:
    """A form arrived after its session had ended. What was typed is shown so that it can be copied."""
    return message_page(
        request,
        "You are not signed in any more",
        "A session ends after eight hours. What you sent was not kept: copy it from here, then sign in.",
        401,
        typed=typed_fields(request),
    )


def service_unavailable(request: HttpRequest, error: KuuleError) -> HttpResponse:
    """Something is wrong with the study or with the server: the page says what, and how to fix it."""
    return message_page(
        request,
        "Something is in the way",
        "Nothing was changed. Whoever runs this site, or last changed the study, can mend it:",
        503,
        problems=error.problems,
        typed=typed_fields(request),
    )


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form, without passwords and codes."""
    fields = request.POST.lists() if request.method == "POST" else ()
    return [(name, value) for name, values in fields if not name.startswith(_SECRET) for value in values if value]


def message_page(request: HttpRequest, title: str, text: str, status: int, **content: object) -> HttpResponse:
    """A page with a heading and a sentence, and where one can go from it."""
    content = {"typed": [], "problems": (), "ways": ways_on(request), **content}
    return render_page(request, "said.html", title=title, text=text, status=status, **content)


def ways_on(request: HttpRequest) -> list[tuple[str, str]]:
    """Where somebody can go from a page that has nothing for them, as (address, words); the likeliest first. They are
    offered only what is open to them."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return [("/sign-in", "Sign in")]
    ways = [("/", "To your part")]
    tag = next(iter(request.path.removeprefix(DESK_ROOT).split("/")), "")
    if request.path.startswith(DESK_ROOT) and tag and may(member, Permission.SEE_LANGUAGE, tag) and _is_offered(tag):
        ways.insert(0, (f"{DESK_ROOT}{tag}", f"To the texts in {find_language(tag).english}"))
    if request.path.startswith(RELEASES_ROOT) and may(member, Permission.SEE_RELEASES):
        ways.insert(0, (RELEASES_ROOT, "To the releases"))
    if may(member, Permission.INVITE):
        ways.append(("/people", "People"))
    return [*ways, ("/account", "Your account")]


def _is_offered(tag: str) -> bool:
    try:
        return tag in running_site().read_study_settings().languages
    except StudyError:
        return False
