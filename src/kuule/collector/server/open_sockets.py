"""Where the collector listens: at an address of this machine or, where it is an onion service, on one Unix socket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import socket

from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.server.onion_service import check_onion_options
from kuule.web.listen_address import check_address, check_only_local
from kuule.web.listening_sockets import (
    close_sockets,
    inherited_sockets,
    inherited_unix_socket,
    own_sockets,
    store_sockets,
)
from kuule.web.succession import Predecessor
from kuule.web.unix_socket import check_socket_path, own_unix_socket, remove_unix_socket

_ONLY_LOCAL_REMEDY = (
    "listen on 127.0.0.1 behind TLS or an onion service; if that stands on another machine, add --behind-tls"
)


def check_can_listen(options: ServeOptions) -> None:
    """Check where it would listen, and open nothing. Raises KuuleError as `open_sockets` does."""
    check_onion_options(options)
    if options.socket:
        check_socket_path(options.socket)
        return
    check_address(options.host, options.port)
    _check_only_local(options)


@contextmanager
def open_sockets(options: ServeOptions, predecessor: Predecessor | None = None) -> Iterator[Sequence[socket]]:
    """The sockets of a collector from which this one takes over, or of a service manager, otherwise our own.

    From here on whoever comes waits while the site loads, and is not refused. A start that fails closes connections of
    which nothing was read.

    Raises KuuleError SERVE_010 and SERVE_026 (where it cannot listen), SERVE_011 (an unencrypted connection to other
    machines), SERVE_020 (sockets of a service manager), SERVE_019, SERVE_023 and SERVE_024 (an onion service).
    """
    check_onion_options(options)
    if predecessor is not None:
        try:
            yield predecessor.sockets
        finally:
            close_sockets(predecessor.sockets)
        return
    with _unix_socket(options.socket) if options.socket else _at_address(options) as sockets:
        yield sockets


@contextmanager
def _at_address(options: ServeOptions) -> Iterator[Sequence[socket]]:
    sockets = inherited_sockets(options.host, options.port, options.workers)
    if not sockets:
        check_address(options.host, options.port)
    _check_only_local(options)
    if not sockets:
        sockets = own_sockets(options.host, options.port, options.workers)
        store_sockets(sockets)
    try:
        yield sockets
    finally:
        close_sockets(sockets)


@contextmanager
def _unix_socket(path: Path) -> Iterator[Sequence[socket]]:
    """That of a socket unit, otherwise our own, whose name is taken away at the end."""
    inherited = inherited_unix_socket(path)
    sockets = inherited or (own_unix_socket(path),)
    try:
        yield sockets
    finally:
        close_sockets(sockets)
        if not inherited:
            remove_unix_socket(path)


def _check_only_local(options: ServeOptions) -> None:
    if not options.behind_tls:
        check_only_local(options.host, options.port, remedy=_ONLY_LOCAL_REMEDY)
