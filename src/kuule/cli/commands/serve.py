"""`kuule serve EDITION...`: the collector, until Ctrl-C."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, say
from kuule.cli.default_database import DEFAULT_DATABASE, make_default_database_folder
from kuule.cli.server_exit import print_refusal
from kuule.core.problems import KuuleError

if TYPE_CHECKING:
    from kuule.collector.served.serve_options import ServeOptions

PORT = 8000


def serve_editions(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    editions: Annotated[list[Path], typer.Argument(help="Editions of one study; new visits use the last one.")],
    database: Annotated[
        str, typer.Option(help="Where sealed answers are kept: sqlite:///PATH or postgresql://USER@HOST/NAME.")
    ] = DEFAULT_DATABASE,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = PORT,
    workers: Annotated[int, typer.Option(help="How many worker processes to start.", min=1, max=64)] = 2,
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="Serve practice editions, and only those; every page says so.")
    ] = False,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Show languages and help that no person has checked, marked on every page.")
    ] = False,
    behind_tls: Annotated[
        bool,
        typer.Option("--behind-tls", help="TLS or an onion service is in front, so it may listen to other machines."),
    ] = False,
    onion: Annotated[
        str, typer.Option(help="The same site as an onion service, http://….onion; named to Tor Browser.")
    ] = "",
    scrub_memory: Annotated[
        bool, typer.Option(help="Overwrite memory that is freed; a page then takes about a tenth more computing.")
    ] = True,
    scrubbed_front: Annotated[
        bool,
        typer.Option(
            "--scrubbed-front",
            envvar="KUULE_SCRUBBED_FRONT",
            help="What stands before it overwrites its memory too, or nothing does: then pages say so.",
        ),
    ] = False,
    secret: Annotated[
        Path | None, typer.Option(help="A file of 32 random bytes, so that visits outlive a restart of the machine.")
    ] = None,
) -> int:
    """Serve a study to the people who answer it. What they send is sealed at once; this machine cannot read it."""
    from kuule.sealing.memory_scrubbing import restart_with_scrubbing  # slow: ctypes; --help loads all commands

    if scrub_memory:
        restart_with_scrubbing()
    from kuule.collector.served.serve_options import ServeOptions  # slow: Django; and only the collector's role has it

    make_default_database_folder(database)
    options = ServeOptions(
        editions=tuple(editions), database=database, host=host, port=port, workers=workers, rehearsal=rehearsal,
        drafts=drafts, secret=secret, behind_tls=behind_tls, onion=onion, scrubbed_front=scrubbed_front,
    )  # fmt: skip
    return _served(options)


def _served(options: ServeOptions) -> int:
    """Serve until the server is stopped. Returns the exit code."""
    from kuule.collector.server.collector_server import serve  # slow, as above

    address = f"http://{options.host}:{options.port}"
    try:
        kept = serve(options, ready=lambda: say(f"serving at {address}; Ctrl-C stops"))
    except KuuleError as error:
        return print_refusal(error)
    return Exit.DONE if kept else Exit.PROBLEM
