"""An outcome of the conversation as a page: one template each, the token sealed anew into every form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch

from django.http import HttpResponse
from django.template.loader import render_to_string

from kuule.collector.carried import Carried
from kuule.collector.conversation import ASIDE, REVIEW
from kuule.collector.editions import Offer, Tongue
from kuule.collector.frame import Frame, frame_of
from kuule.collector.help import YOUNG, help_for
from kuule.collector.outcome import Aside, AsideKind, Asked, Outcome, Reviewing, Sent, Stopped, Trouble
from kuule.collector.promise import promise
from kuule.collector.questions import page_view
from kuule.collector.reading_through import in_words
from kuule.collector.token import TokenKeys, seal_token
from kuule.web.headers import as_html


@dataclass(frozen=True, slots=True)
class Inside:
    """What a form inside a visit carries: the sealed token and the name of its page."""

    token: str
    page: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What showing needs besides the outcome."""

    keys: TokenKeys
    now: datetime
    drafts: bool

    def inside(self, offer: Offer, carried: Carried, page: str) -> Inside:
        return Inside(seal_token(carried.to_bytes(), self.keys, self.now), f"{offer.edition.short}.{page}")


def page_with(name: str, frame: Frame, **content: object) -> str:
    """The template `pages/<name>.html` in its frame."""
    return render_to_string(f"pages/{name}.html", {"inside": None, "frame": frame, **content})


def show(outcome: Outcome, keys: TokenKeys, now: datetime, *, drafts: bool) -> HttpResponse:
    """The page of an outcome. Raises TooLong where what is carried has no room in a token."""
    return _show(outcome, Setting(keys, now, drafts))


@singledispatch
def _show(outcome: object, setting: Setting) -> HttpResponse:
    raise TypeError(f"{type(outcome).__name__} has no page")


@_show.register
def _asked(outcome: Asked, setting: Setting) -> HttpResponse:
    offer, carried = outcome.offer, outcome.carried
    tongue = _tongue(offer, carried)
    page = page_with(
        "question",
        frame_of(offer, tongue),
        inside=setting.inside(offer, outcome.before or carried, outcome.page.key),
        view=page_view(outcome.page, offer, tongue),
        outcome=outcome,
    )
    return as_html(page)


@_show.register
def _reviewing(outcome: Reviewing, setting: Setting) -> HttpResponse:
    offer, carried = outcome.offer, outcome.carried
    tongue = _tongue(offer, carried)
    page = page_with(
        "review",
        frame_of(offer, tongue),
        inside=setting.inside(offer, carried, REVIEW),
        sections=in_words(outcome.sections, tongue),
        trouble=outcome.trouble,
    )
    # 503: nothing was kept, and a proxy or a script is to know that as well as a person.
    return as_html(page, status=503 if outcome.trouble is Trouble.UNSENT else 200)


@_show.register
def _aside(outcome: Aside, setting: Setting) -> HttpResponse:
    offer, carried = outcome.offer, outcome.carried
    tongue = _tongue(offer, carried)
    frame, inside = frame_of(offer, tongue), setting.inside(offer, carried, ASIDE)
    if outcome.kind is AsideKind.PRIVACY:
        return as_html(page_with("privacy", frame, inside=inside, sections=promise(offer, tongue)))
    found = help_for(offer, tongue, outcome.country, drafts=setting.drafts, today=setting.now.date())
    return as_html(page_with("help", frame, inside=inside, help=found))


@_show.register
def _stopped(outcome: Stopped, setting: Setting) -> HttpResponse:
    offer, tongue = outcome.offer, outcome.offer.tongues[outcome.language]
    frame = frame_of(offer, tongue)
    if outcome.gate != "age":
        return as_html(page_with("stopped", frame))
    found = help_for(offer, tongue, "", drafts=setting.drafts, today=setting.now.date(), kinds=YOUNG)
    return as_html(page_with("young", frame, help=found, study=offer.edition.study))


@_show.register
def _sent(outcome: Sent, setting: Setting) -> HttpResponse:
    offer, tongue = outcome.offer, outcome.offer.tongues[outcome.language]
    found = help_for(offer, tongue, "", drafts=setting.drafts, today=setting.now.date())
    return as_html(page_with("sent", frame_of(offer, tongue), already=outcome.already, help=found))


def _tongue(offer: Offer, carried: Carried) -> Tongue:
    return offer.tongues[carried.language]
