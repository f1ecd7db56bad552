"""A cluster of three hosts is killed twenty times under 48 people: whoever saw "Thank you" is opened exactly once."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from kuule.forms.record import Record
from kuule.opening.archive_rows import OpenedRecord
from kuule.sealing.archive import ArchiveReader
from tests.cluster.files_of_members import envelopes_in_logs, log_of_etcd
from tests.cluster.members import SOURCE, Installation, missing_programs
from tests.cluster.namespaces import Host, hosts_in_a_network
from tests.factories import open_rows
from tests.journeys.crowd import YEARS
from tests.patience import PATIENCE, wait_until
from tests.study.small_study import make_edition, rehearsal_key

PEOPLE = 48
CUT_SECONDS = 30.0
_ANEW = 10
"""So many have to be thanked after each kill before the next."""


@dataclass
class Answering:
    """People in a process on the host before the collectors, and what they have come to."""

    folder: Path
    process: subprocess.Popen[bytes]

    def so_far(self) -> tuple[int, float]:
        """How many were thanked, and when the last one was."""
        try:
            count, last, failures = (self.folder / "thanks").read_text().split()
        except FileNotFoundError:
            return 0, 0.0
        assert failures == "0"
        return int(count), float(last)

    def end(self) -> dict[str, list[float]]:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        told: dict[str, list[float]] = json.loads((self.folder / "people.json").read_text())
        return told


@dataclass
class Trial:
    """What is killed, how, and when."""

    cluster: Installation
    people: Answering
    chance: Random
    table: list[tuple[str, float]] = field(default_factory=list)

    def run(self, what: str, kill: Callable[[], None]) -> None:
        """Kill, and wait until people are thanked again and the cluster is whole."""
        wait_until(self.cluster.is_whole, self.cluster.said)
        time.sleep(self.chance.uniform(0, 0.5))
        before = self.people.so_far()[0]
        self.table.append((what, time.monotonic()))
        kill()
        wait_until(lambda: self.people.so_far()[0] >= before + _ANEW, self.cluster.said)

    def host(self, role: str) -> Host:
        found = self.cluster.host_of(role)
        assert found is not None, self.cluster.roles()
        return found

    def primary(self) -> None:
        """The server alone: Patroni lives and sees it."""
        self.host("leader").kill("/data", "postgres:")

    def primary_host(self) -> None:
        """Power is cut: server, Patroni, etcd and collector."""
        self.host("leader").kill()

    def replica(self) -> None:
        self.host("sync_standby").kill("/data", "postgres:")

    def other_replica(self) -> None:
        self.host("replica").kill("patroni", "/data", "postgres:")

    def etcd(self) -> None:
        self.chance.choice(self.cluster.hosts).kill("etcd")

    def collector(self) -> None:
        self.chance.choice(self.cluster.hosts).kill("collector_server")

    def network_of_primary(self) -> None:
        self._cut(self.host("leader"))

    def network_of_replica(self) -> None:
        self._cut(self.host("sync_standby"))

    def _cut(self, host: Host) -> None:
        host.cut()
        try:
            time.sleep(CUT_SECONDS)
        finally:
            host.join()


KILLS = (
    "primary", "collector", "replica", "etcd", "primary_host", "collector", "network_of_primary", "other_replica",
    "collector", "primary", "etcd", "network_of_replica", "primary_host", "replica", "collector", "primary",
    "etcd", "network_of_primary", "collector", "primary",
)  # fmt: skip


@pytest.fixture
def folder() -> Iterator[Path]:
    """Every user may look for their own files in it; a socket's path is short."""
    made = Path(tempfile.mkdtemp(prefix="kuule-cluster-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.skipif(os.geteuid() != 0 or bool(missing_programs()), reason="no root, or no etcd, Patroni, haproxy here")
def test_nobody_who_was_thanked_by_a_cluster_is_lost_or_counted_twice(folder: Path) -> None:
    edition = make_edition(folder)
    with hosts_in_a_network(4) as hosts:
        cluster = Installation(folder, hosts[:3], hosts[3], folder / "edition")
        try:
            trial, told = _killed(cluster)
            _report(trial, told)
            assert max(envelopes_in_logs(cluster)) > 0, "the look finds nothing before"
            cluster.stop_collectors()
            opened = _opened(_archived(cluster), edition.short)
            left = envelopes_in_logs(cluster)
            _say(f"etcd has {len(log_of_etcd(cluster))} different places of the log in its files")
        finally:
            cluster.end()
    assert told["failures"] == []
    assert opened == Counter(told["thanked"])
    assert set(opened.values()) == {1}
    assert left == [0, 0, 0], "a member's log has answers in it after a rewriting that said of none"


def _killed(cluster: Installation) -> tuple[Trial, dict[str, list[float]]]:
    cluster.prepare()
    cluster.start_databases()
    cluster.start_collectors()
    people = _people(cluster)
    trial = Trial(cluster, people, random.Random(24))
    wait_until(lambda: people.so_far()[0] >= _ANEW, cluster.said)
    for kill in KILLS:
        trial.run(kill, getattr(trial, kill))
    wait_until(cluster.is_whole, cluster.said)
    return trial, people.end()


def _archived(cluster: Installation) -> Path:
    """The archive that was made when every member had discarded its log: one that is busy may need longer than it is
    given, and the command says so."""
    made: list[Path] = []

    def is_cleared() -> bool:
        made.append(cluster.folder / f"answers-{len(made)}.archive")
        words = ("archive", str(cluster.edition), str(made[-1]), "--database", cluster.database())
        return "STORE_042" not in cluster.kuule(cluster.hosts[0], *words)

    wait_until(is_cleared, cluster.said)
    return made[-1]


def _people(cluster: Installation) -> Answering:
    command = ["ip", "netns", "exec", cluster.front.namespace, sys.executable, "-m", "tests.cluster.people"]
    with (cluster.folder / "people.log").open("ab") as said:
        process = subprocess.Popen(
            [*command, "8000", str(PEOPLE), str(cluster.folder)], stdin=subprocess.PIPE, stdout=said, stderr=said,
            cwd=SOURCE, env={**os.environ, "PYTHONPATH": f"{SOURCE / 'src'}:{SOURCE}"},
        )  # fmt: skip
    return Answering(cluster.folder, process)


def _opened(archive: Path, short: str) -> Counter[int]:
    """How often each person's number is in the archive."""
    rows = list(open_rows(ArchiveReader(archive), [rehearsal_key()]))
    records = [Record.from_bytes(row.record) for row in rows if isinstance(row, OpenedRecord)]
    assert len(records) == len(rows)
    return Counter(int(record.answers[YEARS]) for record in records)


def _report(trial: Trial, told: dict[str, list[float]]) -> None:
    """The table of kills, each with the longest time in which nobody was thanked until the next one."""
    thanks = sorted(told["thanks"])
    ends = [when for _, when in trial.table[1:]] + [thanks[-1]]
    for number, ((what, killed), end) in enumerate(zip(trial.table, ends, strict=True), 1):
        _say(f"{number:2} {what}: {_longest_silence(thanks, killed, end):.1f} s")
    _say(f"{len(thanks)} thanked in {thanks[-1] - thanks[0]:.0f} s")


def _longest_silence(thanks: list[float], begin: float, end: float) -> float:
    """Between two who were thanked, the second one after `begin` and the first one before `end`."""
    return max(later - max(earlier, begin) for earlier, later in pairwise(thanks) if later > begin and earlier < end)


def _say(words: str) -> None:
    print(words, flush=True)
