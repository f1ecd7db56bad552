"""A Unix socket to listen on: a file in a folder, which only this user and its group may use, and no port."""

from __future__ import annotations

import os
import socket
import stat
from contextlib import suppress
from pathlib import Path

from kuule.core.problems import KuuleError, Problem
from kuule.web.listen_address import BACKLOG

MAX_PATH_BYTES = 107
"""Bytes of the path of a socket (unix(7))."""
_ONLY_US = 0o117
"""The umask with which the socket is made: its user and its group may connect."""


def check_socket_path(path: Path) -> None:
    """Check that a socket can be made at this path now. Raises KuuleError SERVE_026, or SERVE_010 if another program
    listens there."""
    if len(os.fsencode(path)) > MAX_PATH_BYTES:
        cause = f"the path of a socket has {MAX_PATH_BYTES} bytes at most"
        raise _unfit(path, cause, "take a shorter one, like /run/kuule/collector.sock")
    try:
        mode = path.parent.stat().st_mode
    except OSError as error:
        cause = f"its folder cannot be used ({os.strerror(error.errno or 0).lower()})"
        raise _unfit(path, cause, f"make it first: install -d -m 0750 {path.parent}") from None
    if mode & stat.S_IWOTH:
        cause = "everybody on this machine may write to its folder, and so put another socket in its place"
        raise _unfit(path, cause, f"take a folder of its own, or chmod o-w {path.parent}")
    if path.is_symlink() or (path.exists() and not path.is_socket()):
        raise _unfit(path, "something that is no socket is there", "give another path, or move it away")
    if _is_listened_at(path):
        cause = "another program listens there"
        raise KuuleError(Problem("SERVE_010", str(path), cause, "stop it, or give another path with --socket"))


def own_unix_socket(path: Path) -> socket.socket:
    """Make the socket and listen on it; one that nobody listens on any more is replaced. Raises KuuleError as
    `check_socket_path` does."""
    check_socket_path(path)
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    mask = os.umask(_ONLY_US)
    try:
        path.unlink(missing_ok=True)
        made.bind(str(path))
        made.listen(BACKLOG)
    except OSError as error:
        made.close()
        cause = f"it cannot be made ({os.strerror(error.errno or 0).lower()})"
        raise _unfit(path, cause, "give a path in a folder that this user may write to") from None
    finally:
        os.umask(mask)
    return made


def remove_unix_socket(path: Path) -> None:
    """Take the name of our socket away, once it is closed, unless a server that took over from us listens at it. A
    service manager keeps those that it made itself."""
    with suppress(OSError):
        if not _is_listened_at(path):
            path.unlink()


def _is_listened_at(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(str(path)) == 0


def _unfit(path: Path, cause: str, remedy: str) -> KuuleError:
    return KuuleError(Problem("SERVE_026", str(path), cause, remedy))
