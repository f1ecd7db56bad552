"""Whole visits to an onion service over a Tor network of its own: deploy/tor as it is, and nothing leaves this machine.

tor, haproxy and a collector as they are deployed, with a key that was copied and put back. Visitors come by the client
of the network: without a browser, and with Firefox set as Tor Browser is at Safest.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from kuule.collector.served.serve_options import ServeOptions
from kuule.usecases.collecting.onion_key_copies import back_up_key, restore_key
from tests.collector.server.onion_lines import ThroughTor, ask_onion, onion_browser
from tests.collector.server.servers import said_by, serving
from tests.collector.server.test_onion_service import listening_ports, onion_options
from tests.conftest import browser_path
from tests.deploy.haproxy_for_tests import Front, needs_haproxy, running_haproxy
from tests.deploy.nginx_for_tests import needs_nginx, running_nginx, settings_of
from tests.deploy.onion_flood import by_tor, flooding
from tests.deploy.test_memory import A_MOMENT, copies, visit
from tests.deploy.test_nginx import recorder
from tests.deploy.tor_network import Network, onion_service, running_network
from tests.journeys.firefox import Firefox
from tests.patience import wait_until
from tests.ports import free_port
from tests.study.small_study import make_edition
from tests.usecases.collecting.test_onion_key_copies import name_that_tor_says

pytestmark = [
    pytest.mark.whole,
    needs_haproxy,
    pytest.mark.skipif(
        not all(map(shutil.which, ("tor", "tor-gencert"))),
        reason="tor is not installed; on Debian and Ubuntu: sudo apt install tor",
    ),
]
DROP_IN = "tor@default.service.d/kuule.conf"
LENGTHS = (20, 2_500, 12_000, 40_000, 40_000)
"""Bytes of a form. Long ones pass through buffers that are not used again at once."""
LINES = 20
"""Lines of a flood on one circuit: tor would close one that asks for more than 24."""
SAFEST = {
    "javascript.enabled": False,
    "svg.disabled": True,
    "mathml.disabled": True,
    "gfx.font_rendering.graphite.enabled": False,
    "gfx.font_rendering.opentype_svg.enabled": False,
    "media.peerconnection.enabled": False,
    "webgl.disabled": True,
    "privacy.firstparty.isolate": True,
    "privacy.resistFingerprinting": True,
    "browser.privatebrowsing.autostart": True,
    "dom.security.https_only_mode": True,
    "dom.security.https_only_mode.upgrade_onion": False,
    "network.http.referer.hideOnionSource": True,
    "network.http.referer.XOriginPolicy": 2,
    "network.dns.blockDotOnion": False,
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_version": 5,
    "network.proxy.socks_remote_dns": True,
    "network.proxy.no_proxies_on": "",
}
"""Preferences of Tor Browser at its level Safest, and those by which it goes through tor."""


@dataclass(frozen=True)
class Service:
    """An onion service that visitors reach by the port of their tor."""

    onion: str
    network: Network
    front: Front
    collector: ServeOptions
    processes: tuple[int, ...]

    def road(self, visitor: str) -> ThroughTor:
        return ThroughTor(self.network.socks, visitor)

    def kept(self) -> int:
        path = Path(self.collector.database.removeprefix("sqlite:///"))
        with closing(sqlite3.connect(path)) as store:
            return int(store.execute("select count(*) from store_response").fetchone()[0])


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with running_network(tmp_path_factory.mktemp("network")) as running:
        yield running


@pytest.fixture(scope="module")
def service(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("onion")
    name_that_tor_says(folder / "first")
    onion = back_up_key(folder / "first" / "kuule", folder / "copy")
    (folder / "second").mkdir(mode=0o700)
    restore_key(folder / "copy", folder / "second" / "kuule")
    make_edition(folder)
    wanted = onion_options(folder / "edition", folder, onion=onion, workers=2)
    assert wanted.socket is not None
    environment = settings_of(DROP_IN)
    with (
        serving(wanted) as collector,
        running_haproxy(wanted.socket) as front,
        onion_service(network, front.socket, environment, folder / "second" / "kuule") as (_, tor),
    ):
        wait_until(lambda: answers(onion, network))
        yield Service(onion, network, front, wanted, (collector.pid, front.process, tor))


def answers(onion: str, network: Network) -> bool:
    try:
        return ask_onion(onion, ThroughTor(network.socks, "first")).status == 200
    except OSError:
        return False


def test_whole_visit_is_made_and_kept(service: Service) -> None:
    before = service.kept()
    with onion_browser(service.onion, service.road("somebody")) as browser:
        visit(browser, "To be heard.")
    assert service.kept() == before + 1


def test_answers_tell_no_clock_and_no_program(service: Service) -> None:
    answered = ask_onion(service.onion, service.road("curious"))
    told = {"date", "server", "last-modified", "expires", "age", "via", "x-powered-by", "onion-location", "set-cookie"}
    assert (answered.status, told & set(answered.headers)) == (200, set())


def test_nothing_listens_at_a_port_and_the_kernel_holds_tor_to_what_it_said(service: Service) -> None:
    assert [listening_ports(str(process)) for process in service.processes] == [[]] * 3
    (mode,) = re.findall(r"^Seccomp:\s+(\d)", Path(f"/proc/{service.processes[2]}/status").read_text(), re.MULTILINE)
    assert mode == "2"


def test_circuit_that_asks_without_pause_keeps_nobody_from_a_visit(service: Service) -> None:
    before = service.kept()
    with (
        flooding(service.onion, [by_tor(service.network.socks, "flood")], LINES) as flood,
        onion_browser(service.onion, service.road("visitor")) as browser,
    ):
        visit(browser, "To be heard.")
    assert service.kept() == before + 1
    assert flood.answers[200] > LINES, "no flood: this proves nothing"


def test_no_file_and_no_word_of_a_server_has_a_circuit(service: Service) -> None:
    with onion_browser(service.onion, service.road("somebody else")) as browser:
        visit(browser, "To be heard.")
    ask_onion(service.onion, service.road("last"), "/nothing/here")
    places = {
        "haproxy": service.front.folder.rglob("*"),
        "collector": Path(said_by(service.collector)).parent.glob("*"),
        "tor": service.network.folder.glob("service-*/**/*"),
    }
    files = {name: [path for path in found if path.is_file()] for name, found in places.items()}
    assert all(len(found) > 1 for found in files.values())
    assert [path for found in files.values() for path in found if b"dead:beef" in path.read_bytes()] == []


@pytest.mark.browser
def test_whole_visit_in_firefox_at_the_settings_of_safest(service: Service) -> None:
    before = service.kept()
    proxy = {**SAFEST, "network.proxy.socks_port": service.network.socks}
    with Firefox(browser_path("firefox"), free_port(), proxy) as window:
        window.open(f"{service.onion}/en")
        window.follow("button.button")
        for _ in range(20):
            page = window.source()
            if 'name="go"' not in page:
                break
            answer(window, page)
            window.follow('button[name="go"][value^="send"], button[name="go"][value^="next"]:not(.first)')
        assert "Thank you" in window.source()
    assert service.kept() == before + 1


def answer(window: Firefox, page: str) -> None:
    for name in ("consent", "adult"):
        if f'/{name}"' in page and 'type="radio"' in page:
            window.click('input[value~="yes"]')
            return
    if "<textarea" in page:
        window.write("textarea", "To be heard.")


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


@needs_nginx
@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux reads another process's memory"
)
@pytest.mark.skipif(
    not shutil.which("curl"), reason="curl is not installed; on Debian and Ubuntu: sudo apt install curl"
)
def test_onion_visit_leaves_nothing_in_tor(network: Network) -> None:
    """Beside a public name: tor, nginx, and what would be a collector."""
    assert kept_by_tor(network, {"GLIBC_TUNABLES": ""}) > 0, "the search would not see it"
    assert kept_by_tor(network, settings_of(DROP_IN)) == 0
