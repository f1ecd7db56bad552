"""The views of the survey: a posted form becomes a `Posted`, and the conversation's reply a page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from kuule.collector.http import refused_requests
from kuule.collector.http.collector_site import current_conversation, current_edition_in, running_site
from kuule.collector.http.language_negotiation import languages_by_preference
from kuule.collector.pages.date_time_fields import join_date_times
from kuule.collector.pages.deadline_page import KIND_WIDTH, QUESTION_LENGTH, deadline_page, offered_words
from kuule.collector.pages.help_services import KINDS_FOR_THE_YOUNG, help_for_edition
from kuule.collector.pages.not_open_page import not_open_page
from kuule.collector.pages.outcome_pages import render_reply
from kuule.collector.pages.page_frame import frame_for, render_in_frame
from kuule.collector.pages.page_sizes import padded_page
from kuule.collector.pages.privacy_promise import promise_content
from kuule.collector.pages.shared_pages import SharedPages
from kuule.collector.served.served_editions import ServedEdition, ServedEditions
from kuule.collector.session.codec import ContentTooLong
from kuule.collector.session.field_watch import field_watch
from kuule.collector.session.link_switches import study_link_if_on
from kuule.collector.session.outcome import NotOpen
from kuule.collector.session.posted import (
    WAITING_FIELD,
    Posted,
    mark_unseen_follow_ups,
    split_page_name,
    with_picked_choice,
)
from kuule.forms.navigation.visit import Move
from kuule.limitation.report_question import AskedField
from kuule.web.length_hiding.field_padding import strip_padding
from kuule.web.length_hiding.form_padding import PADDING_FIELD, form_filler
from kuule.web.stylesheet import style_sheet

_OWN_FIELDS = frozenset({"token", "page", "go", *AskedField, WAITING_FIELD, "link", PADDING_FIELD})
_NOTHING_ASKED = {one.value: "" for one in AskedField}
"""What a page of questions asks of time limits."""
_ASKED_FIELDS = frozenset(_NOTHING_ASKED)


def start_page(request: HttpRequest, link: str = "") -> HttpResponse:
    """The languages, each in its own name, first those that the browser asks for. `link`: the code in the address.

    An unknown code, or one that is switched off, is ignored: printed posters stay when a link ends. Where nobody can
    begin, the languages lead to the page that says so, and in a soft launch those are shown in which somebody can.
    """
    served, now = current_conversation().editions.current, running_site().clock()
    known = _known_link(served, link)
    languages = field_watch.open_languages(served, known, now) or served.languages
    preferred, others = languages_by_preference(request.META.get("HTTP_ACCEPT_LANGUAGE", ""), languages)
    frame = frame_for(served, preferred[0], link)
    return padded_page(served, render_in_frame("start", frame, preferred=preferred, others=others, link=known))


def style_sheet_file(request: HttpRequest) -> HttpResponse:
    """The one style sheet."""
    sheet = style_sheet()
    if request.path != sheet.address:
        raise Http404
    return sheet.response(request)


def no_favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for /favicon.ico by themselves, and get nothing.

    An icon would mark the page in tabs and histories, and `data:` in `rel=icon` would need a hole in the policy.
    """
    return HttpResponse(status=204)


def welcome_or_step(request: HttpRequest, tag: str, link: str = "") -> HttpResponse:
    """The welcome page; or, posted, a step of a visit. The code of a link goes on in the form, and then in the
    token."""
    site, conversation = running_site(), current_conversation()
    if request.method != "POST":
        return _welcome_page(tag, link)
    now = site.clock()
    posted = _read_posted(request.POST, conversation.editions)
    begun = bool(posted.token or posted.page)
    if not begun or not any(tag in one.edition.statuses for one in conversation.editions.editions):
        current_edition_in(tag)
    if not begun and posted.go != Move.NEXT.value:
        # The form did not arrive whole. A new visit in its place would look as if everything had been forgotten.
        return refused_requests.bad_request_page(request)
    came_by = request.POST.get("link", "")
    try:
        reply = conversation.step(tag, posted, now) if begun else conversation.begin(tag, now, link=came_by)
    except ContentTooLong:
        return refused_requests.too_big_page(request)
    return render_reply(reply, now, drafts=site.drafts, hidden=field_watch.hidden_services())


def _welcome_page(tag: str, link: str) -> HttpResponse:
    """The first page of a language; where nobody can begin in it, the page that says so."""
    served, language = current_edition_in(tag)
    site, known = running_site(), _known_link(served, link)
    now = site.clock()
    status = current_conversation().field_status(now)
    if tag not in field_watch.open_languages(served, known, now):
        return not_open_page(NotOpen(served, tag, status), now, link=link)
    pages = SharedPages(served, language, status, now, site.drafts, field_watch.hidden_services())
    return padded_page(served, pages.first_page(known))


def help_page(request: HttpRequest, tag: str, country: str = "", link: str = "") -> HttpResponse:
    """Services that help, outside a visit. The list of countries on it asks with `?country=`.

    Posted from other pages, so that no address says where somebody came from. With `y`, it is the page for those who
    are too young.
    """
    site = running_site()
    served, language = current_edition_in(tag)
    asked = request.POST if request.method == "POST" else request.GET
    if served.edition.study.count_help and _is_new_opening(request, country):
        current_conversation().tally.add_help_opened()
    chosen = country or strip_padding(asked.get("country", ""))
    kinds = KINDS_FOR_THE_YOUNG if "y" in request.POST else ()
    today, hidden = site.clock().date(), field_watch.hidden_services()
    found = help_for_edition(served, language, chosen, hidden=hidden, drafts=site.drafts, today=today, kinds=kinds)
    until = offered_words(served, language)
    return padded_page(
        served, render_in_frame("help", frame_for(served, language, link), help=found, young=bool(kinds), until=until)
    )


def until_page(request: HttpRequest, tag: str, link: str = "") -> HttpResponse:
    """ "Until when can I report?", outside a visit. What is asked is posted, so that no address has a year. Raises
    Http404 where the page is not offered."""
    site = running_site()
    served, language = current_edition_in(tag)
    today, hidden = site.clock().date(), field_watch.hidden_services()
    page = deadline_page(served, language, _asked(request.POST), hidden=hidden, drafts=site.drafts, today=today)
    if page is None:
        raise Http404
    even = form_filler("", QUESTION_LENGTH)
    frame = frame_for(served, language, link)
    return padded_page(served, render_in_frame("until", frame, page=page, even=even, kind_width=KIND_WIDTH))


def privacy_page(request: HttpRequest, tag: str, link: str = "") -> HttpResponse:
    """The privacy promise, outside a visit."""
    served, language = current_edition_in(tag)
    return padded_page(
        served, render_in_frame("privacy", frame_for(served, language, link), **promise_content(served, language))
    )


def _is_new_opening(request: HttpRequest, country: str) -> bool:
    """Whether somebody comes to the help page, and chooses no country on it. Nothing is counted of those who said that
    they are too young."""
    if request.method == "POST":
        return "y" not in request.POST
    return request.method == "GET" and not (country or request.GET)


def _known_link(served: ServedEdition, link: str) -> str:
    return study_link_if_on(served.edition.study.links, link)


def _asked(form: QueryDict) -> dict[str, str]:
    """What is asked of time limits. A year that was typed stays as it was typed."""
    if _ASKED_FIELDS.isdisjoint(form):
        return _NOTHING_ASKED
    return {one.value: strip_padding(form.get(one.value, "")) for one in AskedField}


def _read_posted(form: QueryDict, editions: ServedEditions) -> Posted:
    """The posted form, without the padding that makes choices equally long. What was typed stays as it was typed."""
    edition, page = split_page_name(form.get("page", ""))
    go = strip_padding(form.get("go", ""))
    served = editions.find_by_short_id(edition) or editions.current
    fields = {name: [str(value) for value in values] for name, values in form.lists() if name not in _OWN_FIELDS}
    chosen = {name: [*map(strip_padding, values)] for name, values in fields.items() if served.is_choice_question(name)}
    return Posted(
        token=form.get("token", ""),
        edition=edition,
        page=page,
        go=go,
        country=strip_padding(form.get("country", "")),
        asked=_asked(form),
        fields=mark_unseen_follow_ups(
            join_date_times(fields | with_picked_choice(chosen, go)), form.getlist(WAITING_FIELD), go
        ),
    )
