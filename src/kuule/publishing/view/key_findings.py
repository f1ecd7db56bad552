"""The key findings of a report with their numbers filled in: what is on its first page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kuule.publishing.template.live_number_syntax import numbers_in_pieces, read_pieces
from kuule.publishing.template.template_parts import LiveNumber, ReportTemplate, TemplateFinding
from kuule.publishing.view.figure_sentences import asked_in_sentence
from kuule.publishing.view.figures import FigureView
from kuule.publishing.view.live_values import LiveValues


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """One finding: a `figure` in large letters, its `title`, and how to read it, all as plain text. `topic` is the
    number of the report's figure that it comes from, and None if it points at none. `language` is that of the texts if
    it differs from the report's, or ""."""

    title: str
    figure: str
    reading: str
    topic: int | None = None
    language: str = ""


def key_findings(
    template: ReportTemplate, numbers: LiveValues, figures: Iterable[FigureView]
) -> tuple[KeyFinding, ...]:
    """The findings of which every number is shown. One that would have a hole is left out as a whole."""
    by_item: dict[str, int] = {}
    for figure in figures:
        by_item.setdefault(figure.item, figure.number)
    return tuple(_filled(template.findings, numbers, by_item))


def finding_remarks(template: ReportTemplate, numbers: LiveValues) -> tuple[str, ...]:
    """Which editions could ask what a finding is of, where these were not all."""
    return tuple(
        numbers.words.say("chart_row", answer=numbers.plain_text(finding.title), values=sentence)
        for finding in template.findings
        for item in dict.fromkeys(each.item for each in _numbers(finding) if each.item)
        for sentence in asked_in_sentence(numbers.wording.items[item], numbers.words)
    )


def _numbers(finding: TemplateFinding) -> Iterator[LiveNumber]:
    return numbers_in_pieces(read_pieces(finding.figure, finding.line)[0])


def _filled(findings: Iterable[TemplateFinding], numbers: LiveValues, by_item: dict[str, int]) -> Iterator[KeyFinding]:
    for finding in findings:
        title, figure, reading = map(numbers.whole_text, finding.texts)
        if title and figure and reading:
            yield KeyFinding(title, figure, reading, by_item.get(finding.topic), finding.language)
