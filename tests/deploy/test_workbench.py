"""The workbench's files of deploy/ against the code, and nginx with a workbench behind it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

from kuule.cli.command_list import program
from kuule.workbench.configuration.secret import SECRET_CREDENTIAL
from kuule.workbench.configuration.workbench_options import DEFAULT_PORT
from tests.deploy.test_in_step import OLDEST_SYSTEMD, version_of_systemd

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNIT = (DEPLOY / "systemd" / "kuule-workbench.service").read_text("utf-8")
MAIN = (DEPLOY / "nginx" / "workbench.conf").read_text("utf-8")
SITE = (DEPLOY / "nginx" / "workbench-site.conf").read_text("utf-8")
NGINX = MAIN.replace("    include /etc/nginx/kuule.d/*.conf;\n", SITE)
"""What nginx reads: the file of a machine for a workbench, with the site in its place."""
COLLECTOR = (DEPLOY / "systemd" / "kuule-collector.service").read_text("utf-8")


def of_unit(name: str, unit: str = UNIT) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", unit, flags=re.MULTILINE)


def served() -> dict[str, object]:
    """What `kuule workbench` makes of the unit's ExecStart: its own parser reads it."""
    executable, command, *arguments = shlex.split(of_unit("ExecStart")[0])
    assert (Path(executable).name, command) == ("kuule", "workbench")
    return dict(typer.main.get_command(program()).commands[command].make_context(command, arguments).params)  # type: ignore[attr-defined]


def test_unit_starts_what_the_command_line_knows_on_this_machine_and_over_tls() -> None:
    options = served()
    assert (options["host"], options["port"], options["database"]) == ("127.0.0.1", DEFAULT_PORT, "")
    assert options["site"] == "https://workbench.example.org"
    assert re.findall(r"server_name (\S+);", NGINX) == ["workbench.example.org"] * 2


def test_unit_gives_the_secret_and_may_write_one_folder() -> None:
    assert [one.partition(":")[0] for one in of_unit("LoadCredential")] == [SECRET_CREDENTIAL]
    options, folder = served(), Path("/var/lib") / of_unit("StateDirectory")[0]
    assert [Path(str(options[name])).parent for name in ("study", "data")] == [folder, folder]
    assert (of_unit("ProtectSystem"), of_unit("ReadWritePaths")) == (["strict"], [])


def test_unit_shares_neither_user_nor_folder_with_the_collector_and_is_held_as_tightly() -> None:
    for name in ("StateDirectory", "LoadCredential"):
        assert set(of_unit(name)).isdisjoint(of_unit(name, COLLECTOR))
    tight = [
        line for line in COLLECTOR.splitlines() if re.match(r"(Protect|Private|Restrict|Lock|NoNew|Cap|Sys)", line)
    ]
    assert [line for line in tight if line not in UNIT.splitlines()] == []


def test_unit_starts_when_and_again_as_that_of_the_collector() -> None:
    for name in ("Wants", "After", "RestartPreventExitStatus", "Type", "WatchdogSec", "WatchdogSignal"):
        assert of_unit(name) == of_unit(name, COLLECTOR)


def test_nginx_passes_on_one_address_that_it_saw_itself_and_keeps_none() -> None:
    assert re.findall(r"proxy_pass http://(\S+);", NGINX) == [f"127.0.0.1:{DEFAULT_PORT}"]
    assert re.findall(r"X-Forwarded-For (\S+);", NGINX) == ["$remote_addr"]
    assert re.findall(r"^\s*(?:access|error)_log (.*);", NGINX, flags=re.MULTILINE) == [
        "/dev/null emerg", "off", "/dev/null emerg",
    ]  # fmt: skip


def test_forms_that_come_slowly_wait_at_nginx_and_hold_no_place_of_the_site() -> None:
    """The site has 64 places, and a hundred half-sent forms fill them: nginx takes a form in whole before it sends it
    on (its default), in memory, and not for ever."""
    assert re.findall(r"(?:proxy_request_buffering|proxy_buffering) (\S+);", NGINX) == []
    assert re.findall(r"client_(\w+_timeout|max_body_size|body_buffer_size) (\S+);", NGINX) == [
        ("header_timeout", "20s"), ("body_timeout", "30s"), ("max_body_size", "5m"), ("body_buffer_size", "2m"),
    ]  # fmt: skip


@pytest.mark.skipif(
    version_of_systemd() < OLDEST_SYSTEMD,
    reason="no systemd that knows all settings; on Debian 13: sudo apt install systemd",
)
def test_systemd_reads_its_unit(tmp_path: Path) -> None:
    unit = tmp_path / "kuule-workbench.service"
    unit.write_text(UNIT.replace("/opt/kuule/.venv/bin/kuule", shutil.which("true") or "/bin/true"), "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_nginx_reads_its_file(tmp_path: Path) -> None:
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(nginx).exists():
        pytest.skip("nginx is not installed; on Debian and Ubuntu: sudo apt install nginx-light")
    if os.getuid():
        pytest.skip("it names port 443, which is tried: only root may")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
    subprocess.run(
        [*made, "-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    ready = NGINX.replace("/etc/ssl/workbench", str(tmp_path)).replace("/run/", f"{tmp_path}/")
    known = subprocess.run(["openssl", "list", "-kem-algorithms"], capture_output=True, text=True, check=True).stdout
    if "ML-KEM" not in known:
        ready = ready.replace("X25519MLKEM768:", "")
    others = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("fastcgi", "uwsgi", "scgi"))
    ready = ready.replace("server_tokens off;", f"server_tokens off; {others}")
    ready = re.sub(r"^user .*$", "", ready, flags=re.MULTILINE)
    (tmp_path / "nginx.conf").write_text(ready)
    command = [nginx, "-t", "-c", str(tmp_path / "nginx.conf")]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
