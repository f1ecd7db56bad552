"""The page of dates: what comes, what is past, and calendars to subscribe to. What was cancelled stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from kuule.languages.cldr.locale_formats import format_clock
from kuule.register.calendars.calendar_feeds import calendar_feeds
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.standards import Standard
from kuule.register.site.page_addresses import CALENDARS_FOLDER, FOLDERS
from kuule.register.site.page_texts import PageTexts
from kuule.register.site.site_language import SiteLanguage, SitePage


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action, when it is in words, and what it is about."""

    action: PlannedAction
    when: Markup
    provisions: tuple[Provision, ...]
    standards: tuple[Standard, ...]


def actions_page(site: SiteLanguage) -> SitePage:
    """The page `actions`, with links to the calendars beside the pages."""
    views = [
        _view(site, one) for one in sorted(site.register.actions.values(), key=lambda one: (one.first_day, one.id))
    ]
    return SitePage(
        "actions",
        "actions.html",
        site.texts.say_plain("actions_page"),
        {
            "coming": tuple(one for one in views if _last_day(one.action) >= site.today),
            "past": tuple(one for one in reversed(views) if _last_day(one.action) < site.today),
            "calendars": tuple(_calendars(site)),
        },
    )


def _calendars(site: SiteLanguage) -> Iterator[tuple[str, str]]:
    """The names and addresses of the calendars: one of everything, of each country, of each language."""
    texts = site.texts
    for feed in calendar_feeds(site.register):
        kind, _, code = feed.file.removesuffix(".ics").partition("-")
        name = texts.country(code) if kind == "country" else texts.language(code) if code else texts.say("calendar_all")
        yield name, FOLDERS.at_root(texts.tag, f"{CALENDARS_FOLDER}/{feed.file}")


def _view(site: SiteLanguage, action: PlannedAction) -> ActionView:
    known = site.register
    return ActionView(
        action,
        _when(site.texts, action),
        tuple(known.provisions[one] for one in action.provisions if one in known.provisions),
        tuple(known.standards[one] for one in action.standards if one in known.standards),
    )


def _when(texts: PageTexts, action: PlannedAction) -> Markup:
    first = _moment(texts, action.starts, action.zone)
    if action.ends is None or action.ends == action.starts:
        return first
    return texts.say("when_between", first=first, last=_moment(texts, action.ends, action.zone))


def _moment(texts: PageTexts, when: date | datetime, zone: str | None) -> Markup:
    if not isinstance(when, datetime):
        return escape(texts.day(when))
    time = format_clock(when.strftime("%H:%M"), texts.tag)
    return texts.say("when_timed", day=texts.day(when.date()), time=time, zone=zone or "")


def _last_day(action: PlannedAction) -> date:
    last = action.ends or action.starts
    return last.date() if isinstance(last, datetime) else last
