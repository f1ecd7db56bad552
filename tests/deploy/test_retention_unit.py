"""The unit that says what retention_days makes due: what it calls exists, it is the collector's user, and it may do no
more than the one that makes backups."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import typer.main

from kuule.cli.command_list import program
from tests.deploy.test_backup_unit import SERVICE as BACKUP
from tests.deploy.test_in_step import DEPLOY, UNIT, needs_systemd

SERVICE = (DEPLOY / "systemd" / "kuule-retention.service").read_text("utf-8")
TIMER = (DEPLOY / "systemd" / "kuule-retention.timer").read_text("utf-8")


def of_service(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", SERVICE, flags=re.MULTILINE)


def test_command_is_one_that_exists_and_the_places_are_those_of_the_other_units() -> None:
    executable, command, *arguments = shlex.split(of_service("ExecStart")[0])
    given = typer.main.get_command(program()).commands[command].make_context(command, arguments).params  # type: ignore[attr-defined]
    (served,) = re.findall(r"^ExecStart=.* serve (\S+) --database (\S+) ", UNIT, flags=re.MULTILINE)
    assert (Path(executable).name, command, given["carry_out"]) == ("kuule", "retention", True)
    assert ([str(path) for path in given["editions"]], given["database"]) == ([served[0]], served[1])
    folders = {f"/var/lib/{name}" for name in of_service("StateDirectory")[0].split()}
    assert folders == {"/var/lib/kuule", *map(str, given["backups"]), str(given["records"])}


def test_it_may_do_no_more_than_the_unit_of_backups() -> None:
    hardened = {
        line
        for line in BACKUP.splitlines()
        if re.match(r"(Protect|Private|NoNew|Restrict|Lock|System|Memory|Cap)", line)
    }
    assert hardened - set(SERVICE.splitlines()) == set()
    assert (of_service("User"), of_service("LoadCredential")) == (["kuule-collector"], [])
    assert of_service("StandardOutput") == ["journal"], "what is due stands there"
    assert re.findall(r"^OnCalendar=(.*)$", TIMER, re.MULTILINE) == ["hourly"]


@needs_systemd
def test_systemd_reads_both(tmp_path: Path) -> None:
    for name, text in (("kuule-retention.service", SERVICE), ("kuule-retention.timer", TIMER)):
        program_here = shutil.which("true") or "/bin/true"
        (tmp_path / name).write_text(text.replace("/opt/kuule/.venv/bin/kuule", program_here), "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")
