"""nginx as deploy/nginx configures it and deploy/systemd starts it; ports, certificate and folders are the test's."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.patience import PATIENCE, wait_until
from tests.ports import free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NGINX = Path("/usr/sbin/nginx")
NAME = "survey.example.org"
needs_nginx = pytest.mark.skipif(
    not NGINX.exists() or not shutil.which("openssl"),
    reason="nginx is not installed; on Debian and Ubuntu: sudo apt install nginx-light openssl",
)


@dataclass(frozen=True)
class Nginx:
    """`port` speaks TLS, `plain` is for Tor on this machine, `open_line` is its port 80; `folder` is all that it can
    write to."""

    port: int
    plain: int
    open_line: int
    folder: Path

    def connect(self, source: str = "127.0.0.1") -> ssl.SSLSocket:
        line = socket.create_connection(("127.0.0.1", self.port), PATIENCE, (source, 0))
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem")).wrap_socket(
            line, server_hostname=NAME
        )

    @property
    def master(self) -> int:
        return int((self.folder / "pid").read_text("ascii"))

    def processes(self) -> list[int]:
        """The master and its workers, those included that only finish what they have."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text("ascii").split()
        return [self.master, *map(int, children)]

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


def settings_of(unit: str) -> dict[str, str]:
    """The environment that a file of deploy/systemd gives to what it starts."""
    lines = re.findall(r"^Environment=(.*)$", (DEPLOY / "systemd" / unit).read_text("utf-8"), flags=re.MULTILINE)
    return dict(part.split("=", 1) for line in lines for part in shlex.split(line))


@contextmanager
def running_nginx(
    upstream: int, changes: tuple[tuple[str, str], ...] = (), environment: Mapping[str, str] | None = None
) -> Iterator[Nginx]:
    """Run it. Its folders for forms and pages cannot be written by its workers: what would go to a file breaks."""
    # Not below pytest's folder, which another user cannot enter: as root, nginx gives its workers to www-data.
    folder = Path(tempfile.mkdtemp(prefix="nginx-"))
    try:
        folder.chmod(0o755)
        port, plain, open_line = free_port(), free_port(), free_port()
        _certificate(folder)
        config = _config(folder, port, plain, open_line, upstream)
        for before, after in changes:
            assert before in config, before
            config = config.replace(before, after.replace("FOLDER", str(folder)))
        (folder / "nginx.conf").write_text(config, "utf-8")
        started_with = settings_of("nginx.service.d/kuule.conf") if environment is None else environment
        command = [str(NGINX), "-c", str(folder / "nginx.conf"), "-e", str(folder / "start.log")]
        environment = {**os.environ, **started_with}
        # It goes into the background, as its unit has it.
        outcome = subprocess.run(command, capture_output=True, env=environment, check=False)
        assert outcome.returncode == 0, outcome.stderr.decode()
        nginx = Nginx(port, plain, open_line, folder)
        try:
            _wait(plain)
            for name in ("forms", "pages"):
                (folder / name).chmod(0o500)
                if os.geteuid() == 0:
                    os.chown(folder / name, 0, 0)
            yield nginx
        finally:
            end(nginx.master)
    finally:
        shutil.rmtree(folder)


def _config(folder: Path, port: int, plain: int, open_line: int, upstream: int) -> str:
    nginx = DEPLOY / "nginx"
    shutil.copy(nginx / "closed.html", folder)
    inc = (nginx / "collector.inc").read_text("utf-8")
    (folder / "collector.inc").write_text(
        inc.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}").replace("root /etc/nginx", f"root {folder}"), "utf-8"
    )
    config = (nginx / "nginx.conf").read_text("utf-8")
    config = re.sub(r"^\s*listen \[::\].*\n", "", config, flags=re.MULTILINE)
    pairs = (
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("/var/lib/kuule-acme", str(folder / "acme")),
        ("listen 80 ", f"listen 127.0.0.1:{open_line} "),
        ("listen 127.0.0.1:8080", f"listen 127.0.0.1:{plain}"),
        ("/etc/ssl/survey", str(folder)),
        ("/etc/nginx/collector.inc", str(folder / "collector.inc")),
        ("/run/nginx-body", str(folder / "forms")),
        ("/run/nginx-pages", str(folder / "pages")),
        ("/run/nginx.pid", str(folder / "pid")),
        ("worker_processes auto", "worker_processes 1"),
    )
    for before, after in pairs:
        assert before in config, before
        config = config.replace(before, after)
    return config if os.geteuid() == 0 else config.replace("user www-data;\n", "")


def _certificate(folder: Path) -> None:
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
        "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


def end(process: int, how: signal.Signals = signal.SIGTERM) -> None:
    """Ask a process that is no child of this one to end, and wait until it has."""
    os.kill(process, how)
    wait_until(lambda: not Path(f"/proc/{process}").exists())


def _wait(port: int) -> None:
    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(answers)
