"""The workbench as a server: granian over WSGI, one process, in the foreground until SIGINT or SIGTERM.

One process, because attempts at passwords are counted in memory; there are dozens of partners, not thousands.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import DatabaseError, connections

from kuule.core.problems import Problem, WorkbenchError
from kuule.register.reading.register_folder import read_register
from kuule.study.edition.study_edition import read_edition
from kuule.web.listen_address import check_address, check_only_local
from kuule.web.listening_sockets import own_sockets
from kuule.web.worker_watch import watched_workers
from kuule.web.wsgi_server import build_server, looks_of, worker_environment
from kuule.workbench.accounts_migration import migrate_alone
from kuule.workbench.configuration.django_settings import ACCOUNTS_DATABASE
from kuule.workbench.configuration.workbench_options import MASTER_VARIABLE, OPTIONS_VARIABLE, WorkbenchOptions
from kuule.workbench.configuration.workbench_site import running_site, start_site
from kuule.workbench.release_desk.shelf_reading import release_folder_names
from kuule.workbench.study_desk.desk_editions import remove_unfinished

_THREADS = 64
_MAX_CONNECTIONS = 1024
_CLOSED_LINE = "listen on 127.0.0.1 behind TLS or an onion service; if it is on another machine, give --site https://…"


def serve_site(options: WorkbenchOptions, ready: Callable[[], None] | None = None) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is in progress and return. `ready` is called once it listens.

    Raises KuuleError before anything listens: SERVE_010 (address or port), SERVE_011 (unencrypted connection),
    WORKBENCH_001 to WORKBENCH_006, WORKBENCH_012, WORKBENCH_014, WORKBENCH_024, WORKBENCH_025, and whatever the study,
    an edition or the register raises.
    """
    check_address(options.host, options.port)
    if not options.https:
        check_only_local(options.host, options.port, remedy=_CLOSED_LINE)
    for edition in options.editions:
        read_edition(edition)
    if options.register is not None:
        read_register(options.register)
    if options.releases is not None:
        list(release_folder_names(options.releases))
    start_site(options)
    prepare_database()
    remove_unfinished(running_site().data)
    server = build_server(
        "kuule.workbench.wsgi:application",
        own_sockets(options.host, options.port, workers=1),
        workers=1,
        threads=_THREADS,
        max_connections=_MAX_CONNECTIONS,
    )
    if ready is not None:
        server.on_startup(ready)
    with (
        worker_environment(OPTIONS_VARIABLE, options.to_text(), MASTER_VARIABLE),
        watched_workers(1, lambda: looks_of(server), _say),
    ):
        server.serve()


def prepare_database() -> None:
    """Create or upgrade the tables of the accounts, and delete expired sessions and unfinished files.

    Raises WorkbenchError WORKBENCH_012 if the database of the accounts is damaged or cannot be written, WORKBENCH_025
    if a newer version has changed it.
    """
    os.umask(0o077)
    try:
        migrate_alone(running_site().data)
        call_command("clearsessions")
    except (DatabaseError, OSError) as error:
        remedy = "see that the disk has room and the file may be written, or put it back from the backup"
        cause = f"the accounts cannot be read or written ({error})"
        raise WorkbenchError(Problem("WORKBENCH_012", ACCOUNTS_DATABASE, cause, remedy)) from None
    for kind in ("archive", "release", "print", "form"):
        for left in running_site().data.glob(f"{kind}-*.partial"):
            left.unlink(missing_ok=True)
    # Connections must not be shared with the worker, which is forked from this process.
    connections.close_all()


@contextmanager
def prepared_database() -> Iterator[None]:
    """For a command that uses the accounts: prepared before, closed after it, also where it breaks off. Without that
    what it deleted would stay in the file, and a log beside it, until somebody opened it again."""
    prepare_database()
    try:
        yield
    finally:
        connections.close_all()


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
