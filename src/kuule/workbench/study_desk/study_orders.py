"""What the lead's desk asks another process for: to check the study, to try a questionnaire or
another text of it, to print, to freeze."""

from __future__ import annotations

from enum import StrEnum

from kuule.workbench.errands.errand_process import ErrandKind

STUDY_ERRANDS = ErrandKind(
    "kuule.usecases.study_errands.study_errand",
    "WORKBENCH_020",
    "the study",
    "reading it",
    "try again in a minute; else use the command line on another machine",
)
"""The process that reads the study. It is started by its name: it is made of the use cases, which lie above the
sites."""


class StudyErrand(StrEnum):
    """What can be asked."""

    CHECK = "check"
    TRY_FORM = "try"
    TRY_TEXT_FILE = "try text file"
    EDIT_TEXT = "edit"
    PRINT = "print"
    FREEZE = "freeze"
