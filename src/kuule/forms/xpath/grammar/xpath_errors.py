"""The errors of an expression: wrongly written, which is found when it is compiled, or without a value, which is found
when it is evaluated."""

from __future__ import annotations

from kuule.core.problems import StudyError


class XPathSyntaxError(StudyError):
    """The expression cannot be parsed, or it names a function, a number of arguments or an instance that does not
    exist."""


class EvaluationError(StudyError):
    """The expression is well written but has no value, for example because a path gives text where a set of nodes is
    needed."""
