"""The languages of a member, and the list of texts of one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from kuule.core.problems import Problem, Severity, StudyError
from kuule.languages.cldr.tags import Language, find_language
from kuule.study.edition.language_readiness import language_readiness
from kuule.study.edition.readiness import LanguageReadiness
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Member, Permission, may
from kuule.workbench.translation_desk import text_rows
from kuule.workbench.translation_desk.current_study import CurrentStudy, read_current_language, read_current_study
from kuule.workbench.translation_desk.language_member import language_member_of
from kuule.workbench.translation_desk.request_context import DeskContext, desk_context, report_study_errors
from kuule.workbench.translation_desk.text_markup import mark_up_text
from kuule.workbench.translation_desk.text_rows import FILTERS, TextRow


@dataclass(frozen=True, slots=True)
class ProgressSegment:
    """One segment of a progress bar; `start` and `width` are in thousandths."""

    state: str
    count: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class DeskProgress:
    """The progress of a language. `answer` says whether it may open. `report` counts the texts of the report, which do
    not hold up the survey; `words` counts Kuule's own."""

    language: Language
    texts: int
    parts: tuple[ProgressSegment, ...]
    machine: int
    waiting: int
    failing: int
    report: int
    words: int
    answer: LanguageReadiness


@dataclass(frozen=True, slots=True)
class UnreadableLanguage:
    """A language whose file cannot be read at the moment, and why. It does not keep anyone from the others."""

    language: Language
    problems: tuple[Problem, ...]


@report_study_errors
def languages_page(request: HttpRequest) -> HttpResponse:
    """Each language that the member may see, with its progress."""
    member, study = request_member(request), read_current_study(running_site().study_folder)
    seen = [tag for tag in study.tags if may(member, Permission.SEE_LANGUAGE, tag)]
    found = [_of_language(study, member, tag) for tag in seen]
    return render_page(request, "desk/languages.html", title="Translations", languages=found)


@report_study_errors
def texts_page(request: HttpRequest, tag: str) -> HttpResponse:
    """The texts of a language that match the filter, one page at a time."""
    desk = desk_context(request, tag)
    rows = desk.rows()
    pages = text_rows.split_into_pages(text_rows.filter_rows(rows, desk.wanted))
    number = _number(request.GET.get("page", ""), len(pages))
    return render_page(
        request,
        "desk/list.html",
        title=f"{desk.target.english}: texts",
        desk=desk,
        progress=desk_progress(desk, rows),
        filters=[(name, words, sum(map(let, rows))) for name, (words, let) in FILTERS.items()],
        sections=text_rows.group_by_section(pages[number - 1]),
        jumps=text_rows.section_jumps(pages),
        found=sum(map(len, pages)),
        number=number,
        last=len(pages),
        mark_up_text=mark_up_text,
    )


def desk_progress(desk: DeskContext, rows: Sequence[TextRow]) -> DeskProgress:
    """The progress of a language, counted over its texts."""
    counts = list(text_rows.count_states(rows))
    total = max(1, len(rows))
    parts, start = [], 0
    for state, count in counts:
        width = round(1000 * (start + count) / total) - round(1000 * start / total)
        parts.append(ProgressSegment(state, count, round(1000 * start / total), width))
        start += count
    return DeskProgress(
        language=desk.target,
        texts=len(rows),
        parts=tuple(parts),
        machine=sum(row.machine for row in rows),
        waiting=sum(row.waits for row in rows),
        failing=sum(row.refused for row in rows),
        report=sum(row.of_report for row in rows),
        words=sum(row.of_kuule for row in rows),
        answer=_answer(desk),
    )


def _answer(desk: DeskContext) -> LanguageReadiness:
    """By what the files contain, whoever is looking: how many texts a check refuses is no secret, but what it says
    about them may be."""
    found = desk.now.findings.items()
    refused = frozenset(key for key, ones in found if any(one.severity is Severity.ERROR for one in ones))
    today, tag = running_site().clock().date(), desk.language_member.tag
    return language_readiness(
        desk.study.gathered, desk.study.sources, tag, desk.now.catalogue, desk.now.words, refused, today
    )


def _of_language(study: CurrentStudy, member: Member, tag: str) -> DeskProgress | UnreadableLanguage:
    language_member = language_member_of(member, tag, running_site().data)
    try:
        desk = DeskContext(study, read_current_language(study, tag), language_member)
    except StudyError as error:
        return UnreadableLanguage(find_language(tag), error.problems)
    return desk_progress(desk, desk.rows())


def _number(given: str, last: int) -> int:
    return min(max(int(given), 1), last) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
