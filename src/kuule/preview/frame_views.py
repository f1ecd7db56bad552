"""The page around a preview: a phone and a desktop side by side, the map, the languages, and what is wrong."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve

from kuule.core.problems import Severity
from kuule.languages.cldr.tags import find_language, language_name
from kuule.preview.frame_assets import ASSET_TYPES, asset_address, asset_content
from kuule.preview.page_changes import WELCOME
from kuule.preview.placed_problems import PlacedProblem
from kuule.preview.preview_session import PreviewState
from kuule.preview.preview_site import running_preview
from kuule.preview.study_map import study_map
from kuule.web.handler_types import GetResponse

FRAME_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_FRAME_PAGES = ("/preview", "/preview/left")


def answer_frame_addresses(get_response: GetResponse) -> GetResponse:
    """Middleware: the pages around a preview are there also while there is no study to show, which for the collector
    is a closed site."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path not in _FRAME_PAGES and not _is_asset(request.path):
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            found = resolve(request.path)
            response: HttpResponse = found.func(request, *found.args, **found.kwargs)
        except (Resolver404, Http404):
            return HttpResponse("There is nothing here.\n", content_type="text/plain; charset=utf-8", status=404)
        response["Content-Security-Policy"] = FRAME_POLICY
        if request.path != "/preview":
            response["Content-Security-Policy"] = FRAME_POLICY.replace(
                "frame-ancestors 'none'", "frame-ancestors 'self'"
            )
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return middleware


def frame_page(request: HttpRequest) -> HttpResponse:
    """The whole of it, or, where nothing could be read so far, what is wrong."""
    session = running_preview()
    state = session.state
    if state.study is None:
        return render(request, "preview_frame.html", {"state": state, "study": None, **_outside(state)})
    study = state.study
    tag = request.GET.get("language", "")
    tag = tag if tag in study.tags else study.tags[0]
    session.language = tag
    key = request.GET.get("page", "") or WELCOME
    key = key if study.served.has_page(key) else WELCOME
    mine = [one for one in state.problems if one.problem.language in ("", tag)]
    content = {
        "state": state,
        "study": study,
        "title": study.edition.texts(tag).get("study:title", study.folder.settings.title),
        "tag": tag,
        "direction": find_language(tag).direction,
        "languages": [(one, language_name(one, "en")) for one in study.tags],
        "key": key,
        "address": page_address(tag, key),
        "sections": study_map(study, tag, state),
        "frame_address": lambda page: f"/preview?{urlencode({'language': tag, 'page': page})}",
        "foreign_problems": len(state.problems) - len(mine),
        "language_problems": study.language_problems(tag),
        **_outside(state),
        "problems": _worst_first(mine),
    }
    return render(request, "preview_frame.html", content)


def page_address(tag: str, key: str) -> str:
    """Where a page is shown by itself."""
    return f"/{tag}" if key == WELCOME else f"/preview/page/{tag}?{urlencode({'key': key})}"


def asset_file(request: HttpRequest, name: str) -> HttpResponse:
    """A style sheet, or the script of the frame."""
    if name not in ASSET_TYPES or request.path != asset_address(name):
        raise Http404
    headers = {"Cache-Control": "private, max-age=86400"}
    return HttpResponse(asset_content(name), content_type=f"{ASSET_TYPES[name]}; charset=utf-8", headers=headers)


def _outside(state: PreviewState) -> dict[str, object]:
    """What the template needs in any case."""
    return {
        "script": asset_address("frame.js"),
        "style": asset_address("frame.css"),
        "problems": _worst_first(state.problems),
        "unreadable": [PlacedProblem(problem) for problem in state.unreadable],
        "is_error": lambda problem: problem.severity is Severity.ERROR,
    }


def _worst_first(problems: list[PlacedProblem] | tuple[PlacedProblem, ...]) -> list[PlacedProblem]:
    return sorted(problems, key=lambda one: (one.problem.severity is Severity.WARNING, not one.page))


def _is_asset(path: str) -> bool:
    return path.startswith("/preview/") and path.rpartition("/")[2] in ASSET_TYPES
