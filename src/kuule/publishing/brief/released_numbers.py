"""The live numbers of a brief: values from released tables alone, and why one that is not shown stops the brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kuule.core.problems import Problem
from kuule.core.suggestions import meant_one_of
from kuule.publishing.brief.brief_parts import BriefBlock, BriefFigure, BriefText, brief_place
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.view.live_values import LiveValues
from kuule.releases.publication_release import PublicationRelease
from kuule.tables.missing import DO_NOT_KNOW, PREFER_NOT_TO_SAY
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


def number_problems(text: BriefText, numbers: ReleasedNumbers) -> Iterator[tuple[int, Problem]]:
    """What a text asks for that the release does not have (BRIEF_005) or does not show (BRIEF_006), with its line."""
    asked: tuple[BriefFigure | BriefBlock, ...] = (*text.figures, *text.charts)
    for figure in asked:
        words = figure.words if isinstance(figure, BriefFigure) else ("chart", figure.item)
        said = _unknown_name(words, numbers) or _unknown_table(figure.item, numbers)
        if said is None and isinstance(figure, BriefFigure):
            said = None if numbers.is_shown(figure) else _hidden(f"{figure.tag} is", _why(figure, numbers))
        elif said is None and not _has_cells(table := numbers.values.tables[TableRequest(figure.item)]):
            said = _hidden(f"nothing of {figure.item!r} is", _why_table(table))
        if said is not None:
            code, cause, remedy = said
            yield figure.line, Problem(code, brief_place(text.file, figure.line), cause, remedy)


_Found = tuple[str, str, str] | None
"""A code, a cause and a remedy."""


def _unknown_name(words: Sequence[str], numbers: ReleasedNumbers) -> _Found:
    """What is wrong with the names of a question and of answers."""
    items = numbers.values.wording.items
    item, answers = (words[1] if len(words) > 1 else ""), words[2:]
    if item and item not in items:
        remedy = meant_one_of(item, items, "use a name as the form has it")
        return "BRIEF_005", f"there is no question named {item!r} that can be counted", remedy
    for answer in answers:
        if answer not in items[item].answers or answer in (PREFER_NOT_TO_SAY, DO_NOT_KNOW):
            remedy = meant_one_of(answer, items[item].answers, "use a name as the form has it")
            return "BRIEF_005", f"{answer!r} is no answer to {item!r} that is in its base", remedy
    if words[0] == "median" and (items[item].multiple or not items[item].order_matters):
        return "BRIEF_005", f"the answers to {item!r} have no order in which one is in the middle", "write a share"
    return None


def _unknown_table(item: str, numbers: ReleasedNumbers) -> _Found:
    if not item or TableRequest(item) in numbers.values.tables:
        return None
    remedy = f"ask for it in report.md ({{{{ base {item} }}}} will do), and make the release again"
    return "BRIEF_005", f"the release has no table of {item!r}", remedy


def _hidden(what: str, why: str) -> _Found:
    return "BRIEF_006", f"{what} not shown in this release: {why}", _REMEDY


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
