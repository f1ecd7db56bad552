"""What the first page of a language says: who asks, for whom, how long it takes, and what is promised."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from kuule.collector.pages.help_services import self_help_services
from kuule.collector.pages.page_frame import tab_title
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.numbers import format_number


def welcome_content(
    served: ServedEdition,
    language: ServedLanguage,
    now: datetime,
    *,
    hidden: Collection[int],
    link: str = "",
    minutes: Sequence[int] | None = None,
    others: bool | None = None,
    closes: date | None = None,
) -> dict[str, object]:
    """What the template `pages/welcome.html` shows. `hidden`: ids of services that are not shown. `link`: the code that
    somebody came by, where it is one of the study's and switched on, or a hole in its place. `minutes`, and `others`
    (whether there are other languages), are those of the edition unless they are given. `closes`: the last day on which
    a visit can begin, where there is one."""
    study, texts = served.edition.study, language.texts
    name = study.welcome.name and texts.get("study:welcome/name", study.welcome.name)
    for_whom = study.welcome.for_whom and texts.get("study:welcome/for_whom", study.welcome.for_whom)
    title = texts.get("study:title", study.title)
    heading = name or tab_title(served, language)
    return {
        "heading": heading,
        # The subject is said in letters of the size of all others: somebody may look over a shoulder.
        "for_whom": for_whom or (title if title != heading else ""),
        "title": title if for_whom else "",
        "organisation": texts.get("study:organisation", study.organisation),
        "age": 0 if study.welcome.for_whom else study.minimum_age,
        "time": _time(language, served.minutes if minutes is None else minutes),
        "link": link,
        "others": len(served.languages) > 1 if others is None else others,
        "self_help": self_help_services(served, language, now.date(), hidden=hidden),
        "pausing": served.can_be_paused,
        "taking_back": study.coming_back.accepts_withdrawals(now),
        "closes": format_day(closes.isoformat(), language.language.tag) if closes else "",
    }


def _time(language: ServedLanguage, minutes: Sequence[int]) -> str:
    """How long it takes: one figure, or the shortest and the longest where people choose."""
    shortest, longest = (format_number(one, language.language.tag) for one in (min(minutes), max(minutes)))
    if shortest == longest:
        return language.interface.say("welcome_time", minutes=shortest)
    return language.interface.say("welcome_time_choice", short=shortest, long=longest)
