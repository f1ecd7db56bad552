"""Whether the collector of this machine answers: one request for its first page, which nothing counts or keeps."""

from __future__ import annotations

import http.client
import socket
from http import HTTPStatus
from urllib.parse import urlsplit

from kuule.core.problems import KuuleError, Problem
from kuule.usecases.monitoring.health_findings import HealthFinding, HealthState
from kuule.web.loopback_guard import is_loopback_address

ANSWER_SECONDS = 20.0
_UP = "up"


def check_is_of_this_machine(address: str) -> None:
    """Raise KuuleError STATUS_001 unless this is a Unix socket or an address of this machine in digits: nobody on the
    way is to see who asks."""
    if address.startswith("/"):
        return
    try:
        parts = urlsplit(address)
        local = parts.scheme == "http" and parts.port and is_loopback_address(parts.hostname or "")
    except ValueError:
        local = False
    if not local:
        remedy = "give it like http://127.0.0.1:8000, or its socket; `kuule verify` looks from outside"
        raise KuuleError(Problem("STATUS_001", "--address", f"{address!r} is no address of this machine", remedy))


def check_collector_answers(address: str, seconds: float = ANSWER_SECONDS) -> HealthFinding:
    """Ask for the first page. How long it takes is not told: that would be a measure of how many others ask."""
    line = _SocketLine(address, seconds) if address.startswith("/") else _line(address, seconds)
    try:
        line.request("GET", "/")
        answer = line.getresponse()
        status = answer.status
        answer.close()
    except (OSError, http.client.HTTPException) as error:
        reason = str(getattr(error, "strerror", "") or "it did not answer in time").lower()
        return HealthFinding(_UP, HealthState.BROKEN, f"nobody answers at {address} ({reason})")
    finally:
        line.close()
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        told = f"it lets nobody in just now ({status}); its journal says why"
        return HealthFinding(_UP, HealthState.BROKEN, told)
    return HealthFinding(_UP, HealthState.WELL, "the collector answers")


def _line(address: str, seconds: float) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)


class _SocketLine(http.client.HTTPConnection):
    """A connection to the Unix socket of an onion service. It is asked by a name that it does not have, and says so."""

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__("localhost", timeout=seconds)
        self.__path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.__path)
