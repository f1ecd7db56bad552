"""Checks of a planned table against a dataset: everything that the table asks for and the dataset does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kuule.analysis.inference.analysis_variables import is_analysable, reason_not_analysable
from kuule.analysis.inference.contingency_tables import ContingencyTable
from kuule.analysis.inference.groupings import cut_names, has_overlapping_groups, item_behind_cut
from kuule.core.problems import Problem
from kuule.core.suggestions import meant_one_of
from kuule.dataset.schema.codebook import is_countable
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.study.settings.analysis_plan import PlannedTable, analysis_cuts

_ANALYSABLE_REMEDY = "ask for a question with choices, or a number"


def check_planned_table(number: int, table: PlannedTable, dataset: Dataset) -> Iterator[Problem]:
    """Yield ANALYSIS_010 (no such item), 011 (no such cut), 012 (cannot be analysed), 013 (strata that overlap), 014 (a
    reference group for a cut with several answers)."""
    place, codebook = f"table {number}, {table}", dataset.codebook
    item = codebook.items.get(table.item)
    if item is None:
        known = [each.name for each in codebook.items.values() if is_analysable(each)]
        yield _unknown_name_problem("ANALYSIS_010", place, f"the dataset has no item {table.item!r}", table.item, known)
    elif not is_analysable(item):
        yield Problem(
            "ANALYSIS_012",
            place,
            f"{table.item!r} cannot be analysed: {reason_not_analysable(item)}",
            _ANALYSABLE_REMEDY,
        )
    for name in (table.by, *table.within):
        if name:
            yield from _check_cut(place, name, dataset)
    for name in table.within:
        if has_overlapping_groups(name, codebook):
            cause = f"one person can stand in several groups of {name!r}, so they are no strata"
            yield Problem("ANALYSIS_013", place, cause, "compare within questions that have one answer")
    if table.against and table.by and has_overlapping_groups(table.by, codebook):
        cause = f"{table.by!r} has several answers: those who gave one are compared with those who did not"
        yield Problem("ANALYSIS_014", place, cause, "leave out against")


def _check_cut(place: str, name: str, dataset: Dataset) -> Iterator[Problem]:
    codebook = dataset.codebook
    if name in codebook.cuts or name in analysis_cuts(dataset.study):
        return
    item = item_behind_cut(name, codebook)
    if item is None:
        known = cut_names(dataset)
        yield _unknown_name_problem(
            "ANALYSIS_011", place, f"there is no group or question {name!r} to cut by", name, known
        )
    elif not is_countable(item):
        cause = f"{name!r} makes no groups: {reason_not_analysable(item)}"
        yield Problem("ANALYSIS_012", place, cause, "cut by a question with choices, a whole number, or a group")


def check_reference_group(crossing: ContingencyTable) -> Iterator[Problem]:
    """Yield ANALYSIS_014 if the reference group is not a group of the cut."""
    question = crossing.request
    if question.reference and question.reference not in crossing.groups:
        place = f"table {question.number}, {question.variable.item} by {question.grouping.name}"
        cause = f"{question.grouping.name!r} has no group {question.reference!r}"
        yield _unknown_name_problem("ANALYSIS_014", place, cause, question.reference, crossing.groups)


def _unknown_name_problem(code: str, place: str, cause: str, name: str, known: Iterable[str]) -> Problem:
    names = list(known)
    otherwise = f"name one of {', '.join(names[:12])}" if 0 < len(names) <= 12 else "see the codebook for the names"
    return Problem(code, place, cause, meant_one_of(name, names, otherwise))
