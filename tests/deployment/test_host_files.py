"""What follows from the settings of a machine, against the files of deploy/ and the command line."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from kuule.cli.command_list import program
from kuule.deployment.host_files import HostFacts, wanted_files
from kuule.deployment.host_settings import read_host_file
from kuule.deployment.shipped_files import deploy_folder, fill_in
from tests.deployment.small_host import BACKED_UP, BESIDE, BOTH, ONION, ONION_ONLY, PROGRAM, PUBLIC, WORKBENCH
from tests.deployment.test_host_settings import EVERYTHING

UNITS = "/etc/systemd/system"
UNIT = f"{UNITS}/kuule-collector.service"


def files_of(tmp_path: Path, text: str, onion: str = "", where: str = PROGRAM) -> dict[str, str]:
    (tmp_path / "host.toml").write_text(text, "utf-8")
    settings = read_host_file(tmp_path / "host.toml")
    return {file.path: file.text for file in wanted_files(settings, HostFacts(where, onion))}


def started(unit: str) -> dict[str, Any]:
    """What the command line makes of the last ExecStart of a unit."""
    line = re.findall(r"^ExecStart=(.+)$", unit, flags=re.MULTILINE)[-1].replace("%%", "%")
    _, command, *arguments = shlex.split(line)
    return dict(typer.main.get_command(program()).commands[command].make_context(command, arguments).params)  # type: ignore[attr-defined]


def test_files_of_each_kind_of_machine(tmp_path: Path) -> None:
    def parts(text: str, onion: str = "") -> set[str]:
        return {path.rsplit("/", 1)[1] for path in files_of(tmp_path, text, onion)}

    every = {"kuule.conf"}
    front = {"nginx.conf", "nginx-renew.service", "nginx-renew.timer"}
    retention = {"kuule-retention.service", "kuule-retention.timer"}
    collector = {"kuule-collector.service", "scrubbed-front.conf"}
    public = every | front | collector | retention | {"collector.inc", "closed.html"}
    assert parts(PUBLIC) == public
    assert parts(BESIDE) == public | {"torrc"}
    assert parts(BOTH) == public | {"kuule-workbench.service", "workbench.conf"}
    backups = {f"kuule-{name}{kind}" for name in ("backup", "workbench-backup") for kind in (".service", ".timer")}
    assert parts(BACKED_UP) == parts(BOTH) | backups
    assert parts(WORKBENCH) == every | front | {"kuule-workbench.service", "workbench.conf"}
    haproxy = {"haproxy-renew.service", "haproxy-renew.timer", "kuule-onion.cfg", "closed.html", "system_tor", "torrc"}
    assert parts(ONION_ONLY) == every | haproxy | retention
    alone = {"kuule-collector.socket", "10-onion-only.conf"}
    assert parts(ONION_ONLY, ONION) == every | haproxy | retention | collector | alone


def test_files_that_need_nothing_filled_in_are_those_that_ship(tmp_path: Path) -> None:
    usual = PUBLIC.replace("practice = true\n", "").replace("survey.example.net", "survey.example.org")
    made = files_of(tmp_path, usual)
    pairs = {
        UNIT: "systemd/kuule-collector.service",
        "/etc/nginx/collector.inc": "nginx/collector.inc",
        "/etc/systemd/system/nginx.service.d/kuule.conf": "systemd/nginx.service.d/kuule.conf",
        "/etc/systemd/system/nginx-renew.service": "systemd/nginx-renew.service",
    }
    for path, shipped in pairs.items():
        assert made[path] == (deploy_folder() / shipped).read_text("utf-8")


def test_collector_is_started_with_what_was_said(tmp_path: Path) -> None:
    unit = files_of(tmp_path, EVERYTHING, ONION)[UNIT]
    options = started(unit)
    assert [str(each) for each in options["editions"]] == ["/srv/kuule/first", "/srv/kuule/second"]
    assert options["database"].startswith("postgresql://kuule@db.example.org/kuule?passfile=/run/credentials/")
    assert (options["workers"], options["onion_location"], options["rehearsal"]) == (4, f"http://{ONION}", False)
    lines = unit.splitlines()
    assert "FileDescriptorStoreMax=4" in lines
    assert "LoadCredential=pgpass:/etc/kuule/pgpass" in lines
    assert "LoadCredential=kuule-token-secret:/etc/kuule/token-secret" in lines
    assert [line for line in lines if line.startswith("IPAddress")] == [
        "IPAddressDeny=any", "IPAddressAllow=localhost", "IPAddressAllow=10.0.0.5",
    ]  # fmt: skip


def lines_of(unit: str, *names: str) -> list[str]:
    return [line for line in unit.splitlines() if line.partition("=")[0] in names]


def test_backup_of_a_collector_is_of_what_it_serves(tmp_path: Path) -> None:
    unit = files_of(tmp_path, EVERYTHING)[f"{UNITS}/kuule-backup.service"]
    options = started(unit)
    assert [str(each) for each in options["edition"]] == ["/srv/kuule/first", "/srv/kuule/second"]
    database = "postgresql://kuule@db.example.org/kuule?passfile=/run/credentials/kuule-backup.service/pgpass"
    assert (options["database"], str(options["folder"])) == (database, "/var/lib/kuule-backup")
    assert (options["keep"], options["days"], str(options["seal_to"])) == (3, 10, "/srv/kuule/own.public-key")
    assert lines_of(unit, "LoadCredential", "PrivateNetwork", "IPAddressDeny", "IPAddressAllow") == [
        "LoadCredential=pgpass:/etc/kuule/pgpass", "PrivateNetwork=no", "IPAddressDeny=any",
        "IPAddressAllow=localhost", "IPAddressAllow=10.0.0.5",
    ]  # fmt: skip
    assert "no network" not in unit
    timer = files_of(tmp_path, EVERYTHING)[f"{UNITS}/kuule-backup.timer"]
    assert lines_of(timer, "OnCalendar", "Persistent", "RandomizedDelaySec") == ["OnCalendar=*-*-* 23:05:00 UTC"]


def test_backup_of_a_file_needs_no_network_and_is_the_unit_that_ships(tmp_path: Path) -> None:
    made = files_of(tmp_path, BACKED_UP)
    shipped = (deploy_folder() / "systemd/kuule-backup.service").read_text("utf-8")
    assert made[f"{UNITS}/kuule-backup.service"] == shipped
    assert lines_of(shipped, "PrivateNetwork", "IPAddressAllow") == ["PrivateNetwork=yes"]
    assert made[f"{UNITS}/kuule-backup.timer"] == (deploy_folder() / "systemd/kuule-backup.timer").read_text("utf-8")


def test_backup_of_a_workbench_is_of_its_folders_as_its_user(tmp_path: Path) -> None:
    made = files_of(tmp_path, f"{WORKBENCH}[backup]\n")
    assert not [path for path in made if path.endswith("/kuule-backup.service")]
    unit, workbench = (made[f"{UNITS}/kuule-{name}.service"] for name in ("workbench-backup", "workbench"))
    options, served = started(unit), started(workbench)
    assert (options["study"], options["workbench"]) == (served["study"], served["data"])
    assert (options["edition"], options["database"]) == ((), "")
    assert str(options["folder"]) == "/var/lib/kuule-workbench-backup"
    assert lines_of(unit, "User", "StateDirectory") == [
        "User=kuule-workbench", "StateDirectory=kuule-workbench kuule-workbench-backup",
    ]  # fmt: skip
    assert lines_of(unit, "User") == lines_of(workbench, "User")
    assert "collector" not in unit


def test_percent_sign_of_an_address_is_no_word_of_systemd(tmp_path: Path) -> None:
    text = EVERYTHING.replace("kuule@db", "ku%75le@db")
    assert "postgresql://ku%%75le@db" in files_of(tmp_path, text)[UNIT]


def test_onion_service_alone_is_started_at_its_address_and_with_no_port(tmp_path: Path) -> None:
    made = files_of(tmp_path, ONION_ONLY, ONION)
    drop_in = made[f"{UNIT}.d/10-onion-only.conf"]
    options = started(drop_in)
    assert (options["onion"], str(options["socket"])) == (f"http://{ONION}", "/run/kuule-collector/collector.sock")
    assert "ADDRESS" not in drop_in
    assert re.findall(r"^HiddenServicePort (.*)$", made["/etc/tor/torrc"], flags=re.MULTILINE) == [
        "80 unix:/run/kuule-front/onion.sock"
    ]


def test_onion_service_beside_a_public_name_goes_to_nginx(tmp_path: Path) -> None:
    made = files_of(tmp_path, BESIDE)
    [place] = re.findall(r"^HiddenServicePort 80 (.*)$", made["/etc/tor/torrc"], flags=re.MULTILINE)
    assert f"listen {place} proxy_protocol;" in made["/etc/nginx/nginx.conf"]


def test_no_example_is_left_in_a_file(tmp_path: Path) -> None:
    text = EVERYTHING.replace("db.example.org", "10.0.0.5")
    for path, content in files_of(tmp_path, text, ONION, where="/usr/bin/kuule").items():
        assert "example.org" not in content, path
        assert "Replace" not in content, path
        assert "/opt/kuule" not in content, path


@pytest.mark.parametrize(
    ("where", "documentation"),
    [
        (PROGRAM, ["file:/opt/kuule/docs/how-to/serve.md"]),
        ("/usr/bin/kuule", ["file:/usr/share/doc/kuule/docs/how-to/serve.md"]),
        ("/root/.local/bin/kuule", []),
    ],
)
def test_unit_names_its_documentation_where_it_is(tmp_path: Path, where: str, documentation: list[str]) -> None:
    unit = files_of(tmp_path, PUBLIC.replace(f'program = "{PROGRAM}"\n', ""), where=where)[UNIT]
    assert re.findall(r"^Documentation=(.*)$", unit, flags=re.MULTILINE) == documentation
    assert unit.count(f"ExecStart={where} serve ") == 1


def test_file_that_ships_and_lost_what_is_filled_in_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no line"):
        fill_in("a\n", ("b", "c"))
