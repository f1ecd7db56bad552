"""The texts of the source language at the lead's desk: the list, one of them to change, and the page that it is on."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import Problem, WorkbenchError
from kuule.languages.cldr.tags import find_language
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission
from kuule.workbench.study_desk.pretest_notes import NOTE_KINDS, notes_of
from kuule.workbench.study_desk.recorded_change import record_change
from kuule.workbench.study_desk.source_texts import (
    LONGEST_TEXT,
    EditableText,
    by_section,
    editable_texts,
    save_source_text,
)
from kuule.workbench.study_desk.state_views import site_for_desk
from kuule.workbench.translation_desk.current_study import CurrentStudy, read_current_language, read_current_study
from kuule.workbench.translation_desk.language_member import language_member_of
from kuule.workbench.translation_desk.preview_views import framed_preview
from kuule.workbench.translation_desk.text_preview import is_on_page, preview_text

TEXTS = "/study/texts"
_ON_A_PAGE = 100
_LONGEST_SEARCH = 200


def texts_page(request: HttpRequest) -> HttpResponse:
    """The texts in the order of the survey, or those that somebody looks for, a hundred at a time."""
    site = site_for_desk(request)
    study, find = read_current_study(site.study_folder), request.GET.get("find", "").strip()[:_LONGEST_SEARCH]
    found = [one for one in editable_texts(study) if one.is_found(find)]
    last = max(1, -(-len(found) // _ON_A_PAGE))
    number = _number(request.GET.get("page", ""), last)
    shown = found[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
    return render_page(
        request,
        "study/texts.html",
        title="",
        sections=by_section(shown),
        found=len(found),
        find=find,
        number=number,
        last=last,
        source=find_language(study.settings.source_language),
        address=lambda page: f"{TEXTS}?{urlencode({'find': find, 'page': page})}",
        text_address=_text_address,
    )


def text_page(request: HttpRequest) -> HttpResponse:
    """One text. When another wording is posted, it is written into the questionnaire, unless somebody else changed the
    text since the page was made: then both are shown."""
    needed = (Permission.CHANGE_STUDY,) if request.method == "POST" else ()
    site = site_for_desk(request, *needed)
    one = _find(read_current_study(site.study_folder), request.GET.get("key", ""))
    if request.method != "POST":
        return _text(request, one, one.text, saved=request.GET.get("saved") == "yes")
    typed = request.POST.get("text", "").replace("\r\n", "\n").strip()
    if typed == one.text:
        return HttpResponseRedirect(_text_address(one.key))
    if request.POST.get("seen", "").replace("\r\n", "\n") != one.text:
        return _text(request, one, typed, status=409, changed=True)
    if not typed or len(typed) > LONGEST_TEXT:
        return _text(request, one, typed, status=400, empty=not typed, too_long=bool(typed))
    try:
        undo = save_source_text(site, one.key, typed)
    except WorkbenchError as error:
        return _text(request, one, typed, status=400, problems=error.problems)
    if undo is None:
        return _text(request, one, typed, status=409, changed=True)
    record_change(request, "changed a text", one.key, undo=undo)
    return HttpResponseRedirect(f"{_text_address(one.key)}&saved=yes")


def page_of_text(request: HttpRequest) -> HttpResponse:
    """The page that a text appears on, as respondents would see it, for a frame."""
    site = site_for_desk(request)
    study = read_current_study(site.study_folder)
    one, tag = _find(study, request.GET.get("key", "")), study.settings.source_language
    member = language_member_of(request_member(request), tag, site.data)
    preview = preview_text(study, read_current_language(study, tag), member, one.place, site.clock())
    if preview is None:
        raise Http404
    return framed_preview(preview)


def _find(study: CurrentStudy, key: str) -> EditableText:
    found = next((one for one in editable_texts(study) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _text(
    request: HttpRequest,
    one: EditableText,
    typed: str,
    *,
    status: int = 200,
    problems: tuple[Problem, ...] = (),
    **said: bool,
) -> HttpResponse:
    site = site_for_desk(request)
    content = {"saved": False, "changed": False, "empty": False, "too_long": False, **said}
    return render_page(
        request,
        "study/text.html",
        title="",
        status=status,
        one=one,
        typed=typed,
        problems=problems,
        longest=LONGEST_TEXT,
        source=find_language(site.read_study_settings().source_language),
        page_address=f"/study/page?{urlencode({'key': one.key})}" if is_on_page(one.place) else "",
        own_address=_text_address(one.key),
        notes=notes_of(one.key),
        kinds=NOTE_KINDS,
        **content,
    )


def _text_address(key: str) -> str:
    return f"/study/text?{urlencode({'key': key})}"


def _number(given: str, last: int) -> int:
    return min(max(int(given), 1), last) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
