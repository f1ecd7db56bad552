"""Words for an answer that does not fit: the form's own message, or ours. They say what to do, and blame nobody."""

from __future__ import annotations

from kuule.collector.pages.displays.display_registry import TYPE_DISPLAYS
from kuule.collector.served.served_editions import ServedLanguage
from kuule.forms.navigation.page import Question


def validation_message(question: Question, tongue: ServedLanguage) -> str:
    """What is said at the question and in the summary above it, or "" where its answer fits. Inline Markdown."""
    unfit = question.violation
    if unfit is None:
        return ""
    return unfit.message or TYPE_DISPLAYS[question.control].violation_text(question, unfit, tongue)
