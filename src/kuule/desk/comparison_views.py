"""Blind codings laid side by side, code by code; and themes by how often they were given. No words of an answer."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kuule.desk.desk_pages import go_to, render_page
from kuule.desk.figure_html import figure_html
from kuule.desk.running_desk import Notice, running_desk
from kuule.usecases.open_answers.analyst_figures import plotted_counts
from kuule.usecases.open_answers.code_comparison import compared_texts, theme_counts
from kuule.usecases.open_answers.project_overview import agreement_by_code

_MOST_ROWS = 500
_MOST_BARS = 40


@require_safe
def show_agreement(request: HttpRequest) -> HttpResponseBase:
    """Agreement of blind coders on each code, with what the figures mean."""
    desk = running_desk()
    rows = [(" / ".join(desk.session.tree.path(one.code)), one) for one in agreement_by_code(desk.session)]
    return render_page(request, "agreement.html", title="Agreement", rows=rows)


@require_safe
def show_compared(request: HttpRequest, code: str) -> HttpResponseBase:
    """One code: in which texts coders differ on it, and in which they agree, with the way to a decision."""
    desk = running_desk()
    tree = desk.session.tree
    if code not in tree.entries:
        desk.tell(Notice("That code is not in the codebook.", "Choose one from the list.", problem=True))
        return go_to("/agreement")
    found = compared_texts(desk.session, tree.counted_as(code))
    figures = next(iter(agreement_by_code(desk.session, only=code)), None)
    return render_page(
        request, "compared.html", title="One code", entry=tree.entries[code], name=" / ".join(tree.path(code)),
        rows=found[:_MOST_ROWS], found=len(found), differing=sum(one.differs for one in found), figures=figures,
    )  # fmt: skip


@require_safe
def show_themes(request: HttpRequest) -> HttpResponseBase:
    """Codes by how often they were given, in all answers or in those to a question or in a language."""
    desk = running_desk()
    texts = desk.session.project.texts.values()
    items, languages = sorted({one.item for one in texts}), sorted({one.language for one in texts})
    asked, spoken = request.GET.get("item", ""), request.GET.get("language", "")
    item, language = asked if asked in items else "", spoken if spoken in languages else ""
    found = theme_counts(desk.session, item=item, language=language)
    bars = [(" / ".join(one.path), one.with_below) for one in found.themes if one.with_below][:_MOST_BARS]
    return render_page(
        request, "themes.html", title="Themes", found=found, items=items, languages=languages, item=item,
        language_chosen=language, bars=len(bars),
        chart=figure_html(plotted_counts(bars, found.coded)) if bars and found.coded else "",
    )  # fmt: skip
