"""A real cluster for a test: a PostgreSQL that takes writes and others that follow it, each in a folder of its own.

Nobody runs it but the test: it promotes a member as Patroni would, and the others find the new one by themselves.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.patience import wait_until
from tests.store.server import NOBODY, Server, as_whom, running_server

SYNCHRONOUS = {
    "wal_level": "replica", "max_wal_senders": "8", "max_replication_slots": "8", "max_slot_wal_keep_size": "256MB",
    "wal_keep_size": "16MB",  # the least that Patroni takes
    "hot_standby": "on", "wal_receiver_status_interval": "1s", "wal_retrieve_retry_interval": "100ms",
}  # fmt: skip


@dataclass
class Cluster:
    """The members; the first one took writes at the start."""

    members: list[Server] = field(default_factory=list)

    def url(self, options: str = "", user: str = "postgres") -> str:
        return f"postgresql://{user}@/postgres?host={self.hosts}{options}"

    @property
    def hosts(self) -> str:
        return ",".join(str(member.folder) for member in self.members)

    def wait_for_replicas(self, number: int, of: Server | None = None) -> None:
        """Until this many follow the one that takes writes, and one of them is synchronous."""
        taker = of or self.members[0]
        query = "SELECT count(*), bool_or(sync_state = 'sync') FROM pg_stat_replication WHERE state = 'streaming'"
        wait_until(lambda: taker.ask(query) == [(number, True)])

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Meanwhile the replicas stay connected, and confirm nothing."""
        query = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walreceiver'"
        pids = [pid for member in self.members[1:] for (pid,) in member.ask(query)]
        assert len(pids) == len(self.members) - 1
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)


@contextmanager
def running_cluster(replicas: int = 1, settings: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A cluster until the block ends."""
    with ExitStack() as stack:
        first = stack.enter_context(running_server({**SYNCHRONOUS, **(settings or {})}))
        hba = first.data / "pg_hba.conf"
        hba.write_text(hba.read_text() + "local replication all trust\n")
        first.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")  # not on the command line: a test changes it
        first.ask("SELECT pg_reload_conf()")
        folders = [Path(tempfile.mkdtemp(prefix="kuule-pg-", dir="/tmp")) for _ in range(replicas)]
        cluster = Cluster([first])
        for folder in folders:
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            cluster.members.append(Server(folder, first.programs, first.settings))
        for member in cluster.members[1:]:
            _copy(first, member)
            (member.data / "postgresql.auto.conf").write_text(
                "synchronous_standby_names = '*'\n"
                f"primary_conninfo = 'host={cluster.hosts} user=postgres dbname=replication"
                f" application_name={member.folder.name.replace('-', '_')} target_session_attrs=read-write'\n"
            )
            stack.callback(member.stop)
            member.start()
        if replicas:
            cluster.wait_for_replicas(replicas)
        yield cluster


def _copy(first: Server, member: Server) -> None:
    if os.geteuid() == 0:
        os.chown(member.folder, NOBODY, NOBODY)
    command = [str(first.programs / "pg_basebackup"), "-h", str(first.folder), "-U", "postgres", "-D", str(member.data)]
    command += ["--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf", "--no-sync"]
    subprocess.run(command, check=True, capture_output=True, **as_whom())
