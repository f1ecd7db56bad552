"""A published site as an outsider has it: its folder of files, read with nothing of the release's own folder.

CSV, JSON-stat and the workbook are three ways to the same numbers; the pages are a fourth. What one of them has and
another has not would be found here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from openpyxl import load_workbook

from kuule.publishing.report_catalogue import three_digits
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedTable

Number = int | None
Key = tuple[str, str]
"""A group and an answer, or a group and the reason for which people are in no base."""
_DIGITS = re.compile(r"(?<![A-Za-z\d])(?:\d{1,3}(?:,\d{3})+|\d+)")


@dataclass(frozen=True, slots=True)
class SeenCell:
    """What a file says of one answer in one group. `state` is the file's own word."""

    count: Number
    share: Number
    state: str

    @property
    def below_threshold(self) -> bool:
        return self.state == "few"


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """What a file says of one group."""

    code: str
    base: Number
    cells: tuple[SeenCell, ...]
    missing: Mapping[Missing, Number]


@dataclass(frozen=True, slots=True)
class SeenTable:
    """What a file says of a table. It has the fields of a released table that an attack reads."""

    rows: tuple[str, ...]
    columns: tuple[SeenColumn, ...]
    labels: Mapping[Key, tuple[str, str]]
    """The words of each group and answer, by which the pages name them."""


def csv_table(folder: Path, name: str) -> SeenTable:
    """A table as its CSV has it."""
    text = (folder / "data" / f"{name}.csv").read_text("utf-8")
    lines = list(csv.DictReader(io.StringIO(text)))
    answers = [line for line in lines if line["kind"] == "answer"]
    rows = tuple(dict.fromkeys(line["answer"] for line in answers))
    columns = []
    for group in dict.fromkeys(line["group"] for line in lines):
        of_group = [line for line in lines if line["group"] == group]
        cells = [_csv_cell(line) for line in of_group if line["kind"] == "answer"]
        bases = {_number(line["base"]) for line in of_group if line["kind"] != "not_in_base"}
        assert len(bases) == 1
        missing = {
            Missing(line["answer"]): _number(line["people"]) for line in of_group if line["kind"] == "not_in_base"
        }
        code = "" if group == "everyone" else group
        columns.append(SeenColumn(code, bases.pop(), tuple(cells), missing))
    labels = {(line["group"], line["answer"]): (line["group_label"], line["answer_label"]) for line in answers}
    return SeenTable(rows, tuple(columns), labels)


def _csv_cell(line: Mapping[str, str]) -> SeenCell:
    return SeenCell(_number(line["people"]), _number(line["share"]), line["state"])


def _number(text: str) -> Number:
    return int(text) if text else None


def json_stat_table(folder: Path, name: str) -> SeenTable:
    """The same as JSON-stat has it."""
    known = json.loads((folder / "data" / f"{name}.json").read_bytes())
    groups, answers = (known["dimension"][each]["category"]["index"] for each in ("group", "answer"))
    status, extension = known.get("status", {}), known["extension"]
    columns = []
    for place, group in enumerate(groups):
        cells = []
        for number in range(len(answers)):
            at = 2 * (place * len(answers) + number)
            count, share = known["value"][at : at + 2]
            assert status.get(str(at)) == status.get(str(at + 1))
            cells.append(SeenCell(count, share, status.get(str(at), "shown")))
        base = extension["base"][group]
        code = "" if group == "everyone" else group
        missing = {Missing(why): count for why, count in extension["not_in_base"].get(group, {}).items()}
        columns.append(SeenColumn(code, base, tuple(cells) if base is not None else (), missing))
    return SeenTable(tuple(answers), tuple(columns), {})


def workbook_numbers(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """The lines of each sheet of the workbook by the name of its table: people, share and base."""
    book = load_workbook(folder / "data" / "tables.xlsx")
    found = {}
    for sheet in book:
        for table in sheet.tables.values():
            lines = [tuple(cell.value for cell in row) for row in sheet[table.ref]]
            found[sheet.title.partition(" ")[2]] = [line[2:5] for line in lines[1:]]
    return found


def page_cells(path: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Each line of each figure of a page: the anchor of the figure, the caption of its table, the label of the line,
    its share and its people, as a reader sees them."""
    root = lxml.html.document_fromstring(path.read_text("utf-8"))
    for figure in root.xpath("//figure[@id]"):
        for table in figure.xpath(".//table"):
            caption = "".join(table.xpath("./caption/text()"))
            for line in table.xpath("./tbody/tr"):
                yield figure.get("id"), caption, *(" ".join(cell.text_content().split()) for cell in line)


def numbers_in(text: str) -> set[int]:
    """Every number in a text in English."""
    return {int(found.replace(",", "")) for found in _DIGITS.findall(text)}


def page_text(path: Path) -> str:
    """What a reader sees of a page between its menu and its end."""
    main = lxml.html.document_fromstring(path.read_text("utf-8")).xpath("//main")[0]
    return " ".join(" ".join(main.itertext()).split())


def table_numbers(table: SeenTable | ReleasedTable) -> set[int]:
    """Every number of a table, and each as a sentence says it."""
    counts = {cell.count for column in table.columns for cell in column.cells}
    counts |= {number for column in table.columns for number in (column.base, *column.missing.values())}
    shares = {cell.share for column in table.columns for cell in column.cells}
    exact = {number for number in counts if number is not None}
    return exact | set(map(three_digits, exact)) | {number for number in shares if number is not None}
