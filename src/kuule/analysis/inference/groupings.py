"""Which groups people belong to: those that a report can cut by, and for analysts edition, link, week and quarter.

If one person can be in several groups of a cut, the cut is split: for each answer, those who gave it are compared with
those who answered and did not give it. Groups that share people cannot be compared as if they were separate.
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
"""How many digits of an edition's id are shown to a person."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to divide people into groups. `code` is an expression for each person's group, or null. `codes` are all
    groups in order. If `codes` is None, the groups are those that occur, in the order of their names. `title` is for
    people to read."""

    name: str
    title: str
    codes: tuple[str, ...] | None
    code: pl.Expr
    labels: Mapping[str, str]


EVERYONE_GROUPING = Grouping("", "everyone", ("",), pl.lit(""), {})


def cut_names(dataset: Dataset) -> tuple[str, ...]:
    """The names of everything that can divide people into groups."""
    questions = (item.name for item in dataset.codebook.items.values() if is_countable(item))
    return (*dataset.codebook.cuts, *questions, *analysis_cuts(dataset.study))


def has_overlapping_groups(name: str, codebook: Codebook) -> bool:
    """Whether a person can be in several groups of a cut, which must exist."""
    question = codebook.cuts[name].question if name in codebook.cuts else name
    return question in codebook.items and codebook.items[question].multiple


def groupings_of_cut(name: str, dataset: Dataset) -> tuple[Grouping, ...]:
    """The grouping of a cut; or, if a person can be in several of its groups, one grouping for each answer."""
    if not name:
        return (EVERYONE_GROUPING,)
    if name.startswith("@"):
        return (_response_grouping(name, dataset),)
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


def _response_grouping(name: str, dataset: Dataset) -> Grouping:
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
    """The item that a cut is based on; None if there is no such item, as for cuts that every dataset has."""
    return codebook.items.get(codebook.cuts[name].question if name in codebook.cuts else name)
