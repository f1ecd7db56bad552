"""Three hosts with etcd, PostgreSQL under Patroni and a collector each, made of what stands in deploy/cluster.

Whatever ends is started again after a second, as a service manager does.
"""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kuule.collector.served.serve_options import ServeOptions
from tests.cluster.certificates import Authority
from tests.cluster.namespaces import Host
from tests.collector.server.servers import CODE
from tests.patience import wait_until

DEPLOY = Path(__file__).resolve().parents[2] / "deploy" / "cluster"
SOURCE = Path(__file__).resolve().parents[2]
USER = "postgres"
PROGRAMS = ("etcd", "patroni", "haproxy", "setpriv", "ip")
PORT = 8000
_AGAIN_SECONDS = 1.0
_PASSWORDS = {"SUPERUSER_PASSWORD": "s-one", "REPLICATION_PASSWORD": "r-two", "REWIND_PASSWORD": "w-three"}


def server_programs() -> Path | None:
    """Where PostgreSQL is on this machine, the newest one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@dataclass
class Service:
    """A program of a host, and whether it is to run."""

    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    wanted: bool = True
    ended: float = 0.0


@dataclass
class Installation:
    """The three hosts, and one before them. `folder` is entered by the server's user alone."""

    folder: Path
    hosts: list[Host]
    front: Host
    edition: Path
    services: dict[tuple[str, int], Service] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def place(self, host: Host) -> Path:
        return self.folder / f"host{host.number}"

    def database(self) -> str:
        members = ",".join(f"{host.address}:5432" for host in self.hosts)
        return (
            f"postgresql://kuule@{members}/kuule?passfile={self.folder / 'pgpass'}&sslrootcert={self.folder / 'ca.pem'}"
        )

    def prepare(self) -> None:
        """Everything that is there before the first start: certificates, settings, the secret."""
        authority, owner = Authority(), pwd.getpwnam(USER).pw_uid
        for host in self.hosts:
            place = self.place(host)
            place.mkdir()
            os.chown(place, owner, owner)
            authority.write(place / "certificates", host.address, owner)
            for name in ("patroni.yml", "etcd.env"):
                (place / name).write_text(self._filled(name, host))
                (place / name).chmod(0o644)
        (self.folder / "ca.pem").write_bytes((self.place(self.hosts[0]) / "certificates" / "ca.pem").read_bytes())
        (self.folder / "pgpass").touch(0o600)
        (self.folder / "pgpass").write_text("*:5432:kuule:kuule:k-four\n")
        (self.folder / "secret").touch(0o600)
        (self.folder / "secret").write_bytes(bytes(range(32)))
        (self.folder / "haproxy.cfg").write_text(self._haproxy())

    def _filled(self, name: str, host: Host) -> str:
        """A file of deploy/cluster with the words put in, and with folders of the test."""
        words = dict(zip(("ONE", "TWO", "THREE"), (one.address for one in self.hosts), strict=True))
        words |= {"NAME": f"db{host.number}", "ADDRESS": host.address, **_PASSWORDS}
        text = re.sub(r"@([A-Z_]+)@", lambda found: words.get(found[1], found[0]), (DEPLOY / name).read_text("utf-8"))
        place = str(self.place(host))
        for there, here in (
            ("/etc/kuule-cluster", f"{place}/certificates"),
            ("/var/lib/postgresql/kuule", f"{place}/data"),
            ("/var/lib/etcd/kuule", f"{place}/etcd"),
            ("/run/postgresql", place),
            ("/usr/lib/postgresql/17/bin", str(server_programs())),
        ):
            text = text.replace(there, here)
        return text

    def _haproxy(self) -> str:
        """As shipped, without nginx between: the collectors are asked in plain, in a network that is nobody's."""
        text = (DEPLOY / "haproxy.cfg").read_text("utf-8")
        for host, word in zip(self.hosts, ("ONE", "TWO", "THREE"), strict=True):
            text = text.replace(f"@{word}@:443", f"{host.address}:{PORT}")
        return text.replace(" check-ssl verify required ca-file /etc/ssl/certs/ca-certificates.crt", "").replace(
            "bind :443", f"bind 127.0.0.1:{PORT}"
        )

    def start_databases(self) -> None:
        for host in self.hosts:
            self.add("etcd", host, lambda host=host: self._start_etcd(host))  # type: ignore[misc]
        for host in self.hosts:
            self.add("patroni", host, lambda host=host: self._start_patroni(host))  # type: ignore[misc]
        self._thread = threading.Thread(target=self._supervise)
        self._thread.start()
        wait_until(self.is_whole, self.said)
        leader = self.host_of("leader")
        assert leader is not None
        self.make_database(leader)

    def start_collectors(self, count: int = 3) -> None:
        """So many of them, beside those that run already, and what stands before them."""
        for host in self.hosts[:count]:
            if ("collector", host.number) not in self.services:
                self.add("collector", host, lambda host=host: self._start_collector(host))  # type: ignore[misc]
        if ("haproxy", self.front.number) not in self.services:
            command = ["haproxy", "-db", "-f", str(self.folder / "haproxy.cfg")]
            self.add("haproxy", self.front, lambda: self.front.start(command, self.folder / "haproxy.log"))

    def end(self) -> None:
        """Look after nothing any more, and end what was started here. The server itself ends with its host."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        for service in self.services.values():
            if service.process is not None:
                service.process.kill()
                service.process.wait()

    def stop_collectors(self) -> None:
        """In order, so that they rewrite what they kept."""
        for (kind, _), service in self.services.items():
            if kind == "collector" and service.process is not None:
                service.wanted = False
                service.process.terminate()
                service.process.wait(60)

    def said(self) -> str:
        """The last lines of everything, for whoever reads why a test failed."""
        logs = sorted(self.folder.rglob("*.log"))
        return "\n".join(f"{log}:\n{log.read_text('utf-8', 'replace')[-1500:]}" for log in logs)

    def roles(self) -> dict[str, tuple[str, str]]:
        """What Patroni says of each member: its part and its state, asked of whichever answers."""
        for host in self.hosts:
            try:
                found = json.loads(self._ask_patroni(host, "cluster"))
            except (AssertionError, ValueError):
                continue
            return {member["name"]: (member["role"], member["state"]) for member in found["members"]}
        return {}

    def host_of(self, role: str) -> Host | None:
        names = [name for name, (part, _) in self.roles().items() if part == role]
        return next((host for host in self.hosts if f"db{host.number}" in names), None)

    def is_whole(self) -> bool:
        """One takes writes, one confirms them, and the third follows."""
        found = sorted(self.roles().values())
        return found == [("leader", "running"), ("replica", "streaming"), ("sync_standby", "streaming")]

    def _ask_patroni(self, host: Host, what: str) -> str:
        place = self.place(host) / "certificates"
        command = ["curl", "-sf", "-m", "3", "--cacert", str(place / "ca.pem"), "--cert", str(place / "host.pem")]
        command += ["--key", str(place / "host.key"), f"https://{host.address}:8008/{what}"]
        return host.run(command)

    def ask(self, host: Host, query: str, database: str = "postgres", *, check: bool = True) -> str:
        """What the server of a host says to its superuser."""
        command = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups", "psql", "-AtXq"]
        return host.run([*command, "-h", str(self.place(host)), "-d", database, "-c", query], check=check).strip()

    def make_database(self, leader: Host) -> None:
        """As docs/how-to/postgresql.md says."""
        self.ask(leader, "CREATE ROLE kuule LOGIN PASSWORD 'k-four'")
        self.ask(leader, "CREATE DATABASE kuule OWNER kuule")
        self.ask(leader, "REVOKE CONNECT, TEMPORARY ON DATABASE kuule FROM PUBLIC")
        self.ask(leader, "GRANT CONNECT, TEMPORARY ON DATABASE kuule TO kuule")
        self.ask(leader, "GRANT pg_checkpoint TO kuule")
        self.ask(leader, "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO kuule", "kuule")

    def kuule(self, host: Host, *words: str) -> str:
        """What a command of Kuule's says on a host, and what it warns of."""
        command = [sys.executable, "-m", "kuule", *words]
        return host.run(["sh", "-c", 'exec "$@" 2>&1', "sh", *command], env=self._surroundings())

    def _surroundings(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": f"{SOURCE / 'src'}:{SOURCE}"}

    def _start_etcd(self, host: Host) -> subprocess.Popen[bytes]:
        place = self.place(host)
        lines = (place / "etcd.env").read_text().splitlines()
        env = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        # A member that comes back has its folder, and joins as the one that it was.
        return host.start(["etcd"], place / "etcd.log", user=USER, env={"PATH": os.environ["PATH"], **env}, cwd=place)

    def _start_patroni(self, host: Host) -> subprocess.Popen[bytes]:
        place = self.place(host)
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(place)}
        command = ["patroni", str(place / "patroni.yml")]
        return host.start(command, place / "patroni.log", user=USER, env=env, cwd=place)

    def _start_collector(self, host: Host) -> subprocess.Popen[bytes]:
        options = ServeOptions(
            (self.edition,), self.database(), host=host.address, port=PORT, workers=1, rehearsal=True, drafts=True,
            secret=self.folder / "secret", behind_tls=True,
        )  # fmt: skip
        place = self.place(host)
        runtime = place / "run"
        runtime.mkdir(exist_ok=True, mode=0o700)
        env = {**self._surroundings(), "XDG_RUNTIME_DIR": str(runtime)}
        return host.start([sys.executable, "-c", CODE, options.to_text()], place / "collector.log", env=env, cwd="/")

    def add(self, kind: str, host: Host, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        """Start a program of a host, and see to it that it runs."""
        self.services[kind, host.number] = Service(start, start())

    def _supervise(self) -> None:
        while not self._ended.wait(0.2):
            for service in list(self.services.values()):
                _look_after(service)


def _look_after(service: Service) -> None:
    if not service.wanted or service.process is None or service.process.poll() is None:
        service.ended = 0.0
        return
    if not service.ended:
        service.ended = time.monotonic()
    elif time.monotonic() - service.ended > _AGAIN_SECONDS:
        service.process, service.ended = service.start(), 0.0


def missing_programs() -> list[str]:
    """What this machine lacks for it."""
    found = [name for name in (*PROGRAMS, "curl", "psql") if shutil.which(name) is None]
    return found + ([] if server_programs() else ["postgresql"])
