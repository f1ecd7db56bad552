"""What a key finding has to be: a number, its title and how to read it, short enough for a tile. Decision 0077."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kuule.core.problems import Problem
from kuule.languages.markup.finding_lengths import FINDING_LIMITS, filled_length
from kuule.publishing.template.live_number_syntax import TEMPLATE_FILE, line_place, read_pieces
from kuule.publishing.template.template_parts import (
    LiveNumber,
    ReportTemplate,
    ShownCondition,
    TemplateFigure,
    TemplateFinding,
)

FEWEST, MOST = 3, 5
_FIGURES = ("share", "count", "base", "responses")
"""The live numbers that a finding can have in large letters: a median is an answer in words, of any length."""


def finding_problems(finding: TemplateFinding) -> Iterator[Problem]:
    """What is wrong with one: a missing text (REPORT_015), a figure that is no number (REPORT_016), or a text that is
    too long (REPORT_017)."""
    place = line_place(finding.line)
    for name, text in zip(("title", "figure", "reading"), finding.texts, strict=True):
        if not text:
            yield Problem("REPORT_015", place, f"this finding has no {name}", f"add a line like {name}: …")
        yield from too_long(name, text, finding.line)
    if finding.figure and not _is_one_number(finding.figure):
        cause = f"the figure of this finding, {finding.figure!r}, is not one live number"
        yield Problem("REPORT_016", place, cause, "write one such as {{ share told yes }}, without a condition")
    if any(isinstance(piece, ShownCondition) for piece in read_pieces(finding.title, finding.line)[0]):
        remedy = "take it out: a finding of which a number is not shown is left out as a whole"
        yield Problem("REPORT_016", place, "the title of this finding has a condition", remedy)


def _is_one_number(text: str) -> bool:
    numbers = [piece for piece in read_pieces(text, 0)[0] if not isinstance(piece, str)]
    return len(numbers) == 1 and isinstance(numbers[0], LiveNumber) and numbers[0].kind in _FIGURES


def too_long(kind: str, text: str, line: int) -> Iterator[Problem]:
    """The problem REPORT_017 of a text that is longer than its limit."""
    length, limit = filled_length(text), FINDING_LIMITS[kind]
    if length > limit:
        cause = f"the {kind} has about {length} characters with its numbers"
        remedy = f"shorten it to {limit}, and leave room: the limit is the same in every language"
        yield Problem("REPORT_017", line_place(line), cause, remedy)


def findings_problems(template: ReportTemplate) -> Iterator[Problem]:
    """What is wrong with all of them together: how many there are (REPORT_018), or a topic that has no figure in the
    text (REPORT_019)."""
    yield from _number_problem(template.findings)
    if not template.compared_items:
        for part in template.comparisons:
            remedy = "write key findings with a share of a question, or take the comparison out"
            yield Problem("REPORT_018", line_place(part.line), "it sets key findings side by side, of none", remedy)
    asked = {figure.request.item for figure in template.parts if isinstance(figure, TemplateFigure)}
    for finding in template.findings:
        if finding.topic and finding.topic not in asked:
            cause = f"this finding points at {finding.topic!r}, of which the text has no figure"
            remedy = "name the question of a figure, or leave out topic:"
            yield Problem("REPORT_019", line_place(finding.line), cause, remedy)


def _number_problem(findings: Sequence[TemplateFinding]) -> Iterator[Problem]:
    if findings and not FEWEST <= len(findings) <= MOST:
        cause = f"it has {len(findings)} key {'finding' if len(findings) == 1 else 'findings'}"
        remedy = f"write {FEWEST} to {MOST}, or none: they share the first page"
        yield Problem("REPORT_018", TEMPLATE_FILE, cause, remedy)
