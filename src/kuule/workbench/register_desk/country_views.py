"""The table of countries, and the list of what the register asks of one of them."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse

from kuule.workbench.member_words.saying import say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.register_desk.country_rows import FILTERS, cell_rows, country_rows
from kuule.workbench.register_desk.current_register import country_name
from kuule.workbench.register_desk.register_context import register_context
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may


def register_page(request: HttpRequest) -> HttpResponse:
    """The countries that the member may see, and the rounds that are open."""
    context = register_context(request)
    return render_page(
        request,
        "register/countries.html",
        title=say_plain("register"),
        context=context,
        rows=country_rows(context),
        rounds=[one for one in context.rounds if one.is_open and set(one.countries) & set(context.countries)],
    )


def country_page(request: HttpRequest, country: str) -> HttpResponse:
    """What the register asks of a country, by topic; with `?show=`, a part of it."""
    check_may(request_member(request), Permission.SEE_COUNTRY, country=country)
    context = register_context(request)
    rows = cell_rows(context, country)
    show = request.GET.get("show", "all")
    show = show if show in FILTERS else "all"
    titles = {topic.id: topic.title for topic in context.register.settings.topics}
    found = [row for row in rows if FILTERS[show](row)]
    groups = groupby(found, key=lambda row: row.cell.provision.topic)
    return render_page(
        request,
        "register/country.html",
        title=say_plain("country_tab", country=country_name(country)),
        context=context,
        country=country,
        name=country_name(country),
        show=show,
        filters=[(name, say_plain(f"cells_show_{name}"), sum(map(is_in, rows))) for name, is_in in FILTERS.items()],
        groups=[(titles.get(topic, topic), list(group)) for topic, group in groups],
    )
