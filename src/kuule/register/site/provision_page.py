"""The page of a provision: the question, every country's answer, and the standards that they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kuule.languages.cldr.collation import sort_key
from kuule.register.comparison.answer_tests import StandardOutcome
from kuule.register.comparison.points import CellPoints, points_of
from kuule.register.comparison.standards_met import StandardResult, standard_results
from kuule.register.data_model.provisions import Points, Provision
from kuule.register.data_model.standards import Stage
from kuule.register.site.country_cells import CellView, tile_map
from kuule.register.site.country_page import DOUBLE_CODING_WORDS
from kuule.register.site.page_style import map_style
from kuule.register.site.site_language import SiteLanguage, SitePage
from kuule.register.texts.register_texts import demand_keys

_NO_POINTS = Points(met=0)
"""Of a provision that counts none: its standards are counted all the same."""


@dataclass(frozen=True, slots=True)
class CountryAnswer:
    """A line of the table."""

    view: CellView
    results: tuple[StandardResult, ...]
    points: CellPoints


@dataclass(frozen=True, slots=True)
class Demand:
    """A standard of the provision, and the last that became of it."""

    standard: str
    name: str
    article: str | None
    demands: str
    offences: str | None
    latest: Stage | None
    outcomes: tuple[tuple[StandardOutcome, tuple[str, ...]], ...]
    """What came of it, each with the countries."""


def provision_page(site: SiteLanguage, provision: Provision) -> SitePage:
    """The page of a provision."""
    shown = [code for code in (*site.countries, *site.also_seen) if (code, provision.id) in site.views]
    answers = sorted((_answer(site, site.views[code, provision.id]) for code in shown), key=lambda one: _key(site, one))
    map_of = tile_map(site.views, provision.id, shown)
    heads = ["country", "sign", "answer", "known_how"]
    heads += ["standards_column"] * bool(provision.standards) + ["calculation"] * bool(provision.points)
    topics = {one.id: topic for topic, found in site.topics for one in found}
    return SitePage(
        provision.id,
        "provision.html",
        str(site.texts.title_of(provision)),
        {
            "provision": provision,
            "topic": site.texts.text(f"topic:{topics[provision.id].id}"),
            "double_coding": DOUBLE_CODING_WORDS[answers[0].view.cell.double_coding],
            "map": map_of,
            "heads": heads,
            "answers": answers,
            "demands": _demands(site, provision, answers),
        },
        style=map_style(map_of),
    )


def _answer(site: SiteLanguage, view: CellView) -> CountryAnswer:
    results = standard_results(site.register, view.cell)
    return CountryAnswer(view, results, points_of(view.cell.provision.points or _NO_POINTS, results))


def _key(site: SiteLanguage, one: CountryAnswer) -> tuple[object, ...]:
    """By the class of the answer, and by name within it."""
    return one.view.answer.rank, sort_key(site.texts.country(one.view.cell.country), site.texts.tag)


def _demands(site: SiteLanguage, provision: Provision, answers: Sequence[CountryAnswer]) -> tuple[Demand, ...]:
    found = []
    for place, (key, held) in enumerate(zip(demand_keys(provision), provision.standards, strict=True)):
        known = site.register.standards.get(held.standard)
        found.append(
            Demand(
                held.standard,
                site.standard_name(held.standard),
                held.article,
                site.texts.text(key),
                site.texts.text(f"{key}/offences") if held.offences else None,
                dated_stages(known.stages)[-1] if known else None,
                _outcomes(answers, place) if held.test else (),
            )
        )
    return tuple(found)


def _outcomes(answers: Sequence[CountryAnswer], place: int) -> tuple[tuple[StandardOutcome, tuple[str, ...]], ...]:
    """The countries by what came of the standard at a place in the provision's list."""
    of = {
        outcome: tuple(one.view.cell.country for one in answers if one.results[place].outcome is outcome)
        for outcome in StandardOutcome
    }
    return tuple((outcome, countries) for outcome, countries in of.items() if countries)


def dated_stages(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """The stages of a standard by date; those without one come first."""
    return tuple(sorted(stages, key=lambda one: one.date or ""))
