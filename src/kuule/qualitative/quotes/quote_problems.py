"""What a team can mend of a quote. Words of answers are never quoted here."""

from __future__ import annotations

from kuule.core.problems import Problem
from kuule.qualitative.project_model.project_problems import ProjectError


def quote_error(code: str, place: str, cause: str, remedy: str) -> ProjectError:
    """An error with one problem, documented in docs/reference/problems/QUOTE.md."""
    return ProjectError(Problem(code, place, cause, remedy))


def quote_place(number: int) -> str:
    return f"quote {number}"
