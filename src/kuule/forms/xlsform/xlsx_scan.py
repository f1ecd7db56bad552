"""Looks through a workbook before it is read: how much it holds, which cells are merged, which formula has no value.

Each part is read as a stream, so that a small file that unpacks to millions of cells, or merges a whole sheet, is
refused before anything is built from it. What the parts say of their own size (`dimension`, `count`) is not trusted.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from kuule.forms.xlsform.sheet_grid import UnreadableWorkbook, WorkbookTooLarge

MAX_CELLS = 500_000
"""The most cells with content, and the most elements of any other kind that is kept when a workbook is read."""
MAX_ELEMENTS = 5_000_000
MAX_MERGED = 1_000
_CELL = re.compile(r"([A-Z]{1,7})([0-9]{1,9})")
_STREAMED = frozenset({"c", "row", "f", "v", "is", "mergeCell"})
"""Elements that are counted in their own way, or not at all, because reading a workbook does not keep them."""
UNMERGE_REMEDY = "split them, and write into each cell what it means"
REDUCE_REMEDY = "take out what is no questionnaire: other sheets, and lists that could stand in a .csv file beside it"


@dataclass(slots=True)
class PartScan:
    """What one part of a workbook holds. `merged` has (first column, first row, last column, last row). `without_value`
    has the cells with a formula whose value was not saved. `wrong` says why the part cannot be read."""

    columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    without_value: list[tuple[int, str]] = field(default_factory=list)
    wrong: WorkbookTooLarge | None = None


def scan_parts(packed: zipfile.ZipFile) -> Mapping[str, PartScan]:
    """Every part by its name. Raises WorkbookTooLarge if the lists that all sheets share are too long. If a single
    sheet is too large or out of order, that is in `wrong` of its part."""
    elements: Counter[str] = Counter()
    found: dict[str, PartScan] = {}
    for name in dict.fromkeys(packed.namelist()):
        target = _Target(elements)
        with packed.open(name) as part:
            try:
                _parser(target).ParseFile(part)
            except _InSheet as error:
                target.part.wrong = error
            except expat.ExpatError as error:
                # A broken part, or one that is not XML, stops the library that reads it at the same place.
                if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]:
                    raise UnreadableWorkbook(f"its part {name} has an encoding that is not read here") from error
        found[name] = target.part
    return found


def _parser(target: _Target) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = target.doctype
    parser.StartElementHandler = target.start
    parser.EndElementHandler = target.end
    parser.CharacterDataHandler = target.data
    return parser


class _InSheet(WorkbookTooLarge):
    """A mistake that matters only if the part is read as a sheet."""


class _Target:
    """Receives the elements of one part as they come. `elements` counts those that are kept, over all parts."""

    def __init__(self, elements: Counter[str]) -> None:
        self.part = PartScan()
        self._elements = elements
        self._seen = self._cells = self._row = self._column = 0
        self._formula = self._value = self._within = False

    def doctype(self, *_: object) -> None:
        raise UnreadableWorkbook("it declares a document type, which no workbook has")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._seen += 1
        if self._seen > MAX_ELEMENTS:
            raise WorkbookTooLarge(f"it has more than {MAX_ELEMENTS:,} elements", REDUCE_REMEDY)
        self._within = name in ("v", "t")
        if name not in _STREAMED:
            self._elements[name] += 1
            if self._elements[name] > MAX_CELLS:
                raise WorkbookTooLarge(f"it has more than {MAX_CELLS:,} entries of one kind ({name})", REDUCE_REMEDY)
        elif name == "c":
            self._begin_cell(attributes.get("r", ""))
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "f":
            self._formula = True

    def data(self, text: str) -> None:
        self._value = self._value or self._within

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        self._within = False
        if name != "c" or not (self._formula or self._value):
            return
        self._cells += 1
        self.part.columns = max(self.part.columns, self._column)
        if self._cells > MAX_CELLS:
            raise _InSheet(f"it has more than {MAX_CELLS:,} cells", REDUCE_REMEDY)
        if self._formula and not self._value:
            self.part.without_value.append((self._row, f"{column_letters(self._column)}{self._row}"))

    def _begin_row(self, number: str) -> None:
        before = self._row
        self._row = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else before + 1
        self._column = 0
        if self._row <= before:
            raise _InSheet(f"row {self._row} stands behind row {before}", "save it anew in a spreadsheet")

    def _begin_cell(self, place: str) -> None:
        match = _CELL.fullmatch(place)
        self._column = column_number(match[1]) if match else self._column + 1
        self._formula = self._value = self._within = False

    def _merge(self, place: str) -> None:
        first, _, last = place.partition(":")
        begin, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if begin is None or end is None:
            return
        self.part.merged.append((column_number(begin[1]), int(begin[2]), column_number(end[1]), int(end[2])))
        if len(self.part.merged) > MAX_MERGED:
            raise _InSheet(f"more than {MAX_MERGED:,} ranges of its cells are merged", UNMERGE_REMEDY)


def column_number(written: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in written:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    found = ""
    while column:
        column, last = divmod(column - 1, 26)
        found = chr(ord("A") + last) + found
    return found
