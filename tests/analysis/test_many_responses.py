"""What `make bench BENCH=counting` measures, small: its dataset is one, and its two ways of counting say the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from bench.answers import make_dataset
from bench.counting import ours, plain, requests

from kuule.analysis.crosstabs.cell_counts import CellCounter
from kuule.analysis.crosstabs.cell_index import IndexPart
from kuule.analysis.crosstabs.counting import count_tables
from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.dataset.schema.number_bands import BANDS
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.tables.result import ResultTable

RESPONSES = 2500


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read_dataset(make_dataset(tmp_path_factory.mktemp("bench") / "made", RESPONSES, part=1000))


def test_bench_counts_what_plain_polars_counts(dataset: Dataset) -> None:
    uncleaned = replace(dataset, study=replace(dataset.study, cleaning=CleaningSettings()))
    tables = count_tables(uncleaned, requests(), stretch=700)
    for table, frame in zip(tables, plain(dataset), strict=True):
        assert cells(table) == by_hand(table, frame.rows(named=True))


def cells(table: ResultTable) -> dict[tuple[str, str], int]:
    found = {
        (column.code, row): n for column in table.columns for row, n in zip(table.rows, column.counts, strict=True)
    }
    return {cell: count for cell, count in found.items() if count}


def by_hand(table: ResultTable, rows: list[dict[str, object]]) -> dict[tuple[str, str], int]:
    """Of what plain Polars counted, that which is in a group and an answer."""
    request = table.request
    banded = dict(enumerate(BANDS, -1))
    cut = (request.cut or "").removeprefix("@")
    found: dict[tuple[Any, Any], Any] = {}
    for row in rows:
        group = row.get(cut, "")
        if table.multiple:
            found |= {(group, code): row[f"{request.item}/{code}"] for code in table.rows}
        else:
            code = row[request.item]
            found[group, banded[code] if isinstance(code, int) else code] = row["len"]
    return {cell: count for cell, count in found.items() if None not in cell and count}


def test_bench_releases_every_table_of_a_dataset_with_doubles_and_empty_responses(dataset: Dataset) -> None:
    assert len(ours(dataset)) == len(requests()) == 260
    aside = {one.rule: one.flagged for one in cleaned_origin(dataset).set_aside}
    assert aside["doubles"] == 2
    assert aside["empty"] > 0
    assert aside["hidden_field_filled"] > 0


def test_count_that_would_leave_somebody_out_is_not_made(dataset: Dataset) -> None:
    here = IndexPart("everyone", pl.repeat(0, pl.len(), dtype=pl.UInt8), 1, {"": (0,)})
    cells = CellCounter([(here, here)])
    cells.add(dataset.frame.select(RECORD_KEY, *cells.columns).collect())
    cells.check_total(RESPONSES)
    with pytest.raises(RuntimeError, match="not each one stands in one cell"):
        cells.check_total(RESPONSES + 1)
