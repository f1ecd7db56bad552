"""In the report on a dataset that grew, numbers of a group that few joined stand on, named with their dataset."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.disclosure.ledger import Ledger
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.tables.request import Subpopulation
from kuule.usecases.reporting.make_reports import rebuild_report
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.report_pages import write_report

TEXT = (
    "# Told\n\n{{ share told yes }} had told.{{ if shown told yes }} Shown.{{ end }} Of {{ responses }}.\n\n"
    "```figure\nquestion: told\nby: region\n```\n"
)
NORTH = Subpopulation("region", "north")


def dataset(folder: Path, north: int, elsewhere: int, until: date | None = None) -> Path:
    one = replace(edition(rehearsal=False), report=TEXT)
    one = replace(one, study=replace(one.study, coming_back=ComingBackSettings(0, until)))
    people = [
        record({"told": "yes" if number % 3 else "no", "residence": land})
        for land, size in (("FI", north), ("FR", elsewhere))
        for number in range(size)
    ]
    make_dataset(people, [one], folder)
    mark_locked(folder, read_dataset(folder).info.version)
    return folder


def table(page: Path) -> list[list[str]]:
    """The figure's table, row by row."""
    html = page.read_text("utf-8")
    rows = re.findall(r"<tr.*?</tr>", html.partition("</table>")[0], re.DOTALL)
    return [
        [
            re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def text(page: Path) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.read_text("utf-8")))


def column(page: Path, label: str) -> list[str]:
    head, *rows = table(page)
    return [row[head.index(label)] for row in rows]


def test_numbers_of_a_region_that_few_joined_are_those_of_the_report_before(tmp_path: Path) -> None:
    first, then = dataset(tmp_path / "first", 300, 400), dataset(tmp_path / "then", 301, 500)
    before, after = write_report(first, tmp_path / "1.html"), write_report(then, tmp_path / "2.html")
    assert column(after, "North") == column(before, "North")
    assert column(after, "Elsewhere") != column(before, "Elsewhere")
    version = read_dataset(first).info.version
    said = f"North: from the report on dataset {version}. Too few people have joined since for new numbers."
    assert (said in text(after), said in text(before)) == (True, False)
    [_, noted] = Ledger.for_dataset(then, "our-voice").entries()
    assert not any(one.people and one.people[0].rest is False for one in noted.published)
    assert rebuild_report(then, tmp_path / "again", noted.report).read_bytes() == after.read_bytes()


def test_a_report_on_a_region_that_few_joined_has_the_numbers_of_the_one_before(tmp_path: Path) -> None:
    """Sentences of its text have no place to say of which dataset a number is: there it is not shown."""
    first, then = dataset(tmp_path / "first", 300, 400), dataset(tmp_path / "then", 301, 500)
    before, after = (write_report(made, tmp_path / f"{made.name}.html", NORTH) for made in (first, then))
    assert table(after) == table(before)
    assert table(after) != []
    version = read_dataset(first).info.version
    said = f"All in this report: from the report on dataset {version}."
    assert text(after).count(said) == 2
    assert re.search(r"(?<=Told: North).*not shown had told\. Of not shown\.", text(after))
    assert "Shown." not in text(after)
    assert "Shown." in text(before)


def test_three_datasets_later_the_numbers_are_still_those_of_the_one_that_showed_them(tmp_path: Path) -> None:
    sizes = {"first": (300, 400), "second": (301, 500), "third": (302, 600), "fourth": (380, 750)}
    pages, versions = {}, {}
    for name, (north, elsewhere) in sizes.items():
        made = dataset(tmp_path / name, north, elsewhere)
        pages[name], versions[name] = write_report(made, tmp_path / f"{name}.html"), read_dataset(made).info.version
    assert column(pages["third"], "North") == column(pages["first"], "North")
    assert f"on dataset {versions['first']}." in text(pages["third"])
    assert column(pages["fourth"], "North") != column(pages["first"], "North")
    assert "numbers are from the report on" not in text(pages["fourth"])


@pytest.mark.parametrize("days", [(None, date(2026, 1, 1)), (date(2025, 1, 1), date(2026, 1, 1))])
def test_numbers_do_not_stand_on_where_people_could_take_back_what_they_count(tmp_path: Path, days) -> None:
    """With another last day somebody may have: what was taken back is in nothing that is published afterwards."""
    first = dataset(tmp_path / "first", 300, 400, days[0])
    then = dataset(tmp_path / "then", 301, 500, days[1])
    write_report(first, tmp_path / "1.html")
    page = write_report(then, tmp_path / "2.html")
    assert "North" not in table(page)[0]
    assert "numbers are from the report on" not in text(page)


def test_groups_that_a_short_report_did_not_show_are_shown_anew(tmp_path: Path) -> None:
    """The one before has everyone alone: no number of a group is from it."""
    first, then = dataset(tmp_path / "first", 60, 60), dataset(tmp_path / "then", 61, 110)
    before, after = write_report(first, tmp_path / "1.html"), write_report(then, tmp_path / "2.html")
    assert "North" not in text(before)
    assert "North" in table(after)[0]
    assert "numbers are from the report on" not in text(after)
    [noted, _] = Ledger.for_dataset(then, "our-voice").entries()
    assert {getattr(one, "people", None) for one in (*noted.shown, *noted.published)} == {()}
    assert rebuild_report(first, tmp_path / "again", noted.report).read_bytes() == before.read_bytes()
