"""Which groups people stand in: those that a report can cut by, and for analysts edition, link, week and quarter.

A cut in which one person can stand in several groups is taken apart: for each answer, those who gave it beside those
who answered and did not, since groups that share people cannot be compared as if they were apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kuule.analysis.crosstabs.axes import cut_axis
from kuule.analysis.crosstabs.response_cuts import response_cut_codes, response_cut_expression
from kuule.dataset.schema.codebook import Codebook, CodebookItem, is_countable
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.study.settings.analysis_plan import WEEK_CUT, analysis_cuts
from kuule.tables.request import EDITION

CHOSE, DID_NOT = "yes", "no"
_SHORT = 8
"""Digits of an edition's id that a person reads."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """`code` gives each person's group, or null. `codes` are all groups in order; None where the answers tell which
    there are, and then they are in the order of their names. `title` is for a person."""

    name: str
    title: str
    codes: tuple[str, ...] | None
    code: pl.Expr
    labels: Mapping[str, str]


EVERYONE_GROUPING = Grouping("", "everyone", ("",), pl.lit(""), {})


def cut_names(dataset: Dataset) -> tuple[str, ...]:
    """Whatever people can be put in groups by."""
    questions = (item.name for item in dataset.codebook.items.values() if is_countable(item))
    return (*dataset.codebook.cuts, *questions, *analysis_cuts(dataset.study))


def has_overlapping_groups(name: str, codebook: Codebook) -> bool:
    """Whether a person can stand in several groups of a cut that there is."""
    question = codebook.cuts[name].question if name in codebook.cuts else name
    return question in codebook.items and codebook.items[question].multiple


def groupings_of_cut(name: str, dataset: Dataset) -> tuple[Grouping, ...]:
    """The cut of a name, in one; or one for each answer where a person can stand in several."""
    if not name:
        return (EVERYONE_GROUPING,)
    if name.startswith("@"):
        return (_own(name, dataset),)
    codebook = dataset.codebook
    axis, title, labels = cut_axis(name, dataset), _title(name, codebook), _labels(name, codebook)
    if axis.code is not None:
        return (Grouping(name, title, axis.codes, axis.code, labels),)
    question = codebook.cuts[name].question if name in codebook.cuts else name
    answered = pl.col(f"{question}:missing").is_null()
    return tuple(
        Grouping(
            f"{name}/{code}",
            f"{title}: {labels.get(code, code)}",
            (DID_NOT, CHOSE),
            pl.when(answered).then(pl.when(flag).then(pl.lit(CHOSE)).otherwise(pl.lit(DID_NOT))),
            {CHOSE: "chosen", DID_NOT: "not chosen"},
        )
        for code, flag in axis.flags.items()
    )


def _own(name: str, dataset: Dataset) -> Grouping:
    if name == WEEK_CUT:
        return Grouping(name, "ISO week", None, pl.col("week").cast(pl.String), {})
    labels = {edition: edition[:_SHORT] for edition in dataset.info.editions} if name == EDITION else {}
    return Grouping(
        name, name.removeprefix("@"), response_cut_codes(name, dataset), response_cut_expression(name, dataset), labels
    )


def _title(name: str, codebook: Codebook) -> str:
    tag = codebook.source_language
    return codebook.cuts[name].titles[tag] if name in codebook.cuts else codebook.items[name].labels[tag]


def _labels(name: str, codebook: Codebook) -> Mapping[str, str]:
    tag = codebook.source_language
    return codebook.cuts[name].labels[tag] if name in codebook.cuts else codebook.items[name].answers[tag]


def item_behind_cut(name: str, codebook: Codebook) -> CodebookItem | None:
    """The item behind a cut; None for those that every dataset has."""
    return codebook.items.get(codebook.cuts[name].question if name in codebook.cuts else name)
