"""Tables of the codes of what people wrote: of everyone and by language, from the counts beside a dataset. A person is
counted once for each text, and in every row whose code it has."""

from __future__ import annotations

from collections.abc import Iterable

from kuule.core.problems import Problem
from kuule.dataset.schema.coded_questions import CodeColumn, CodedQuestion
from kuule.tables.request import LANGUAGE, TableRequest, is_code_item
from kuule.tables.result import KEY_MODULUS, CellKeys, Column, ResultTable


def check_code_request(request: TableRequest) -> Iterable[Problem]:
    """Yield REPORT_061 if a table of codes is asked for by something else than language, or within a group, or if codes
    are asked for as groups: nothing ties what somebody wrote to the rest of what they said."""
    by_codes = request.cut is not None and is_code_item(request.cut)
    apart = is_code_item(request.item) and (request.cut not in (None, LANGUAGE) or request.within is not None)
    if by_codes or apart:
        cause = "what people wrote has no link to their other answers, so codes are crossed with language alone"
        remedy = f"ask for it without a cut, or by {LANGUAGE}"
        yield Problem("REPORT_061", f"table {request}", cause, remedy)


def code_table(counted: ResultTable, coded: CodedQuestion) -> ResultTable:
    """The table of a request that `check_code_request` found no problem with: who wrote, and what about, is from the
    codes; who did not, and why, was `counted` among the responses, as of any other question."""
    columns = coded.columns if counted.request.cut == LANGUAGE else {"": _together(coded)}
    nobody = CodeColumn(0, 0, (0,) * len(coded.answers), (0,) * len(coded.answers))
    return ResultTable(
        request=counted.request,
        origin=counted.origin,
        rows=tuple(one.code for one in coded.answers),
        columns=tuple(_column(one, columns.get(one.code, nobody)) for one in counted.columns),
        multiple=True,
        asked_when=counted.asked_when,
    )


def _together(coded: CodedQuestion) -> CodeColumn:
    several = tuple(coded.columns.values())
    places = range(len(coded.answers))
    return CodeColumn(
        sum(one.people for one in several),
        sum(one.people_key for one in several) % KEY_MODULUS,
        tuple(sum(one.counts[place] for one in several) for place in places),
        tuple(sum(one.keys[place] for one in several) % KEY_MODULUS for place in places),
    )


def _column(counted: Column, found: CodeColumn) -> Column:
    keys = CellKeys(found.people_key, found.keys, counted.keys.missing)
    return Column(counted.code, found.people, found.counts, counted.missing, keys)
