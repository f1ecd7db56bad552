"""Where the numbers of a report on a part of the people come from: its responses, and the groups around it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from kuule.analysis.crosstabs.axes import subpopulation_filter
from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.disclosure.differencing import GroupHierarchy
from kuule.disclosure.thresholds import declared_groups
from kuule.tables.request import Subpopulation, TableRequest
from kuule.tables.result import KEY_MODULUS, DataOrigin, Superset


def origin_within(dataset: Dataset, within: Subpopulation) -> DataOrigin:
    """The origin with the responses of a group instead of all; `within` is one that there is."""
    tree = GroupHierarchy(declared_groups(dataset.study))
    around = tree.supersets(tree.people_of(TableRequest("", None, within), ""))
    flags = [
        subpopulation_filter(people[0], dataset) if people else pl.col("edition").is_not_null() for people in around
    ]
    record_keys = pl.col(RECORD_KEY).cast(pl.UInt64)
    counts = [flag.sum().cast(pl.Int64).alias(f"n{number}") for number, flag in enumerate(flags)]
    keys = [record_keys.filter(flag).sum().alias(f"k{number}") for number, flag in enumerate(flags)]
    row = dataset.frame.select(*counts, *keys).collect(engine="streaming").row(0, named=True)
    found = tuple(Superset(row[f"n{number}"], row[f"k{number}"] % KEY_MODULUS) for number in range(len(flags)))
    return replace(cleaned_origin(dataset, subpopulation_filter(within, dataset)), within=within, supersets=found)
