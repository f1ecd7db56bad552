"""The answers as they are reviewed before they are sent: numbers, dates and times in the way of the language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import InvalidOperation

from kuule.collector.pages.displays.display_registry import TYPE_DISPLAYS
from kuule.collector.pages.question_views import section_title
from kuule.collector.served.served_editions import ServedLanguage
from kuule.forms.model.controls import Control
from kuule.forms.navigation.journey import ReviewLine, ReviewSection


@dataclass(frozen=True, slots=True)
class FoldedSection:
    """A section of the review, closed or `open`: its title, how many of its questions were answered and how many
    skipped, and its lines. `here`: which of them somebody has just come back from."""

    label: str
    answered: int
    skipped: int
    open: bool
    lines: tuple[ReviewLine, ...]
    here: int | None = None


def folded_sections(
    sections: Sequence[ReviewSection], *, open_all: bool = False, changed_page: str = ""
) -> tuple[FoldedSection, ...]:
    """The sections to fold. One alone is open: there is nothing to find one's way in. So is the one to which somebody
    comes back from `changed_page`."""
    unfolded = open_all or len(sections) == 1
    return tuple(_folded(one, changed_page, unfolded=unfolded) for one in sections)


def _folded(section: ReviewSection, changed_page: str, *, unfolded: bool) -> FoldedSection:
    here = next((number for number, line in enumerate(section.lines) if line.page_key == changed_page), None)
    return FoldedSection(
        label=section.label,
        answered=sum(bool(line.answers) for line in section.lines),
        skipped=sum(not line.answers for line in section.lines),
        open=unfolded or here is not None,
        lines=section.lines,
        here=here,
    )


def localise_answers(sections: tuple[ReviewSection, ...], language: ServedLanguage) -> tuple[ReviewSection, ...]:
    """The same sections, with each answer as a reader of the language expects it."""
    return tuple(
        replace(
            one,
            label=section_title(one.label, one.instances, language),
            lines=tuple(_line(line, language) for line in one.lines),
        )
        for one in sections
    )


def _line(line: ReviewLine, language: ServedLanguage) -> ReviewLine:
    return replace(line, answers=tuple(_answer(line.control, answer, language) for answer in line.answers))


def _answer(control: Control, answer: str, tongue: ServedLanguage) -> str:
    try:
        return TYPE_DISPLAYS[control].in_words(answer, tongue)
    except (ValueError, InvalidOperation):
        return answer  # a value that another tool put there is shown as it is
