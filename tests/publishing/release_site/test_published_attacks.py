"""The attacks of tests/analysis/test_attacks.py on the published files, as an outsider has them: a folder from a web
server, with CSV, JSON-stat, a workbook, pages and the report. Nothing of the release's own folder is read.

First all of these are held to each other, so that an attack on one is an attack on all; then the attacks run on what
the CSV files say. Two more look across tables: totals less their parts, and countries by languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

import pytest

from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.disclosure.successive_releases import ShownGroup
from kuule.forms.record import Record
from kuule.languages.workflow.states import State, TextOrigin
from kuule.releases.publication_release import PublicationRelease
from kuule.releases.release_folder import write_release
from kuule.releases.release_wording import wording_of_tables
from kuule.study.edition.report_languages import ReportLanguage
from kuule.study.settings.identity_settings import IdentitySettings
from kuule.tables.released import ReleasedTable
from kuule.tables.request import LANGUAGE, TableRequest
from kuule.usecases.releasing.publish_release import PublishOptions, publish_release
from tests.analysis import test_attacks as attacks
from tests.dataset.small import edition
from tests.factories import make_dataset
from tests.publishing.release_site.published_files import (
    Key,
    SeenColumn,
    SeenTable,
    csv_table,
    json_stat_table,
    numbers_in,
    page_cells,
    page_text,
    table_numbers,
    workbook_numbers,
)
from tests.publishing.release_site.site_release import approved
from tests.releases.small_release import description
from tests.releases.test_release_attacks import IN_A_RELEASE, from_the_door

pytestmark = pytest.mark.slow

TODAY = date(2027, 3, 2)
CONSTANTS = {10, 30, 112}
"""The thresholds, which stand beside what is not shown, and the number for emergencies."""
TARGET = ["yes", "no"] * 6
QUESTIONS = attacks.ASKED[:8]
"""More tables by country are refused."""
COUNTRIES = "land"
"""The question whose answers get pages of their own."""


def published(folder: Path, made: Dataset, tables: list[ReleasedTable]) -> list[SeenTable]:
    """The tables as the CSV files of a published site have them, after all other files are held to these."""
    requests = [table.request for table in tables]
    wording = replace(wording_of_tables(made.wording("en"), [*requests, TableRequest(COUNTRIES)]), sections=())
    release = PublicationRelease(
        description=description(),
        study=made.study.id,
        origin=tables[0].origin,
        tables=tuple(tables),
        text="# Told\n\n## Numbers\n\n" + "\n".join(map(_figure, requests)),
        languages={"en": ReportLanguage(State.REVIEWED, TextOrigin.PERSON)},
        wordings={"en": wording},
        identity=IdentitySettings(),
        opening_state=State.REVIEWED,
        country=COUNTRIES,
        by_country=tuple(one.item for one in requests if one.cut == COUNTRIES),
        by_language=tuple(one.item for one in requests if one.cut == LANGUAGE),
    )
    write_release(approved(release), folder / "release")
    options = PublishOptions(("en",), pdf=False)
    publish_release(folder / "release", folder / "site", today=TODAY, options=options)
    return site_tables(folder / "site", requests)


def _figure(request: TableRequest) -> str:
    by = f"by: {request.cut}\n" if request.cut else ""
    return f"```figure\nquestion: {request.item}\n{by}```\n"


def site_tables(site: Path, requests: Iterable[TableRequest]) -> list[SeenTable]:
    """What the CSV files say, if JSON-stat, workbook, pages and report say the same and no more."""
    tables = {_name(request): csv_table(site, _name(request)) for request in requests}
    book = workbook_numbers(site)
    for name, table in tables.items():
        check_json_stat(json_stat_table(site, name), table)
        check_workbook(book[name], table)
    check_pages(site, tables)
    return list(tables.values())


def _name(request: TableRequest) -> str:
    return str(request).replace("@", "").replace(" ", "-")


def check_json_stat(seen: SeenTable, table: SeenTable) -> None:
    """JSON-stat has the numbers of the CSV. A group that is not shown has none in either."""
    assert not table.rows or seen.rows == table.rows
    assert seen.columns == table.columns


def check_workbook(lines: list[tuple[object, ...]], table: SeenTable) -> None:
    """The workbook has the numbers of the CSV, and a mark for each that is not shown."""
    assert lines == [line for column in table.columns for line in _marked(column)]


def _marked(column: SeenColumn) -> Iterator[tuple[object, ...]]:
    if column.base is None:
        yield "[c]", "[c]", "[c]"
        return
    for cell in column.cells:
        mark = "[low]" if cell.below_threshold else "[c]"
        yield (mark, mark, column.base) if cell.count is None else (cell.count, cell.share, column.base)
    yield from (("[low]" if count is None else count, "[z]", "[z]") for count in column.missing.values())


def check_pages(site: Path, tables: Mapping[str, SeenTable]) -> None:
    """Each line of each figure says what the CSV says. No page, and not the report, has another number: but about how
    many responses came in, and what stands on every site of this study."""
    said = {name: dict(_words(table)) for name, table in tables.items()}
    figures = set(range(len(tables) + 1))
    allowed = figures | CONSTANTS | {number for table in tables.values() for number in table_numbers(table)}
    texts = {page.stem: page_text(page) for page in site.glob("*.html") if page.stem != "help"}
    [responses] = re.findall(r"About ([\d,]+) responses came in", texts["index"])
    allowed |= numbers_in(responses) | {2026, 2027}
    lines = 0
    for page in site.glob("*.html"):
        for anchor, caption, label, share, people in page_cells(page):
            found = said[_table_of(page.stem, anchor, tables)]
            answer, group = (caption, label) if caption else (label, "Everyone")
            expected = found.get((group, answer)) or said[anchor.partition("-by-")[0]][group, answer]
            assert (share, people) == expected, (page.name, anchor, group, answer)
            lines += 1
    assert lines
    notes = set().union(*(numbers_in(texts.pop(name)) for name in ("about", "methods", "release")))
    report = numbers_in(texts.pop("report"))
    assert {name: more for name, text in texts.items() if (more := numbers_in(text) - allowed)} == {}
    assert report <= allowed | notes


def _table_of(page: str, anchor: str, tables: Mapping[str, SeenTable]) -> str:
    """The table of a figure: its anchor is the name of its table or, on the page of a group, of its question."""
    anchor = anchor.removesuffix("-2")  # a figure whose groups are all withheld is of everyone
    kind = {"country": COUNTRIES, "language": "language"}.get(page.partition("-")[0])
    return f"{anchor}-by-{kind}" if kind is not None else anchor


def _words(table: SeenTable) -> Iterator[tuple[Key, tuple[str, str]]]:
    """A number as a page says it, by the words of its group and its answer."""
    for column in (one for one in table.columns if one.base is not None):
        for code, cell in zip(table.rows, column.cells, strict=True):
            labels = table.labels[column.code or "everyone", code]
            if cell.count is not None:
                yield labels, (_percentage(cell.share), f"{cell.count:,}")
            elif cell.below_threshold:
                yield labels, ("fewer than 10", "")
            else:
                yield labels, ("not shown", "")


def _percentage(share: int | None) -> str:
    return {0: "under 1%", 100: "over 99%"}.get(share or 0, f"{share}%")


@pytest.mark.parametrize("attack", IN_A_RELEASE, ids=lambda attack: attack.__name__.removeprefix("test_"))
def test_attack_finds_nothing_in_published_files(attack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try_attack(attack, tmp_path, monkeypatch)


def try_attack(attack: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run an attack on what is published. A site also has each question of everyone together."""
    seen: list[SeenTable] = []

    def released(made: Dataset, *requests: TableRequest, earlier: Iterable[ShownGroup] = ()) -> list[SeenTable]:
        whole = dict.fromkeys((*requests, *(TableRequest(one.item) for one in requests)))
        tables = from_the_door(made, *whole, earlier=earlier)
        found = published(tmp_path / f"published-{len(seen)}", made, tables)
        seen.extend(found)
        return found[: len(requests)]

    monkeypatch.setattr(attacks, "released", released)
    attack(tmp_path)
    assert seen


def test_attack_by_rows_finds_nothing_in_published_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try_attack(
        partial(attacks.test_a_land_that_is_not_shown_as_a_column_is_not_shown_as_a_row, by_report=False),
        tmp_path,
        monkeypatch,
    )


def small_country(random: Random, target: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Land, language and answers: Finland answered in Arabic and Sweden in English, and so did one person of Åland."""
    for land, language in (("FI", "ar"), ("SE", "en")):
        yield from ((land, language, [random.choice(("yes", "no")) for _ in attacks.ASKED]) for _ in range(150))
    yield "AX", "en", target


def one_abroad(random: Random, target: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """All of Finland but one answered in Arabic, and nobody else did."""
    for land, language in (("FI", "ar"), ("SE", "en")):
        yield from ((land, language, [random.choice(("yes", "no")) for _ in attacks.ASKED]) for _ in range(150))
    yield "FI", "en", target


def published_of(
    people: Iterable[tuple[str, str, list[str]]], folder: Path, *cuts: str | None
) -> Mapping[tuple[str, str | None], SeenTable]:
    """What is published of people, each question by each of the cuts."""
    one = edition(1, attacks.FORM)
    one = replace(one, study=replace(one.study, answers=replace(one.study.answers, sensitive=(), ordered=())))
    rows = [
        Record(
            study="our-voice",
            edition=one.id,
            language=language,
            link="",
            week="2026-W48",
            answers={"/data/land": land, "/data/gender": "f"}
            | {f"/data/{name}": answer for name, answer in zip(attacks.ASKED, given, strict=True)},
            missing={},
        )
        for land, language, given in people
    ]
    make_dataset(rows, [one], folder / "dataset")
    requests = [TableRequest(name, cut) for cut in cuts for name in QUESTIONS]
    tables = from_the_door(read_dataset(folder / "dataset"), *requests)
    found = published(folder, read_dataset(folder / "dataset"), tables)
    return {(one.item, one.cut): table for one, table in zip(requests, found, strict=True)}


def yes_of(table: SeenTable, code: str) -> int:
    """How many of a group said yes."""
    [column] = [one for one in table.columns if one.code == code]
    count = column.cells[table.rows.index("yes")].count
    assert count is not None
    return count


def differences(found: Mapping[str, int], target: list[str]) -> tuple[set[int], set[int]]:
    """What is left for the one person, where they said yes and where they said no."""
    said = dict(zip(QUESTIONS, target, strict=False))
    yes, no = ({found[name] for name in said if said[name] == answer} for answer in ("yes", "no"))
    return yes, no


def test_total_less_all_that_is_shown_does_not_tell_what_the_one_who_is_withheld_said(tmp_path: Path) -> None:
    tables = published_of(small_country(Random(8), TARGET), tmp_path, None, "land")
    for name in QUESTIONS:
        assert [one.base is None for one in tables[name, "land"].columns] == [False, True, False, True]
    left = {
        name: yes_of(tables[name, None], "") - sum(yes_of(tables[name, "land"], land) for land in ("FI", "SE"))
        for name in QUESTIONS
    }
    yes, no = differences(left, TARGET)
    assert len(yes | no) > 4
    assert yes & no


def test_country_less_a_language_does_not_tell_what_the_one_who_wrote_another_said(tmp_path: Path) -> None:
    tables = published_of(one_abroad(Random(9), TARGET), tmp_path, None, "land", LANGUAGE)
    left = {name: yes_of(tables[name, "land"], "FI") - yes_of(tables[name, LANGUAGE], "ar") for name in QUESTIONS}
    yes, no = differences(left, TARGET)
    assert len(yes | no) > 4
    assert yes & no
