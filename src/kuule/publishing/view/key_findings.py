"""The key findings of a report with their numbers filled in: what is on its first page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kuule.publishing.template.template_parts import ReportTemplate, TemplateFinding
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


def _filled(findings: Iterable[TemplateFinding], numbers: LiveValues, by_item: dict[str, int]) -> Iterator[KeyFinding]:
    for finding in findings:
        title, figure, reading = map(numbers.whole_text, finding.texts)
        if title and figure and reading:
            yield KeyFinding(title, figure, reading, by_item.get(finding.topic), finding.language)
