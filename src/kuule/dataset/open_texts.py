"""What people wrote in their own words, as a dataset has it: which words, to which item, in which language, and how
often. Nothing says which of them are of one person."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.ingest.table_schemas import OPEN_TEXT
from kuule.dataset.schema.dataset_reader import Dataset, check_unchanged

TextCounts = Mapping[tuple[str, str, str], int]
"""How often each text occurs, by item, language and words."""


def count_open_texts(dataset: Dataset) -> TextCounts:
    """Every text that is not blank. Raises ArchiveError DATA_006 (damaged), DATA_024 (it was changed meanwhile)."""
    try:
        frame = pl.read_parquet(dataset.path / OPEN_TEXT, columns=["item", "language", "text"])
    except (OSError, pl.exceptions.PolarsError):
        check_unchanged(dataset)
        cause = "its open answers cannot be read"
        problem = Problem("DATA_006", str(dataset.path / OPEN_TEXT), cause, "open the archive again, into a new folder")
        raise ArchiveError(problem) from None
    check_unchanged(dataset)
    counted = frame.drop_nulls().group_by("item", "language", "text").len()
    return {(item, language, words): number for item, language, words, number in counted.iter_rows() if words.strip()}
