"""`kuule print STUDY --to DIR`: the questionnaire as a document, what changed in it, or two languages side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_files

_WhatArgument = Annotated[Path, typer.Argument(metavar="STUDY|EDITION", help="A study folder, or a frozen edition.")]


def print_study(
    study: _WhatArgument,
    to: Annotated[Path, typer.Option(help="The folder of the files; those that are there are replaced.")],
    language: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="A language; repeatable. The study's own if none is given.")
    ] = None,
    form: Annotated[
        list[str] | None, typer.Option("--format", help="html, pdf or docx; repeatable. All three if none is given.")
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Leave room to write in.")] = False,
    compare: Annotated[
        Path | None, typer.Option(help="Say what changed since this edition or folder, in place of the questionnaire.")
    ] = None,
    beside: Annotated[
        str, typer.Option(metavar="TAG", help="Set this language beside each, in place of the questionnaire.")
    ] = "",
) -> int:
    """Write the questionnaire as HTML, PDF and Word: every page, its wording, and in words who sees it."""
    from kuule.usecases.authoring.print_booklets import print_booklets  # slow: forms and Typst

    files = print_booklets(
        study, to, languages=language or (), formats=form or (), room=notes, compare=compare, beside=beside
    )
    print_files(*files)
    return Exit.DONE
