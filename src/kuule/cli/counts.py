"""`kuule counts EDITION`: how many sent at least, by language and by link, for partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.cli.default_database import DEFAULT_DATABASE
from kuule.languages.cldr.tags import find_language
from kuule.study.edition.study_edition import Edition, read_edition

if TYPE_CHECKING:
    from kuule.store.rows.counters import PartnerCounter


def show_counts(
    edition: Annotated[Path, typer.Argument(help="An edition of the study: it names the partners.")],
    database: Annotated[str, typer.Option(help="The collector's database.")] = DEFAULT_DATABASE,
) -> int:
    """Print how many sent at least: by language, and by the link they came by. Tens, and at most daily."""
    from kuule.store.database import configure
    from kuule.store.rows.counters import counter_totals  # slow: Django; and only the collector's role has it

    read = read_edition(edition)
    if not read.study.counts:
        say("this study counts nothing for partners ([counts] on = false)")
        return Exit.DONE
    configure(database)
    lines = list(count_lines(read, counter_totals()))
    print_result(*lines)
    if not lines:
        say("nothing to show yet: a counter moves in tens, at midnight (UTC)")
    return Exit.DONE


def count_lines(edition: Edition, counts: Mapping[PartnerCounter, int]) -> Iterator[str]:
    """One line a counter: kind, name, "at least" and the figure, with tabs between. Links have their partner's name."""
    partners = edition.study.links.partners
    for counter, figure in counts.items():
        name = partners.get(counter.name, "") if counter.kind == "link" else find_language(counter.name).autonym
        yield "\t".join((counter.kind, counter.name, name, f"at least {figure}"))
