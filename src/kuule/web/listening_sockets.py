"""The sockets that a site listens on: those that a service manager holds open for it, or else its own.

There are several at one address (SO_REUSEPORT), one for each worker, and the system spreads connections over them;
workers that share one socket would take connections unevenly. They are opened before a worker starts and stay open when
one dies, so that people who come meanwhile wait in the system's queue. systemd keeps them while the site restarts
(FileDescriptorStoreMax=), and closes them if it is not started again. Or a socket unit holds them (sd_listen_fds(3)).
"""

from __future__ import annotations

import os
import socket
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from kuule.core.problems import KuuleError, Problem
from kuule.web.listen_address import BACKLOG, address_error, check_address
from kuule.web.service_manager import notify_service_manager

_NAME = "kuule"
"""The name under which a service manager keeps our sockets."""
_FIRST = 3
"""The number of the first file that is handed over (sd_listen_fds(3))."""


def inherited_sockets(
    host: str, port: int, workers: int, environment: MutableMapping[str, str] = os.environ
) -> tuple[socket.socket, ...]:
    """The sockets that a service manager hands over (LISTEN_PID, LISTEN_FDS), or none. They can be taken once.

    Sockets that were kept from an earlier start with another address, or with more workers, are closed. Raises
    KuuleError SERVE_020 if those of a socket unit are at another address, or if there are more of them than workers:
    connections that wait at the others would never be answered.
    """
    found, names = _handed_over(environment)
    problem = _unfit_for(found, _address(host, port)[1][:2], workers) if found else None
    if problem is not None and set(names) == {_NAME}:
        discard_sockets(found)
        return ()
    if problem is not None:
        raise problem
    return found


def inherited_unix_socket(path: Path, environment: MutableMapping[str, str] = os.environ) -> tuple[socket.socket, ...]:
    """The Unix socket that a socket unit hands over, or none. Workers share it. Raises KuuleError SERVE_020 if it is
    another."""
    found, _ = _handed_over(environment)
    problem = _unfit_for(found, (str(path),), 1) if found else None
    if problem is not None:
        raise problem
    return found


def _handed_over(environment: MutableMapping[str, str]) -> tuple[tuple[socket.socket, ...], list[str]]:
    number, process = environment.pop("LISTEN_FDS", ""), environment.pop("LISTEN_PID", "")
    names = environment.pop("LISTEN_FDNAMES", "").split(":")
    if process != str(os.getpid()) or not number.isdecimal():
        return (), names
    try:
        return tuple(socket.socket(fileno=_FIRST + place) for place in range(int(number))), names
    except OSError:
        raise _unfit("what it hands over is no socket", "give it a socket unit with ListenStream=") from None


def _unfit_for(found: Sequence[socket.socket], wanted: tuple[object, ...], workers: int) -> KuuleError | None:
    places = {*map(_place, found)}
    if places - {wanted}:
        held = ", ".join(sorted(map(_in_words, places)))
        cause = f"it holds {held}, and the command says {_in_words(wanted)}"
        return _unfit(cause, "write one address into the socket's unit and into the command's options")
    if len(found) > workers:
        cause = f"it holds {len(found)} sockets for {workers} workers, and some connections would never be answered"
        return _unfit(cause, "write as many ListenStream= into the socket's unit as there are --workers, or fewer")
    return None


def own_sockets(host: str, port: int, workers: int) -> tuple[socket.socket, ...]:
    """Open one socket for each worker. Raises KuuleError SERVE_010 if no server can listen at the address."""
    check_address(host, port)  # SO_REUSEPORT would also admit a second program of this user
    family, address = _address(host, port)
    opened: list[socket.socket] = []
    try:
        for _ in range(workers):
            opened.append(socket.socket(family, socket.SOCK_STREAM))
            opened[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            opened[-1].bind(address)
            opened[-1].listen(BACKLOG)
    except OSError as error:
        close_sockets(opened)
        raise address_error(host, port, error) from None
    return tuple(opened)


def store_sockets(sockets: Sequence[socket.socket]) -> None:
    """Ask the service manager, if there is one, to keep the sockets while the site restarts
    (FileDescriptorStoreMax=)."""
    notify_service_manager(f"FDSTORE=1\nFDNAME={_NAME}", sockets)


def discard_sockets(sockets: Sequence[socket.socket]) -> None:
    """Close the sockets, and tell the service manager to close its copies."""
    notify_service_manager(f"FDSTOREREMOVE=1\nFDNAME={_NAME}")
    close_sockets(sockets)


def close_sockets(sockets: Sequence[socket.socket]) -> None:
    """Close the sockets in this process only; another process that holds them keeps them."""
    for one in sockets:
        one.close()


def _address(host: str, port: int) -> tuple[socket.AddressFamily, tuple[object, ...]]:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return family, tuple(address)


def _place(one: socket.socket) -> tuple[object, ...]:
    if one.type != socket.SOCK_STREAM:
        return ()
    return (one.getsockname(),) if one.family == socket.AF_UNIX else tuple(one.getsockname()[:2])


def _in_words(place: tuple[object, ...]) -> str:
    return ":".join(map(str, place)) or "what is no such socket"


def _unfit(cause: str, remedy: str) -> KuuleError:
    return KuuleError(Problem("SERVE_020", "the service manager", cause, remedy))
