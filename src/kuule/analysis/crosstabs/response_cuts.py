"""Cuts by properties of the response: its language, its edition, when it was sent, and by which link."""

from __future__ import annotations

import polars as pl

from kuule.dataset.schema.columns import week_thursday
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.tables.request import EDITION, LANGUAGE, LINK, NO_LINK


def response_cut_codes(cut: str, dataset: Dataset) -> tuple[str, ...]:
    """The codes of the groups, in order. Only for the quarters is the dataset read: they are those that occur in it."""
    if cut == LANGUAGE:
        return dataset.codebook.languages
    if cut == EDITION:
        return dataset.info.editions
    if cut == LINK:
        return (*dataset.study.links.partners, NO_LINK)
    weeks = dataset.frame.select(pl.col("week").unique()).collect(engine="streaming")
    return tuple(weeks.select(_quarter().drop_nulls().unique().sort()).to_series().to_list())


def response_cut_expression(cut: str, dataset: Dataset) -> pl.Expr:
    """An expression for the group of each response. A link that the study no longer has belongs to no group."""
    if cut == LANGUAGE:
        return pl.col("language").cast(pl.String)
    if cut == EDITION:
        return pl.col("edition").cast(pl.String)
    if cut == LINK:
        links = pl.col("link").cast(pl.String)
        partners = {code: code for code in dataset.study.links.partners}
        return links.replace_strict(partners | {"": NO_LINK}, default=None, return_dtype=pl.String)
    return _quarter()


def _quarter() -> pl.Expr:
    day = week_thursday(pl.col("week"))
    return day.dt.year().cast(pl.String) + "-Q" + day.dt.quarter().cast(pl.String)
