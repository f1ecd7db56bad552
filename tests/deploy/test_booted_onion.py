"""A Debian 13 that boots as an onion service and nothing else, made by `kuule deploy --apply`: tor, haproxy and a
collector that has no network. Visits go through haproxy, as tor would send them; nothing reaches the Tor network."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.deploy.deployed_machine import deployed
from tests.packaging.booted_container import BootedContainer
from tests.patience import wait_until

pytestmark = [pytest.mark.whole, pytest.mark.timeout(3600)]

HOST = 'study = "small-study"\n\n[collector]\npractice = true\nonion = true\n'
UNITS = ("kuule-collector.socket", "kuule-collector.service", "haproxy.service", "tor@default.service")
MOST_EXPOSED = {"kuule-collector": 1.0, "haproxy": 3.0}


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BootedContainer]:
    with deployed(HOST, tmp_path_factory.mktemp("onion") / "root") as container:
        yield container


def asked(machine: BootedContainer, host: str) -> str:
    """The code with which haproxy answers on the socket that tor has, to a request for this name."""
    socket = "--unix-socket /run/kuule-front/onion.sock --haproxy-protocol --max-time 60"
    command = f"curl --silent {socket} --output /dev/null --write-out '%{{http_code}}' http://{host}/"
    return machine.run(command, may_fail=True)


def test_it_is_reached_by_its_address_alone_and_listens_nowhere(machine: BootedContainer) -> None:
    wait_until(lambda: machine.run(f"systemctl is-active {' '.join(UNITS)}", may_fail=True).split() == ["active"] * 4)
    onion = machine.run("cat /var/lib/tor/kuule/hostname").strip()
    assert (asked(machine, onion), asked(machine, "survey.example.org")) == ("200", "421")
    listening = machine.run("ss --no-header --listening --tcp --processes")
    assert [name for name in ("tor", "haproxy", "kuule", "python") if name in listening] == []


def test_services_are_as_little_exposed_as_was_measured(machine: BootedContainer) -> None:
    found = {}
    for unit in MOST_EXPOSED:
        said = machine.run(f"systemd-analyze security --no-pager {unit}")
        found[unit] = float(re.findall(r"Overall exposure level .*: ([0-9.]+)", said)[0])
    assert {unit: level for unit, level in found.items() if level > MOST_EXPOSED[unit]} == {}


def test_restarts_and_new_workers_refuse_nobody(machine: BootedContainer) -> None:
    onion = machine.run("cat /var/lib/tor/kuule/hostname").strip()
    wait_until(lambda: asked(machine, onion) == "200")
    machine.run("systemctl restart kuule-collector & systemctl start haproxy-renew; wait")
    assert [asked(machine, onion) for _ in range(5)] == ["200"] * 5


def test_journal_says_nothing_of_how_many_came(machine: BootedContainer) -> None:
    """haproxy's old workers would write it every five minutes, and the journal adds the time."""
    onion = machine.run("cat /var/lib/tor/kuule/hostname").strip()
    wait_until(lambda: asked(machine, onion) == "200")
    machine.run("echo 'Proxy planted stopped (cumulated conns: FE: 2)' | systemd-cat --identifier=planted")
    machine.run("systemctl start haproxy-renew && journalctl --sync")
    told = machine.run("journalctl --output=cat | grep cumulated").splitlines()
    assert set(told) == {"Proxy planted stopped (cumulated conns: FE: 2)"}


def test_it_comes_up_after_a_reboot_at_the_same_address(machine: BootedContainer) -> None:
    onion = machine.run("cat /var/lib/tor/kuule/hostname").strip()
    machine.reboot()
    wait_until(lambda: asked(machine, onion) == "200")
    assert machine.run("cat /var/lib/tor/kuule/hostname").strip() == onion
    assert machine.run("systemctl --failed --no-legend --plain") == ""
