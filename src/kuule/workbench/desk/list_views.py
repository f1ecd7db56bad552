"""The languages of a member, and the list of a language's texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from kuule.errors import Problem, Severity, StudyError
from kuule.languages.tags import Language, find_language
from kuule.study.answers import language_readiness
from kuule.study.may_open import LanguageReadiness
from kuule.workbench.desk import listing
from kuule.workbench.desk.asked import Asked, asked, reading_the_study
from kuule.workbench.desk.listing import FILTERS, Row
from kuule.workbench.desk.seat import seat_of
from kuule.workbench.desk.study_now import StudyNow, language_now, study_now
from kuule.workbench.desk.wording import shown
from kuule.workbench.entry import member_of
from kuule.workbench.pages import page
from kuule.workbench.roles import Action, Member, may
from kuule.workbench.site import running_site


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of the line that shows how far a language is: `start` and `width` in thousandths."""

    state: str
    count: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a language is; `answer` says whether it may open. `report` counts the texts of the report, for which no
    survey waits, `words` Kuule's own."""

    language: Language
    texts: int
    parts: tuple[Bar, ...]
    machine: int
    waiting: int
    failing: int
    report: int
    words: int
    answer: LanguageReadiness


@dataclass(frozen=True, slots=True)
class Unread:
    """A language whose file cannot be read just now, and why: it keeps nobody from the others."""

    language: Language
    problems: tuple[Problem, ...]


@reading_the_study
def languages(request: HttpRequest) -> HttpResponse:
    """Each language that the member may see, and how far it is."""
    member, study = member_of(request), study_now(running_site().study_folder)
    seen = [tag for tag in study.tags if may(member, Action.SEE_LANGUAGE, tag)]
    found = [_of_language(study, member, tag) for tag in seen]
    return page(request, "desk/languages.html", title="Translations", languages=found)


@reading_the_study
def listed(request: HttpRequest, tag: str) -> HttpResponse:
    """The texts of a language, those that are wanted, a page at a time."""
    at = asked(request, tag)
    rows = at.rows()
    pages = listing.pages_of(listing.wanted_rows(rows, at.wanted))
    number = _number(request.GET.get("page", ""), len(pages))
    return page(
        request,
        "desk/list.html",
        title=f"{at.target.english}: texts",
        at=at,
        progress=progress_of(at, rows),
        filters=[(name, words, sum(map(let, rows))) for name, (words, let) in FILTERS.items()],
        sections=listing.sections_of(pages[number - 1]),
        jumps=listing.jumps_of(pages),
        found=sum(map(len, pages)),
        number=number,
        last=len(pages),
        readable=shown,
    )


def progress_of(at: Asked, rows: Sequence[Row]) -> Progress:
    """How far a language is, by its texts."""
    counts = list(listing.counted(rows))
    total = max(1, len(rows))
    parts, start = [], 0
    for state, count in counts:
        width = round(1000 * (start + count) / total) - round(1000 * start / total)
        parts.append(Bar(state, count, round(1000 * start / total), width))
        start += count
    return Progress(
        language=at.target,
        texts=len(rows),
        parts=tuple(parts),
        machine=sum(row.machine for row in rows),
        waiting=sum(row.waits for row in rows),
        failing=sum(row.refused for row in rows),
        report=sum(row.of_report for row in rows),
        words=sum(row.of_kuule for row in rows),
        answer=_answer(at),
    )


def _answer(at: Asked) -> LanguageReadiness:
    """Of what the files have, whoever looks: how many a check refuses is no secret, what it says of which is."""
    found = at.now.findings.items()
    refused = frozenset(key for key, ones in found if any(one.severity is Severity.ERROR for one in ones))
    today, tag = running_site().clock().date(), at.seat.tag
    return language_readiness(at.study.gathered, at.study.sources, tag, at.now.catalogue, at.now.words, refused, today)


def _of_language(study: StudyNow, member: Member, tag: str) -> Progress | Unread:
    seat = seat_of(member, tag, running_site().data)
    try:
        at = Asked(study, language_now(study, tag), seat)
    except StudyError as error:
        return Unread(find_language(tag), error.problems)
    return progress_of(at, at.rows())


def _number(given: str, last: int) -> int:
    return min(max(int(given), 1), last) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
