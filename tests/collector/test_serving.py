"""The collector as a server of its own: what it refuses, how it starts and stops, what a worker that dies costs."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kuule.collector import serving as serving_module
from kuule.collector.editions import load_editions
from kuule.collector.options import MASTER, VARIABLE, ServeOptions
from kuule.collector.serving import check_serve
from kuule.collector.wsgi import application_for
from kuule.errors import KuuleError, Problem, StoreError
from kuule.languages.states import State
from kuule.opening.keys import PrivateKey
from kuule.sealing.envelope import seal
from kuule.store.responses import keep
from kuule.study.edition import read_edition
from tests.collector.browser import Browser
from tests.study.small_study import SETTINGS, make_edition

CODE = "import sys; from kuule.collector.serving import ServeOptions, serve; serve(ServeOptions.from_text(sys.argv[1]))"
SECONDS = 30
_AT_THE_START = ("this process cannot be kept out of every file: ", "memory that is given back is not overwritten: ")
FORM = "application/x-www-form-urlencoded"


def options(*editions: Path, folder: Path, **changes: object) -> ServeOptions:
    made = ServeOptions(editions, f"sqlite:///{folder / 'kept.sqlite3'}", port=free_port(), rehearsal=True, drafts=True)
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of ServeOptions by name


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def codes(refused: pytest.ExceptionInfo[KuuleError]) -> list[str]:
    return sorted({problem.code for problem in refused.value.problems})


@contextmanager
def serving(wanted: ServeOptions, said: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A server of its own, ready to answer. What it says goes to the file `said`, by default beside its database."""
    said = said or said_by(wanted)
    with said.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-c", CODE, wanted.to_text()], stdout=output, stderr=output)
    try:
        wait_for(wanted.port, process, said)
        yield process
    finally:
        process.terminate()
        process.wait(SECONDS)


def said_by(wanted: ServeOptions) -> Path:
    return Path(wanted.database.removeprefix("sqlite:///").partition("?")[0]).with_name("said")


def words_of(wanted: ServeOptions) -> list[str]:
    """What the server said, but for what it says at its start where this user may not lock memory, or of scrubbing."""
    said = said_by(wanted).read_text().splitlines()
    return [line for line in said if not line.startswith(_AT_THE_START)]


def wait_for(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, said.read_text()
        try:
            if ask(port)[0] == 200:
                return
        except (ConnectionError, http.client.HTTPException, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def ask(port: int, address: str = "/en") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def children(process: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_server_answers_without_name_or_time_and_stops_cleanly(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path)
    with serving(wanted) as process:
        status, headers, body = ask(wanted.port)
        assert (status, headers["server"], headers["date"]) == (200, "", "")
        assert b"A small study" in body
        ask(wanted.port, "/marker-7f3a")
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    assert words_of(wanted) == []


def empty_pages(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("PRAGMA freelist_count").fetchone()[0])


def leave_empty_pages(path: Path) -> None:
    """Rows that came and went: their pages stay in the file, in the order in which they came."""
    with closing(sqlite3.connect(path)) as raw, raw:
        rows = [(number, bytes(8), bytes(60_000)) for number in range(40)]
        raw.executemany("INSERT INTO store_response VALUES (?, ?, ?)", rows)
        raw.execute("DELETE FROM store_response")


def test_store_is_rewritten_when_the_server_starts_and_when_it_stops(edition_folder: Path, tmp_path: Path) -> None:
    wanted, kept = options(edition_folder, folder=tmp_path), tmp_path / "kept.sqlite3"
    with serving(wanted):
        pass
    leave_empty_pages(kept)
    assert empty_pages(kept) > 0
    with serving(wanted) as process:
        assert empty_pages(kept) == 0
        leave_empty_pages(kept)
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    assert empty_pages(kept) == 0


def test_store_that_cannot_be_rewritten_is_said_and_the_server_stops_cleanly(
    edition_folder: Path, tmp_path: Path
) -> None:
    wanted, kept = options(edition_folder, folder=tmp_path), tmp_path / "kept.sqlite3"
    wanted = replace(wanted, database=f"{wanted.database}?timeout=0.2")
    with serving(wanted) as process, closing(sqlite3.connect(kept)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM store_response").fetchone()
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    assert said_by(wanted).read_text().count("the store was not rewritten: STORE_003") == 1


def test_server_stops_cleanly_on_interrupt(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    with serving(wanted) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0


def test_worker_that_dies_is_replaced(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    with serving(wanted) as process:
        time.sleep(6)  # granian takes a worker that dies within 5.5 seconds of its start for a loop, and gives up
        (before,) = children(process.pid)
        os.kill(before, signal.SIGKILL)
        time.sleep(0.5)
        wait_for(wanted.port, process, said_by(wanted))
        assert before not in children(process.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_workers_end_with_their_master(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path)
    with serving(wanted) as process:
        process.kill()
        process.wait(SECONDS)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and not is_free(wanted.port):
            time.sleep(0.1)
    assert is_free(wanted.port)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
@pytest.mark.parametrize(("master", "code"), [(os.getpid(), 0), (1, 1)], ids=["alive", "dead"])
def test_worker_whose_master_died_while_it_started_ends(
    edition_folder: Path, tmp_path: Path, master: int, code: int
) -> None:
    told = {VARIABLE: options(edition_folder, folder=tmp_path).to_text(), MASTER: str(master)}
    ran = subprocess.run([sys.executable, "-c", "import kuule.collector.wsgi"], env=os.environ | told, check=False)
    assert ran.returncode == code


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_slow_uploads_of_some_leave_the_site_open_for_others(edition_folder: Path, tmp_path: Path) -> None:
    """Three times as many as the eight threads that a worker once had: it answered nobody then."""
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    head = f"POST /en HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: 9000\r\n\r\n".encode()
    with serving(wanted), ExitStack() as slow:
        for _ in range(24):
            line = slow.enter_context(socket.create_connection(("127.0.0.1", wanted.port)))
            line.sendall(head + b"token=")
        time.sleep(0.5)  # so that a worker with too few threads would have taken as many as it has
        assert [ask(wanted.port)[0] for _ in range(5)] == [200] * 5


def test_two_hundred_slow_forms_at_once_leave_the_site_open(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    head = f"POST /en HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: 9000\r\n\r\n".encode()
    with serving(wanted), ExitStack() as slow:
        for _ in range(200):
            line = slow.enter_context(socket.create_connection(("127.0.0.1", wanted.port)))
            line.sendall(head + b"token=")
        time.sleep(0.5)
        started = time.monotonic()
        assert [ask(wanted.port)[0] for _ in range(10)] == [200] * 10
        assert time.monotonic() - started < 5


def test_browsers_that_keep_their_lines_open_keep_nobody_out(edition_folder: Path, tmp_path: Path) -> None:
    """The server below counts a line until it is closed: 256 that asked for nothing more once kept all others out."""
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    with serving(wanted), ExitStack() as idle:
        for _ in range(400):
            line = idle.enter_context(socket.create_connection(("127.0.0.1", wanted.port)))
            line.sendall(b"GET /favicon.ico HTTP/1.1\r\nHost: x\r\n\r\n")
            assert line.recv(12) == b"HTTP/1.1 204"
        assert ask(wanted.port)[0] == 200


def crash(process: subprocess.Popen[bytes] | int) -> None:
    os.kill(process if isinstance(process, int) else process.pid, signal.SIGSEGV)


def dumps(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith("core")]


DUMPING = ("sh", "-c", 'ulimit -S -c "$(ulimit -H -c)" && exec "$@"', "sh")
"""Before a command: as large a dump as the system allows."""


def test_worker_that_crashes_leaves_no_dump_of_what_was_typed(edition_folder: Path, tmp_path: Path) -> None:
    """Where a crash of an ordinary process leaves a dump, which is tried first, one of ours leaves none."""
    with subprocess.Popen([*DUMPING, "sleep", "60"], cwd=tmp_path) as ordinary:
        time.sleep(0.5)
        crash(ordinary)
    if not dumps(tmp_path):
        pytest.skip("here no crash leaves a dump in its folder (core_pattern, or the hard limit)")
    for path in dumps(tmp_path):
        path.unlink()
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    command = [*DUMPING, sys.executable, "-c", CODE, wanted.to_text()]
    with said_by(wanted).open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=tmp_path)
    try:
        wait_for(wanted.port, process, said_by(wanted))
        time.sleep(6)  # as above: a worker that dies sooner ends the server
        for worker in children(process.pid):
            crash(worker)
        time.sleep(1)
        crash(process)
        assert process.wait(SECONDS) == -signal.SIGSEGV
    finally:
        process.kill()
    assert dumps(tmp_path) == []


def test_body_of_any_size_is_answered_in_words(edition_folder: Path, tmp_path: Path) -> None:
    """A server that answers without reading the rest resets the line, and a browser shows its own page."""
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    with serving(wanted), closing(http.client.HTTPConnection("127.0.0.1", wanted.port, timeout=SECONDS)) as connection:
        connection.request("POST", "/en", b"x=" + b"a" * 20_000_000, {"Content-Type": FORM})
        response = connection.getresponse()
        assert (response.status, b"more than the page has room for" in response.read()) == (413, True)


def test_body_in_pieces_without_a_length_begins_no_new_visit(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    with serving(wanted), closing(http.client.HTTPConnection("127.0.0.1", wanted.port, timeout=SECONDS)) as connection:
        pieces = iter([b"token=abc&page=x", b"&go=next"])
        connection.request("POST", "/en", pieces, {"Content-Type": FORM}, encode_chunked=True)
        assert connection.getresponse().status == 411


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_serve_refuses_an_open_line_and_takes_one_behind_tls(edition_folder: Path, tmp_path: Path, host: str) -> None:
    wanted = options(edition_folder, folder=tmp_path, host=host)
    with pytest.raises(KuuleError) as refused:
        check_serve(wanted)
    assert codes(refused) == ["SERVE_011"]
    assert not (tmp_path / "kept.sqlite3").exists()
    check_serve(replace(wanted, behind_tls=True))
    assert (tmp_path / "kept.sqlite3").exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost"])
def test_this_machine_alone_needs_no_tls(edition_folder: Path, tmp_path: Path, host: str) -> None:
    check_serve(options(edition_folder, folder=tmp_path, host=host))
    assert (tmp_path / "kept.sqlite3").exists()


def test_database_with_answers_to_another_key_is_refused(
    edition_folder: Path, real_folder: Path, tmp_path: Path
) -> None:
    practice = options(edition_folder, folder=tmp_path)
    check_serve(practice)
    keep(
        seal(
            b"{}",
            key=read_edition(edition_folder).key,
            study_id="small-study",
            edition_id="a" * 64,
            row_id=1,
            size=2048,
        )
    )
    check_serve(practice)
    with pytest.raises(KuuleError) as refused:
        check_serve(options(real_folder, folder=tmp_path, rehearsal=False))
    assert codes(refused) == ["SERVE_012"]


def test_practice_edition_without_rehearsal_is_refused(edition_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_serve(options(edition_folder, folder=tmp_path, rehearsal=False))
    assert codes(refused) == ["SERVE_005"]


@pytest.fixture(scope="module")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    make_edition(folder, key=PrivateKey.generate(bytes(range(32, 64)), rehearsal=False))
    return folder / "edition"


def test_real_edition_with_rehearsal_is_refused(real_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_serve(options(real_folder, folder=tmp_path))
    assert codes(refused) == ["SERVE_006"]


def test_practice_and_real_editions_are_never_mixed(edition_folder: Path, real_folder: Path, tmp_path: Path) -> None:
    for rehearsal in (True, False):
        with pytest.raises(KuuleError) as refused:
            check_serve(options(edition_folder, real_folder, folder=tmp_path, rehearsal=rehearsal))
        assert codes(refused) == ["SERVE_004"]


def test_drafts_and_unchecked_help_are_refused_without_drafts(real_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_serve(options(real_folder, folder=tmp_path, rehearsal=False, drafts=False))
    assert codes(refused) == ["SERVE_007", "SERVE_008", "SERVE_009"]


def test_reviewed_language_with_drafted_interface_is_refused_without_drafts(tmp_path: Path) -> None:
    make_edition(tmp_path, languages={"sv": State.REVIEWED, "ar": State.REVIEWED})
    with pytest.raises(KuuleError) as refused:
        check_serve(options(tmp_path / "edition", folder=tmp_path, drafts=False))
    assert codes(refused) == ["SERVE_008", "SERVE_009"]


CHECKED = "country,name,kind,phone,languages,checked_by,checked_on\n"


@pytest.mark.parametrize(
    ("rows", "settings", "lacking"),
    [
        ("ZZ,A finder,child,1,,coordinator,{today}\n", "", []),
        ("ZZ,A finder,child,1,,coordinator,{old}\n", "", ["everywhere", "language en", "people too young"]),
        ("ZZ,A finder,child,1,,coordinator,{old}\n", "[help]\nchecked_within_months = 24\n", []),
        ("ZZ,A finder,survivor,1,,coordinator,{today}\n", "", ["people too young"]),
        ("SE,A line,child,1,en,coordinator,{today}\n", "", ["everywhere", "people too young"]),
        ("SE,A line,child,1,en,coordinator,{today}\n", '[help]\ncountries = ["SE"]\n', []),
        ("SE,A line,child,1,en,coordinator,{today}\n", '[help]\ncountries = ["SE", "FI"]\n',
         ["country FI", "people too young"]),
        ("SE,A line,child,1,sv,coordinator,{today}\n", '[help]\ncountries = ["SE"]\n', ["language en"]),
        ("ZZ,A line,perpetrator_prevention,1,en,coordinator,{today}\n", "",
         ["everywhere", "language en", "people too young"]),
    ],
)  # fmt: skip
def test_study_is_served_when_everyone_finds_a_checked_service(
    tmp_path: Path, rows: str, settings: str, lacking: list[str]
) -> None:
    """One language, English, as its interface is the only one that needs no review."""
    today = datetime.now(UTC).date()
    old = today.replace(year=today.year - 2, day=28) + timedelta(days=7)
    only_english = re.sub(r"(?m)^(sv|ar) = .*\n", "", SETTINGS)
    edition = make_edition(
        tmp_path, settings=only_english + settings, languages={},
        support=CHECKED + rows.format(today=today, old=old),
    )  # fmt: skip
    wanted = options(tmp_path / "edition", folder=tmp_path, drafts=False)
    if not lacking:
        assert check_serve(wanted) is None
        return
    with pytest.raises(KuuleError) as refused:
        check_serve(wanted)
    places = [f"edition {edition.short}, support, {place}" for place in lacking]
    assert [(problem.code, problem.place) for problem in refused.value.problems] == [("SERVE_009", p) for p in places]


def test_server_whose_log_may_not_be_ended_is_refused_for_real_answers_only(
    edition_folder: Path, real_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """tests/store/postgresql/test_rewriting.py has the look itself, at a real server."""

    def refuse() -> None:
        raise StoreError(Problem("STORE_024", "a server", "its log still tells", "grant"))

    monkeypatch.setattr(serving_module, "check_is_forgotten", refuse)
    check_serve(options(edition_folder, folder=tmp_path))
    with pytest.raises(KuuleError) as refused:
        check_serve(options(real_folder, folder=tmp_path, rehearsal=False))
    assert codes(refused) == ["STORE_024"]


def test_no_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_serve(options(folder=tmp_path))
    assert codes(refused) == ["SERVE_001"]


def test_editions_of_different_studies_are_refused(edition_folder: Path, tmp_path: Path) -> None:
    make_edition(tmp_path, settings=SETTINGS.replace('"small-study"', '"another-study"'))
    with pytest.raises(KuuleError) as refused:
        check_serve(options(edition_folder, tmp_path / "edition", folder=tmp_path))
    assert codes(refused) == ["SERVE_002"]


def test_same_edition_twice_is_refused(edition_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_serve(options(edition_folder, edition_folder, folder=tmp_path))
    assert codes(refused) == ["SERVE_003"]


def test_taken_port_is_said_in_words(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", wanted.port))
        other.listen()
        with pytest.raises(KuuleError) as refused:
            check_serve(wanted)
    assert [problem.cause for problem in refused.value.problems] == ["another program listens there"]


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 8000), ("127.0.0.1", 0), ("127.0.0.1", 70_000)])
def test_address_that_cannot_be_listened_at_is_said_in_words(
    edition_folder: Path, tmp_path: Path, host: str, port: int
) -> None:
    with pytest.raises(KuuleError) as refused:
        check_serve(options(edition_folder, folder=tmp_path, host=host, port=port))
    assert codes(refused) == ["SERVE_010"]


def test_options_survive_the_environment(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path, secret=tmp_path / "secret", behind_tls=True)
    assert ServeOptions.from_text(json.loads(json.dumps(wanted.to_text()))) == wanted


def test_visit_ends_on_the_edition_it_began(edition_folder: Path, tmp_path: Path) -> None:
    make_edition(tmp_path, settings=SETTINGS.replace('title = "A small study"', 'title = "Second edition"'))
    both = load_editions(options(edition_folder, tmp_path / "edition", folder=tmp_path))
    assert both.current.edition.study.title == "Second edition"
    assert both.by_id(both.offers[0].edition.id) is both.offers[0]


def test_worker_without_a_whole_edition_is_closed_for_now(
    edition_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "edition"
    copy.mkdir()
    for file in edition_folder.rglob("*"):
        if file.is_file():
            target = copy / file.relative_to(edition_folder)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(file.read_bytes())
    (copy / "public.key").write_text("not a key", "utf-8")
    browser = Browser(application_for(options(copy, folder=tmp_path)))
    said = capsys.readouterr().err
    assert said.startswith("the collector is closed for now: EDITION_"), "whoever runs it is told why"
    assert "public.key" in said
    assert browser.get("/sv/help").status == 200, "help is there all the same"
    for address in ("/", "/en", "/sv/privacy"):
        shown = browser.get(address)
        assert shown.status == 503
        assert ("Closed for now" in shown.words, "Stängt för tillfället" in shown.words) == (True, True)
    assert browser.post("/en", [("token", "x")]).status == 503


def test_worker_without_a_store_is_closed_for_now(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path, database=f"sqlite:///{tmp_path / 'absent' / 'kept.sqlite3'}")
    shown = Browser(application_for(wanted)).get("/en")
    assert (shown.status, shown.heading) == (503, "Closed for now")
