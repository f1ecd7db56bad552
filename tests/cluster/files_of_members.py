"""What is left on the disks of a cluster, read as a thief would: the log of each member, and what etcd wrote down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kuule.sealing.envelope_header import MAGIC
from tests.cluster.members import Installation

_ENVELOPE = MAGIC + b"\x01"
_POSITION = re.compile(rb'(?:"optime":\s*"?|xlog_location":\s*)(\d+)')


def envelopes_in_logs(cluster: Installation) -> list[int]:
    """How many envelopes begin in the log of each member."""
    logs = [cluster.place(host) / "data" / "pg_wal" for host in cluster.hosts]
    return [sum(content.count(_ENVELOPE) for content in _contents(log)) for log in logs]


def log_of_etcd(cluster: Installation) -> list[int]:
    """The places of the log of writes that etcd's files name: how much was written, every few seconds."""
    folder = cluster.place(cluster.hosts[0]) / "etcd"
    return sorted({int(place) for content in _contents(folder) for place in _POSITION.findall(content)})


def _contents(folder: Path) -> Iterator[bytes]:
    """Of every file that is there and stays while it is read: the programs go on."""
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if file.is_file():
                yield file.read_bytes()
