"""Asking for the name of the study before something is done that people who answer would notice, or that cannot be
taken back."""

from __future__ import annotations

from typing import Annotated

import typer

from kuule.cli.console import PROMPT, say
from kuule.core.problems import KuuleError, Problem

NAME_OPTION = "--study"
StudyNameOption = Annotated[
    str | None, typer.Option(NAME_OPTION, help="The id of the study, instead of typing it when you are asked.")
]


def confirm_study(study: str, given: str | None, sentence: str) -> None:
    """Say what will be done, and go on only if the id of the study is given as an option or typed at a terminal.

    Raises KuuleError CLI_028: another name, or none where nobody can be asked. Nothing was done then.
    """
    say(sentence)
    typed = given
    if typed is None and PROMPT.can_ask():
        typed = PROMPT.ask(f"Type the name of the study, {study}, to do it:")
    if typed is None or typed.strip() != study:
        cause = f"{typed.strip()!r} is not this study, {study!r}" if typed else "it has to be said which study is meant"
        raise KuuleError(Problem("CLI_028", NAME_OPTION, cause, f"give {NAME_OPTION} {study}; nothing was changed"))
