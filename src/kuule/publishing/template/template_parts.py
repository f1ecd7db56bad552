"""What a report's text is made of, once it is read: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kuule.tables.request import Subpopulation, TableRequest


@dataclass(frozen=True, slots=True)
class TemplateHeading:
    """`level` 1 is the report's title. `key` names the text for translators, "" where there is nothing to translate;
    `language` is "" where it is in the report's own."""

    level: int
    text: str
    line: int
    key: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class TemplateProse:
    """One block of Markdown with live numbers in it: a paragraph, a list, or what one condition goes round."""

    text: str
    line: int
    key: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class TemplateFigure:
    """A chart with its table. `note` is the author's own sentence below it, or ""."""

    request: TableRequest
    note: str
    line: int
    key: str = ""
    language: str = ""


TemplatePart = TemplateHeading | TemplateProse | TemplateFigure


@dataclass(frozen=True, slots=True)
class LiveNumber:
    """One `{{ … }}`: `kind` is share, count, base, median, responses, editions or title; `item` and `answer` or ""."""

    kind: str
    item: str
    answer: str
    line: int


@dataclass(frozen=True, slots=True)
class ShownCondition:
    """`{{ if shown … }}`: `then` where all of `shown` are shown, else `otherwise`."""

    shown: tuple[LiveNumber, ...]
    then: tuple[str | LiveNumber, ...]
    otherwise: tuple[str | LiveNumber, ...]


TextPiece = str | LiveNumber | ShownCondition


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """A report's text. `requests` are the tables it needs, each once, in the order of the text. With `is_default`, the
    study wrote no text, and this one follows its questionnaire."""

    parts: tuple[TemplatePart, ...]
    numbers: tuple[LiveNumber, ...]
    is_default: bool = False

    @property
    def figures(self) -> tuple[TemplateFigure, ...]:
        return tuple(part for part in self.parts if isinstance(part, TemplateFigure))

    def with_subpopulation(self, within: Subpopulation | None) -> ReportTemplate:
        """The text for a report on one group: a figure by the very cut that the group is of is one of all in it, and is
        left out where that stands already."""
        if within is None:
            return self
        known = {figure.request for figure in self.figures if figure.request.cut != within.cut}
        parts: list[TemplatePart] = []
        for part in self.parts:
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
        """A figure by a cut needs the table of everyone too, to stand beside the groups."""
        wanted: dict[TableRequest, None] = {}
        for figure in self.figures:
            wanted[TableRequest(figure.request.item)] = None
            wanted[figure.request] = None
        for number in self.numbers:
            if number.item:
                wanted[TableRequest(number.item)] = None
        return tuple(wanted)
