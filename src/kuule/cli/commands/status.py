"""`kuule status EDITION`: what state the machine of a collector is in, and nothing about those who visit."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import Annotated

import typer

from kuule.cli.aligned_tables import WIDEST
from kuule.cli.console import Exit, announce, print_result, say
from kuule.cli.shared_options import DEFAULT_DATABASE, CollectorDatabaseOption

_INDENT = " " * 9


def show_host_status(
    edition: Annotated[Path, typer.Argument(help="The edition that new visits get.")],
    database: CollectorDatabaseOption = DEFAULT_DATABASE,
    address: Annotated[
        str, typer.Option(help="Where the collector listens on this machine: http://127.0.0.1:8000, or its socket.")
    ] = "http://127.0.0.1:8000",
    secret: Annotated[
        Path | None, typer.Option(help="The file of the token secret, to see that it is there.", readable=False)
    ] = None,
    backups: Annotated[Path | None, typer.Option(help="The folder of backups.")] = None,
    backup_days: Annotated[int, typer.Option(help="How many days old the newest backup may be.", min=0)] = 2,
    metrics: Annotated[bool, typer.Option("--metrics", help="Print it as OpenMetrics text.")] = False,
    socket: Annotated[
        Path | None,
        typer.Option(help="Answer at this Unix socket until Ctrl-C, for a monitor of this machine.", readable=False),
    ] = None,
) -> int:
    """Say what state this machine's collector is in: whether it answers, its phase, edition, key, store, rewriting,
    secret, disk and backup. Nothing of it moves with a visit."""
    from kuule.usecases.monitoring.collector_answer import (  # slow: Django; --help loads all commands
        check_is_of_this_machine,
    )
    from kuule.usecases.monitoring.health_findings import HealthState  # slow, as above
    from kuule.usecases.monitoring.host_status import WatchedHost, read_host_status, watched_disks  # slow, as above
    from kuule.usecases.monitoring.open_metrics import open_metrics_text  # slow, as above
    from kuule.usecases.monitoring.status_socket import serve_status  # slow, as above
    from kuule.usecases.monitoring.status_words import status_lines, status_table  # slow, as above

    if address:
        check_is_of_this_machine(address)
    host = WatchedHost(edition, database, address, secret, backups, backup_days)
    disks = watched_disks(host)
    if socket is not None:
        print_result(str(socket), address=str(socket))
        serve_status(socket, lambda: read_host_status(host, datetime.now(UTC), disks), announce)
        return Exit.DONE
    status = read_host_status(host, datetime.now(UTC), disks)
    text = open_metrics_text(status)
    lines = text.splitlines() if metrics else [part for line in status_lines(status) for part in _wrapped(line)]
    print_result(*lines, **({"metrics": text} if metrics else status_table(status)))
    if status.count(HealthState.BROKEN):
        return Exit.CHECK_FOUND_ERRORS
    if status.count(HealthState.LOOK):
        say("nothing is broken, and something should be looked at")
        return Exit.PROBLEM
    return Exit.DONE


def _wrapped(line: str) -> list[str]:
    width = WIDEST if sys.stdout.isatty() else sys.maxsize
    return wrap(line, width, subsequent_indent=_INDENT)
