"""`kuule demo`, whole, with few people: it does what it says, opens new answers on Enter, and leaves no process."""

from __future__ import annotations

import http.client
import json
import os
import pty
import re
import select
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.rehearsal.crowd import rehearse
from kuule.study.edition.study_edition import read_edition
from kuule.usecases.demo import server_process
from kuule.usecases.demo.practice_folder import MARKER_FILE, DemoError
from kuule.usecases.demo.report_site import serve_report
from kuule.usecases.demo.server_process import port_error
from tests.loaded.loaded_process import LoadedCommand
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port
from tests.store.files import asked
from tests.study.small_study import make_study

STEPS = re.compile(r"^(\d)/7", re.MULTILINE)


def options(folder: Path, people: int = 6) -> list[str]:
    """Of a small study: only the first test is of the one that ships, whole, and of no option."""
    ports = ["--port", str(free_port()), "--report-port", str(free_port())]
    ports += ["--tour-port", str(free_port())]
    study = folder.with_name("study")
    if not study.exists():
        make_study(study)
    return ["demo", "--study", str(study), "--folder", str(folder), "--responses", str(people), *ports]


def port_of(arguments: list[str], option: str) -> int:
    return int(arguments[arguments.index(option) + 1])


def responses(folder: Path) -> int:
    return int(json.loads((folder / "dataset" / "dataset.json").read_text())["responses"])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def processes_that_name(folder: Path) -> list[str]:
    """Those that a demo started. It itself, where it is forked by a loaded process, is waited for."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(folder).encode() in command and int(entry.name) != os.getpid():
            found.append(command.decode(errors="replace"))
    return found


class Terminal:
    """A demo that runs at a terminal, as a person has it."""

    def __init__(self, arguments: list[str]) -> None:
        self._ours, theirs = pty.openpty()
        self.process = LoadedCommand(
            [sys.executable, "-m", "kuule.cli", *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env={**os.environ, "TERM": "dumb"},
        )  # fmt: skip
        os.close(theirs)
        self.said = ""

    def wait_for(self, words: str, times: int = 1) -> None:
        until = time.monotonic() + PATIENCE
        while self.said.count(words) < times:
            assert time.monotonic() < until, self.said
            ready, _, _ = select.select([self._ours], [], [], 1)
            try:
                self.said += os.read(self._ours, 65536).decode(errors="replace") if ready else ""
            except OSError:
                assert self.said.count(words) >= times, self.said

    def press_enter(self) -> None:
        os.write(self._ours, b"\n")

    def stop(self, number: signal.Signals) -> int:
        """Signal the demo, read what it still says, and return its exit code."""
        self.process.send_signal(number)
        until, ready = time.monotonic() + PATIENCE, list[int]()
        while (ready or self.process.poll() is None) and time.monotonic() < until:
            ready, _, _ = select.select([self._ours], [], [], 0.2)
            try:
                self.said += os.read(self._ours, 65536).decode(errors="replace") if ready else ""
            except OSError:
                break
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)
        os.close(self._ours)


@pytest.fixture
def collector_names_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Started by Python: what is forked by a loaded process has no command line of its own to be found by."""
    monkeypatch.setattr(server_process, "subprocess", subprocess)


@contextmanager
def at_a_terminal(arguments: list[str]) -> Iterator[Terminal]:
    terminal = Terminal(arguments)
    try:
        yield terminal
    finally:
        terminal.close()


@pytest.mark.usefixtures("collector_names_its_folder")
def test_demo_once_does_every_step_and_leaves_nothing_running(tmp_path: Path, capsys):
    arguments = options(tmp_path / "practice", people=12)
    del arguments[1:3]
    assert run([*arguments, "--once"]) == Exit.DONE
    said = capsys.readouterr()
    # nothing is served any more when it has ended: the report is a file
    assert said.out.splitlines() == [
        f"survey  http://127.0.0.1:{port_of(arguments, '--port')}",
        f"report  {tmp_path / 'practice' / 'report' / 'index.html'}",
    ]
    assert "open it now" not in said.err
    assert STEPS.findall(said.err) == list("1234567")
    sent = int(re.search(r"(\d+) sent", said.err).group(1))
    assert responses(tmp_path / "practice") == sent
    assert "practice" in (tmp_path / "practice" / "report" / "index.html").read_text(encoding="utf-8").lower()
    assert (tmp_path / "practice" / "report" / "index.pdf").read_bytes().startswith(b"%PDF")
    assert processes_that_name(tmp_path / "practice") == []


def test_demo_opens_new_answers_on_enter_stops_clean_on_ctrl_c_and_starts_afresh_in_the_same_folder(tmp_path: Path):
    folder = tmp_path / "practice"
    arguments = [*options(folder, people=8), "--first", "8"]
    with at_a_terminal(arguments) as terminal:
        terminal.wait_for("press Enter")
        assert STEPS.findall(terminal.said) == list("1234567")
        assert terminal.said.index("tour  http") < terminal.said.index("1/7")
        assert terminal.said.index("survey  http") < terminal.said.index("4/7") < terminal.said.index("report  http")
        before = responses(folder)
        survey = f"http://127.0.0.1:{port_of(arguments, '--port')}"
        more = rehearse(survey, read_edition(folder / "edition"), responses=5, seed=99, today=datetime.now(UTC).date())
        terminal.press_enter()
        terminal.wait_for("7/7", times=2)
        assert responses(folder) == before + more.sent
        said = " ".join(terminal.said.split())
        assert f"; {more.sent} new answers, yours among them" in said
        connection = http.client.HTTPConnection("127.0.0.1", port_of(arguments, "--report-port"), timeout=PATIENCE)
        connection.request("GET", "/")
        assert connection.getresponse().read() == (folder / "report" / "index.html").read_bytes()
        connection.close()
        assert_tour_leads_through(port_of(arguments, "--tour-port"))
        assert_report_is_there_in_another_language(folder, port_of(arguments, "--tour-port"))
        assert terminal.stop(signal.SIGINT) == Exit.DONE
        assert "Traceback" not in terminal.said
        assert "stopping" in terminal.said
    assert processes_that_name(folder) == []
    ports = [port_of(arguments, name) for name in ("--port", "--report-port", "--tour-port")]
    assert [listens(port) for port in ports] == [False, False, False]
    assert responses(folder) > 0
    assert run([*options(folder, people=1), "--once"]) == Exit.DONE
    assert responses(folder) <= 1


def assert_tour_leads_through(port: int) -> None:
    """All is ready, the codebook is there, and the lines for an analyst do what they say."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/codebook")
    assert "<h1>Codebook" in connection.getresponse().read().decode()
    connection.request("GET", "/")
    page = connection.getresponse().read().decode()
    connection.close()
    assert "All of it is ready." in page
    lines = [unescape(line) for line in re.findall(r'<pre class="line" dir="ltr"><code>(.*?)</code>', page)]
    _, opens, exports, _ = [shlex.split(line) for line in lines]
    for line in (opens, exports):
        assert run(line[line.index("open" if line is opens else "export") :]) == Exit.DONE


def assert_report_is_there_in_another_language(folder: Path, port: int) -> None:
    """Made when somebody asks for it; who asks again is led to the same page."""
    made = []
    for _ in range(2):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/ar/report")
        response = connection.getresponse()
        assert response.status == 303
        assert response.headers["Location"].endswith("/index.ar.html")
        made.append((folder / "report" / "index.ar.html").stat().st_mtime_ns)
        connection.close()
    assert made[0] == made[1]
    assert '<html lang="ar" dir="rtl">' in (folder / "report" / "index.ar.html").read_text("utf-8")
    assert (folder / "report" / "index.ar.pdf").is_file()


@pytest.mark.parametrize(("counted", "reports"), [(3, 1), (8, 0)])
def test_demo_makes_a_report_of_its_own_accord_when_everyone_has_come_unless_the_first_had_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, counted: int, reports: int
):
    made = []

    class Report:
        def __init__(self, *_: object) -> None:
            self.people = 0

        def make(self, *, first: bool = False) -> None:
            self.people = counted if first else 8
            made.append("first" if first else "further")

        def in_language(self, tag: str) -> Path:
            return tmp_path / f"{tag}.html"

    def leave(_visitor: object, _seconds: float) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("kuule.usecases.demo.run_demo.PracticeReport", Report)
    monkeypatch.setattr("kuule.usecases.demo.run_demo.Crowd.wait", lambda *_, **__: True)
    monkeypatch.setattr("kuule.cli.commands.demo._Visitor.asks_again", leave)
    assert run([*options(tmp_path / "practice", people=8), "--first", "3"]) == Exit.DONE
    assert made == ["first", *["further"] * reports]
    assert capsys.readouterr().err.count("all 8 people who do not exist have come:") == reports


def test_demo_stopped_while_people_answer_leaves_no_process_and_no_traceback(tmp_path: Path):
    arguments = options(tmp_path / "practice", people=5000)
    with at_a_terminal(arguments) as terminal:
        terminal.wait_for("3/7")
        database = tmp_path / "practice" / "collector.sqlite3"
        wait_until(lambda: asked(database, "SELECT count(*) FROM store_response") != [(0,)], lambda: terminal.said)
        assert terminal.stop(signal.SIGINT) == Exit.STOPPED
        assert "Traceback" not in terminal.said
        assert [line for line in terminal.said.splitlines() if line.strip()][-1] == "stopped"
    assert processes_that_name(tmp_path / "practice") == []


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.whole)])
def test_demo_without_a_terminal_serves_until_it_is_told_to_stop(tmp_path: Path, number: signal.Signals):
    arguments = options(tmp_path / "practice")
    with (tmp_path / "said").open("wb") as said:
        process = LoadedCommand(
            [sys.executable, "-m", "kuule.cli", *arguments], stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )

    def serves() -> bool:
        assert process.poll() is None, (tmp_path / "said").read_text()
        return "it serves until it is stopped" in (tmp_path / "said").read_text()

    wait_until(serves)
    assert listens(port_of(arguments, "--port"))
    process.send_signal(number)
    assert process.wait(PATIENCE) == Exit.DONE
    assert "Traceback" not in (tmp_path / "said").read_text()
    assert processes_that_name(tmp_path / "practice") == []


@pytest.mark.parametrize("option", ["--port", "--report-port", "--tour-port"])
def test_port_that_is_taken_is_said_with_the_option_that_helps(tmp_path: Path, capsys, option: str):
    arguments = options(tmp_path / "practice")
    port = port_of(arguments, option)
    with socket.create_server(("127.0.0.1", port)):
        assert run(arguments) == Exit.PROBLEM
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(f"DEMO_021 127.0.0.1:{port}: port {port} is taken by another program")
    assert option in said[1]
    assert not (tmp_path / "practice").exists()


def test_mistyped_study_leaves_what_is_in_the_practice_folder(tmp_path: Path, capsys):
    practice = tmp_path / "practice"
    practice.mkdir()
    (practice / MARKER_FILE).touch()
    (practice / "dataset").mkdir()
    (tmp_path / "club-survey").mkdir()
    (tmp_path / "club-survey" / "study.toml").touch()
    assert run([*options(practice), "--study", str(tmp_path / "clubsurvey")]) == Exit.PROBLEM
    said = capsys.readouterr().err.splitlines()
    assert said[0] == f"STUDY_001 {tmp_path / 'clubsurvey'}: there is no such folder"
    assert (practice / "dataset").is_dir()


def test_one_port_for_both_addresses_is_said_before_anything_is_done(tmp_path: Path, capsys):
    arguments = options(tmp_path / "practice")
    port, free = port_of(arguments, "--port"), port_of(arguments, "--report-port")
    for option in ("--report-port", "--tour-port"):
        arguments[arguments.index(option) + 1] = str(port)
    assert run(arguments) == Exit.PROBLEM
    assert capsys.readouterr().err.splitlines() == [
        f"DEMO_021 127.0.0.1:{port}: port {port} was given to the survey and to the report",
        f"  give the report another port: --report-port {port + 1}",
    ]
    arguments[arguments.index("--report-port") + 1] = str(free)
    assert run(arguments) == Exit.PROBLEM
    cause = f"DEMO_021 127.0.0.1:{port}: port {port} was given to the survey and to the tour"
    assert capsys.readouterr().err.splitlines()[0] == cause
    assert not (tmp_path / "practice").exists()


@pytest.mark.parametrize(
    ("port", "error", "cause", "other"),
    [
        (80, PermissionError(13, "Permission denied"), "this user may not open port 80", 8080),
        (65000, OSError(98, "Address already in use"), "port 65000 is taken by another program", 64000),
    ],
)
def test_port_that_cannot_be_had_is_said_as_it_is_with_one_that_can(port: int, error: OSError, cause: str, other: int):
    [problem] = port_error(port, "--port", error).problems
    assert (problem.code, problem.cause.partition(" (")[0]) == ("DEMO_021", cause)
    assert problem.remedy.endswith(f"--port {other}")


def test_port_that_was_taken_while_the_crowd_came_is_said_in_the_same_words(tmp_path: Path, capsys):
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    with taken, pytest.raises(DemoError) as refused, serve_report(tmp_path, port):
        pass
    [problem] = refused.value.problems
    assert (problem.code, problem.place) == ("DEMO_021", f"127.0.0.1:{port}")
    assert problem.remedy.endswith(f"--report-port {port + 1000}")
