"""Reads report.md into a template, and checks it against the questions of a study. Syntax: docs/reference/report.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kuule.core.problems import Problem, PublishingError, Severity
from kuule.core.suggestions import meant_one_of
from kuule.publishing.template.live_number_syntax import line_place, numbers_in_pieces, read_pieces, unguarded_numbers
from kuule.publishing.template.template_parts import (
    LiveNumber,
    ReportTemplate,
    TemplateFigure,
    TemplateHeading,
    TemplatePart,
    TemplateProse,
)
from kuule.study.folder.report_text import ReportBlock, ReportBlockKind, block_key, report_blocks
from kuule.tables.missing import DO_NOT_KNOW, PREFER_NOT_TO_SAY
from kuule.tables.request import RESPONSE_CUTS, TableRequest
from kuule.tables.wording import Wording

_FIELDS = ("question", "by", "note")


def read_template(text: str) -> ReportTemplate:
    """The template of a report's text. Raises PublishingError REPORT_001 to REPORT_004 and REPORT_008, all at once,
    with their lines."""
    reader = _Reader(text)
    parts = tuple(reader.parts())
    numbers = tuple(reader.numbers(parts))
    if reader.problems:
        raise PublishingError(*(problem for _, problem in sorted(reader.problems, key=lambda found: found[0])))
    return ReportTemplate(parts, numbers)


def template_warnings(template: ReportTemplate) -> tuple[Problem, ...]:
    """Warnings REPORT_014: live numbers that may become "not shown" in the middle of a sentence."""
    texts = ((part.note if isinstance(part, TemplateFigure) else part.text, part.line) for part in template.parts)
    bare = (number for text, line in texts for number in unguarded_numbers(read_pieces(text, line)[0]))
    return tuple(map(_unguarded_warning, bare))


def _unguarded_warning(number: LiveNumber) -> Problem:
    asked = f"median {number.item}" if number.kind == "median" else f"{number.item} {number.answer}"
    cause = f"the {number.kind} of {number.item!r} reads 'not shown' in this sentence where it may not be shown"
    remedy = f"put the sentence between {{{{ if shown {asked} }}}} and {{{{ end }}}}"
    return Problem("REPORT_014", line_place(number.line), cause, remedy, Severity.WARNING)


def check_template(template: ReportTemplate, wording: Wording) -> tuple[Problem, ...]:
    """What the text asks for and the study does not have: a question (REPORT_005), a cut (REPORT_006), an answer
    (REPORT_007), or an order of answers for a median (REPORT_009)."""
    problems: list[Problem] = []
    for figure in template.figures:
        problems.extend(_check_item(figure.request.item, figure.line, wording))
        cut = figure.request.cut
        known = (*wording.cuts, *wording.items, *RESPONSE_CUTS)
        if cut is not None and cut not in known:
            problems.append(_unknown_name_problem("REPORT_006", figure.line, "group or question to cut by", cut, known))
        elif cut == figure.request.item:
            cause = f"{cut!r} is cut by itself"
            problems.append(
                Problem("REPORT_006", line_place(figure.line), cause, "cut it by another question, or leave out by:")
            )
    for number in template.numbers:
        if number.item:
            problems.extend(_check_item(number.item, number.line, wording))
        item = wording.items.get(number.item)
        if item is not None and number.kind == "median" and (item.multiple or not item.order_matters):
            problems.append(_no_order_problem(number))
        if item is not None and number.answer and number.answer not in item.answers:
            what = f"answer to {number.item!r}"
            problems.append(_unknown_name_problem("REPORT_007", number.line, what, number.answer, item.answers))
        elif number.answer in (PREFER_NOT_TO_SAY, DO_NOT_KNOW):
            cause, remedy = (
                f"{number.answer!r} is in no base",
                "leave it out; how many stands below the figure",
            )
            problems.append(Problem("REPORT_007", line_place(number.line), cause, remedy))
    return tuple(problems)


def _no_order_problem(number: LiveNumber) -> Problem:
    cause = f"the answers to {number.item!r} have no order in which one stands in the middle"
    remedy = "name its list in [answers] ordered of study.toml if they are a scale, or write a share"
    return Problem("REPORT_009", line_place(number.line), cause, remedy)


def _check_item(item: str, line: int, wording: Wording) -> Iterator[Problem]:
    if item not in wording.items:
        yield _unknown_name_problem("REPORT_005", line, "question that can be counted", item, wording.items)


def _unknown_name_problem(code: str, line: int, what: str, name: str, known: Iterable[str]) -> Problem:
    remedy = meant_one_of(name, known, "use a name as the form has it")
    return Problem(code, line_place(line), f"there is no {what} named {name!r}", remedy)


class _Reader:
    """Reads a text block by block and collects its problems with their lines. Lines count from 1."""

    def __init__(self, text: str) -> None:
        self.blocks = report_blocks(text)
        self.problems: list[tuple[int, Problem]] = []

    def parts(self) -> Iterator[TemplatePart]:
        for block in self.blocks:
            if block.kind is ReportBlockKind.HEADING:
                yield TemplateHeading(block.level, block.text, block.line, block_key(block))
            elif block.kind is ReportBlockKind.PARAGRAPH:
                yield TemplateProse(block.text, block.line, block_key(block))
            else:
                yield from self._figure(block)

    def _figure(self, block: ReportBlock) -> Iterator[TemplateFigure]:
        if not block.closed:
            self._say("REPORT_001", block.line, "this figure is not closed", f"close it with a line of {block.fence}")
            return
        fields = self._fields(block.text.splitlines(), block.line + 1)
        if "question" not in fields:
            self._say("REPORT_002", block.line, "this figure names no question", "add a line like question: told")
            return
        request = TableRequest(fields["question"], fields.get("by"))
        yield TemplateFigure(request, fields.get("note", ""), block.line, block_key(block))

    def _fields(self, lines: list[str], first: int) -> Mapping[str, str]:
        fields: dict[str, str] = {}
        for line, text in enumerate(lines, first):
            if not text.strip():
                continue
            name, colon, value = (each.strip() for each in text.partition(":"))
            if not colon or name not in _FIELDS or not value:
                remedy = f"write one of {', '.join(_FIELDS)}, a colon and what it is"
                self._say("REPORT_003", line, f"a figure has no line {text.strip()!r}", remedy)
            elif name in fields:
                self._say("REPORT_003", line, f"{name!r} stands here twice", "keep one of the two")
            else:
                fields[name] = value
        return fields

    def numbers(self, parts: Iterable[TemplatePart]) -> Iterator[LiveNumber]:
        for part in parts:
            pieces, problems = read_pieces(part.note if isinstance(part, TemplateFigure) else part.text, part.line)
            self.problems.extend(problems)
            yield from numbers_in_pieces(pieces)

    def _say(self, code: str, line: int, cause: str, remedy: str) -> None:
        self.problems.append((line, Problem(code, line_place(line), cause, remedy)))
