"""`kuule database new`: make the database of a survey."""

from __future__ import annotations

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.cli.shared_options import DEFAULT_DATABASE, CollectorDatabaseOption, make_default_database_folder

app = typer.Typer(help="The database in which a collector keeps sealed answers.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The database in which a collector keeps sealed answers."""


@app.command("new")
def new_database(
    database: CollectorDatabaseOption = DEFAULT_DATABASE,
) -> int:
    """Make the database of a survey, once, before `kuule serve` is started for the first time."""
    from kuule.usecases.collecting.collector_database import make_database  # slow: Django; --help loads all commands

    make_default_database_folder(database)
    made = make_database(database)
    print_result(made, database=made)
    say("made; nothing is in it. Start the collector with it: `kuule serve EDITION --database ADDRESS`")
    return Exit.DONE
