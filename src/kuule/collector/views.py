"""The views: a form to a `Posted`, an outcome to a template. Everything else is the conversation's."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from kuule.collector import refusals
from kuule.collector.conversation import Conversation, Posted
from kuule.collector.editions import Offer, Tongue
from kuule.collector.follow_ups import with_follow_ups
from kuule.collector.frame import frame_of
from kuule.collector.help import YOUNG, help_for
from kuule.collector.moments import joined
from kuule.collector.outcome import Outcome
from kuule.collector.preference import preferred
from kuule.collector.promise import promise
from kuule.collector.showing import page_with, show
from kuule.collector.site import Site, running_site
from kuule.forms.visit import Move
from kuule.sealing.envelope import TooLong
from kuule.web.headers import as_html
from kuule.web.stylesheet import style_sheet

_OWN_FIELDS = frozenset({"token", "page", "go", "country", "shown"})


def start(request: HttpRequest) -> HttpResponse:
    """The languages, each in its own name, the one that the browser prefers first."""
    offer = _conversation().editions.current
    tongues = preferred(request.headers.get("Accept-Language", ""), offer.tongues)
    return as_html(page_with("start", frame_of(offer, tongues[0]), tongues=tongues))


def style(request: HttpRequest) -> HttpResponse:
    """The one style sheet."""
    sheet = style_sheet()
    if request.path != sheet.address:
        raise Http404
    return HttpResponse(sheet.content, content_type="text/css; charset=utf-8")


def no_icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for /favicon.ico by themselves: nothing.

    An icon would mark the page in tabs and histories, and `data:` in `rel=icon` would need a hole in the policy.
    """
    return HttpResponse(status=204)


def language_root(request: HttpRequest, tag: str) -> HttpResponse:
    """The welcome page; or, posted, a step."""
    site, conversation = running_site(), _conversation()
    offer, tongue = _offered(conversation, tag)
    if request.method != "POST":
        return as_html(page_with("welcome", frame_of(offer, tongue), tongue=tongue, study=offer.edition.study))
    now = site.clock()
    posted = _posted(request.POST)
    begun = bool(posted.token or posted.page)
    if not begun and posted.go != Move.NEXT.value:
        # A form that did not arrive whole; a new visit in its place would look as if everything had been forgotten.
        return refusals.unreadable(request)
    outcome = conversation.step(tag, posted, now) if begun else conversation.begin(tag, now)
    try:
        return show(outcome, conversation.keys, now, drafts=site.drafts)
    except TooLong:
        return _crowded(request, conversation.crowded(tag, posted, now), now)


def _crowded(request: HttpRequest, outcome: Outcome, now: datetime) -> HttpResponse:
    site, conversation = running_site(), _conversation()
    try:
        return show(outcome, conversation.keys, now, drafts=site.drafts)
    except TooLong:
        return refusals.too_big(request)


def help_page(request: HttpRequest, tag: str, country: str = "") -> HttpResponse:
    """Services that help, outside a visit. The list of countries asks by `?country=`."""
    site, conversation = running_site(), _conversation()
    offer, tongue = _offered(conversation, tag)
    chosen = country or request.GET.get("country", "")
    kinds = YOUNG if "y" in request.GET else ()
    found = help_for(offer, tongue, chosen, drafts=site.drafts, today=site.clock().date(), kinds=kinds)
    return as_html(page_with("help", frame_of(offer, tongue), help=found, young=bool(kinds)))


def privacy_page(request: HttpRequest, tag: str) -> HttpResponse:
    """The promise, outside a visit."""
    offer, tongue = _offered(_conversation(), tag)
    return as_html(page_with("privacy", frame_of(offer, tongue), sections=promise(offer, tongue)))


def _conversation() -> Conversation:
    site: Site = running_site()
    if site.open is None:
        # The middleware answers before any view while the site is closed.
        raise Http404
    return site.open


def _offered(conversation: Conversation, tag: str) -> tuple[Offer, Tongue]:
    offer = conversation.editions.current
    if tag not in offer.tongues:
        raise Http404
    return offer, offer.tongues[tag]


def _posted(form: QueryDict) -> Posted:
    edition, _, page = form.get("page", "").partition(".")
    go = form.get("go", "")
    fields = {name: [str(value) for value in values] for name, values in form.lists() if name not in _OWN_FIELDS}
    return Posted(
        token=form.get("token", ""),
        edition=edition,
        page=page,
        go=go,
        country=form.get("country", ""),
        fields=with_follow_ups(joined(fields), form.getlist("shown"), go),
    )
