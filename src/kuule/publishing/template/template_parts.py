"""The parts of a report's text after reading: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kuule.tables.request import Subpopulation, TableRequest

CHART_KINDS = ("bars", "dots", "multiples", "diverging")
"""The kinds of chart that an author can ask for. `kuule.publishing.charts.chart_kinds` has what draws each."""


@dataclass(frozen=True, slots=True)
class TemplateHeading:
    """A heading; `level` 1 is the title of the report. `key` names the text for translators, and is "" if there is
    nothing to translate. `language` is "" if the text is in the language of the report."""

    level: int
    text: str
    line: int
    key: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class TemplateProse:
    """One block of Markdown with live numbers in it: a paragraph, a list, or everything inside one condition."""

    text: str
    line: int
    key: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """One key finding, which is on the first page of a report: a `figure` with a `title` and how to read it. `topic` is
    the question whose figure it points at, or "". `keys` name the three texts for translators, in this order."""

    title: str
    figure: str
    reading: str
    topic: str
    line: int
    keys: tuple[str, str, str] = ("", "", "")
    language: str = ""

    @property
    def texts(self) -> tuple[str, str, str]:
        """Title, figure and reading."""
        return self.title, self.figure, self.reading


@dataclass(frozen=True, slots=True)
class TemplateFigure:
    """A chart with its table. `finding` says what it found, and is its first title where all its numbers are shown;
    `note` is a sentence of the author below it, and `asked` one that says who was asked, where that was not everybody.
    Each may be "", and has a key and a language of its own. `chart` is the kind of chart that the author asks for, one
    of CHART_KINDS, or "" for the one that suits its numbers."""

    request: TableRequest
    note: str
    line: int
    key: str = ""
    language: str = ""
    finding: str = ""
    finding_key: str = ""
    finding_language: str = ""
    chart: str = ""
    asked: str = ""
    asked_key: str = ""
    asked_language: str = ""


@dataclass(frozen=True, slots=True)
class TemplateComparison:
    """The key findings side by side, for each group of `cut`. It has no words of its author's."""

    cut: str
    line: int
    key: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class TemplateQuote:
    """A released quote, in a paragraph of its own: `{{ quote 12 }}`."""

    number: int
    line: int


TemplatePart = TemplateQuote | TemplateHeading | TemplateProse | TemplateFinding | TemplateFigure | TemplateComparison


@dataclass(frozen=True, slots=True)
class LiveNumber:
    """One `{{ … }}`. `kind` is share, count, base, median, responses, editions or title. `item` and `answer` are "" if
    the kind has none; `more` are further answers, which a share or a count adds to the first."""

    kind: str
    item: str
    answer: str
    line: int
    more: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer that it counts."""
        return (self.answer, *self.more) if self.answer else ()


@dataclass(frozen=True, slots=True)
class ShownCondition:
    """One `{{ if shown … }}`: the text is `then` if all numbers of `shown` are shown, and `otherwise` if not."""

    shown: tuple[LiveNumber, ...]
    then: tuple[str | LiveNumber, ...]
    otherwise: tuple[str | LiveNumber, ...]


TextPiece = str | LiveNumber | ShownCondition


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """The text of a report. `requests` are the tables it needs, each once, in the order of the text. With `is_default`,
    the study wrote no text, and this one follows its questionnaire."""

    parts: tuple[TemplatePart, ...]
    numbers: tuple[LiveNumber, ...]
    is_default: bool = False
    compared_items: tuple[str, ...] = ()
    """The questions whose numbers the key findings have in large letters, each once: what a comparison is of."""

    @property
    def figures(self) -> tuple[TemplateFigure, ...]:
        return tuple(part for part in self.parts if isinstance(part, TemplateFigure))

    @property
    def quotes(self) -> tuple[TemplateQuote, ...]:
        return tuple(part for part in self.parts if isinstance(part, TemplateQuote))

    @property
    def findings(self) -> tuple[TemplateFinding, ...]:
        return tuple(part for part in self.parts if isinstance(part, TemplateFinding))

    @property
    def comparisons(self) -> tuple[TemplateComparison, ...]:
        return tuple(part for part in self.parts if isinstance(part, TemplateComparison))

    def with_subpopulation(self, within: Subpopulation | None) -> ReportTemplate:
        """The text for a report on one group. A figure by the cut that the group belongs to would have only one column,
        so it becomes a figure of everyone in the group, or is left out if there is such a figure already."""
        if within is None:
            return self
        known = {figure.request for figure in self.figures if figure.request.cut != within.cut}
        parts: list[TemplatePart] = []
        for part in self.parts:
            if isinstance(part, TemplateComparison) and part.cut == within.cut:
                continue
            if isinstance(part, TemplateFigure) and part.request.cut == within.cut:
                if part.request.without_cut in known:
                    continue
                known.add(part.request.without_cut)
                parts.append(replace(part, request=part.request.without_cut))
            else:
                parts.append(part)
        return replace(self, parts=tuple(parts))

    @property
    def requests(self) -> tuple[TableRequest, ...]:
        """The tables that the text needs. A figure by a cut also needs the table of everyone, which is shown beside the
        groups."""
        wanted: dict[TableRequest, None] = {}
        for figure in self.figures:
            wanted[TableRequest(figure.request.item)] = None
            wanted[figure.request] = None
        for number in self.numbers:
            if number.item:
                wanted[TableRequest(number.item)] = None
        for comparison in self.comparisons:
            for item in self.compared_items:
                wanted[TableRequest(item, comparison.cut)] = None
        return tuple(wanted)
