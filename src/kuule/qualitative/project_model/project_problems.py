"""What a team can mend in a project of open answers. Texts of answers are never quoted here."""

from __future__ import annotations

from kuule.core.problems import KuuleError, Problem


class ProjectError(KuuleError):
    """A project of open answers cannot be opened, or does not take what it is given."""


def project_error(code: str, place: str, cause: str, remedy: str) -> ProjectError:
    """An error with one problem, documented in docs/reference/problems/PROJECT.md."""
    return ProjectError(Problem(code, place, cause, remedy))
