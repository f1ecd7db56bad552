"""After many visits nothing of a visitor is on any disk: not in the store, a log, the journal, or a temporary folder.

Everyone comes from an address of their own with marks on everything a visitor brings; some leave before sending, some
send what cannot be read. Then everything that the collector could have written is searched, in every encoding that
tests/journeys/scanning.py knows; that the search finds what is there is shown first.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kuule.collector.served.serve_options import ServeOptions
from kuule.store.database import close_connections, configure
from tests.collector.server.servers import children, free_port, serving
from tests.journeys.scanning import needles_for, traces_below, traces_in
from tests.patience import PATIENCE
from tests.store.kept import count_responses
from tests.store.server import Server, running_server
from tests.study.small_study import make_edition

WISH, UNSENT = "Qdisk-71 önskan أمنية", "Qdisk-72 never sent"
MARKS = {
    "wish": WISH, "unsent": UNSENT, "address": "127.77.", "forwarded": "203.0.113.", "real": "198.51.100.78",
    "forwarded6": "2001:db8::7d", "agent": "Qagent-73/9", "referrer": "qreferrer-74.example", "spoken": "xq-Qlang75",
    "cookie": "Qcookie-76", "query": "Qquery-77", "path": "Qpath-78", "part": "Qpart-79", "link": "/q7/en",
}  # fmt: skip
FORM = "application/x-www-form-urlencoded"
LONGEST_FILE = 200_000_000
_HIDDEN = re.compile(r'<input type="hidden" name="(token|page)" value="([^"]*)">')
_WISH_FIELD = "/data/end/page_wish/wish"


@dataclass
class Visitor:
    """One of many; the line stays open for the visit, as a browser's does."""

    port: int
    number: int

    def visit(self) -> bool:
        """Come, answer, and mostly send. True where it was thanked for."""
        source = f"127.77.{self.number // 250}.{self.number % 250 + 2}"
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=(source, 0))
        try:
            return self._answer()
        finally:
            self._line.close()

    def _answer(self) -> bool:
        if self.number % 25 == 0:
            self._break()
        page = self._post({"go": "next"})
        page = self._post({**self._carried(page), "/data/start/page_consent/consent": "yes", "go": "next"})
        page = self._post({**self._carried(page), "/data/start/page_adult/adult": "yes", "go": "next"})
        page = self._post({**self._carried(page), "go": "finish"})
        page = self._post({**self._carried(page), "go": "page:/data/end/page_wish"})
        if self.number % 10 == 0:
            page = self._post({**self._carried(page), _WISH_FIELD: UNSENT, "go": "help"})
            assert "is still here" in page
            return False
        page = self._post({**self._carried(page), _WISH_FIELD: f"{WISH} {self.number}", "go": "review"})
        assert WISH in page
        return "<h1>Thank you</h1>" in self._post({**self._carried(page), "go": "send"})

    def _break(self) -> None:
        """What no page asks for, and what the site refuses."""
        assert self._ask("GET", f"/en?from={MARKS['query']}")[0] == 200
        assert self._ask("GET", MARKS["link"])[0] == 200
        assert self._ask("GET", f"/{MARKS['path']}")[0] == 404
        part = f'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n{MARKS["part"]}\r\n--x--\r\n'
        assert self._ask("POST", "/en", part.encode() * 400, "multipart/form-data; boundary=x")[0] == 415
        assert self._ask("POST", "/en", urlencode({"x": WISH * 99_000}).encode())[0] == 413
        assert self._ask("POST", "/en", urlencode({"token": UNSENT, "page": UNSENT, "go": UNSENT}).encode())[0] == 200

    def _post(self, fields: dict[str, str]) -> str:
        status, page = self._ask("POST", "/en", urlencode(fields).encode())
        assert status == 200, page
        return page

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = FORM) -> tuple[int, str]:
        headers = {
            "User-Agent": MARKS["agent"], "Referer": f"https://{MARKS['referrer']}/", "X-Real-IP": MARKS["real"],
            "Cookie": f"a={MARKS['cookie']}", "Accept-Language": MARKS["spoken"], "Content-Type": kind,
            "X-Forwarded-For": f"203.0.113.{self.number % 250}", "Forwarded": f'for="[{MARKS["forwarded6"]}]"',
        }  # fmt: skip
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        return answer.status, answer.read().decode()

    @staticmethod
    def _carried(page: str) -> dict[str, str]:
        return dict(_HIDDEN.findall(page))


@dataclass(frozen=True)
class Store:
    """Where sealed answers go: its address, and every folder that it writes to."""

    url: str
    folders: tuple[Path, ...]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "sqlite":
        return Store(f"sqlite:///{tmp_path / 'kept.sqlite3'}", ())
    server: Server = request.getfixturevalue("server")
    return Store(server.url(server.new_database()), (server.folder,))


def entries(folders: tuple[str, ...] = ("/tmp", "/var/tmp", "/dev/shm")) -> set[Path]:
    """What lies in the folders for temporary things: files and folders, not what is in these."""
    found = (entry for folder in folders if Path(folder).is_dir() for entry in Path(folder).iterdir())
    return {entry for entry in found if not entry.name.startswith(("pytest-of-", "kuule-pg-"))}


def files_of(entry: Path) -> Iterator[Path]:
    for path in [entry, *(entry.rglob("*") if entry.is_dir() and not entry.is_symlink() else ())]:
        # what this user may not read, another put there
        if path.is_file() and not path.is_symlink() and path.stat().st_size < LONGEST_FILE and os.access(path, os.R_OK):
            yield path


def journal_since(start: float) -> bytes:
    """What the system's journal took in since then, where it has one that this user may read."""
    if shutil.which("journalctl") is None:
        return b""
    command = ["journalctl", "--quiet", "--output=export", f"--since=@{int(start)}"]
    return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).stdout


def open_files(process: int) -> set[str]:
    """The files that a server and its workers hold open, where the system lets us see them."""
    found = set()
    for each in (process, *children(process)):
        try:
            found |= {str(link.readlink()) for link in Path(f"/proc/{each}/fd").iterdir()}
        except (PermissionError, FileNotFoundError):
            continue
    return {name for name in found if name.startswith("/") and not name.startswith(("/dev/null", "/proc/"))}


def plant(folder: Path) -> None:
    (folder / "planted.log").write_bytes(b"at 3: " + base64.b64encode(b"x" + WISH.encode()) + b"\n" + b"127.77.3.9")


@pytest.mark.parametrize("visits", [30, pytest.param(1000, marks=pytest.mark.whole)])
def test_after_many_visits_no_mark_is_on_any_disk(
    visits: int, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needles = needles_for(MARKS)
    edition = make_edition(tmp_path)
    for name in ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    before, start = entries(), time.time()
    secret = tmp_path / "token-secret"
    secret.write_bytes(bytes(range(32)))
    secret.chmod(0o600)
    wanted = ServeOptions(
        (tmp_path / "edition",), store.url, port=free_port(), rehearsal=True, drafts=True, secret=secret
    )
    with serving(wanted, said=tmp_path / "said") as process:
        with ThreadPoolExecutor(6) as people:
            thanked = sum(people.map(lambda number: Visitor(wanted.port, number).visit(), range(visits)))
        held = {name for name in open_files(process.pid) if not name.startswith(str(tmp_path))}
        while_it_runs = traces_below(tmp_path, needles)
    assert thanked == visits - len(range(0, visits, 10))
    configure(store.url)
    assert count_responses(edition.id) == thanked
    close_connections()
    assert while_it_runs == {}
    assert {name for name in held if not name.endswith((".so", ".py", ".pyc"))} == set()
    assert {folder.name: traces_below(folder, needles) for folder in (tmp_path, *store.folders)} == {
        folder.name: {} for folder in (tmp_path, *store.folders)
    }
    new = entries() - before
    assert {str(path) for entry in new for path in files_of(entry) if traces_in(path.read_bytes(), needles)} == set()
    assert traces_in(journal_since(start), needles) == set()
    plant(tmp_path)
    assert traces_below(tmp_path, needles) == {"planted.log": {"wish (utf-8, base64)", "address (utf-8)"}}
