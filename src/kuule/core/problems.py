"""Problems in words that a study's author can act on, and the exceptions that carry them.

A `KuuleError` is something a user can mend, and ends as a sentence on the screen. Any other exception is a bug of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

_CODE = re.compile(r"[A-Z]+_[0-9]{3}")


class Severity(StrEnum):
    """How serious a problem is: an error stops the work, a warning is only shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line as its author wrote it. `line` is its number in the file, 0 for an expression by itself; the characters
    from `start` up to `end` are what the problem is about; if the two are equal, nothing is marked."""

    text: str
    line: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: which rule, where, why, and how to mend it.

    `code` is AREA_NNN and is documented in docs/reference/problems/. `place` is for a person, for example
    `form.md, survey, row 12`; `cause` and `remedy` are one sentence each, lower case, without a full stop.

    `file` (within the study folder) and `key` (of a text) say the same as `place` to programs that need it. `language`
    is the tag of the language that it is about, and `shared_cause` is the cause in words that fit all of them if one
    mistake is found in several places or languages; `excerpt` quotes the line. None of these count when problems are
    compared.
    """

    code: str
    place: str
    cause: str
    remedy: str
    severity: Severity = Severity.ERROR
    file: str = field(default="", compare=False, repr=False)
    key: str = field(default="", compare=False, repr=False)
    language: str = field(default="", compare=False, repr=False)
    shared_cause: str = field(default="", compare=False, repr=False)
    excerpt: Excerpt | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"a problem's code is like FORM_014, not {self.code!r}")

    def __str__(self) -> str:
        return f"{self.code} {self.place}: {self.cause}; {self.remedy}"


class KuuleError(Exception):
    """Something that a user can mend. It carries at least one Problem; the command line prints them and exits with 1.

    Raises ValueError without a problem.
    """

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a KuuleError says at least one problem")
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class StudyError(KuuleError):
    """Something is wrong with a study folder, a form, a translation or an edition."""


class KeyMaterialError(KuuleError):
    """A key file cannot be read, or holds another key than the one needed."""


class ArchiveError(KuuleError):
    """An archive or a dataset is damaged, is something else, or belongs to another study."""


class StoreError(KuuleError):
    """The database or the disk cannot store what it is given."""


class BackupError(KuuleError):
    """A backup cannot be made, is damaged, or does not belong where it is to be restored."""


class WorkbenchError(KuuleError):
    """The partners' site cannot run with the options that it was given."""


class PublishingError(KuuleError):
    """A report asks for something that does not exist or may not be shown."""


def raise_errors(problems: Iterable[Problem], kind: type[KuuleError]) -> None:
    """Raise one exception of the class `kind` with every problem that is an error. Warnings alone raise nothing."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise kind(*errors)
