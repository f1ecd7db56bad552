"""A Debian 13 that boots, made by `kuule deploy --apply` of the built package: a collector with a public name and an
onion address, nginx and tor before it, a workbench beside it. It has no network but its own."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.deployed_machine import APPLY, BACKUP_KEY, deployed
from tests.packaging.booted_container import BootedContainer
from tests.patience import PATIENCE, wait_until

pytestmark = [pytest.mark.whole, pytest.mark.timeout(3600)]

VISITOR = "203.0.113.7"
"""An address of a visitor, and of nobody else (RFC 5737)."""
PLANTED = "198.51.100.9"
HOST = """\
study = "small-study"

[collector]
practice = true
onion = true

[public]
name = "survey.example.org"

[workbench]
name = "workbench.example.org"
survey = "https://survey.example.org"
watch = true

[status]
alert = "/usr/bin/touch"

[backup]
"""
"""Whoever is told of a unit that failed gets a file of its name in /."""
UNITS = (
    "kuule-collector.service", "kuule-workbench.service", "nginx.service", "tor@default.service", "nginx-renew.timer",
    "kuule-backup.timer", "kuule-workbench-backup.timer",
    "kuule-status.timer", "kuule-verify.service",
)  # fmt: skip
MOST_EXPOSED = {
    "kuule-collector": 1.5, "kuule-workbench": 1.5, "nginx": 3.0, "tor@default": 7.0, "kuule-backup": 1.5,
    "kuule-workbench-backup": 1.5,
}  # fmt: skip
"""systemd-analyze security, from 0 (nothing) to 10; measured 1.0, 1.0, 2.5 and 6.6."""
DATABASES = {"kuule-backup": " --database sqlite:///{}.sqlite3", "kuule-workbench-backup": ""}
ASKED = {
    "writes": ["/", "/etc", "/srv/kuule", "/srv/kuule/edition", "/usr", "/var", "/var/log", "/var/lib", "/run",
               "/home", "/root", "/var/lib/kuule", "/var/lib/private/kuule", "/var/lib/kuule-workbench",
               "/var/lib/private/kuule-workbench", "/var/lib/kuule-backup", "/var/lib/private/kuule-backup"],
    "reads": ["/srv/kuule/edition", "/etc/kuule/token-secret", "/etc/kuule/workbench-secret", "/var/log", "/root",
              "/etc/ssl/survey/privkey.pem", "/var/lib/tor/kuule", "/var/lib/kuule", "/var/lib/kuule-workbench",
              "/var/lib/private/kuule", "/var/lib/private/kuule-workbench", "/etc/shadow"],
    "reaches": [[VISITOR, 80], ["127.0.0.1", 80]],
}  # fmt: skip


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BootedContainer]:
    """The machine after the first --apply, once for all tests here."""
    with deployed(HOST, tmp_path_factory.mktemp("machine") / "root") as container:
        yield container


def has_come_up(machine: BootedContainer) -> bool:
    return machine.run(f"systemctl is-active {' '.join(UNITS)}", may_fail=True).split() == ["active"] * len(UNITS)


def request(site: str, *, more: str = "", written: str = "%{http_code}") -> str:
    """A command that asks nginx for the first page of a site, and writes what is wanted of the answer."""
    name = f"{site}.example.org"
    options = f"--silent --insecure --max-time 60 --resolve {name}:443:127.0.0.1 --output /dev/null"
    return f"curl {options} {more} --write-out '{written}' https://{name}/"


def asked(machine: BootedContainer, site: str = "survey", more: str = "") -> str:
    """The code with which nginx answers."""
    return machine.run(request(site, more=more), may_fail=True)


def give_address(machine: BootedContainer) -> None:
    """The visitor's address, which is on this machine."""
    here = f"ip address show dev lo | grep -qF {VISITOR}"
    machine.run(f"{here} || ip address add {VISITOR}/32 dev lo")


def told(machine: BootedContainer) -> list[str]:
    """The units that whoever is told was told of."""
    return sorted(Path(line).name for line in machine.run("find / -maxdepth 1 -name 'kuule-*'").split())


def beside(machine: BootedContainer, *words: str) -> str:
    process = machine.start_beside([sys.executable, "-m", "tests.deploy.resting_visitor", *words])
    said, wrong = process.communicate(timeout=PATIENCE * 3)
    assert process.returncode == 0, wrong
    return said.strip()


def test_everything_comes_up_and_a_second_run_finds_nothing_to_do(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    assert machine.run("systemctl --failed --no-legend --plain") == ""
    assert (asked(machine), asked(machine, "workbench")) == ("200", "302")
    onion = machine.run("cat /var/lib/tor/kuule/hostname").strip()
    assert f"--onion-location http://{onion}" in machine.run("systemctl cat kuule-collector")
    before = machine.run("systemctl show --property MainPID --value kuule-collector")
    applied = json.loads(machine.run(f"{APPLY} --json 2>/dev/null"))["result"]
    assert {each["state"] for each in applied["files"]} == {"as it is"}
    assert machine.run("systemctl show --property MainPID --value kuule-collector") == before
    assert machine.run("cat /etc/nginx/nginx.conf.kept-1 | head -1") == "user www-data;\n"


def test_look_says_that_all_is_well_and_tells_whoever_was_chosen_once_it_is_not(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    machine.run("systemctl start kuule-status")
    said = machine.run("journalctl --unit kuule-status --output cat")
    for line in ("up: the collector answers", "phase: open", "rewriting: the last one succeeded"):
        assert f"well     {line}" in said
    assert told(machine) == []
    machine.run("mv /etc/kuule/token-secret /etc/kuule/kept")
    try:
        machine.run("systemctl start kuule-status", may_fail=True)
        wait_until(lambda: told(machine) == ["kuule-status"])
    finally:
        machine.run("mv /etc/kuule/kept /etc/kuule/token-secret; rm -f /kuule-status; systemctl reset-failed")
    machine.run("systemctl start kuule-status")


def test_workbench_reads_what_was_seen_from_outside_and_goes_out_itself_to_nobody(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    seen = "/var/lib/private/kuule-verify/looks.json"
    wait_until(lambda: machine.run(f"ls {seen}", may_fail=True).strip() == seen)
    assert machine.run(f"stat --format %a {seen}").strip() == "644"
    inside = "nsenter --mount --target $(systemctl show --property MainPID --value kuule-workbench)"
    assert machine.run(f"{inside} cat /run/kuule-verify/looks.json") == machine.run(f"cat {seen}")
    assert "touch" not in machine.run(f"{inside} touch /run/kuule-verify/new 2>&1 | grep -v Read-only", may_fail=True)


def test_services_are_as_little_exposed_as_was_measured(machine: BootedContainer) -> None:
    found = {}
    for unit in MOST_EXPOSED:
        said = machine.run(f"systemd-analyze security --no-pager {unit}")
        found[unit] = float(re.findall(r"Overall exposure level .*: ([0-9.]+)", said)[0])
    assert {unit: level for unit, level in found.items() if level > MOST_EXPOSED[unit]} == {}


@pytest.mark.parametrize(
    ("service", "folders", "reached"),
    [
        ("kuule-collector", ["/var/lib/kuule"], ["127.0.0.1:80"]),
        ("kuule-workbench", ["/var/lib/kuule-workbench"], ["127.0.0.1:80"]),
        ("kuule-backup", ["/var/lib/kuule", "/var/lib/kuule-backup"], []),
    ],
)
def test_service_reaches_its_own_and_nothing_else(
    machine: BootedContainer, service: str, folders: list[str], reached: list[str]
) -> None:
    told = probe(machine, service)
    own = {one for folder in folders for one in (folder, folder.replace("/lib/", "/lib/private/"))}
    assert set(folders) <= set(told["writes"]) <= own
    assert set(told["reads"]) - own == {"/srv/kuule/edition"}
    assert (told["root"], told["raw"], told["sees"], told["reaches"]) == (False, False, False, reached)


def probe(machine: BootedContainer, service: str) -> dict[str, Any]:
    """What a program in the place of a service can do. Out of its sandbox it can do all of it."""
    give_address(machine)
    (machine.root / "srv/kuule/asked.json").write_text(json.dumps(ASKED))
    command = "/usr/bin/python3 /srv/kuule/probe.py /srv/kuule/asked.json"
    free = _told(machine.run(command))
    assert (free["writes"], free["reads"]) == (ASKED["writes"], ASKED["reads"])
    assert free["reaches"] == [f"{VISITOR}:80", "127.0.0.1:80"]
    unit = machine.run(f"cat /etc/systemd/system/{service}.service")
    left_out = ("ExecStart=", "Type=", "Watchdog", "Restart", "FileDescriptorStoreMax=", "User=", "StandardOutput=")
    kept = "\n".join(line for line in unit.splitlines() if not line.startswith(left_out))
    own = f"[Service]\nType=oneshot\nUser={service}\nExecStart={command}\nStandardOutput=truncate:/srv/kuule/told"
    place = machine.root / f"etc/systemd/system/{service}-probe.service"
    place.write_text(kept.replace("[Service]", own))
    machine.run(f"systemctl daemon-reload && systemctl start {service}-probe")
    return _told(machine.run("cat /srv/kuule/told"))


def _told(said: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(re.findall(r"PROBE (.*)", said)[-1])
    return told


def test_secrets_are_in_no_environment_and_on_no_command_line(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    found = machine.run(
        "for s in token workbench; do head -c 6 /etc/kuule/$s-secret | od -An -tx1 | tr -d ' \\n'; echo; done"
    ).split()
    for name in ("environ", "cmdline"):
        told = machine.run(f"cat /proc/[0-9]*/{name} | od -An -v -tx1 | tr -d ' \\n'")
        assert "6b75756c65" in told  # planted: kuule
        assert [secret for secret in found if secret in told] == []
    shown = machine.run("ls -ld /etc/kuule /etc/kuule/token-secret /etc/kuule/workbench-secret")
    assert [line.split()[0] for line in shown.splitlines()] == ["drwx------", "-rw-------", "-rw-------"]


def test_worker_that_hangs_is_replaced_and_a_master_that_hangs_is_started_again(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    master = machine.run("systemctl show --property MainPID --value kuule-collector").strip()
    worker = machine.run(f"pgrep --parent {master}").split()[0]
    machine.run(f"kill -STOP {worker}")
    wait_until(lambda: worker not in machine.run(f"pgrep --parent {master}", may_fail=True).split())
    wait_until(lambda: len(machine.run(f"pgrep --parent {master}", may_fail=True).split()) == 2)
    assert "a worker did not move" in machine.run("journalctl --output=cat --unit=kuule-collector")
    machine.run(f"kill -STOP {master}")
    wait_until(
        lambda: machine.run("systemctl show --property MainPID --value kuule-collector").strip() not in ("0", master)
    )
    wait_until(lambda: asked(machine) == "200")
    wait_until(lambda: told(machine) == ["kuule-collector"])
    machine.run("rm /kuule-collector")


def test_restart_refuses_nobody(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    loop = f"for i in $(seq 60); do {request('survey')}; echo; sleep 0.05; done"
    restart = "systemctl restart kuule-collector; systemctl start nginx-renew"
    assert machine.run(f"({loop}) > /root/codes & {restart}; wait; sort -u /root/codes") == "200\n"


def test_certificate_that_was_renewed_is_served(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))

    def served() -> str:
        return machine.run(request("survey", written="%{certs}"), may_fail=True)

    before = served()
    assert "BEGIN CERTIFICATE" in before
    machine.run(f"rm /etc/ssl/survey/*.pem && {APPLY} > /dev/null 2>&1 && systemctl start nginx-renew")
    wait_until(lambda: "BEGIN CERTIFICATE" in served() != before)
    assert asked(machine) == "200"


def test_journal_has_nothing_of_a_visitor(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    machine.run(f"echo 'from {PLANTED}' | systemd-cat")
    give_address(machine)
    units = " ".join(f"_SYSTEMD_UNIT={unit}" for unit in UNITS)
    count = f"journalctl --sync; journalctl --output=cat {units} | wc -l"
    before = machine.run(count)
    assert [asked(machine, more=f"--interface {VISITOR}") for _ in range(5)] == ["200"] * 5
    assert machine.run(count) == before
    machine.run("journalctl --output=export --no-pager > /root/journal")
    planted, found = (int(machine.run(f"grep -caF {one} /root/journal; true")) for one in (PLANTED, VISITOR))
    assert (planted > 0, found) == (True, 0)
    places = "/run/log /var/log /var/lib/nginx /var/lib/tor /var/lib/private"
    assert machine.run(f"grep -rlaF {VISITOR} {places}; true") == ""
    written = machine.run("ls -l /proc/$(systemctl show --property MainPID --value systemd-journald)/fd")
    assert ("/run/log/journal/" in written, "/var/log/journal/" in written) == (True, False)


def test_machine_that_is_rebooted_comes_up_and_a_paused_visit_goes_on(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    code = beside(machine, "pause", "8000")
    machine.reboot()
    wait_until(lambda: has_come_up(machine))
    wait_until(lambda: asked(machine) == "200")
    assert beside(machine, "resume", "8000", code) == "37"


@pytest.mark.parametrize("name", ["kuule-backup", "kuule-workbench-backup"])
def test_backup_is_made_by_its_unit_and_restored(machine: BootedContainer, name: str) -> None:
    wait_until(lambda: has_come_up(machine))
    beside(machine, "send", "8000")
    machine.run(f"systemctl start {name}")
    listed = machine.run(f"ls -l /var/lib/private/{name}").splitlines()[1:]
    assert [line.split()[0] for line in listed] == ["-rw-------"], "the one of --apply, made again"
    made = next((machine.root / "var/lib/private" / name).glob("small-study-*.kuule-backup"))
    assert made.read_bytes().startswith(b"KUULE-BACKUP-SEALED 1\n" + BACKUP_KEY.public.key_id)
    (machine.root / "root/backup.secret-key").write_text(BACKUP_KEY.to_text())
    place = f"/root/restored-{name}"
    given = f"--key /root/backup.secret-key --study small-study --to {place}"
    machine.run(f"kuule restore /var/lib/{name} {given}{DATABASES[name].format(place)}")
    restored = machine.root / place.lstrip("/")
    if name == "kuule-backup":
        served = rows_of(machine.root / "var/lib/private/kuule/answers.sqlite3")
        assert rows_of(machine.root / f"{place}.sqlite3".lstrip("/")) == served != []
        assert machine.run(f"diff -r /srv/kuule/edition {place}/editions/*") == ""
    else:
        assert machine.run(f"diff -r --exclude='.*' /var/lib/kuule-workbench/study {place}/study") == ""
        assert rows_of(restored / "workbench/accounts.sqlite3", "django_migrations") != []


def rows_of(database: Path, table: str = "store_response") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as line:
        return sorted(line.execute(f"SELECT * FROM {table}").fetchall())


def test_backup_that_fails_is_seen_where_failures_are(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    key = "/srv/kuule/backup.public-key"
    before = machine.run("sha256sum /var/lib/private/kuule-backup/*")
    machine.run(f"mv {key} {key}.away")
    try:
        machine.run("systemctl start kuule-backup", may_fail=True)
        assert "kuule-backup.service" in machine.run("systemctl --failed --no-legend --plain")
        assert f"CLI_002 {key}" in machine.run("journalctl --output=cat --unit=kuule-backup --lines=5")
        assert machine.run("sha256sum /var/lib/private/kuule-backup/*") == before
    finally:
        machine.run(f"mv {key}.away {key}")
    machine.run("systemctl start kuule-backup")
    assert machine.run("systemctl --failed --no-legend --plain") == ""
    due = machine.run("systemctl show --property=NextElapseUSecRealtime --value kuule-backup.timer")
    assert " 02:30:" in due


def test_stop_is_clean(machine: BootedContainer) -> None:
    wait_until(lambda: has_come_up(machine))
    try:
        machine.run("systemctl stop kuule-collector kuule-workbench")
        for unit in ("kuule-collector", "kuule-workbench"):
            shown = machine.run(f"systemctl show --property Result,ExecMainStatus --value {unit}").split()
            assert sorted(shown) == ["0", "success"]
        assert asked(machine) == "503"
    finally:
        machine.run("systemctl start kuule-collector kuule-workbench")
