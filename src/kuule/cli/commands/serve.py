"""`kuule serve EDITION...`: the collector, until Ctrl-C."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.shared_options import (
    DEFAULT_DATABASE,
    CollectorDatabaseOption,
    HostOption,
    PortOption,
    make_default_database_folder,
)

PORT = 8000


EditionsArgument = Annotated[list[Path], typer.Argument(help="Editions of one study; new visits use the last one.")]
WorkersOption = Annotated[int, typer.Option(help="How many worker processes to start.", min=1, max=64)]
RehearsalOption = Annotated[
    bool, typer.Option("--rehearsal", help="Serve practice editions, and only those; every page says so.")
]
DraftsOption = Annotated[
    bool, typer.Option("--drafts", help="Show languages and help that no person has checked, marked on every page.")
]
BehindTlsOption = Annotated[
    bool, typer.Option("--behind-tls", help="TLS or an onion service is in front, so it may listen to other machines.")
]
OnionOption = Annotated[
    str, typer.Option(help="This server is the onion service http://….onion, with no other name; needs --socket.")
]
SocketOption = Annotated[
    Path | None,
    # A socket unit may give it to what stands in front alone: this process has it open, and may not read its name.
    typer.Option(help="The Unix socket on which an onion service listens, in the place of a port.", readable=False),
]
OnionLocationOption = Annotated[
    str, typer.Option(help="A public site's onion service as well, http://….onion; named to Tor Browser.")
]
ScrubMemoryOption = Annotated[
    bool, typer.Option(help="Overwrite memory that is freed; a page then takes about a tenth more computing.")
]
ScrubbedFrontOption = Annotated[
    bool,
    typer.Option(
        "--scrubbed-front",
        envvar="KUULE_SCRUBBED_FRONT",
        help="Whatever is in front overwrites its memory too, or nothing is in front; pages then say so.",
    ),
]
SecretOption = Annotated[
    Path | None, typer.Option(help="A file of 32 random bytes, so that visits outlive a restart of the machine.")
]


def serve_editions(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    context: typer.Context,
    editions: EditionsArgument,
    database: CollectorDatabaseOption = DEFAULT_DATABASE,
    host: HostOption = "127.0.0.1",
    port: PortOption = PORT,
    workers: WorkersOption = 2,
    rehearsal: RehearsalOption = False,
    drafts: DraftsOption = False,
    behind_tls: BehindTlsOption = False,
    onion: OnionOption = "",
    socket: SocketOption = None,
    onion_location: OnionLocationOption = "",
    scrub_memory: ScrubMemoryOption = True,
    scrubbed_front: ScrubbedFrontOption = False,
    secret: SecretOption = None,
) -> int:
    """Serve a study to the people who answer it. What they send is sealed at once; this machine cannot read it."""
    from kuule.cli.collector_process import serve_in_own_process  # only the collector's role has what it imports
    from kuule.collector.served.serve_options import ServeOptions

    make_default_database_folder(database)
    if (onion or socket) and not _is_given(context, "host", "port"):
        host, port = "", 0
    options = ServeOptions(
        editions=tuple(editions), database=database, host=host, port=port, workers=workers, rehearsal=rehearsal,
        drafts=drafts, secret=secret, behind_tls=behind_tls, onion=onion, socket=socket,
        onion_location=onion_location, scrubbed_front=scrubbed_front,
    )  # fmt: skip
    return serve_in_own_process(options, scrub_memory=scrub_memory)


def _is_given(context: typer.Context, *names: str) -> bool:
    """Whether one of these options is on the command line, be it with the default's value."""
    sources = map(context.get_parameter_source, names)
    return any(source is not None and source.name == "COMMANDLINE" for source in sources)
