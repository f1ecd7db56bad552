"""The unit that looks whether a collector is well: it is the collector's user, and may do no more."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

from tests.deploy.test_backup_unit import SERVICE as BACKUP
from tests.deploy.test_in_step import DEPLOY, UNIT, needs_systemd
from tests.deployment.test_host_files import files_of
from tests.deployment.test_host_settings import EVERYTHING

SERVICE = (DEPLOY / "systemd" / "kuule-status.service").read_text("utf-8")
ALERT = (DEPLOY / "systemd" / "kuule-alert@.service").read_text("utf-8")
VERIFY = (DEPLOY / "systemd" / "kuule-verify.service").read_text("utf-8")
GUIDE = (DEPLOY.parent / "docs" / "how-to" / "watch.md").read_text("utf-8")
NAMES = ("kuule-status.service", "kuule-monitor.service")
_HARDENED = re.compile(
    r"^(Protect\w+|Private\w+|NoNew\w+|Restrict\w+|Lock\w+|System\w+|Memory\w+|Capab\w+|UMask|IP\w+)=.*$", re.M
)


def hardened(unit: str) -> set[str]:
    return {found.group() for found in _HARDENED.finditer(unit)}


def test_it_is_the_user_of_the_collector_and_may_do_no_more() -> None:
    assert re.findall(r"^User=(.*)$", SERVICE, re.M) == re.findall(r"^User=(.*)$", BACKUP, re.M) == ["kuule-collector"]
    assert hardened(UNIT) - hardened(SERVICE) == set()
    assert "LoadCredential" not in SERVICE


def test_what_goes_out_to_the_network_has_no_secret_and_no_study() -> None:
    assert {line for line in hardened(UNIT) if not line.startswith(("IP", "UMask"))} - hardened(VERIFY) == set()
    [hidden] = re.findall(r"^InaccessiblePaths=(.*)$", VERIFY, re.M)
    assert set(hidden.split()) >= {"-/etc/kuule", "-/srv/kuule"}
    assert "LoadCredential" not in VERIFY


def test_what_a_collector_left_in_memory_outlives_the_look() -> None:
    for line in ("RuntimeDirectory=kuule", "RuntimeDirectoryPreserve=yes"):
        assert (line in SERVICE.splitlines(), line in UNIT.splitlines()) == (True, True)


def test_program_that_tells_comes_to_no_answer_and_no_secret() -> None:
    [hidden] = re.findall(r"^InaccessiblePaths=(.*)$", ALERT, re.M)
    assert set(hidden.split()) >= {"-/etc/kuule", "-/var/lib/private/kuule", "-/run/private/kuule"}


def unit_for_a_monitor(looks_once: str) -> str:
    """What the guide's command makes of the unit that looks once an hour."""
    [expressions] = re.findall(r"^sudo sed (-e .*) /etc/systemd/system/kuule-status.service \| sudo tee", GUIDE, re.M)
    command = ["sed", *shlex.split(expressions)]
    return subprocess.run(command, input=looks_once, capture_output=True, text=True, check=True).stdout


def test_unit_for_a_monitor_looks_as_the_hourly_one_does_and_may_do_no_more(tmp_path: Path) -> None:
    hourly = files_of(tmp_path, EVERYTHING + "[status]\n")["/etc/systemd/system/kuule-status.service"]
    made = unit_for_a_monitor(hourly)
    looks = [line for line in hourly.splitlines() if line.startswith("ExecStart=/")]
    now = [f"{line} --socket /run/kuule-monitor.sock".replace(*NAMES) for line in looks]
    assert [line for line in made.splitlines() if line.startswith("ExecStart=")] == now
    assert "passfile=/run/credentials/kuule-monitor.service/pgpass" in now[0]
    kept = [line for line in hourly.splitlines() if not line.startswith(("ExecStart=", "Type="))]
    assert [line for line in made.splitlines() if not line.startswith(("ExecStart=", "Type="))] == [
        line.replace(*NAMES) for line in kept
    ]


@needs_systemd
def test_systemd_reads_the_unit_for_a_monitor_with_its_socket(tmp_path: Path) -> None:
    service, socket = tmp_path / "kuule-monitor.service", tmp_path / "kuule-monitor.socket"
    here = shutil.which("true") or "/bin/true"
    service.write_text(unit_for_a_monitor(SERVICE).replace("/opt/kuule/.venv/bin/kuule", here), "utf-8")
    [text] = [block for block in re.findall(r"^```\n(.*?)^```$", GUIDE, re.M | re.S) if "[Socket]" in block]
    socket.write_text(text.replace("SocketGroup=monitor", "SocketGroup=root"), "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(service), str(socket)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")


@needs_systemd
def test_systemd_reads_them(tmp_path: Path) -> None:
    here = shutil.which("true") or "/bin/true"
    names = ("kuule-status.service", "kuule-status.timer", "kuule-alert@.service", "kuule-verify.service")
    for name in names:
        text = (DEPLOY / "systemd" / name).read_text("utf-8")
        text = text.replace("/opt/kuule/.venv/bin/kuule", here).replace("/usr/local/sbin/kuule-alert", here)
        (tmp_path / name).write_text(text, "utf-8")
    drop_in = tmp_path / "kuule-status.service.d"
    drop_in.mkdir()
    shutil.copy(DEPLOY / "systemd" / "alert.conf", drop_in / "kuule-alert.conf")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in names)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")
