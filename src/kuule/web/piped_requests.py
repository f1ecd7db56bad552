"""Requests to a site that runs in a process of its own and listens at no address: through two pipes, one at a time.

What is on the way is a line of JSON with the length of the body behind it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any, TypeVar

_LONGEST_LINE = 64 * 1024
_LONGEST_BODY = 16 * 1024 * 1024


class PipeBroken(Exception):
    """The other process ended, or said what is none of this."""


@dataclass(frozen=True, slots=True)
class PipedRequest:
    """What is asked. Of its headers, the site is told those two and no other: no cookie is on the way."""

    method: str
    path: str
    query: str = ""
    content_type: str = ""
    accept_language: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class PipedReply:
    """What is answered. `problems` say why the site has nothing to show."""

    status: int
    content_type: str = ""
    location: str = ""
    problems: list[list[str]] = field(default_factory=list)
    body: bytes = b""


_Message = TypeVar("_Message", PipedRequest, PipedReply)


def write_order(pipe: IO[bytes], order: Mapping[str, Any]) -> None:
    """What the process is told before the first request. Raises PipeBroken."""
    _write(pipe, order, b"")


def read_order(pipe: IO[bytes]) -> dict[str, Any]:
    """The reverse. Raises PipeBroken."""
    return _read(pipe)[0]


def write_message(pipe: IO[bytes], message: PipedRequest | PipedReply) -> None:
    """Send a request or a reply. Raises PipeBroken."""
    head = asdict(message)
    body: bytes = head.pop("body")
    _write(pipe, head, body)


def read_message(pipe: IO[bytes], kind: type[_Message]) -> _Message:
    """Wait for a request or a reply. Raises PipeBroken."""
    head, body = _read(pipe)
    return kind(**head, body=body)


def _write(pipe: IO[bytes], head: Mapping[str, Any], body: bytes) -> None:
    try:
        pipe.write(json.dumps([head, len(body)]).encode() + b"\n" + body)
        pipe.flush()
    except (OSError, ValueError):  # ValueError: it was closed
        raise PipeBroken from None


def _read(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    try:
        line = pipe.readline(_LONGEST_LINE)
        head, length = json.loads(line) if line.endswith(b"\n") else (None, 0)
        body = pipe.read(length) if 0 <= length <= _LONGEST_BODY else b""
    except (OSError, ValueError):
        raise PipeBroken from None
    if not isinstance(head, dict) or len(body) != length:
        raise PipeBroken
    return head, body
