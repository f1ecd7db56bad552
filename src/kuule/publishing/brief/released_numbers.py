"""The live numbers of a brief: values from released tables alone, and why one that is not shown stops the brief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kuule.core.problems import Problem
from kuule.publishing.brief.brief_parts import BriefFigure, BriefText
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.template.live_number_syntax import numbers_in_pieces, read_pieces
from kuule.publishing.template.template_parts import ReportTemplate, TemplateFigure
from kuule.publishing.template.template_reader import check_template
from kuule.publishing.view.live_values import LiveValues
from kuule.releases.release import PublicationRelease
from kuule.tables.released import ReleasedColumn, ReleasedTable, WithheldReason
from kuule.tables.request import TableRequest

_ALWAYS_SHOWN = ("editions", "title")
_REASONS = {
    WithheldReason.FEW: "too few people are behind it",
    WithheldReason.NEAR: "with another group's number it would show a few people",
    WithheldReason.JOINED: "too few people have joined since an earlier release",
    WithheldReason.ALIKE: "nearly all gave the same answer",
}
_REMEDY = "look at the sentence: say what is still known, or take it out; a brief never prints a hole"


@dataclass(frozen=True, slots=True)
class ReleasedNumbers:
    """The numbers of a release in one language."""

    values: LiveValues

    @classmethod
    def of_release(cls, release: PublicationRelease, tag: str) -> ReleasedNumbers:
        """The numbers of a release, as the language `tag` writes them."""
        tables = {table.request: table for table in release.tables}
        return cls(LiveValues(tables, release.wordings[tag], release.origin, words_for(tag)))

    def say(self, figure: BriefFigure) -> str:
        """A number as text."""
        return self.values.plain_text(figure.tag)

    def base(self, item: str) -> int | None:
        """How many people a question's shares are of, None where it is not shown."""
        [column] = self.values.tables[TableRequest(item)].columns
        return None if column.carried_from else column.base

    def is_shown(self, figure: BriefFigure) -> bool:
        """Whether the release shows a number."""
        if figure.kind in _ALWAYS_SHOWN:
            return True
        asked = {"base": figure.item, "median": f"median {figure.item}", "responses": "responses"}
        said = asked.get(figure.kind, " ".join(figure.words[1:]))
        return self.values.plain_text(f"{{{{ if shown {said} }}}}1{{{{ end }}}}") == "1"


def number_problems(text: BriefText, numbers: ReleasedNumbers) -> Iterator[Problem]:
    """What a text asks for that the release does not have (BRIEF_005) or does not show (BRIEF_006), with its line."""
    live = tuple(one for figure in text.figures for one in numbers_in_pieces(read_pieces(figure.tag, figure.line)[0]))
    charts = tuple(TemplateFigure(TableRequest(one.item), "", one.line) for one in text.charts)
    unknown = check_template(ReportTemplate(charts, live), numbers.values.wording)
    for problem in unknown:
        place = f"{text.file}, line {problem.place.rpartition(' ')[2]}"
        yield replace(problem, code="BRIEF_005", place=place)
    for item, line in (*((one.item, one.line) for one in text.figures), *((one.item, one.line) for one in text.charts)):
        if item in numbers.values.wording.items and TableRequest(item) not in numbers.values.tables:
            cause = f"the release has no table of {item!r}"
            remedy = f"ask for it in report.md ({{{{ base {item} }}}} will do), and make the release again"
            yield Problem("BRIEF_005", f"{text.file}, line {line}", cause, remedy)
    if not unknown:
        yield from _hidden_numbers(text, numbers)


def _hidden_numbers(text: BriefText, numbers: ReleasedNumbers) -> Iterator[Problem]:
    for figure in text.figures:
        known = not figure.item or TableRequest(figure.item) in numbers.values.tables
        if known and not numbers.is_shown(figure):
            cause = f"{figure.tag} is not shown in this release: {_why(figure, numbers)}"
            yield Problem("BRIEF_006", f"{text.file}, line {figure.line}", cause, _REMEDY)
    for chart in text.charts:
        table = numbers.values.tables.get(TableRequest(chart.item))
        if table is not None and not _has_cells(table):
            cause = f"nothing of {chart.item!r} is shown in this release: {_why_table(table)}"
            yield Problem("BRIEF_006", f"{text.file}, line {chart.line}", cause, _REMEDY)


def _has_cells(table: ReleasedTable) -> bool:
    return any(cell.share is not None for column in table.columns for cell in column.cells if not column.carried_from)


def _why(figure: BriefFigure, numbers: ReleasedNumbers) -> str:
    origin = numbers.values.origin
    if figure.kind == "responses":
        return _said(origin.withheld_reason, origin.responses_carried_from)
    table = numbers.values.tables[TableRequest(figure.item)]
    [column] = table.columns
    if column.base is None or column.carried_from:
        return _why_table(table)
    if figure.kind == "median":
        return "which answer is in the middle is not certain"
    hidden = [column.cells[table.rows.index(answer)] for answer in figure.words[2:] if answer in table.rows]
    cell = next(one for one in hidden if one.share is None)
    few = f"fewer than {table.smallest_count} people gave this answer"
    return few if cell.below_threshold else _said(cell.withheld_reason, "")


def _why_table(table: ReleasedTable) -> str:
    column: ReleasedColumn = table.columns[0]
    return _said(column.withheld_reason or WithheldReason.FEW, column.carried_from)


def _said(reason: WithheldReason | None, carried_from: str) -> str:
    if carried_from:
        return "it is the number of an earlier release, which a sentence cannot say"
    return _REASONS.get(reason, "it is withheld") if reason is not None else "it is withheld"
