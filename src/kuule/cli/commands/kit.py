"""`kuule kit STUDY`: posters, cards, pictures, mails and posts by which partners spread a survey."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_result, say
from kuule.cli.shared_options import StudyArgument
from kuule.core.extras import check_installed


def make_kit(
    study: StudyArgument,
    to: Annotated[Path, typer.Option(help="The folder of the kits; each is in PARTNER/LANGUAGE, and is replaced.")],
    partner: Annotated[
        list[str] | None, typer.Option(help="The partner, by its file in partners/ or its link; repeat it for several.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="The language; repeat it for several. By default each partner's own.")
    ] = None,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Allow texts and helplines that nobody checked; each piece says so.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; list the files that are no longer true.")
    ] = False,
    database: Annotated[
        str | None, typer.Option(help="The collector's database, which knows the links that are switched off.")
    ] = None,
) -> int:
    """Make the kits of partners: posters, fold cards, pictures, mails and posts, each text measured."""
    from kuule.kit.kit_planning import KitOptions  # slow, as the next
    from kuule.usecases.outreach.make_kits import make_kits, stale_kit_files  # slow: Typst

    off = _switched_off(database)
    options = KitOptions(tuple(partner or ()), tuple(language or ()), drafts=drafts, switched_off=off)
    today = datetime.now(UTC).date()
    if check:
        stale = stale_kit_files(study, to, options, today=today)
        print_result(*map(str, stale), stale=list(stale))
        say(
            f"{len(stale)} files are stale: make them again, and take the old ones down"
            if stale
            else "nothing is stale"
        )
        return Exit.CHECK_FOUND_ERRORS if stale else Exit.DONE
    made = make_kits(study, to, options, today=today, progress=CONSOLE)
    told = [{"folder": one.folder, "files": list(one.files), "draft": one.draft} for one in made]
    print_result(*(str(one.folder) for one in made), kits=told)
    drafted = sum(one.draft for one in made)
    if drafted:
        say(f"{drafted} of {len(made)} kits are drafts, and each piece of them says so: not to be handed out")
    return Exit.DONE


def _switched_off(database: str | None) -> frozenset[str]:
    if database is None:
        say("whether a link was switched off at the workbench is not known here: --database looks it up")
        return frozenset()
    check_installed(("collector",), "kuule kit --database")
    from kuule.usecases.collecting.collector_database import switched_off_links  # slow: Django

    return switched_off_links(database)
