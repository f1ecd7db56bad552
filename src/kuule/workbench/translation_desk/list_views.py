"""The list of texts of one language, and the way to the table of all of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.workbench.member_words.saying import say_language, say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.translation_desk import text_rows
from kuule.workbench.translation_desk.gap_words import gaps_in_words
from kuule.workbench.translation_desk.language_progress import language_progress
from kuule.workbench.translation_desk.request_context import desk_context, report_study_errors
from kuule.workbench.translation_desk.text_markup import mark_up_text
from kuule.workbench.translation_desk.text_rows import FILTERS


def languages_page(request: HttpRequest) -> HttpResponse:
    """The languages have one table, on the first page. This address is in bookmarks and in letters to partners."""
    return HttpResponseRedirect("/#languages")


@report_study_errors
def texts_page(request: HttpRequest, tag: str) -> HttpResponse:
    """The texts of a language that match the filter, one page at a time."""
    desk = desk_context(request, tag)
    rows = desk.rows()
    pages = text_rows.split_into_pages(text_rows.filter_rows(rows, desk.wanted))
    progress = language_progress(desk)
    number = _number(request.GET.get("page", ""), len(pages))
    return render_page(
        request,
        "desk/list.html",
        title=say_plain("list_tab", language=say_language(desk.target.tag)),
        desk=desk,
        progress=progress,
        lacks=gaps_in_words(progress.answer, desk.study.settings.opening_state),
        filters=[(name, say_plain(f"filter_{name}"), sum(map(let, rows))) for name, let in FILTERS.items()],
        sections=text_rows.group_by_section(pages[number - 1]),
        jumps=text_rows.section_jumps(pages),
        found=sum(map(len, pages)),
        number=number,
        last=len(pages),
        mark_up_text=mark_up_text,
    )


def _number(given: str, last: int) -> int:
    return min(max(int(given), 1), last) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
