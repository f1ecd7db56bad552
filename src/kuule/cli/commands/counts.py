"""`kuule counts EDITION`: how many sent at least, by language and by link, and how often help was opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, print_result, print_table, say
from kuule.cli.shared_options import DEFAULT_DATABASE, CollectorDatabaseOption

if TYPE_CHECKING:
    from kuule.usecases.collecting.collector_database import PartnerCount


def show_counts(
    edition: Annotated[Path, typer.Argument(help="An edition of the study: it names the partners.")],
    database: CollectorDatabaseOption = DEFAULT_DATABASE,
) -> int:
    """Print how many people sent at least, by language and by link, and how often help was opened at least if the study
    counts that, in whole tens that change once a day."""
    from kuule.usecases.collecting.collector_database import partner_counts  # slow: Django; --help loads all commands

    counts = partner_counts(edition, database)
    if counts is None:
        print_result(counting=False, counts=[])
        say("this study counts nothing for partners ([counts] on = false)")
        return Exit.DONE
    given = {"counting": True, "counts": [_told(one) for one in counts]}
    print_table([(one.kind, one.name, one.label, f"at least {one.at_least}") for one in counts], **given)
    if not counts:
        say("nothing to show yet: a counter moves in tens, at midnight (UTC)")
    return Exit.DONE


def _told(count: PartnerCount) -> dict[str, object]:
    return {"kind": count.kind, "name": count.name, "label": count.label, "at_least": count.at_least}
