"""The files of deploy/ against the code: every option exists, every place and port is the same on both sides."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
import typer.main

from kuule.cli.command_list import program
from kuule.cli.console import Exit
from kuule.collector.http.upload_limits import upload_limits_of
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.served.served_editions import load_editions
from kuule.collector.session.token_secret import CREDENTIAL_NAME
from kuule.store.location.database_address import read_address
from kuule.store.postgresql.server_settings import HARMLESS, KEPT_BY_PATRONI
from kuule.web.worker_pulses import LONGEST_SILENCE
from tests.study.small_study import make_edition

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "systemd" / "kuule-collector.service").read_text("utf-8")
NGINX = (DEPLOY / "nginx" / "nginx.conf").read_text("utf-8")
INC = (DEPLOY / "nginx" / "collector.inc").read_text("utf-8")
POSTGRESQL = (DEPLOY / "postgresql" / "kuule.conf").read_text("utf-8")
PATRONI = (DEPLOY / "cluster" / "patroni.yml").read_text("utf-8")
CLUSTER_HAPROXY = (DEPLOY / "cluster" / "haproxy.cfg").read_text("utf-8")
RENEW = (DEPLOY / "systemd" / "nginx-renew.service").read_text("utf-8")
TIMER = (DEPLOY / "systemd" / "nginx-renew.timer").read_text("utf-8")
TORRC = (DEPLOY / "tor" / "torrc").read_text("utf-8")
HAPROXY = (DEPLOY / "tor" / "haproxy.cfg").read_text("utf-8")
HAPROXY_FRONT = (DEPLOY / "systemd" / "haproxy.service.d" / "kuule.conf").read_text("utf-8")
SOCKET = (DEPLOY / "tor" / "kuule-collector.socket").read_text("utf-8")
ONION_ONLY = (DEPLOY / "tor" / "10-onion-only.conf").read_text("utf-8")
APPARMOR = (DEPLOY / "tor" / "apparmor-tor").read_text("utf-8")

JOURNAL = "systemd/journald.conf.d/kuule.conf"

OLDEST_SYSTEMD = 254


def of_unit(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, flags=re.MULTILINE)


def served() -> dict[str, object]:
    """What `kuule serve` makes of the unit's ExecStart: its own parser reads it."""
    executable, command, *arguments = shlex.split(of_unit("ExecStart")[0])
    assert (Path(executable).name, command) == ("kuule", "serve")
    return dict(typer.main.get_command(program()).commands[command].make_context(command, arguments).params)  # type: ignore[attr-defined]


def in_bytes(text: str) -> int:
    return int(text[:-1]) * {"k": 1024, "m": 1024 * 1024}[text[-1].lower()]


def size(name: str) -> int:
    return in_bytes(re.findall(rf"^\s*{name} (\d+[km]);", NGINX, flags=re.MULTILINE)[0])


def test_unit_starts_what_the_command_line_knows_on_this_machine_only() -> None:
    options = served()
    assert (options["host"], options["rehearsal"], options["drafts"], options["behind_tls"]) == (
        "127.0.0.1", False, False, False,
    )  # fmt: skip


def test_unit_gives_the_secret_under_the_name_that_the_collector_looks_for() -> None:
    assert [one.partition(":")[0] for one in of_unit("LoadCredential")] == [CREDENTIAL_NAME]
    assert served()["secret"] is None


def test_unit_may_write_the_folder_of_the_database_and_nothing_else() -> None:
    path = read_address(str(served()["database"])).path
    assert path.parent == Path("/var/lib") / of_unit("StateDirectory")[0]
    assert of_unit("ProtectSystem") == ["strict"]
    assert of_unit("ReadWritePaths") == []


def test_unit_keeps_memory_out_of_dumps_and_swap() -> None:
    wanted = {"LimitCORE": ["0"], "LimitMEMLOCK": ["infinity"], "MemorySwapMax": ["0"], "MemoryZSwapMax": ["0"]}
    assert {name: of_unit(name) for name in wanted} == wanted
    assert of_unit("Restart") == ["always"]


def test_unit_is_started_again_after_a_crash_and_not_after_a_refusal() -> None:
    # CREDENTIALS: systemd's own (243), where the file of the secret is not there
    assert of_unit("RestartPreventExitStatus") == [f"{Exit.USAGE:d} {Exit.REFUSED:d} CREDENTIALS"]


def test_sockets_of_all_workers_are_kept_over_a_restart() -> None:
    assert of_unit("FileDescriptorStoreMax") == [str(served()["workers"])]
    assert of_unit("NotifyAccess") == ["main"]


def test_unit_is_killed_and_started_again_where_it_says_nothing() -> None:
    """Its own watch over its workers is quicker, so that a worker that hangs costs the others nothing."""
    wanted = {"Type": ["notify"], "WatchdogSignal": ["SIGKILL"], "WatchdogSec": ["60"]}
    assert {name: of_unit(name) for name in wanted} == wanted
    assert int(of_unit("WatchdogSec")[0]) > LONGEST_SILENCE


def test_kernel_and_journal_of_the_machine_keep_nothing_on_a_disk() -> None:
    kernel, journal = ((DEPLOY / name).read_text("utf-8") for name in ("sysctl.d/kuule.conf", JOURNAL))
    assert "-kernel.core_pattern = |/bin/false" in kernel.splitlines()
    assert "Storage=volatile" in journal.splitlines()


def test_unit_waits_for_the_time() -> None:
    assert (of_unit("Wants"), of_unit("After")) == (["time-sync.target"], ["network.target time-sync.target"])


def test_ports_are_the_same_on_both_sides() -> None:
    assert re.findall(r"proxy_pass http://(\S+);", INC) == [f"127.0.0.1:{served()['port']}"]
    (beside,) = re.findall(r"^# .*nginx.*: HiddenServicePort 80 (\S+)$", TORRC, flags=re.MULTILINE)
    assert re.findall(r"listen (127\S+) proxy_protocol;", NGINX) == [beside]


def test_sockets_of_an_onion_service_are_the_same_on_both_sides() -> None:
    (outer,) = re.findall(r"^HiddenServicePort 80 unix:(\S+)", TORRC, flags=re.MULTILINE)
    assert re.findall(r"^    bind unix@(\S+) accept-proxy ", HAPROXY, flags=re.MULTILINE) == [outer]
    (listened,) = re.findall(r"^ListenStream=(\S+)$", SOCKET, flags=re.MULTILINE)
    assert {*re.findall(r"server \S+ unix@(\S+) ", HAPROXY)} == {listened}
    (line,) = re.findall(r"^ExecStart=(.+)$", ONION_ONLY, flags=re.MULTILINE)
    (own,) = of_unit("ExecStart")
    assert line.replace(f" --onion http://ADDRESS.onion --socket {listened}", "") == own.replace(
        " --host 127.0.0.1 --port 8000", ""
    )
    assert fnmatch(outer, re.findall(r"^(/\S+) rw,$", APPARMOR, flags=re.MULTILINE)[0])
    assert outer.startswith("/run/kuule-front/")
    assert "RuntimeDirectory=kuule-front" in HAPROXY_FRONT


def test_collector_may_not_read_the_name_of_its_socket_and_is_not_refused_for_that() -> None:
    """systemd gives the socket to haproxy alone. The parser of the command line once looked whether it can be read: the
    service ended with 2 each time, which only a machine that boots showed."""
    assert {"SocketUser=haproxy", "SocketMode=0600"} <= set(SOCKET.splitlines())
    serve = typer.main.get_command(program()).commands["serve"]  # type: ignore[attr-defined]
    [option] = [each for each in serve.params if each.name == "socket"]
    assert option.type_descriptor.parameter_info.readable is False


def test_onion_service_alone_has_no_network_but_tors() -> None:
    for text in (ONION_ONLY, HAPROXY_FRONT):
        assert "PrivateNetwork=yes" in text.splitlines()
        assert re.findall(r"^RestrictAddressFamilies=(.+)$", text, flags=re.MULTILINE) == ["AF_UNIX"]
    assert re.findall(r"^\s*bind (\S+)", HAPROXY, flags=re.MULTILINE) == ["unix@/run/kuule-front/onion.sock"]


def test_haproxy_keeps_no_log_and_takes_a_form_as_long_as_any() -> None:
    assert not re.search(r"^\s*(log|option httplog|stats|capture)\b", HAPROXY, flags=re.MULTILINE)
    assert {"StandardOutput=null", "StandardError=null"} <= set(HAPROXY_FRONT.splitlines())
    (most,) = map(int, re.findall(r"deny_status 413 if \{ req.body_size gt (\d+) \}", HAPROXY))
    assert most == size("client_max_body_size")
    (small,) = map(int, re.findall(r"use_backend large if \{ req.body_size ge (\d+) \}", HAPROXY))
    assert small < setting("tune.bufsize", HAPROXY) - setting("tune.maxrewrite", HAPROXY)
    assert setting("maxconn", HAPROXY) * 2 < setting("LimitNOFILE", HAPROXY_FRONT)


def test_both_fronts_have_new_workers_and_end_what_the_old_ones_hold() -> None:
    names = ("haproxy-renew.service", "haproxy-renew.timer")
    service, timer = ((DEPLOY / "systemd" / name).read_text("utf-8") for name in names)
    assert "ExecStart=systemctl reload haproxy.service" in service.splitlines()
    (minutes,) = re.findall(r"^OnCalendar=\*:0/(\d+)$", timer, flags=re.MULTILINE)
    assert setting("hard-stop-after", HAPROXY) < int(minutes) * 60


def test_tor_defends_the_service_by_work_and_counts_by_circuit() -> None:
    settings = dict(line.split("#")[0].split(None, 1) for line in TORRC.splitlines() if line and line[0] != "#")
    wanted = {
        "HiddenServicePoWDefensesEnabled": "1", "HiddenServicePoWQueueRate": "250",
        "HiddenServicePoWQueueBurst": "2500",
        "HiddenServiceEnableIntroDoSDefense": "1", "HiddenServiceMaxStreamsCloseCircuit": "1", "Sandbox": "1",
        "VanguardsLiteEnabled": "1", "HiddenServiceExportCircuitID": "haproxy", "SocksPort": "0", "SafeLogging": "1",
    }  # fmt: skip
    assert {name: settings[name].strip() for name in wanted} == wanted
    assert int(settings["HiddenServiceMaxStreams"]) == limit("circuit")


def limit(name: str) -> int:
    return int(re.findall(rf"^limit_conn {name} (\d+);", INC, flags=re.MULTILINE)[0])


def setting(name: str, text: str = NGINX) -> int:
    return int(re.findall(rf"^\s*{name}[ =](\d+)", text, flags=re.MULTILINE)[0])


FOR_A_LINE = 40_000
"""Bytes of nginx for a line with half a form, without the form; measured (decision 0043)."""
LARGEST_OF_SMALL = 59_999
"""Bytes up to which a form is none of the large ones."""


def test_all_that_may_be_held_fits_into_one_worker_and_into_two_gigabytes() -> None:
    """At both servers, the public and the onion's: a line to the visitor and one to the collector each. A form takes
    what it announces, as its memory is overwritten; workers of before are counted with those of now."""
    front = (DEPLOY / "systemd" / "nginx.service.d" / "kuule.conf").read_text("utf-8")
    lines = NGINX.count("include /etc/nginx/collector.inc;") * limit("all")
    assert 2 * lines < setting("worker_connections") < setting("worker_rlimit_nofile")
    assert setting("worker_rlimit_nofile") <= setting("LimitNOFILE", front)
    held = lines * (FOR_A_LINE + LARGEST_OF_SMALL) + limit("large") * size("client_body_buffer_size")
    assert held < 2 * 1024**3


def test_drop_ins_keep_what_passes_out_of_dumps_and_swap() -> None:
    wanted = ["LimitCORE=0", "MemorySwapMax=0", "MemoryZSwapMax=0"]
    for name in ("nginx.service.d", "tor@default.service.d", "haproxy.service.d"):
        front = (DEPLOY / "systemd" / name / "kuule.conf").read_text("utf-8")
        assert [line for line in wanted if line not in front.splitlines()] == []


def test_collector_is_told_of_its_front_by_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever puts that file there has looked at what stands before it."""
    told = (DEPLOY / "systemd" / "kuule-collector.service.d" / "scrubbed-front.conf").read_text("utf-8")
    assert re.findall(r"^Environment=(.*)$", told, flags=re.MULTILINE) == ["KUULE_SCRUBBED_FRONT=1"]
    said = [served()["scrubbed_front"]]
    monkeypatch.setenv("KUULE_SCRUBBED_FRONT", "1")
    assert [*said, served()["scrubbed_front"]] == [False, True]


def test_lines_of_old_workers_end_before_the_next_ones_come() -> None:
    """At most two sets of workers hold lines at once."""
    (minutes,) = re.findall(r"^OnCalendar=\*:0/(\d+)$", TIMER, flags=re.MULTILINE)
    assert setting("worker_shutdown_timeout") < int(minutes) * 60
    assert "ExecStart=systemctl reload nginx.service" in RENEW.splitlines()


def test_every_server_that_passes_on_does_it_by_the_same_file() -> None:
    assert NGINX.count("include /etc/nginx/collector.inc;") == 2
    assert "proxy_pass" not in NGINX


def test_largest_form_fits_and_is_never_written_to_a_file(tmp_path: Path) -> None:
    make_edition(tmp_path)
    options = ServeOptions((tmp_path / "edition",), "sqlite:///x", rehearsal=True, drafts=True)
    assert upload_limits_of(load_editions(options)).max_bytes <= size("client_max_body_size")
    assert size("client_max_body_size") < size("client_body_buffer_size")
    assert "proxy_max_temp_file_size 0;" in NGINX
    for name in ("client_body_temp_path", "proxy_temp_path"):
        assert re.findall(rf"{name} (\S+);", NGINX)[0].startswith("/run/")


def test_nothing_in_front_keeps_a_log_or_compresses() -> None:
    assert re.findall(r"access_log (.*?);", NGINX) == ["off"]
    assert set(re.findall(r"error_log (.*?);", NGINX)) == {"/dev/null emerg"}
    assert re.findall(r"gzip (.*?);", NGINX) == ["off"]
    assert "$remote_addr" not in NGINX + INC
    assert "$binary_remote_addr" not in NGINX + INC
    assert re.findall(r"^Log (.*)$", TORRC, flags=re.MULTILINE) == ["err stderr"]


def test_onion_service_is_never_a_single_hop() -> None:
    settings = dict(line.split(None, 1) for line in TORRC.splitlines() if line and not line.startswith("#"))
    assert settings["HiddenServiceVersion"] == "3"
    assert (settings["HiddenServiceSingleHopMode"], settings["HiddenServiceNonAnonymousMode"]) == ("0", "0")
    assert settings["HiddenServicePoWDefensesEnabled"] == "1"


@pytest.mark.skipif(not shutil.which("tor"), reason="tor is not installed; on Debian and Ubuntu: sudo apt install tor")
def test_tor_reads_its_file(tmp_path: Path) -> None:
    (tmp_path / "torrc").write_text(TORRC.replace("/var/lib/tor", str(tmp_path)), "utf-8")
    command = ["tor", "--verify-config", "-f", str(tmp_path / "torrc"), "--DataDirectory", str(tmp_path / "data")]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Configuration was valid" in outcome.stdout
    assert "Unrecognized" not in outcome.stdout


def version_of_systemd() -> int:
    """0 where there is none."""
    if not shutil.which("systemd-analyze"):
        return 0
    said = subprocess.run(["systemd-analyze", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"\d+", said)[0])


needs_systemd = pytest.mark.skipif(
    version_of_systemd() < OLDEST_SYSTEMD,
    reason="no systemd that knows all settings; on Debian 13: sudo apt install systemd",
)


@needs_systemd
def test_systemd_reads_its_unit(tmp_path: Path) -> None:
    program = shutil.which("true") or "/bin/true"
    unit = tmp_path / "kuule-collector.service"
    unit.write_text(UNIT.replace("/opt/kuule/.venv/bin/kuule", program), "utf-8")
    outcome = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert (outcome.returncode, outcome.stderr) == (0, "")


@needs_systemd
def test_systemd_reads_the_unit_and_the_socket_of_an_onion_service(tmp_path: Path) -> None:
    program = shutil.which("true") or "/bin/true"
    unit, dropped = tmp_path / "kuule-collector.service", tmp_path / "kuule-collector.service.d" / "10-onion-only.conf"
    dropped.parent.mkdir()
    for file, text in ((unit, UNIT), (dropped, ONION_ONLY), (tmp_path / "kuule-collector.socket", SOCKET)):
        file.write_text(text.replace("/opt/kuule/.venv/bin/kuule", program), "utf-8")
    outcome = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit), str(tmp_path / "kuule-collector.socket")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (outcome.returncode, outcome.stderr) == (0, "")


@needs_systemd
def test_systemd_reads_what_renews_nginx_and_what_is_dropped_in(tmp_path: Path) -> None:
    units = tmp_path / "system"
    shutil.copytree(DEPLOY / "systemd", units)
    program = shutil.which("true") or "/bin/true"
    for name in ("nginx", "tor@default", "haproxy"):
        (units / f"{name}.service").write_text(f"[Service]\nExecStart={program}\n", "utf-8")
    names = ["nginx.service", "tor@default.service", "haproxy.service", "nginx-renew.service", "nginx-renew.timer"]
    names += ["haproxy-renew.service", "haproxy-renew.timer"]
    outcome = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(units / name) for name in names)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_collector_is_installed_without_what_reads_a_register() -> None:
    """The rules of a register that a study follows are in its edition (docs/how-to/serve.md, 3)."""
    locks = {name: (ROOT / "requirements" / f"{name}.txt").read_text("utf-8") for name in ("collector", "workbench")}
    readers = {name: re.findall(r"^(pyyaml|icalendar)==", lock, re.MULTILINE) for name, lock in locks.items()}

    assert readers == {"collector": [], "workbench": ["icalendar", "pyyaml"]}


def test_members_of_a_cluster_are_set_as_the_store_wants_them() -> None:
    """Whatever the shipped file leaves out is right by default: tests/cluster starts it."""
    set_to = dict(re.findall(r"^ {8}(\w+): \"?([\w.-]+)", PATRONI, flags=re.MULTILINE))
    wanted = {name: values for _, settings in HARMLESS for name, values in settings.items()} | KEPT_BY_PATRONI
    wrong = {
        name: value for name, value in set_to.items() if name in wanted and value.removesuffix("MB") not in wanted[name]
    }
    assert wrong == {}
    assert {"track_commit_timestamp", "wal_keep_size", "archive_mode", "log_checkpoints"} < set(set_to)
    assert re.findall(r"^ {4}(synchronous_mode\w*): (\w+)", PATRONI, flags=re.MULTILINE) == [
        ("synchronous_mode", "true"),
        ("synchronous_mode_strict", "true"),
    ]


def test_haproxy_of_a_cluster_passes_lines_through_and_keeps_no_log() -> None:
    assert re.findall(r"^\s*(?:mode|log|option httplog|option tcplog)\b.*$", CLUSTER_HAPROXY, flags=re.MULTILINE) == [
        "    mode tcp"
    ]
