"""`kuule counts EDITION`: how many sent at least, by language and by link, and how often help was opened."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_table, say
from kuule.cli.shared_options import DEFAULT_DATABASE, CollectorDatabaseOption


def show_counts(
    edition: Annotated[Path, typer.Argument(help="An edition of the study: it names the partners.")],
    database: CollectorDatabaseOption = DEFAULT_DATABASE,
) -> int:
    """Print how many people sent at least, by language and by link, and how often help was opened at least if the study
    counts that, in whole tens that change once a day."""
    from kuule.usecases.collecting.collector_database import partner_counts  # slow: Django; --help loads all commands

    counts = partner_counts(edition, database)
    if counts is None:
        say("this study counts nothing for partners ([counts] on = false)")
        return Exit.DONE
    print_table([(one.kind, one.name, one.label, f"at least {one.at_least}") for one in counts])
    if not counts:
        say("nothing to show yet: a counter moves in tens, at midnight (UTC)")
    return Exit.DONE
