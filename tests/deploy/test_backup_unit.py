"""The unit that makes backups: what it calls exists, it is the collector's user, and it may do no more."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import typer.main

from kuule.cli.command_list import program
from kuule.deployment.host_settings import BackupHost, read_host_table
from kuule.store.location.database_address import SqliteAddress, read_address
from kuule.study.settings.table_reader import TableReader
from tests.deploy.test_in_step import DEPLOY, UNIT, needs_systemd

SERVICE = (DEPLOY / "systemd" / "kuule-backup.service").read_text("utf-8")
TIMER = (DEPLOY / "systemd" / "kuule-backup.timer").read_text("utf-8")


def of_service(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", SERVICE, flags=re.MULTILINE)


def test_command_is_one_that_exists_and_the_places_are_those_of_the_collector() -> None:
    executable, command, *arguments = shlex.split(of_service("ExecStart")[0])
    given = typer.main.get_command(program()).commands[command].make_context(command, arguments).params  # type: ignore[attr-defined]
    (served,) = re.findall(r"^ExecStart=.* serve (\S+) --database (\S+) ", UNIT, flags=re.MULTILINE)
    assert (Path(executable).name, command) == ("kuule", "backup")
    assert ([str(path) for path in given["edition"]], given["database"]) == ([served[0]], served[1])
    address = read_address(given["database"])
    assert isinstance(address, SqliteAddress)
    folders = [f"/var/lib/{name}" for name in of_service("StateDirectory")[0].split()]
    assert folders == [str(address.path.parent), str(given["folder"])]
    assert given["seal_to"] is not None
    usual = read_backup()
    assert (given["keep"], given["days"], str(given["seal_to"])) == (usual.keep, usual.days, usual.seal_to)


def read_backup() -> BackupHost:
    """What host.toml says if it says nothing but that there are backups."""
    settings = read_host_table(TableReader("host.toml", "", {"study": "s", "backup": {}}))
    assert settings.backup is not None
    return settings.backup


def test_it_is_the_user_of_the_collector_and_may_do_no_more() -> None:
    assert of_service("User") == ["kuule-collector"]
    names = re.compile(
        r"^(Protect\w+|Private\w+|NoNew\w+|Restrict\w+|Lock\w+|System\w+|Memory\w+|Capab\w+|UMask)=.*$", re.MULTILINE
    )
    hardened = {found.group() for found in names.finditer(UNIT)}
    assert hardened - {found.group() for found in names.finditer(SERVICE)} == set()
    assert ("PrivateNetwork=yes" in SERVICE.splitlines(), "IPAddressAllow" in UNIT) == (True, True)
    assert not re.search(r"^LoadCredential=", SERVICE, re.MULTILINE), "it has no secret"


def test_it_runs_once_a_day_at_one_time_and_does_not_catch_up() -> None:
    assert re.findall(r"^OnCalendar=(.*)$", TIMER, re.MULTILINE) == ["*-*-* 02:30:00 UTC"]
    assert not re.search(r"^(Persistent|RandomizedDelaySec)=", TIMER, re.MULTILINE)


@needs_systemd
def test_systemd_reads_both(tmp_path: Path) -> None:
    for name, text in (("kuule-backup.service", SERVICE), ("kuule-backup.timer", TIMER)):
        program_here = shutil.which("true") or "/bin/true"
        (tmp_path / name).write_text(text.replace("/opt/kuule/.venv/bin/kuule", program_here), "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")
