"""One page of a study, shown by itself whoever would see it; its buttons go on from there, as in a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import render

from kuule.collector.http.collector_site import current_conversation, running_site
from kuule.collector.http.language_negotiation import languages_by_preference
from kuule.collector.http.media_views import media_response
from kuule.collector.pages.outcome_pages import render_reply
from kuule.collector.pages.page_frame import frame_for, render_in_frame
from kuule.collector.session.outcome import QuestionPage, Reply
from kuule.collector.session.session_state import SessionState
from kuule.forms.inspection.unconditional_form import first_instance_path, starting_answers
from kuule.forms.navigation.page import Page
from kuule.forms.navigation.visit import Visit
from kuule.languages.cldr.tags import find_language
from kuule.preview.frame_assets import asset_address
from kuule.preview.page_changes import WELCOME
from kuule.preview.per_language import PerLanguage
from kuule.preview.preview_site import running_preview
from kuule.preview.previewed_study import PreviewedStudy
from kuule.sealing.return_codes import new_code, new_row_id
from kuule.web.headers import html_response

_SEED = 1


def previewed_page(request: HttpRequest, tag: str) -> HttpResponse:
    """The page with the key in the address, with everything on it that can be asked there. Without one, or with one
    that is no longer there, the first page."""
    study = running_preview().state.study
    if study is None or tag not in study.tags:
        raise Http404
    key, now = request.GET.get("key", ""), running_site().clock()
    page = None if key in ("", WELCOME) else shown_page(study, tag, key, now)
    if page is None:
        return HttpResponseRedirect(f"/{tag}")
    state = _state(study, tag, page.key)
    token = current_conversation().codec.seal(state, study.served, now)
    return render_reply(Reply(QuestionPage(study.served, state, page), token), now, drafts=True, hidden=frozenset())


def languages_page(request: HttpRequest) -> HttpResponse:
    """The languages, as the collector shows them; of all but one no more is read than their names."""
    study = running_preview().state.study
    if study is None:
        raise Http404
    names = PerLanguage(
        study.tags, lambda tag: replace(study.served.languages[study.tags[0]], language=find_language(tag))
    )
    preferred, others = languages_by_preference(request.headers.get("Accept-Language", ""), names)
    frame = frame_for(study.served, study.served.languages[preferred[0].language.tag])
    return html_response(render_in_frame("start", frame, preferred=preferred, others=others, link=""))


def shown_page(study: PreviewedStudy, tag: str, key: str, now: datetime) -> Page | None:
    """A page as if everything on it were to be seen, in the first instance of each repeat; None for no such page."""
    if not study.served.has_page(key):
        return None
    visit = _state(study, tag, first_instance_path(study.folder.form, key)).visit
    page = study.unconditional_journeys[tag].page(visit, now.date())
    return page if isinstance(page, Page) and page.key == visit.page else None


def _state(study: PreviewedStudy, tag: str, key: str) -> SessionState:
    """A visit that stands on a page: whoever is there has passed the gates."""
    form, code = study.folder.form, new_code()
    begun = starting_answers(form, key)
    gates = {
        item.path: gate.answer
        for gate in study.folder.settings.gates.values()
        for item in form.items
        if gate.question in (item.name, item.path) and item.page_key != key
    }
    visit = Visit(key, _SEED, {**gates, **begun.answers}, counts=begun.counts)
    study_id = study.folder.settings.id
    return SessionState(study.edition.id, tag, "", code, visit, assigned_row_id=new_row_id(study_id, code))


def previewed_media(request: HttpRequest) -> HttpResponse:
    """A picture or sound of the study."""
    study = running_preview().state.study
    name = request.path.removeprefix("/")
    content = None if study is None else study.media.contents().get(name)
    if content is None:
        raise Http404
    return media_response(name, content, request.headers)


def left_page(request: HttpRequest) -> HttpResponse:
    """Where the way out leads: it says where a person would be now."""
    study = running_preview().state.study
    languages = {} if study is None else study.folder.settings.languages
    places = {tag: language.leave_to for tag, language in languages.items()}
    return render(
        request, "preview_left.html", {"places": sorted(set(places.values())), "style": asset_address("frame.css")}
    )
