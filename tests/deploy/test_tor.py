"""An onion visit through a Tor network of its own, and what tor keeps of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.deploy.nginx_for_tests import needs_nginx, running_nginx, settings_of
from tests.deploy.test_memory import A_MOMENT, copies
from tests.deploy.test_nginx import recorder
from tests.deploy.tor_network import Network, onion_service, running_network
from tests.patience import wait_until

pytestmark = [
    pytest.mark.whole,
    needs_nginx,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux reads another process's memory"
    ),
    pytest.mark.skipif(
        not all(map(shutil.which, ("tor", "tor-gencert", "curl"))),
        reason="tor is not installed; on Debian and Ubuntu: sudo apt install tor curl",
    ),
]
DROP_IN = "tor@default.service.d/kuule.conf"
LENGTHS = (20, 2_500, 12_000, 40_000, 40_000)
"""Bytes of a form. Long ones pass through buffers that are not used again at once."""
"""Seconds until a network of relays has agreed on itself and an onion service is found in it."""


def posted(network: Network, name: str, form: bytes) -> str:
    """The status of a form that a visitor sends to an onion service."""
    command = [
        "curl", "--silent", "--max-time", "20", "--socks5-hostname", f"127.0.0.1:{network.socks}",
        "--output", "/dev/null", "--write-out", "%{http_code}", "--data-binary", "@-", f"http://{name}/en",
    ]  # fmt: skip
    return subprocess.run(command, input=form, capture_output=True, check=False).stdout.decode()


def reach(network: Network, hostname: Path) -> str:
    """The name of an onion service, once a visitor gets through to it."""
    wait_until(lambda: hostname.exists() and posted(network, hostname.read_text("ascii").strip(), b"x=1") == "200")
    return hostname.read_text("ascii").strip()


def kept_by_tor(network: Network, environment: dict[str, str]) -> int:
    """Copies of what was typed in a few forms, each looked for a moment after it was answered."""
    found = 0
    with (
        recorder(page=b"p" * 4096) as behind,
        running_nginx(behind.port) as nginx,
        onion_service(network, nginx.plain, environment) as (hostname, process),
    ):
        name = reach(network, hostname)
        for length in LENGTHS:
            mark = f"Zq{os.urandom(9).hex()} ".encode()
            assert posted(network, name, b"wish=" + mark * (length // len(mark) + 1)) == "200"
            time.sleep(A_MOMENT)
            found += copies([process, *nginx.processes()], mark)
    return found


def test_onion_visit_leaves_nothing_in_tor(tmp_path: Path) -> None:
    with running_network(tmp_path) as network:
        assert kept_by_tor(network, {"GLIBC_TUNABLES": ""}) > 0, "the search would not see it"
        assert kept_by_tor(network, settings_of(DROP_IN)) == 0
