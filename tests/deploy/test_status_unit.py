"""The unit that looks whether a collector is well: it is the collector's user, and may do no more."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.deploy.test_backup_unit import SERVICE as BACKUP
from tests.deploy.test_in_step import DEPLOY, UNIT, needs_systemd

SERVICE = (DEPLOY / "systemd" / "kuule-status.service").read_text("utf-8")
ALERT = (DEPLOY / "systemd" / "kuule-alert@.service").read_text("utf-8")
VERIFY = (DEPLOY / "systemd" / "kuule-verify.service").read_text("utf-8")
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
