"""The variables of an analysis: unordered answers, a scale of answers, numbers, or several answers of one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from kuule.analysis.crosstabs.axes import item_axis
from kuule.dataset.schema.codebook import Codebook, CodebookItem, is_countable
from kuule.dataset.schema.variable_types import variable_type

_NUMBERS = frozenset({"Int64", "Float64"})


class VariableKind(StrEnum):
    NOMINAL = "answers"
    ORDINAL = "scale"
    NUMERIC = "numbers"
    MULTIPLE_RESPONSE = "several"


@dataclass(frozen=True, slots=True)
class AnalysisVariable:
    """A variable. `codes` are the answers in order (none for numbers). `value` is an expression for a person's one
    answer, or null; if there can be several answers, `flags` has an expression for each code. `missing` is an
    expression for the missing code. `asked_in` are the editions that asked it, or "", and `pooled` the reasons why
    other words are counted with it."""

    item: str
    kind: VariableKind
    title: str
    codes: tuple[str, ...]
    value: pl.Expr | None
    flags: Mapping[str, pl.Expr]
    missing: pl.Expr
    labels: Mapping[str, str]
    banded: bool = False
    asked_in: str = ""
    pooled: tuple[str, ...] = ()


def is_analysable(item: CodebookItem) -> bool:
    """Whether an item can be analysed."""
    return not item.repeats and (is_countable(item) or item.columns.get(item.name) in _NUMBERS)


def reason_not_analysable(item: CodebookItem) -> str:
    """Why an item cannot be analysed, in words."""
    if item.repeats:
        return "it is in a repeat, whose rows are not people"
    if item.open_text:
        return "it is free text"
    if item.multiple:
        return "it is a ranking"
    return f"it is of the kind {item.control}"


def analysis_variable(item: CodebookItem, codebook: Codebook) -> AnalysisVariable:
    """The variable of an item that can be analysed, with its texts in the study's own language."""
    kind, language = _kind(item), codebook.source_language
    axis = None if kind is VariableKind.NUMERIC else item_axis(item)
    asked = f"{item.name}:missing" in item.columns
    missing = pl.col(f"{item.name}:missing").cast(pl.String) if asked else pl.lit(None, pl.String)
    return AnalysisVariable(
        item=item.name,
        kind=kind,
        title=item.labels[language],
        codes=() if axis is None else axis.codes,
        value=pl.col(item.name).cast(pl.Float64) if axis is None else axis.code,
        flags={} if axis is None else axis.flags,
        missing=missing,
        labels=item.answers[language],
        banded=variable_type(item.control).is_banded,
        asked_in=codebook.asked_in_text(item) if codebook.edition_numbers(item) else "",
        pooled=tuple(item.pooled.values()),
    )


def _kind(item: CodebookItem) -> VariableKind:
    if item.columns.get(item.name) in _NUMBERS:
        return VariableKind.NUMERIC
    if item.multiple:
        return VariableKind.MULTIPLE_RESPONSE
    return VariableKind.ORDINAL if item.ordered else VariableKind.NOMINAL
