"""What a visit takes of each tier, by the number of collectors and by the database: haproxy, collectors, PostgreSQL,
and what decides which server takes writes (Patroni and etcd).

All hosts are network namespaces of this machine and share its cores, so that visits a second tell what more machines
cost and not what they give. Seconds of a core for each visit tell that: a tier on machines of its own takes as many
visits as it has of those. Needs root and what tests/cluster needs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cluster.members import PORT, SOURCE, USER, Installation, missing_programs, server_programs
from tests.cluster.namespaces import Host, hosts_in_a_network
from tests.patience import wait_until

from bench.questionnaires import SETTINGS
from bench.serving import written
from bench.visits import REQUESTS, Row, path_form
from bench.yardstick import Figure
from kuule.opening.private_key import PrivateKey
from kuule.study.freeze import freeze

PEOPLE = 48
_TICKS = os.sysconf("SC_CLK_TCK")
_TIERS = (
    ("collector_server", "collectors"), ("haproxy", "haproxy"), ("etcd", "deciding"), ("patroni", "deciding"),
    ("postgres", "database"),
)  # fmt: skip
"""A word of a command line, and the tier that it is of; the first that fits."""


def measure(seconds: float = 8.0) -> list[Row]:
    """Rows of the table: each database with one, two and three collectors."""
    if os.geteuid() != 0 or missing_programs():
        return [("not measured", f"needs root, and {', '.join(missing_programs()) or 'nothing else'}")]
    rows: list[Row] = [("people", f"{PEOPLE} at once, one worker a collector, all on {os.cpu_count()} cores")]
    for name, kind in KINDS.items():
        with _installed(kind) as cluster:
            for count in (1,) if kind is OneFile else (1, 2, 3):
                cluster.start_collectors(count)
                rows.append((f"{name}, collectors: {count}", _measured(cluster, count, seconds)))
    return rows


class OneFile(Installation):
    """One collector with a file on its disk."""

    def database(self) -> str:
        return f"sqlite:///{self.folder / 'answers.sqlite3'}"

    def start_databases(self) -> None:
        """A file is made by who uses it."""


class OneServer(Installation):
    """One PostgreSQL with the settings of deploy/postgresql, on the first host."""

    def database(self) -> str:
        files = f"passfile={self.folder / 'pgpass'}&sslrootcert={self.folder / 'ca.pem'}"
        return f"postgresql://kuule@{self.hosts[0].address}/kuule?{files}"

    def start_databases(self) -> None:
        host, programs = self.hosts[0], server_programs()
        place = self.place(host)
        as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups"]
        host.run([*as_user, f"{programs}/initdb", "-D", f"{place}/data", "-E", "UTF8", "--no-locale", "-A", "trust"])
        with (place / "data" / "pg_hba.conf").open("a") as rules:
            rules.write(f"hostssl kuule kuule {host.address.rpartition('.')[0]}.0/24 scram-sha-256\n")
        conf = (SOURCE / "deploy" / "postgresql" / "kuule.conf").read_text("utf-8")
        settings = dict(re.findall(r"^(\w+) = '?([^'\s]+)", conf, flags=re.MULTILINE))
        certificates = place / "certificates"
        settings |= {
            "listen_addresses": host.address, "unix_socket_directories": str(place), "ssl": "on",
            "ssl_cert_file": f"{certificates}/host.pem", "ssl_key_file": f"{certificates}/host.key",
        }  # fmt: skip
        command = [f"{programs}/postgres", "-D", f"{place}/data"]
        command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.add("postgres", host, lambda: host.start(command, place / "postgres.log", user=USER, cwd=place))
        wait_until(lambda: "1" in self.ask(host, "SELECT 1", check=False), self.said)
        self.make_database(host)


KINDS: dict[str, type[Installation]] = {
    "one file (SQLite)": OneFile,
    "one PostgreSQL": OneServer,
    "three with Patroni": Installation,
}


@contextmanager
def _installed(kind: type[Installation]) -> Iterator[Installation]:
    folder = Path(tempfile.mkdtemp(prefix="kuule-bench-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        study = written(folder / "study", path_form(), SETTINGS)
        freeze(study, PrivateKey.generate(bytes(range(32)), rehearsal=True).public, folder / "edition", drafts=True)
        with hosts_in_a_network(4) as hosts:
            cluster = kind(folder, hosts[:3], hosts[3], folder / "edition")
            try:
                cluster.prepare()
                cluster.start_databases()
                yield cluster
            finally:
                cluster.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(cluster: Installation, collectors: int, seconds: float) -> Figure:
    """Let people visit from the host before the collectors, and read what each tier spent meanwhile."""
    for host in cluster.hosts[:collectors]:
        wait_until(lambda host=host: _answers(cluster.front, host), cluster.said)  # type: ignore[misc]
    _load(cluster.front, 2.0)
    before = _spent(cluster)
    load = _load(cluster.front, seconds)
    spent = _spent(cluster)
    visits = max(1, load["answered"]) / REQUESTS  # with those that warmed up, which are paid for as well
    tiers = {tier: (spent[tier] - before[tier]) / visits * 1000 for tier in sorted(spent)}
    words = ", ".join(f"{tier} {ms:.1f}" for tier, ms in tiers.items())
    whole, rate = sum(tiers.values()), load["visits"] / load["seconds"]
    text = f"{rate:.0f} visits/s, {load['failed']} failed; ms of a core a visit: {whole:.1f} ({words})"
    return Figure(text, whole / 1000, "S")


def _answers(front: Host, host: Host) -> bool:
    command = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", f"http://{host.address}:{PORT}/en"]
    return front.run(command, check=False) == "200"


def _load(front: Host, seconds: float) -> dict[str, float]:
    env = {**os.environ, "PYTHONPATH": f"{SOURCE / 'src'}:{SOURCE}"}
    command = [sys.executable, "-m", "bench.tiers", str(PORT), str(PEOPLE), str(seconds)]
    found: dict[str, float] = json.loads(front.run(command, env=env).splitlines()[-1])
    return found


def _spent(cluster: Installation) -> Counter[str]:
    """The seconds of a core that each tier has taken so far."""
    spent: Counter[str] = Counter()
    for host in (*cluster.hosts, cluster.front):
        for pid in host.processes():
            try:
                line = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
                times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            except OSError:
                continue
            tier = next((tier for word, tier in _TIERS if word in line), "other")
            spent[tier] += sum(int(ticks) for ticks in times) / _TICKS  # type: ignore[assignment]
    return spent


def main(port: int, people: int, seconds: float) -> None:
    """The client, on the host before the collectors."""
    from bench.visits import load  # here, since only the client asks

    result = load(port, people, seconds)
    said = {"visits": result.visits, "failed": result.failed, "seconds": result.seconds}
    print(json.dumps({**said, "answered": result.warmed_up + result.answered}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
