"""Going through the questionnaire at the lead's desk, as it is or as it would be with a workbook that was sent: a page
with a frame, and what is in the frame.

What is in the frame is drawn by another process, from files that anybody could have written. It may run no script, send
no form and follow no link but to its own addresses, and knows no cookie.
"""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kuule.core.problems import StudyError, WorkbenchError
from kuule.languages.cldr.tags import find_language
from kuule.study.media.media_formats import CONTENT_TYPES
from kuule.web.piped_requests import PipedReply, PipedRequest
from kuule.workbench.configuration.workbench_site import WorkbenchSite, running_site
from kuule.workbench.middleware import CONTENT_SECURITY_POLICY
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Member, Permission, check_may
from kuule.workbench.study_desk.form_files import find_sent_form
from kuule.workbench.study_desk.state_views import site_for_desk
from kuule.workbench.study_desk.visit_processes import ask_visit

VISIT = "/study/visit"
WIDTHS = {"phone": "study_visit_phone", "desktop": "study_visit_desktop"}
_ADDRESS = re.compile(r' (href|action|src|formaction)="/(?!/)')
_NOT_FRAMED = re.compile(r"preview(?:/changes)?")
_SHOWN = frozenset({"text/html", "text/css", "text/plain", *(one.partition(";")[0] for one in CONTENT_TYPES.values())})


def visit_page(request: HttpRequest, digits: str = "") -> HttpResponse:
    """The page around a visit: in which language it begins, how wide it is, and the frame."""
    site = site_for_desk(request)
    if digits and find_sent_form(site, digits) is None:
        raise Http404
    languages = visit_languages(site, request_member(request))
    tag = request.GET.get("language", languages[0] if languages else "")
    width = request.GET.get("width", "")
    response = render_page(
        request,
        "study/visit.html",
        title="",
        digits=digits,
        own_address=_address(digits),
        frame_address=f"{_pages(digits)}{tag if tag in languages else ''}",
        languages=[find_language(one) for one in languages],
        chosen=tag if tag in languages else "",
        widths=WIDTHS,
        width=width if width in WIDTHS else "phone",
    )
    # A link in the frame may lead to pages of the visit, and to no other page of this site.
    own = f"frame-src {origin_of(request)}{_pages(digits)}"
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace("frame-src 'self'", own)
    return response


@csrf_exempt
def page_of_visit(request: HttpRequest, rest: str, digits: str = "") -> HttpResponse:
    """A page of a visit, a picture in it, or a step from one page to the next. It is without a token against forgery,
    since nothing comes of it anywhere. A questionnaire that was only sent is for those who see the desk."""
    member = request_member(request)
    check_may(member, Permission.SEE_STUDY_DESK if digits else Permission.TEST_STUDY)
    site = running_site()
    for tag in set(rest.split("/")) & set(_languages(site)) - set(visit_languages(site, member)):
        check_may(member, Permission.SEE_LANGUAGE, tag)
    if _NOT_FRAMED.fullmatch(rest):
        raise Http404
    try:
        reply = ask_visit(site, digits, _asked(request, rest))
    except (StudyError, WorkbenchError) as error:
        page = render_page(request, "study/visit_not.html", title="", status=503, problems=error.problems)
        return _framed(request, page, digits)
    if reply is None:
        raise Http404
    return _framed(request, _response(reply, digits), digits)


def _asked(request: HttpRequest, rest: str) -> PipedRequest:
    return PipedRequest(
        "POST" if request.method == "POST" else "GET",
        f"/{rest}",
        request.META.get("QUERY_STRING", ""),
        request.META.get("CONTENT_TYPE", ""),
        request.headers.get("Accept-Language", ""),
        request.body,
    )


def _response(reply: PipedReply, digits: str) -> HttpResponse:
    kind = reply.content_type.partition(";")[0].strip().lower()
    if reply.location.startswith("/") and not reply.location.startswith("//"):
        moved = HttpResponse(status=reply.status)
        moved["Location"] = f"{_pages(digits)}{reply.location[1:]}"
        return moved
    if reply.body and kind not in _SHOWN:
        raise Http404
    body = reply.body
    if kind == "text/html":
        # Whatever is words in the page has no quotation mark of its own in it: these are the page's own addresses.
        body = _ADDRESS.sub(rf' \1="{_pages(digits)}', body.decode()).encode()
    return HttpResponse(body, content_type=reply.content_type or "text/plain", status=reply.status)


def _framed(request: HttpRequest, response: HttpResponse, digits: str) -> HttpResponse:
    pages = f"{origin_of(request)}{_pages(digits)}"
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none';"
        f" form-action {pages}; frame-ancestors 'self'; sandbox allow-forms allow-same-origin"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "no-store"
    return response


def visit_languages(site: WorkbenchSite, member: Member) -> tuple[str, ...]:
    """The languages in which a member can go through the questionnaire: the one that it is written in, and those that
    they see."""
    return tuple(tag for number, tag in enumerate(_languages(site)) if number == 0 or member.sees_language(tag))


def _languages(site: WorkbenchSite) -> tuple[str, ...]:
    """The languages of the study, the one that it is written in first; none where the settings cannot be read."""
    try:
        settings = site.read_study_settings()
    except StudyError:
        return ()
    source = settings.source_language
    return (source, *(tag for tag in settings.languages if tag != source))


def origin_of(request: HttpRequest) -> str:
    """The origin of this site, as a policy names it."""
    return f"{request.scheme}://{request.get_host()}"


def _address(digits: str) -> str:
    return f"{VISIT}/{digits}" if digits else VISIT


def _pages(digits: str) -> str:
    return f"{_address(digits)}/pages/"
