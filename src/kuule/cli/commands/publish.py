"""`kuule publish RELEASE --to DIR`: the public pages of a release, its tables as files, and its report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_problems, print_result, say, stop_on_signals


def publish(
    release: Annotated[Path, typer.Argument(metavar="RELEASE", help="The folder of the release.")],
    to: Annotated[
        Path,
        typer.Option(metavar="DIR", help="The folder for the pages. An earlier site is replaced; other files stay."),
    ],
    language: Annotated[
        list[str] | None,
        typer.Option(help="A language, or all; may be repeated. By default every language that people reviewed."),
    ] = None,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Also with words that nobody has reviewed; every page says so.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Before it is approved, or before its day; every page says so.")
    ] = False,
    no_pdf: Annotated[bool, typer.Option("--no-pdf", help="Without the report as a PDF and figures as PNG.")] = False,
) -> int:
    """Publish a release: pages in every reviewed language, tables as files and the report, for any web server."""
    from kuule.usecases.releasing.publish_release import PublishOptions, publish_release  # slow: the typesetter

    options = PublishOptions(tuple(language or ()), drafts, preview, pdf=not no_pdf)
    with stop_on_signals(), CONSOLE.spinner("making the pages"):
        made = publish_release(release, to, today=datetime.now(UTC).date(), options=options)
    print_problems(made.pdf_problems)
    name, weight = made.heaviest
    heaviest = {"page": name, "bytes": weight}
    told = {"languages": list(made.languages), "left_out": list(made.left_out), "heaviest": heaviest}
    print_result(str(made.folder), folder=made.folder, files=made.files, **told)
    languages = "1 language" if len(made.languages) == 1 else f"{len(made.languages)} languages"
    say(f"{languages}, {made.files:,} files; the heaviest page is {name}, {weight:,} bytes")
    if made.left_out:
        say(f"left out, since people have not reviewed all of their words: {', '.join(made.left_out)}")
    return Exit.DONE
