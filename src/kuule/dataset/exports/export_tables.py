"""The tables of a dataset that an export has: responses, one for each repeat, and free text that was asked for by
name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.cleaning import cleaning_flags
from kuule.dataset.ingest.table_schemas import read_open_texts
from kuule.dataset.schema.columns import CLEANING_COLUMN, LEADING_COLUMNS, RECORD_KEY
from kuule.dataset.schema.dataset_reader import Dataset


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table to export. `name` is that of the file, without its ending."""

    name: str
    frame: pl.DataFrame


def export_tables(dataset: Dataset) -> Iterator[ExportTable]:
    """The responses, with the rules that set each aside, then the repeats. Each table is read only when its turn
    comes."""
    responses = dataset.frame.drop(RECORD_KEY)
    if dataset.study.cleaning.rules:
        names = responses.collect_schema().names()
        responses = responses.with_columns(cleaning_flags(dataset)).select(
            *LEADING_COLUMNS, CLEANING_COLUMN, *names[len(LEADING_COLUMNS) :]
        )
    yield ExportTable("responses", responses.collect())
    for file in sorted(name for name in dataset.info.files if name.startswith("repeat.")):
        yield ExportTable(file.removesuffix(".parquet"), pl.read_parquet(dataset.path / file))


def open_text_table(dataset: Dataset, items: Sequence[str]) -> ExportTable | None:
    """The free text of the named items, or None if no item is named. Rows have no link to a response.

    Raises ArchiveError DATA_022 for an item that has no free text.
    """
    offered = [item.name for item in dataset.codebook.items.values() if item.open_text]
    if unknown := [name for name in items if name not in offered]:
        cause = f"the dataset has free text of {', '.join(offered) or 'no item'}"
        raise ArchiveError(
            *(Problem("DATA_022", f"--open-text {name}", cause, "name one of these") for name in unknown)
        )
    if not items:
        return None
    texts = read_open_texts(dataset.path)
    return ExportTable("open_text", texts.filter(pl.col("item").is_in(list(items))))
