"""The law in a brief: who says it, what nobody knows, and never the press as law."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.publishing.brief.brief_view import BriefView
from kuule.publishing.brief.law_view import BriefLaw, brief_provisions
from tests.publishing.brief.small_brief import WHOLE, in_brief, made_brief, site_of
from tests.register.small_register import small_register


def law_of(view: BriefView) -> BriefLaw:
    [law] = next(one.laws for one in view.sections if one.laws)
    return law


def test_statute_says_and_what_a_decision_rejects_is_not_shown(tmp_path: Path) -> None:
    law = law_of(made_brief(WHOLE, tmp_path))
    voices = [(one.voice.text, one.is_law, one.entry.place) for one in law.readings]
    assert voices == [
        ("The law says", True, "FI/limitation/v1"),
        ("The law says", True, "FI/limitation/v3"),
    ]
    assert law.more is not None
    assert law.more.text == "The register has more readings of this: 1."


def test_country_of_which_only_others_speak(tmp_path: Path) -> None:
    law = law_of(made_brief(WHOLE, tmp_path, country="SE"))
    assert [one.voice.text for one in law.readings] == ["According to the press", "According to an organisation"]
    assert [one.text for one in law.warnings] == [
        "None of this was read in the law in force itself.",
        "Sources differ, and nobody has decided which is right.",
        "The newspaper says that there is no limit, the organisation says thirty years.",
        "No second person has confirmed this yet.",
    ]
    assert law.more is not None
    assert law.more.text == "The register has more readings of this: 1."


def test_country_that_nobody_has_read(tmp_path: Path) -> None:
    view = made_brief(WHOLE, tmp_path, country="EE")
    law = law_of(view)
    assert (law.readings, [one.text for one in law.warnings]) == (
        (),
        ["Nobody has read yet what the law in force says. That says nothing about the law."],
    )
    gap = next(one.items for one in view.sections if one.kind == "gap")
    assert [item[0].text.partition(":")[0] for item in gap] == [
        "First of all, read the law in force. Nobody has yet, for this brief",
        "Not known, so not counted",
        "Only a lawyer can compare these",
    ]


@pytest.mark.parametrize(
    ("name", "ids"), [("limitation", ["limitation"]), ("duty", ["duty-to-report"]), ("ranking", [])]
)
def test_provisions_that_a_name_means(name: str, ids: list[str], tmp_path: Path) -> None:
    assert [one.id for one in brief_provisions(site_of(small_register(tmp_path)), name)] == ids


def test_what_is_missed_would_close_the_gap(tmp_path: Path) -> None:
    standards = next(one.standards for one in made_brief(WHOLE, tmp_path).sections if one.standards)
    gap = next(one.items for one in made_brief(WHOLE, tmp_path / "again").sections if one.kind == "gap")
    asked = {row.demands.text for group in standards for row in group.rows if row.outcome_id in ("missed", "partly")}
    assert {item[1].text for item in gap if len(item) > 1} == asked


def test_neighbours_by_land(tmp_path: Path) -> None:
    rows = next(one.countries for one in made_brief(WHOLE, tmp_path).sections if one.countries)
    assert [(row.country.text, row.is_this) for row in rows] == [("Finland (this brief)", True), ("Sweden", False)]


def test_a_cited_press_report_says_so_in_the_sentence(tmp_path: Path) -> None:
    view = made_brief(in_brief("It is ten years. {{ cite FI/limitation/v2 }}"), tmp_path)
    assert view.sections[0].text.startswith("It is ten years. (according to the press) ")
    law = made_brief(in_brief("The law says 20 years. {{ cite FI/limitation/v1 }}"), tmp_path / "law")
    assert "according" not in law.sections[0].text


def test_sources_are_numbered_as_they_come(tmp_path: Path) -> None:
    view = made_brief(WHOLE, tmp_path)
    sources = next(one.sources for one in view.sections if one.sources)
    assert [one.number for one in sources] == list(range(1, len(sources) + 1))
    assert [one.place for one in sources][1:4] == ["FI/limitation/v1", "FI/limitation/v3", "opinion-33"]
    assert view.numbers_of_sources["limitation/resolution"] == len(sources) - 1
