"""The page of a respondent in a frame of the desk: no script, no form and no way out of the frame."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from kuule.study.media.kinds import CONTENT_TYPES
from kuule.workbench.assets import asset
from kuule.workbench.desk.asked import asked, reading_the_study
from kuule.workbench.desk.places import WORDS
from kuule.workbench.desk.preview import preview_of
from kuule.workbench.desk.study_now import study_now
from kuule.workbench.entry import member_of
from kuule.workbench.pages import page
from kuule.workbench.roles import Action, check_may
from kuule.workbench.site import running_site

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox allow-same-origin"
)
"""`allow-same-origin` alone lets the page have its style sheet and pictures; no script runs in it, whosever."""
_HEAD = "</head>"
_MEDIA = 'src="/media/'


@reading_the_study
def seen_page(request: HttpRequest, tag: str) -> HttpResponse:
    """The page on which a text stands, as the collector draws it, with what is in the file now."""
    at = asked(request, tag)
    place = at.study.places.get(request.GET.get("key", ""))
    if place is None:
        raise Http404
    preview = preview_of(at.study, at.now, at.seat, place, running_site().clock())
    if preview is None:
        return _framed(page(request, "desk/no_page.html", title="On no page", place=place, words=WORDS))
    marking = f'<link rel="stylesheet" href="{asset("desk-preview.css")}">{_HEAD}'
    html = preview.html.replace(_HEAD, marking, 1).replace(_MEDIA, 'src="/translate/media/')
    return _framed(HttpResponse(html, content_type="text/html; charset=utf-8"))


@reading_the_study
def medium(request: HttpRequest, name: str) -> HttpResponse:
    """A picture or a sound of the study, for those pages."""
    check_may(member_of(request), Action.SEE_STUDY)
    content = study_now(running_site().study_folder).media.contents().get(f"media/{name}")
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=CONTENT_TYPES[name.rpartition(".")[2]])


def _framed(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
