"""The pages of a survey that has ended, as files for any web server: nothing on them can be sent anywhere.

All countries stand on one page of help, each behind a line that opens by itself: which one somebody looked at is in no
address and on no line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kuule.collector.pages.help_services import HelpView, help_for_audience
from kuule.collector.pages.page_frame import closed_frame, render_in_frame
from kuule.collector.served.closed_study import ClosedStudy
from kuule.languages.cldr.collation import sort_key
from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.tags import Language, find_language
from kuule.languages.hyphenation.soft_hyphens import NO_SOFT_HYPHENS
from kuule.languages.markup.fallback_text import HyphenatedText


@dataclass(frozen=True, slots=True)
class EndedStudy:
    """What the pages show: a study and its services, where its results are ("" for nowhere yet), and by when (None: no
    day is named). `today`: the day on which the pages are made; services whose check is too old by then are not on
    them."""

    study: ClosedStudy
    today: date
    results_at: str = ""
    results_by: date | None = None


@dataclass(frozen=True, slots=True)
class _ListedLanguage:
    language: Language


def ended_pages(ended: EndedStudy) -> dict[str, str]:
    """Every page by its address without a slash at the end: "" has the languages, `fi` says that the survey has ended,
    `fi/help` who helps."""
    pages = {"": _languages_page(ended)}
    for tag in ended.study.tags:
        pages[tag] = _ended_page(ended, tag)
        pages[f"{tag}/help"] = _help_page(ended, tag)
    return pages


def _languages_page(ended: EndedStudy) -> str:
    first = ended.study.tags[0]
    listed = [_ListedLanguage(find_language(tag)) for tag in ended.study.tags]
    listed.sort(key=lambda one: sort_key(one.language.autonym, first))
    frame = closed_frame(ended.study, first, in_files=True)
    return render_in_frame("start", frame, preferred=listed, others=[], link="")


def _ended_page(ended: EndedStudy, tag: str) -> str:
    by = ended.results_by
    return render_in_frame(
        "not_open",
        closed_frame(ended.study, tag, in_files=True),
        over=True,
        begun=False,
        opens="",
        texts=(),
        others=len(ended.study.tags) > 1,
        resuming=False,
        taking_back=False,
        results_at=ended.results_at,
        results_by=format_day(by.isoformat(), tag) if by is not None and ended.today <= by else "",
    )


def _help_page(ended: EndedStudy, tag: str) -> str:
    everywhere = _help(ended, tag, "")
    frame = closed_frame(ended.study, tag, in_files=True)
    heading = frame.say("country")
    hyphens = heading.hyphens if isinstance(heading, HyphenatedText) else NO_SOFT_HYPHENS
    here = [
        replace(_help(ended, tag, code), anywhere=(), country_name=HyphenatedText(name, hyphens))
        for code, name in everywhere.countries
    ]
    return render_in_frame("ended_help", frame, everywhere=everywhere, here=here)


def _help(ended: EndedStudy, tag: str, country: str) -> HelpView:
    study = ended.study
    return help_for_audience(study.helplines, study.audience, tag, country, drafts=study.practice, today=ended.today)
