"""Finds the columns of the dataset for the item and the cut of a request, or the reason why there is no such table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from kuule.analysis.crosstabs.code_tables import check_code_request
from kuule.analysis.crosstabs.response_cuts import response_cut_codes, response_cut_expression
from kuule.core.problems import Problem, PublishingError
from kuule.core.suggestions import meant_one_of, near_names
from kuule.dataset.schema.codebook import Codebook, CodebookCut, CodebookItem, is_countable
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.dataset.schema.variable_types import variable_type
from kuule.tables.missing import RESERVED_CHOICES
from kuule.tables.request import CODES_MARK, LINK, RESPONSE_CUTS, Subpopulation, TableRequest, is_code_item


@dataclass(frozen=True, slots=True)
class Axis:
    """The codes of the rows or columns of a table, in order, and which of them each person has.

    `code` is an expression that gives a person's code or null. If a person can have several codes, `code` is None and
    `flags` has a Boolean expression for each code.
    """

    codes: tuple[str, ...]
    code: pl.Expr | None
    flags: Mapping[str, pl.Expr]


def check_requests(requests: Iterable[TableRequest], dataset: Dataset) -> None:
    """Check the tables that an author asks for, before anything is counted.

    Raises PublishingError REPORT_010 to REPORT_013, all at once.
    """
    problems = [problem for request in requests for problem in check_request(request, dataset)]
    if problems:
        raise PublishingError(*dict.fromkeys(problems))


def check_request(request: TableRequest, dataset: Dataset) -> Iterable[Problem]:
    """Yield what is wrong with a request: REPORT_010 (no such item), REPORT_011 (no such cut), REPORT_012 (an item that
    cannot be counted), REPORT_013 (no such group to count within), REPORT_061 (codes crossed with something)."""
    codebook = dataset.codebook
    yield from _check_item(request, request.item, codebook)
    yield from _check_cut(request, dataset)
    yield from check_code_request(request)
    if request.within is not None:
        yield from check_subpopulation(request.within, dataset, f"table {request}")


def check_subpopulation(within: Subpopulation, dataset: Dataset, place: str) -> Iterable[Problem]:
    """Yield REPORT_013 if there is no such cut, or if the cut has no such group."""
    kind, name, known = "group", within.cut, [*dataset.codebook.cuts, *_response_cuts(dataset)]
    if name in known:
        codes = cut_axis(name, dataset).codes
        if within.code in codes:
            return
        kind, name, known = f"member of {within.cut!r}", within.code, list(codes)
    near, first = near_names(name, known, count=3), known[:8]
    otherwise = f"name one of {', '.join(first)}"
    remedy = otherwise if near == first else meant_one_of(name, known, otherwise)
    yield Problem("REPORT_013", place, f"there is no {kind} named {name!r} to report on", remedy)


def _response_cuts(dataset: Dataset) -> tuple[str, ...]:
    """The cuts by properties of the response. Without partners in the study, there is none by link."""
    return tuple(cut for cut in RESPONSE_CUTS if cut != LINK or dataset.study.links.partners)


def _check_cut(request: TableRequest, dataset: Dataset) -> Iterable[Problem]:
    codebook, cut, own = dataset.codebook, request.cut, _response_cuts(dataset)
    if cut is None or cut in own or cut in codebook.cuts:
        return
    if cut == request.item:
        yield Problem("REPORT_011", f"table {request}", f"{cut!r} is cut by itself", "cut it by another question")
    elif cut in codebook.items:
        yield from _check_item(request, cut, codebook)
    else:
        known = (*codebook.cuts, *(item.name for item in codebook.items.values() if is_countable(item)), *own)
        yield _unknown_name_problem(
            "REPORT_011", request, f"there is no group or question {cut!r} to cut by", cut, known
        )


def _check_item(request: TableRequest, name: str, codebook: Codebook) -> Iterable[Problem]:
    item = codebook.items.get(name)
    if item is None and is_code_item(name):
        cause = f"the codes of {name.removesuffix(CODES_MARK)!r} are not counted for this version of the dataset"
        yield Problem("REPORT_010", f"table {request}", cause, "count them (`kuule answers count`)")
    elif item is None:
        known = [each.name for each in codebook.items.values() if is_countable(each)]
        yield _unknown_name_problem("REPORT_010", request, f"the dataset has no item {name!r}", name, known)
    elif not is_countable(item):
        cause = f"{name!r} cannot be counted: it is {'in a repeat' if item.repeats else f'of the kind {item.control}'}"
        yield Problem("REPORT_012", f"table {request}", cause, "ask for a question with choices, or a whole number")


def _unknown_name_problem(code: str, request: TableRequest, cause: str, name: str, known: Iterable[str]) -> Problem:
    remedy = meant_one_of(name, known, "see the codebook for the names")
    return Problem(code, f"table {request}", cause, remedy)


def item_axis(item: CodebookItem) -> Axis:
    """The substantive answers to an item that `check_request` found no problem with."""
    column = pl.col(item.name)
    if item.multiple:
        codes = tuple(choice for choice in item.choices if choice not in RESERVED_CHOICES)
        return Axis(codes, None, {code: pl.col(f"{item.name}/{code}").fill_null(value=False) for code in codes})
    type_ = variable_type(item.control)
    if type_.code is not None:
        return Axis(type_.codes, type_.code(column), {})
    return Axis(tuple(choice for choice in item.choices if choice not in RESERVED_CHOICES), column, {})


def cut_axis(cut: str | None, dataset: Dataset) -> Axis:
    """The groups of a cut that `check_request` found no problem with. Everyone is one group with the code ""."""
    codebook = dataset.codebook
    if cut is None:
        return Axis(("",), pl.lit(""), {})
    if cut in RESPONSE_CUTS:
        return Axis(response_cut_codes(cut, dataset), response_cut_expression(cut, dataset), {})
    if cut in codebook.cuts:
        return _group_axis(codebook.cuts[cut], codebook)
    return item_axis(codebook.items[cut])


def column_codes(cut: str | None, dataset: Dataset) -> tuple[str, ...]:
    """The codes of the columns that a table by this cut has."""
    return cut_axis(cut, dataset).codes


def subpopulation_filter(within: Subpopulation, dataset: Dataset) -> pl.Expr:
    """An expression that says whether a response belongs to this group: true or false, never null."""
    axis = cut_axis(within.cut, dataset)
    flag = axis.flags[within.code] if axis.code is None else axis.code == within.code
    return flag.fill_null(value=False)


def restrict_axis(axis: Axis, people: pl.Expr) -> Axis:
    """The same axis for these people only: everybody else has no code."""
    code = None if axis.code is None else pl.when(people).then(axis.code)
    return Axis(axis.codes, code, {code: flag & people for code, flag in axis.flags.items()})


def _group_axis(cut: CodebookCut, codebook: Codebook) -> Axis:
    answers = item_axis(codebook.items[cut.question])
    member_of = {value: member for member, values in cut.members.items() for value in values}
    codes = tuple(cut.members)
    if answers.code is not None:
        rest = pl.when(answers.code.is_not_null()).then(pl.lit(cut.rest)) if cut.rest else pl.lit(None, pl.String)
        return Axis(codes, answers.code.replace_strict(member_of, default=rest, return_dtype=pl.String), {})
    flags = {}
    for member, values in cut.members.items():
        wanted = [c for c in answers.codes if (c not in member_of if member == cut.rest else c in values)]
        flags[member] = pl.any_horizontal([pl.lit(value=False), *(answers.flags[code] for code in wanted)])
    return Axis(codes, None, flags)
