"""`kuule serve EDITION...`: the collector, until Ctrl-C."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.voice import Exit, say

PORT = 8000


def serve_editions(
    editions: Annotated[list[Path], typer.Argument(help="Editions of one study; the last is for new visits.")],
    database: Annotated[
        str, typer.Option(help="Where sealed answers are kept: sqlite:///PATH.")
    ] = "sqlite:///var/collector.sqlite3",
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = PORT,
    workers: Annotated[int, typer.Option(help="Processes that answer.", min=1, max=64)] = 2,
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="Serve practice editions, which every page says, and only those.")
    ] = False,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Show languages and help that no person has checked, marked on every page.")
    ] = False,
    secret: Annotated[
        Path | None, typer.Option(help="A file of 32 random bytes, so that visits outlive a restart of the machine.")
    ] = None,
) -> int:
    """Serve a study to the people who answer it. What they send is sealed at once; this machine cannot read it."""
    from kuule.collector.options import ServeOptions  # slow: Django; and only the collector's role has it
    from kuule.collector.serving import serve

    options = ServeOptions(
        editions=tuple(editions), database=database, host=host, port=port, workers=workers, rehearsal=rehearsal,
        drafts=drafts, secret=secret,
    )  # fmt: skip
    serve(options, ready=lambda: say(f"serving at http://{host}:{port}; Ctrl-C stops"))
    return Exit.DONE
