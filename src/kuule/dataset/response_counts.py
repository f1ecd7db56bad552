"""How many responses a dataset has, by their language and by their week. Exact, and of all: nothing is cleaned."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kuule.dataset.schema.dataset_reader import Dataset


def responses_by_language(dataset: Dataset) -> Mapping[str, int]:
    """By each language in which it could be answered, also those that nobody used."""
    counted = _counted(dataset, "language")
    return {tag: counted.get(tag, 0) for tag in sorted({*dataset.info.languages, *counted})}


def responses_by_week(dataset: Dataset) -> Mapping[str, int]:
    """By ISO week, such as 2026-W48, in order; weeks without a response are not there."""
    return dict(sorted(_counted(dataset, "week").items()))


def _counted(dataset: Dataset, column: str) -> dict[str, int]:
    counted = dataset.frame.group_by(pl.col(column).cast(pl.String)).agg(pl.len().alias("responses"))
    return {str(value): number for value, number in counted.collect(engine="streaming").iter_rows()}
