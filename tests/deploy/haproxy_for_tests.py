"""haproxy as deploy/tor configures it and deploy/systemd starts it; its sockets and its page are the test's."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deploy.nginx_for_tests import DEPLOY, settings_of
from tests.patience import PATIENCE, wait_until

HAPROXY = Path("/usr/sbin/haproxy")
CONFIG = (DEPLOY / "tor" / "haproxy.cfg").read_text("utf-8")
DROP_IN = "haproxy.service.d/kuule.conf"
needs_haproxy = pytest.mark.skipif(
    not HAPROXY.exists(), reason="haproxy is not installed; on Debian and Ubuntu: sudo apt install haproxy"
)


@dataclass(frozen=True)
class Front:
    """`socket` is what tor connects to; `process` is the one that does the work."""

    socket: Path
    process: int
    folder: Path


@contextmanager
def running_haproxy(
    upstream: Path, changes: tuple[tuple[str, str], ...] = (), environment: Mapping[str, str] | None = None
) -> Iterator[Front]:
    """Run it before the socket `upstream`. Nothing but its folder has a name of the test's."""
    folder = Path(tempfile.mkdtemp(prefix="front-"))
    try:
        shutil.copy(DEPLOY / "nginx" / "closed.html", folder)
        config = _config(folder, upstream)
        for before, after in changes:
            assert before in config, before
            config = config.replace(before, after)
        (folder / "haproxy.cfg").write_text(config, "utf-8")
        started_with = settings_of(DROP_IN) if environment is None else environment
        command = [
            str(HAPROXY), "-db", "-f", str(folder / "haproxy.cfg"), *shlex.split(started_with.get("EXTRAOPTS", "")),
        ]  # fmt: skip
        with (folder / "said").open("wb") as said:
            process = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **started_with})
        try:
            front = folder / "onion.sock"
            wait_until(lambda: front.exists() or process.poll() is not None, (folder / "said").read_text)
            assert process.poll() is None, (folder / "said").read_text()
            yield Front(front, process.pid, folder)
        finally:
            process.terminate()
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder)


def _config(folder: Path, upstream: Path) -> str:
    config = re.sub(r"^    (user|group) haproxy\n", "", CONFIG, flags=re.MULTILINE)
    pairs = (
        ("/run/kuule-front/onion.sock", str(folder / "onion.sock")),
        ("/run/kuule-collector/collector.sock", str(upstream)),
        ("/etc/haproxy/closed.html", str(folder / "closed.html")),
        (" mode 660 group debian-tor", ""),
    )
    for before, after in pairs:
        assert before in config, before
        config = config.replace(before, after)
    return config
