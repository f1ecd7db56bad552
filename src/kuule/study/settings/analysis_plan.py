"""analysis.toml: the tables that the analysts intend to make. Written before any answers arrive, they count as planned.

This module defines its shape. Whether the names exist is checked against a form (`rules/report/analysis_plan_names`) or
a dataset (`analysis/inference`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kuule.core.problems import Problem, StudyError
from kuule.study.settings.study_settings import Study
from kuule.study.settings.table_reader import TableReader
from kuule.study.settings.toml_reading import UnreadableToml, read_toml
from kuule.tables.request import LINK, RESPONSE_CUTS

ANALYSIS_PLAN_FILE = "analysis.toml"
_ANYTHING = r"(?s).*"
WEEK_CUT = "@week"
"""The cut by ISO week. No report has it: too few people answer in one week."""


def analysis_cuts(study: Study) -> tuple[str, ...]:
    """What responses can be cut by, whatever was asked. By link only if the study has partners."""
    return (*(cut for cut in RESPONSE_CUTS if cut != LINK or study.links.partners), WEEK_CUT)


@dataclass(frozen=True, slots=True)
class PlannedTable:
    """`item` by the groups of `by` ("" for everyone), compared with the group `against` ("" for the first), within the
    groups of `within`. `why` is the question behind it in the author's words."""

    item: str
    by: str = ""
    within: tuple[str, ...] = ()
    against: str = ""
    why: str = ""

    def __str__(self) -> str:
        within = f" within {' and '.join(self.within)}" if self.within else ""
        return f"{self.item} by {self.by}{within}" if self.by else self.item

    def contradictions(self) -> Iterator[tuple[str, str, str]]:
        """Setting, cause and remedy of settings that do not make a comparison, whatever the study asks."""
        if not self.by:
            for key, value in (("within", self.within), ("against", self.against)):
                if value:
                    yield key, "there are no groups to compare", "name them with by, or leave this out"
        names = [name for name in (self.item, self.by, *self.within) if name]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            yield "by", f"{twice!r} stands in it twice", "cut a question by another one"


def read_analysis_plan(text: str, file: str = ANALYSIS_PLAN_FILE) -> tuple[PlannedTable, ...]:
    """The tables, in their order. Raises StudyError STUDY_008, or STUDY_102 to STUDY_105, all at once."""
    try:
        content = read_toml(text)
    except UnreadableToml as error:
        raise StudyError(Problem("STUDY_008", file, error.cause, error.remedy, excerpt=error.excerpt)) from None
    top = TableReader(file, "", content)
    tables = read_planned_tables(top)
    if top.problems:
        raise StudyError(*top.problems)
    return tables


def read_planned_tables(top: TableReader) -> tuple[PlannedTable, ...]:
    """The tables, in their order. Problems are added to `top`."""
    tables = tuple(_tables(top))
    top.reject_unknown_keys()
    return tables


def _tables(top: TableReader) -> Iterator[PlannedTable]:
    """Each [[table]] under its own number, so that a problem can name it."""
    remedy = 'write [[table]], and below it a line like item = "told"'
    known: dict[tuple[object, ...], int] = {}
    for number, reader in enumerate(top.list_of_tables("table", cause="it plans no table", remedy=remedy), start=1):
        planned = PlannedTable(
            item=reader.text("item"),
            by=reader.text("by", "", pattern=_ANYTHING),
            within=reader.texts("within"),
            against=reader.text("against", "", pattern=_ANYTHING),
            why=reader.text("why", "", pattern=_ANYTHING),
        )
        for key, cause, remedy in planned.contradictions():
            reader.add_problem("STUDY_105", key, cause, remedy)
        same = known.setdefault((planned.item, planned.by, frozenset(planned.within), planned.against), number)
        if planned.item and same != number:
            # Its tests would be corrected on their own, apart from the others.
            reader.add_problem("STUDY_105", "item", f"table {same} is the same", "take one of the two out")
        reader.reject_unknown_keys()
        yield planned
