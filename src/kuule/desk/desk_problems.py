"""What whoever is at the desk can mend. Words of answers are never quoted here."""

from __future__ import annotations

from kuule.core.problems import KuuleError, Problem


class DeskError(KuuleError):
    """The desk does not start, or does not take what was typed."""


def desk_error(code: str, place: str, cause: str, remedy: str) -> DeskError:
    """An error with one problem, documented in docs/reference/problems/DESK.md."""
    return DeskError(Problem(code, place, cause, remedy))
