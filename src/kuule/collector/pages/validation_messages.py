"""The message for an answer that does not fit: the form's own, or ours. It says what to do, and blames nobody."""

from __future__ import annotations

from kuule.collector.pages.displays.display_registry import TYPE_DISPLAYS
from kuule.collector.served.served_editions import ServedLanguage
from kuule.forms.navigation.page import Question


def validation_message(question: Question, language: ServedLanguage) -> str:
    """The message at the question and in the summary above it, or "" where the answer fits. Inline Markdown."""
    unfit = question.violation
    if unfit is None:
        return ""
    return unfit.message or TYPE_DISPLAYS[question.control].violation_text(question, unfit, language)
