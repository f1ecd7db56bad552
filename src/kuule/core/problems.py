"""Problems in words that a study's author can act on, and the exceptions that carry them.

A `KuuleError` is somebody's problem and ends in a sentence on the screen; anything else raised is a bug of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

_CODE = re.compile(r"[A-Z]+_[0-9]{3}")


class Severity(StrEnum):
    """How much a problem weighs: an error refuses, a warning is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: which rule, where, why, and how to mend it.

    `code` is AREA_NNN and stands in docs/reference/problems/. `place` is for a person, for example
    `form.md, survey, row 12`; `cause` and `remedy` are one sentence each, lower case, without a full stop.

    `file` (within the study's folder) and `key` (of a text) say for programs what `place` says for people, where
    something depends on it; two problems that differ in them alone are equal.
    """

    code: str
    place: str
    cause: str
    remedy: str
    severity: Severity = Severity.ERROR
    file: str = field(default="", compare=False, repr=False)
    key: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"a problem's code is like FORM_014, not {self.code!r}")

    def __str__(self) -> str:
        return f"{self.code} {self.place}: {self.cause}; {self.remedy}"


class KuuleError(Exception):
    """A user's problem. Carries one or more Problems; the command line prints them and exits with 1."""

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a KuuleError says at least one problem")
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class StudyError(KuuleError):
    """A study folder, a form, a translation or an edition is not as it should be."""


class KeyMaterialError(KuuleError):
    """A key file cannot be read, or is not the key that is asked for."""


class ArchiveError(KuuleError):
    """An archive or a dataset is damaged, foreign or of another study."""


class StoreError(KuuleError):
    """The database or the disk does not keep what it is given."""


class WorkbenchError(KuuleError):
    """The partners' site cannot be run as it was asked to."""


class PublishingError(KuuleError):
    """A report asks for what does not exist or may not be shown."""


def raise_errors(problems: Iterable[Problem], kind: type[KuuleError]) -> None:
    """Raise one `kind` with every problem that is an error; warnings alone raise nothing."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise kind(*errors)
