"""Messages to a service manager such as systemd, if there is one: sd_notify(3) without its library."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from contextlib import suppress


def notify_service_manager(message: str, sockets: Sequence[socket.socket] = (), *, wait: bool = True) -> None:
    """Send `NAME=value` lines, and sockets with them. This does nothing if no service manager listens any more.

    Where it listens and does not read, the message waits; without `wait` it is dropped, as a sign of life may be.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    name = f"\0{address[1:]}" if address.startswith("@") else address
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
        connection.setblocking(wait)
        connection.connect(name)
        socket.send_fds(connection, [message.encode()], [one.fileno() for one in sockets])
