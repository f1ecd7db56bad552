"""nginx as deploy/nginx configures it, on this machine: other ports, a certificate of the test, folders of the test."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NAME = "survey.example.org"
SECONDS = 15


@dataclass(frozen=True)
class Nginx:
    """`port` speaks TLS, `plain` is for Tor on this machine; `folder` is all that it can write to."""

    port: int
    plain: int
    folder: Path
    process: subprocess.Popen[bytes]

    def connect(self, source: str = "127.0.0.1") -> ssl.SSLSocket:
        line = socket.create_connection(("127.0.0.1", self.port), SECONDS, (source, 0))
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem")).wrap_socket(
            line, server_hostname=NAME
        )

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_nginx(upstream: int, changes: tuple[tuple[str, str], ...] = ()) -> Iterator[Nginx]:
    """Run it. Its folders for forms and pages cannot be written by its workers: what would go to a file breaks."""
    # Not below pytest's folder, which another user cannot enter: as root, nginx gives its workers to www-data.
    folder = Path(tempfile.mkdtemp(prefix="nginx-"))
    try:
        folder.chmod(0o755)
        port, plain = free_port(), free_port()
        _certificate(folder)
        config = _config(folder, port, plain, upstream)
        for before, after in changes:
            assert before in config, before
            config = config.replace(before, after.replace("FOLDER", str(folder)))
        (folder / "nginx.conf").write_text(config, "utf-8")
        command = ["/usr/sbin/nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "start.log")]
        process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
        try:
            _wait(plain, process, folder / "start.log")
            for name in ("forms", "pages"):
                (folder / name).chmod(0o500)
                if os.geteuid() == 0:
                    os.chown(folder / name, 0, 0)
            yield Nginx(port, plain, folder, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(SECONDS)
    finally:
        shutil.rmtree(folder)


def _config(folder: Path, port: int, plain: int, upstream: int) -> str:
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
        ("listen 80 ", f"listen 127.0.0.1:{free_port()} "),
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
        "-keyout", str(folder / "key.pem"), "-out", str(folder / "fullchain.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")
