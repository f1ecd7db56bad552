"""A respondent's page in a frame of the desk: without scripts, forms, or links out of the frame."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from kuule.study.media.media_formats import CONTENT_TYPES
from kuule.workbench.assets import asset_address
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may
from kuule.workbench.translation_desk.current_study import read_current_study
from kuule.workbench.translation_desk.request_context import desk_context, report_study_errors
from kuule.workbench.translation_desk.text_locations import KUULE_WORDS_SECTION
from kuule.workbench.translation_desk.text_preview import Preview, preview_text

PREVIEW_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox allow-same-origin"
)
"""`allow-same-origin` lets the page load its style sheet and pictures. No script runs in it, whoever wrote it."""
_HEAD = "</head>"
_MEDIA = 'src="/media/'


@report_study_errors
def preview_page(request: HttpRequest, tag: str) -> HttpResponse:
    """The page that a text appears on, as the collector renders it with what the file contains now."""
    desk = desk_context(request, tag)
    place = desk.study.locations.get(request.GET.get("key", ""))
    if place is None:
        raise Http404
    preview = preview_text(desk.study, desk.now, desk.language_member, place, running_site().clock())
    if preview is None:
        return _framed(
            render_page(
                request, "desk/no_page.html", title=say_plain("no_page_tab"), place=place, words=KUULE_WORDS_SECTION
            )
        )
    return framed_preview(preview)


def framed_preview(preview: Preview) -> HttpResponse:
    """A respondent's page for a frame of this site, with its question marked and its pictures."""
    marking = f'<link rel="stylesheet" href="{asset_address("desk-preview.css")}">{_HEAD}'
    html = preview.html.replace(_HEAD, marking, 1).replace(_MEDIA, 'src="/translate/media/')
    return _framed(HttpResponse(html, content_type="text/html; charset=utf-8"))


@report_study_errors
def preview_media(request: HttpRequest, name: str) -> HttpResponse:
    """A picture or sound of the study, for these pages."""
    check_may(request_member(request), Permission.SEE_STUDY)
    content = read_current_study(running_site().study_folder).media.contents().get(f"media/{name}")
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=CONTENT_TYPES[name.rpartition(".")[2]])


def _framed(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = PREVIEW_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
