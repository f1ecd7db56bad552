"""Reads report.md into a template, and checks it against the questions of a study. Syntax: docs/reference/report.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kuule.core.problems import Problem, PublishingError, Severity
from kuule.core.suggestions import meant_one_of
from kuule.publishing.template.finding_rules import finding_problems, findings_problems, too_long
from kuule.publishing.template.live_number_syntax import (
    line_place,
    numbers_in_pieces,
    quote_number,
    read_pieces,
    unguarded_numbers,
)
from kuule.publishing.template.template_parts import (
    CHART_KINDS,
    LiveNumber,
    ReportTemplate,
    TemplateComparison,
    TemplateFigure,
    TemplateFinding,
    TemplateHeading,
    TemplatePart,
    TemplateProse,
    TemplateQuote,
)
from kuule.study.folder.report_text import (
    BLOCK_FIELDS,
    ReportBlock,
    ReportBlockKind,
    block_fields,
    block_key,
    report_blocks,
    text_key,
)
from kuule.tables.missing import DO_NOT_KNOW, PREFER_NOT_TO_SAY
from kuule.tables.request import LANGUAGE, RESPONSE_CUTS, TableRequest
from kuule.tables.wording import ItemWording, Wording


def read_template(text: str) -> ReportTemplate:
    """The template of a report's text. Raises PublishingError REPORT_001 to REPORT_004, REPORT_008, REPORT_015 to
    REPORT_019 and QUOTE_020, all at once, with their lines."""
    reader = _Reader(text)
    parts = tuple(reader.parts())
    template = ReportTemplate(parts, tuple(reader.numbers(parts)), compared_items=_compared_items(parts))
    problems = [problem for _, problem in sorted(reader.problems, key=lambda found: found[0])]
    if problems := [*problems, *findings_problems(template)]:
        raise PublishingError(*problems)
    return template


def _compared_items(parts: Iterable[TemplatePart]) -> tuple[str, ...]:
    figures = (part.figure for part in parts if isinstance(part, TemplateFinding))
    numbers = (number for figure in figures for number in numbers_in_pieces(read_pieces(figure, 0)[0]))
    return tuple(dict.fromkeys(number.item for number in numbers if number.item))


def part_texts(part: TemplatePart) -> tuple[str, ...]:
    """Every text of a part in which live numbers may stand."""
    if isinstance(part, TemplateComparison | TemplateQuote):
        return ()
    if isinstance(part, TemplateFinding):
        return part.texts
    return (part.finding, part.asked, part.note) if isinstance(part, TemplateFigure) else (part.text,)


def template_warnings(template: ReportTemplate) -> tuple[Problem, ...]:
    """Warnings REPORT_014: live numbers that may become "not shown" in the middle of a sentence. Findings are left out
    as a whole where that is so."""
    said = (
        part for part in template.parts if not isinstance(part, TemplateFinding | TemplateComparison | TemplateQuote)
    )
    texts = ((text, part.line) for part in said for text in _guarded_texts(part))
    bare = (number for text, line in texts for number in unguarded_numbers(read_pieces(text, line)[0]))
    return tuple(map(_unguarded_warning, bare))


def _guarded_texts(part: TemplateHeading | TemplateProse | TemplateFigure) -> tuple[str, ...]:
    """The texts that are shown even where a number in them is not."""
    return (part.asked, part.note) if isinstance(part, TemplateFigure) else (part.text,)


def _unguarded_warning(number: LiveNumber) -> Problem:
    asked = " ".join(("median", number.item) if number.kind == "median" else (number.item, *number.answers))
    cause = f"the {number.kind} of {number.item!r} reads 'not shown' in this sentence where it may not be shown"
    remedy = f"put the sentence between {{{{ if shown {asked} }}}} and {{{{ end }}}}"
    return Problem("REPORT_014", line_place(number.line), cause, remedy, Severity.WARNING)


def check_template(template: ReportTemplate, wording: Wording) -> tuple[Problem, ...]:
    """What the text asks for and the study does not have: a question (REPORT_005), a cut (REPORT_006), an answer
    (REPORT_007), or an order of answers for a median (REPORT_009)."""
    problems: list[Problem] = [
        problem for part in template.comparisons for problem in _check_cut(part.cut, part.line, wording)
    ]
    for figure in template.figures:
        problems.extend(_check_item(figure.request.item, figure.line, wording))
        problems.extend(_check_scale(figure, wording))
        cut = figure.request.cut
        problems.extend(_check_cut(cut, figure.line, wording))
        if cut == figure.request.item:
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
        problems.extend(_check_answers(number, item))
    return tuple(problems)


def _check_cut(cut: str | None, line: int, wording: Wording) -> Iterator[Problem]:
    known = (*wording.cuts, *wording.items, *RESPONSE_CUTS)
    if cut is not None and cut not in known:
        yield _unknown_name_problem("REPORT_006", line, "group or question to cut by", cut, known)


def _check_answers(number: LiveNumber, item: ItemWording | None) -> Iterator[Problem]:
    place = line_place(number.line)
    for answer in number.answers:
        if item is not None and answer not in item.answers:
            what = f"answer to {number.item!r}"
            yield _unknown_name_problem("REPORT_007", number.line, what, answer, item.answers)
        elif answer in (PREFER_NOT_TO_SAY, DO_NOT_KNOW):
            cause, remedy = f"{answer!r} is in no base", "leave it out; how many stands below the figure"
            yield Problem("REPORT_007", place, cause, remedy)
    if number.more and (len(set(number.answers)) < len(number.answers) or (item is not None and item.multiple)):
        cause = f"a {number.kind} of several answers to {number.item!r} would count some people twice"
        yield Problem("REPORT_007", place, cause, "write one answer; only those of a question with one answer add up")


def _no_order_problem(number: LiveNumber) -> Problem:
    cause = f"the answers to {number.item!r} have no order in which one stands in the middle"
    remedy = "name its list in [answers] ordered of study.toml if they are a scale, or write a share"
    return Problem("REPORT_009", line_place(number.line), cause, remedy)


def _check_scale(figure: TemplateFigure, wording: Wording) -> Iterator[Problem]:
    item = wording.items.get(figure.request.item)
    if item is not None and figure.chart == "diverging" and not item.order_matters:
        cause = f"the answers to {item.name!r} have no order, so diverging bars have no two ends"
        remedy = "name its list in [answers] ordered of study.toml if they are a scale, or leave chart: out"
        yield Problem("REPORT_009", line_place(figure.line), cause, remedy)


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
            elif block.kind is ReportBlockKind.PARAGRAPH and (number := quote_number(block.text)):
                yield TemplateQuote(number, block.line)
            elif block.kind is ReportBlockKind.PARAGRAPH:
                yield TemplateProse(block.text, block.line, block_key(block))
            elif not block.closed:
                self._say(
                    "REPORT_001",
                    block.line,
                    f"this {block.kind} is not closed",
                    f"close it with a line of {block.fence}",
                )
            elif block.kind is ReportBlockKind.FIGURE:
                yield from self._figure(block)
            elif block.kind is ReportBlockKind.COMPARISON:
                yield TemplateComparison(self._fields(block).get("by", LANGUAGE), block.line)
            else:
                yield self._finding(block)

    def _figure(self, block: ReportBlock) -> Iterator[TemplateFigure]:
        fields = self._fields(block)
        if "question" not in fields:
            self._say("REPORT_002", block.line, "this figure names no question", "add a line like question: told")
            return
        request, found = TableRequest(fields["question"], fields.get("by")), fields.get("finding", "")
        self.problems.extend((block.line, problem) for problem in too_long("finding", found, block.line))
        note, chart = fields.get("note", ""), fields.get("chart", "")
        if chart and chart not in CHART_KINDS:
            remedy = meant_one_of(chart, CHART_KINDS, "leave it out for the one that suits the numbers")
            self._say("REPORT_003", block.line, f"there is no kind of chart named {chart!r}", remedy)
        asked = fields.get("asked", "")
        yield TemplateFigure(
            request,
            note,
            block.line,
            key=block_key(block),
            finding=found,
            finding_key=text_key("finding", found),
            chart=chart,
            asked=asked,
            asked_key=text_key("asked", asked),
        )

    def _finding(self, block: ReportBlock) -> TemplateFinding:
        fields = self._fields(block)
        title, figure, reading = (fields.get(name, "") for name in ("title", "figure", "reading"))
        keys = (text_key("title", title), text_key("figure", figure), text_key("reading", reading))
        finding = TemplateFinding(title, figure, reading, fields.get("topic", ""), block.line, keys)
        self.problems.extend((block.line, problem) for problem in finding_problems(finding))
        return finding

    def _fields(self, block: ReportBlock) -> Mapping[str, str]:
        fields: dict[str, str] = {}
        for each in block_fields(block):
            line = block.line + 1 + each.line
            if not each.name:
                remedy = f"write one of {', '.join(BLOCK_FIELDS[block.kind])}, a colon and what it is"
                self._say("REPORT_003", line, f"a {block.kind} has no line {each.text!r}", remedy)
            elif each.name in fields:
                self._say("REPORT_003", line, f"{each.name!r} stands here twice", "keep one of the two")
            else:
                fields[each.name] = each.text
        return fields

    def numbers(self, parts: Iterable[TemplatePart]) -> Iterator[LiveNumber]:
        for part in parts:
            for text in part_texts(part):
                pieces, problems = read_pieces(text, part.line)
                self.problems.extend(problems)
                yield from numbers_in_pieces(pieces)

    def _say(self, code: str, line: int, cause: str, remedy: str) -> None:
        self.problems.append((line, Problem(code, line_place(line), cause, remedy)))
