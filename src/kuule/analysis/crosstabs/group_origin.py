"""How many responses groups of people sent: the origin of a report on one group, and counts of other groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from kuule.analysis.crosstabs.axes import subpopulation_filter
from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.tables.request import People, Subpopulation
from kuule.tables.result import KEY_MODULUS, DataOrigin, PeopleCount


def origin_within(dataset: Dataset, within: Subpopulation) -> DataOrigin:
    """The origin of the dataset, with the responses of one group instead of all. The group must exist."""
    return replace(cleaned_origin(dataset, subpopulation_filter(within, dataset)), within=within)


def count_people(dataset: Dataset, groups: Sequence[People]) -> tuple[PeopleCount, ...]:
    """How many responses each of the groups has, in the order given, in one pass over the dataset."""
    if not groups:
        return ()
    flags = [_in_all(people, dataset) for people in groups]
    record_keys = pl.col(RECORD_KEY).cast(pl.UInt64)
    counts = [flag.sum().cast(pl.Int64).alias(f"n{number}") for number, flag in enumerate(flags)]
    keys = [record_keys.filter(flag).sum().alias(f"k{number}") for number, flag in enumerate(flags)]
    row = dataset.frame.select(*counts, *keys).collect(engine="streaming").row(0, named=True)
    return tuple(PeopleCount(row[f"n{number}"], row[f"k{number}"] % KEY_MODULUS) for number in range(len(flags)))


def _in_all(people: People, dataset: Dataset) -> pl.Expr:
    """Whether a response is in all of these groups. For everyone it tests a column that has no nulls: a literal would
    give one row instead of all."""
    if not people:
        return pl.col("edition").is_not_null()
    return pl.all_horizontal(subpopulation_filter(each, dataset) for each in people)
