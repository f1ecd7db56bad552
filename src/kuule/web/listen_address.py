"""Where a server may listen and how many connections it may hold: both sites check this before they start."""

from __future__ import annotations

import errno
import os
import resource
import socket
from contextlib import suppress
from ipaddress import ip_address

from kuule.core.problems import KuuleError, Problem

BACKLOG = 1024
"""How many connections may wait at a socket; `net.core.somaxconn` can lower it."""
_LOWEST_PORT, _HIGHEST_PORT = 1, 65_535
_LEAST_LINES = 64


def check_address(host: str, port: int) -> None:
    """Check that a server can listen at this address now. Raises KuuleError SERVE_010, which says why not."""
    if not _LOWEST_PORT <= port <= _HIGHEST_PORT:
        raise _address(host, port, "a port is a number from 1 to 65535", "give one, for example --port 8000")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        remedy = "give 127.0.0.1, or an address of this machine"
        raise _address(host, port, "no such host is known here", remedy) from None
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            raise address_error(host, port, error) from None


def check_only_local(host: str, port: int, *, remedy: str) -> None:
    """Raise KuuleError SERVE_011 unless only this machine can reach the server, which speaks plain HTTP."""
    if is_loopback(host, port):
        return
    cause = "other machines could reach it over plain HTTP, which whoever runs the network can read"
    raise KuuleError(Problem("SERVE_011", f"{host}:{port}", cause, remedy))


def is_loopback(host: str, port: int) -> bool:
    """Whether a host name means this machine and nothing else."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return all(ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found)


def reserve_connections(most: int, beside: int) -> int:
    """How many connections a worker may hold open. Each connection is a file, and the system limits the files of a
    process.

    `most` is how many are wanted, `beside` how many files are needed for other things. The limit is raised if that is
    allowed.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most + beside
    if soft != resource.RLIM_INFINITY and soft < wanted:
        possible = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):  # a filter of system calls may forbid it: then there are fewer
            resource.setrlimit(resource.RLIMIT_NOFILE, (possible, hard))
            soft = possible
    return most if soft == resource.RLIM_INFINITY else max(_LEAST_LINES, soft - beside)


def address_error(host: str, port: int, error: OSError) -> KuuleError:
    """The error SERVE_010, with the reason that the system gave."""
    if error.errno == errno.EADDRINUSE:
        return _address(host, port, "another program listens there", "stop it, or give another port with --port")
    if error.errno == errno.EACCES:
        return _address(host, port, "this user may not listen there", "give a port from 1024 up with --port")
    if error.errno == errno.EADDRNOTAVAIL:
        return _address(host, port, "this machine does not have that address", "give 127.0.0.1, or one of its own")
    cause = f"it cannot be listened at ({os.strerror(error.errno or 0).lower()})"
    return _address(host, port, cause, "give another address or port")


def _address(host: str, port: int, cause: str, remedy: str) -> KuuleError:
    return KuuleError(Problem("SERVE_010", f"{host}:{port}", cause, remedy))
