"""What is left on the disks of a cluster, read as a thief would: the log of each member, and what etcd wrote down."""

from __future__ import annotations

import re

from kuule.sealing.envelope_header import MAGIC
from tests.cluster.members import Installation

_ENVELOPE = MAGIC + b"\x01"
_POSITION = re.compile(rb'(?:"optime":\s*"?|xlog_location":\s*)(\d+)')


def envelopes_in_logs(cluster: Installation) -> list[int]:
    """How many envelopes begin in the log of each member."""
    found = []
    for host in cluster.hosts:
        files = [file for file in (cluster.place(host) / "data" / "pg_wal").rglob("*") if file.is_file()]
        found.append(sum(file.read_bytes().count(_ENVELOPE) for file in files))
    return found


def log_of_etcd(cluster: Installation) -> list[int]:
    """The places of the log of writes that etcd's files name: how much was written, every few seconds."""
    files = [file for file in (cluster.place(cluster.hosts[0]) / "etcd").rglob("*") if file.is_file()]
    return sorted({int(place) for file in files for place in _POSITION.findall(file.read_bytes())})
