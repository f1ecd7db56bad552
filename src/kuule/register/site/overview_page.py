"""The first page: what the register is, the map, and the table of every country and question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from kuule.register.comparison.cells import RegisterCellState
from kuule.register.data_model.provisions import Provision
from kuule.register.site.country_cells import CellView, tile_map
from kuule.register.site.page_style import column_names, map_style
from kuule.register.site.site_language import SiteLanguage, SitePage


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """A country's answers, in the order of the columns, and how many are open."""

    country: str
    cells: tuple[CellView, ...]
    open: int


def overview_page(site: SiteLanguage) -> SitePage:
    """The page `index`."""
    provision = front_provision(site)
    columns = site.provisions
    shown = (*site.countries, *site.also_seen)
    map_of = tile_map(site.views, provision.id, shown) if provision else None
    lines = tuple(_line(site, country, columns) for country in site.countries)
    heads = [
        site.texts.say_plain("country"),
        *map(site.texts.short_title, columns),
        site.texts.say_plain("open_column"),
    ]
    return SitePage(
        "index",
        "index.html",
        str(site.texts.text("register:title")),
        {
            "facts": tuple(_facts(site)),
            "nothing_confirmed": not any(value.confirmed_by for _, _, value in site.values()),
            "map": map_of,
            "provision": provision,
            "topics": site.topics,
            "columns": columns,
            "matrix": lines,
            "also_seen": site.also_seen,
        },
        style=map_style(map_of) + column_names("matrix", heads),
    )


def front_provision(site: SiteLanguage) -> Provision | None:
    """What the first map shows: what the register chose, or the time limit of which most countries are known."""
    chosen = site.register.provisions.get(site.register.settings.map_provision or "")
    limits = [one for one in site.provisions if one.kind == "time-limit" and not one.ranking]
    known = {one.id: sum(not site.views[country, one.id].is_open for country in site.countries) for one in limits}
    return chosen or max(limits, key=lambda one: known[one.id], default=None)


def _line(site: SiteLanguage, country: str, columns: tuple[Provision, ...]) -> MatrixLine:
    views = tuple(site.views[country, one.id] for one in columns)
    return MatrixLine(country, views, sum(view.is_open for view in views))


def _facts(site: SiteLanguage) -> Iterator[tuple[str, Markup]]:
    """Names of words, and what is known in numbers."""
    compared = [site.cells[country, one.id] for country in site.countries for one in site.provisions]
    values = [value for _, _, value in site.values()]
    number = site.texts.number
    yield "fact_countries", escape(number(len(site.countries)))
    yield "fact_provisions", escape(number(len(site.provisions)))
    yield "fact_values", escape(number(len(values)))
    yield "fact_law", escape(number(sum(value.source.is_law for value in values)))
    yield "fact_confirmed", escape(number(sum(value.confirmed_by is not None for value in values)))
    unread = sum(cell.state is RegisterCellState.OPEN for cell in compared)
    yield "fact_open", site.texts.say("number_of", number=number(unread), all=number(len(compared)))
    yield "fact_differ", escape(number(sum(cell.state is RegisterCellState.CONTRADICTED for cell in compared)))
    yield "fact_due", escape(number(sum(cell.is_due for cell in compared)))
