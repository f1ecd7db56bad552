"""`kuule export DATASET --format sav --to DIR`: for the analyst's own programs, and not for publication."""

from __future__ import annotations

from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say, stop_on_signals
from kuule.cli.shared_options import DatasetArgument, NewFolderOption
from kuule.dataset.exports.export_formats import ExportFormat


def export(
    dataset: DatasetArgument,
    to: NewFolderOption,
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(ExportFormat)}; sav is SPSS, dta is Stata.")
    ] = "parquet",
    language: Annotated[
        str, typer.Option(help="The language of labels and codebook; the study's own if none is given.")
    ] = "",
    codebook_language: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="Another language for codebook.csv, or all; repeatable."),
    ] = None,
    open_text: Annotated[
        list[str] | None, typer.Option(help="An item whose free text to export too, in a separate file.")
    ] = None,
) -> int:
    """Write a dataset as Parquet, CSV, Excel, SPSS, Stata or DDI, with a codebook and scripts. Whoever has it can read
    it."""
    from kuule.usecases.analysing.export_dataset import export_answers  # slow: Polars; --help loads all commands

    if form not in list(ExportFormat):
        raise typer.BadParameter(f"give one of {', '.join(ExportFormat)}", param_hint="--format")
    with stop_on_signals():
        open_to_withdrawal = export_answers(
            dataset,
            ExportFormat(form),
            to,
            language=language,
            open_text=tuple(open_text or ()),
            codebook=tuple(codebook_language or ()),
        )
    print_result(str(to), files=[to], locked=not open_to_withdrawal)
    for page in to.glob("*codebook.html"):
        say(f"what each variable means: {page}")
    say("for analysis only: these are single answers. What is published comes from `kuule report`")
    if open_to_withdrawal:
        say("not locked: what people take back from now on stays in this copy; delete it then, and export again")
    return Exit.DONE
