"""What is left on the disks of a cluster, read as a thief would: the log of each member, and what etcd wrote down."""

from __future__ import annotations

import re
from pathlib import Path

from kuule.sealing.archive import ArchiveReader
from tests.cluster.members import Installation

_POSITION = re.compile(rb'(?:"optime":\s*"?|xlog_location":\s*)(\d+)')


def log_of_members(cluster: Installation, archive: Path) -> dict[str, int]:
    """Of each member in whose log there is an envelope of the archive: how many."""
    pieces = [row.envelope[60:90] for part in ArchiveReader(archive).parts() for row in part.rows()]
    assert pieces
    found = {}
    for host in cluster.hosts:
        files = [file for file in (cluster.place(host) / "data" / "pg_wal").rglob("*") if file.is_file()]
        content = b"".join(file.read_bytes() for file in files)
        count = sum(piece in content for piece in pieces)
        if count:
            found[str(host.number)] = count
    return found


def log_of_etcd(cluster: Installation) -> list[int]:
    """The places of the log of writes that etcd's files name: how much was written, every few seconds."""
    files = [file for file in (cluster.place(cluster.hosts[0]) / "etcd").rglob("*") if file.is_file()]
    return sorted({int(place) for file in files for place in _POSITION.findall(file.read_bytes())})
