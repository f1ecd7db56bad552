"""What people wrote in their own words, as a dataset has it: which words, to which item, in which language, how often,
and whether they may be quoted. Nothing says which of them are of one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.ingest.table_schemas import LEAVE, OPEN_TEXT, read_open_texts
from kuule.dataset.schema.dataset_reader import Dataset, check_unchanged


@dataclass(frozen=True, slots=True)
class TextOccurrence:
    """How often a text occurs, and whether it may be quoted: True if everybody who wrote it gave leave, False if one of
    them was asked and did not, None if that is not so and one of them was never asked."""

    times: int
    leave: bool | None


OpenTexts = Mapping[tuple[str, str, str], TextOccurrence]
"""Texts by item, language and words."""


def count_open_texts(dataset: Dataset) -> OpenTexts:
    """Every text that is not blank. Raises ArchiveError DATA_006 (damaged), DATA_024 (it was changed meanwhile)."""
    try:
        frame = read_open_texts(dataset.path)
    except (OSError, pl.exceptions.PolarsError):
        check_unchanged(dataset)
        cause = "its open answers cannot be read"
        problem = Problem("DATA_006", str(dataset.path / OPEN_TEXT), cause, "open the archive again, into a new folder")
        raise ArchiveError(problem) from None
    check_unchanged(dataset)
    wrote = frame.drop_nulls(["item", "language", "text"])
    asked = pl.col(LEAVE)
    counted = wrote.group_by("item", "language", "text").agg(
        pl.len(),
        asked.not_().any().alias("refused"),
        asked.is_null().any().alias("unasked"),
    )
    return {
        (item, language, words): TextOccurrence(times, False if refused else None if unasked else True)
        for item, language, words, times, refused, unasked in counted.iter_rows()
        if words.strip()
    }
