"""What can be wrong with an expression: it is written wrong (found beforehand), or it has no value (found late)."""

from __future__ import annotations

from kuule.core.problems import StudyError


class XPathSyntaxError(StudyError):
    """The expression cannot be read, or names a function, a number of arguments or an instance that does not exist."""


class EvaluationError(StudyError):
    """The expression is well written and has no value: for example a path where a set of nodes is needed gives text."""
