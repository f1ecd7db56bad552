"""`kuule database new`: the one place where a store for real answers is made."""

from __future__ import annotations

from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.cli.default_database import DEFAULT_DATABASE, make_default_database_folder
from kuule.core.problems import Problem, StoreError

app = typer.Typer(help="The database in which a collector keeps sealed answers.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The database in which a collector keeps sealed answers."""


@app.command("new")
def new_database(
    database: Annotated[
        str, typer.Option(help="Where sealed answers will be kept: sqlite:///PATH or postgresql://USER@HOST/NAME.")
    ] = DEFAULT_DATABASE,
) -> int:
    """Make the database of a survey, once, before `kuule serve` is started for the first time."""
    from kuule.store.database import (  # slow: Django; and only the collector's role has it
        configure,
        database_name,
        prepare_store,
    )

    make_default_database_folder(database)
    configure(database)
    if not prepare_store(new=True):
        cause, remedy = "a store is there already; it was left as it is", "start the collector with it: `kuule serve`"
        raise StoreError(Problem("STORE_027", database_name(), cause, remedy))
    print_result(database_name())
    say("made; nothing is in it. Start the collector with it: `kuule serve EDITION --database ADDRESS`")
    return Exit.DONE
