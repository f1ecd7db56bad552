"""The report's text, read before anyone is asked: after the opening it is frozen and cannot be mended any more."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import Problem, PublishingError
from kuule.publishing.template.template_reader import read_template, template_warnings


def report_text_problems(study: Path) -> tuple[Problem, ...]:
    """What in a study's report.md is not understood, or where it is, what may read badly (warnings); nothing where
    there is no such text, which `study.check` says."""
    try:
        text = (study / "report.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    try:
        return template_warnings(read_template(text))
    except PublishingError as error:
        return error.problems
