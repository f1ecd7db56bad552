"""Trying the questionnaire and noting questions: a page with the visit and a form, what was kept, and all notes at the
lead's desk.

The form is beside the frame with the visit, and what became of it comes into a frame of its own: so the visit stays
where it is, without a script.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.languages.cldr.tags import find_language
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.middleware import CONTENT_SECURITY_POLICY
from kuule.workbench.models import LONGEST_NOTE
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may
from kuule.workbench.study_desk.pretest_notes import (
    NOTE_KINDS,
    keep_note,
    notable_items,
    notes_by_item,
    notes_table,
    own_notes,
    settle_note,
)
from kuule.workbench.study_desk.source_texts import by_section
from kuule.workbench.study_desk.state_views import site_for_desk
from kuule.workbench.study_desk.visit_views import VISIT, origin_of, visit_languages
from kuule.workbench.translation_desk.current_study import CurrentStudy, read_current_study

NOTES = "/study/notes"
KEPT = "/study/pretest/note"


def pretest_page(request: HttpRequest) -> HttpResponse:
    """The visit, and beside it a form for a note on one of its questions."""
    study, languages = _study(request), visit_languages(running_site(), request_member(request))
    tag = request.GET.get("language", "")
    tag = tag if tag in languages else next(iter(languages), "")
    response = render_page(
        request,
        "study/pretest.html",
        title="",
        frame_address=f"{VISIT}/pages/{tag}",
        languages=[find_language(one) for one in languages],
        chosen=tag,
        sections=by_section(list(notable_items(study))),
        source=find_language(study.settings.source_language),
        kinds=NOTE_KINDS,
        kept_address=KEPT,
        longest=LONGEST_NOTE,
    )
    origin = origin_of(request)
    frames = f"frame-src {origin}{VISIT}/pages/ {origin}{KEPT}"
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace("frame-src 'self'", frames)
    return response


def note_page(request: HttpRequest) -> HttpResponse:
    """For a small frame: what became of a note that was posted, and what this member noted so far."""
    study, kept, missing = _study(request), False, False
    if request.method == "POST":
        items = {one.key: one for one in notable_items(study)}
        item, words = items.get(request.POST.get("item", "")), request.POST.get("words", "").strip()
        kind, language = request.POST.get("kind", ""), request.POST.get("language", "")
        languages = visit_languages(running_site(), request_member(request))
        fits = kind in NOTE_KINDS and language in languages and 0 < len(words) <= LONGEST_NOTE
        if item is not None and fits:
            on_paper = request.POST.get("paper") == "yes"
            kept = keep_note(request, item, language=language, kind=kind, words=words, on_paper=on_paper) or True
        missing = not kept
    return render_page(
        request,
        "study/note.html",
        title="",
        status=400 if missing else 200,
        kept=kept,
        missing=missing,
        longest=LONGEST_NOTE,
        notes=own_notes(request),
        kinds=NOTE_KINDS,
        source=find_language(study.settings.source_language),
    )


def notes_page(request: HttpRequest) -> HttpResponse:
    """All notes, question by question. Posted: one is settled, or opened again."""
    site = site_for_desk(request)
    if request.method == "POST":
        number = request.POST.get("note", "")
        if number.isdecimal() and len(number) < 12:
            settle_note(request, int(number), settled=request.POST.get("go") == "settle")
        return HttpResponseRedirect(NOTES)
    study = read_current_study(site.study_folder)
    items = notes_by_item(study)
    return render_page(
        request,
        "study/notes.html",
        title="",
        items=items,
        open=sum(len(one.open_notes) for one in items),
        source=find_language(study.settings.source_language),
        kinds=NOTE_KINDS,
    )


def download_notes(request: HttpRequest) -> HttpResponse:
    """All notes as a table."""
    site = site_for_desk(request)
    study = read_current_study(site.study_folder)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{study.settings.id}-notes.csv"',
    }
    content = notes_table(request, notes_by_item(study))
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _study(request: HttpRequest) -> CurrentStudy:
    check_may(request_member(request), Permission.TEST_STUDY)
    return read_current_study(running_site().study_folder)
