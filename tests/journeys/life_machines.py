"""The machines of a study that is taken through its life: a collector, the analyst's, the lead's; one clock for all."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kuule.forms.record import Record
from kuule.opening.decryption import open_envelope
from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import SealedResponse
from kuule.sealing.envelope_header import read_header
from kuule.study.edition.study_edition import Edition, read_edition
from tests.installations.collectors import Host
from tests.journeys.life_study import DAYS, at
from tests.outside.browsing import Browser, Seen
from tests.outside.trees import ROOT, Tree
from tests.patience import PATIENCE, wait_until
from tests.store.server import Server

if TYPE_CHECKING:
    from tests.journeys.life_visits import Visitor

ADDRESS = "127.3.14.15"
"""Where every visitor comes from."""
AGENT = "A-Browser-That-Nobody-Has/7"
"""What every visitor's browser calls itself: nothing of it may stay anywhere."""
_GROUPS = ("database", "end", "keys")


@dataclass(frozen=True)
class Pause:
    """Of a visit: the day of the study on which, the last day that was told, the code, and what was kept."""

    day: int
    until: date
    code: str
    words: str
    sealed: bytes


@dataclass(frozen=True)
class TakenBack:
    """What was kept of an answer before somebody took it back."""

    day: int
    code: str
    row_id: int
    envelope: bytes


@dataclass
class DayLog:
    """What happened on a day: the commands that were run, and the browsers of those who came."""

    commands: set[str] = field(default_factory=set)
    browsers: list[Browser] = field(default_factory=list)

    def pages(self) -> Iterator[Seen]:
        """Every page that somebody saw."""
        for browser in self.browsers:
            yield from browser.seen


@dataclass
class Life:
    """`version`: the source of the Kuule that is installed. `server`: the PostgreSQL that has the store, if not a file.
    `editions`: the folders that are served, the newest last."""

    folder: Path
    host: Host
    server: Server | None = None
    database: str = ""
    secret: Path = Path()
    secret_text: str = ""
    """What the file of the secret key has, which only this test remembers in the end."""
    version: Path = ROOT
    editions: list[Path] = field(default_factory=list)
    day: int = 1
    logs: dict[int, DayLog] = field(default_factory=dict)
    process: int = 0
    """The id of the collector's first process; 0 while none runs."""
    is_open: bool = False
    """Whether a visit in English can begin."""
    sent: dict[str, str] = field(default_factory=dict)
    """What was written, by the code that takes it back."""
    pauses: list[Pause] = field(default_factory=list)
    resumed: set[str] = field(default_factory=set)
    """Codes of pauses that were sent in the end."""
    taken_back: list[TakenBack] = field(default_factory=list)
    left: dict[int, Visitor] = field(default_factory=dict)
    """By day: who wrote and sent nothing."""
    mornings: dict[int, list[int]] = field(default_factory=dict)
    """By day: the ids of the answers as they lay after the night's rewriting."""
    promised: list[str] = field(default_factory=list)

    @property
    def clock(self) -> Path:
        return self.folder / "clock"

    @property
    def collector(self) -> Path:
        """All files of the machine that collects, but for those of PostgreSQL."""
        return self.folder / "collector"

    @property
    def analyst(self) -> Path:
        return self.folder / "analyst"

    @property
    def backups(self) -> Path:
        """On the machine that collects, where `kuule backup` writes them."""
        return self.collector / "backups"

    def backups_until(self, day: int) -> list[Path]:
        """Those that are still there of a day and of days before it."""
        return [path for path in self.backups.glob("*") if any(DAYS[one] in path.name for one in range(1, day + 1))]

    @property
    def today(self) -> DayLog:
        return self.logs.setdefault(self.day, DayLog())

    def wake(self, day: int) -> None:
        """Go on to a day. The night's rewriting of the store is waited for."""
        before = self._files_made() if self.process else None
        self.move(day)
        if self.process:
            wait_until(lambda: self._files_made() != before, self.host.said.read_text)
        self.mornings[day] = [row.row_id for row in self.responses()]

    def _files_made(self) -> object:
        """What is another after each rewriting."""
        if self.server is not None:
            return self.rows("SELECT pg_relation_filenode('store_response')")
        return self.rows("PRAGMA schema_version")

    def move(self, day: int, hour: int = 10) -> None:
        """Go on to a moment, on all machines at once."""
        self.day = day
        after = self.clock.with_suffix(".after")
        after.write_text(at(day, hour))
        after.replace(self.clock)

    def kuule(self, *arguments: object, ends: tuple[int, ...] = (0,)) -> str:
        """Run a command on any of the machines, and return what it printed and said."""
        given = [str(one) for one in arguments]
        self.today.commands.add(" ".join(["kuule", *given[: 2 if given[0] in _GROUPS else 1]]))
        tree = Tree(self.version, clock=self.clock)
        done = subprocess.run(
            tree.command(*given), env=tree.environment(), capture_output=True, text=True, check=False, cwd=self.folder
        )
        assert done.returncode in ends, (given, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def told(self, *arguments: object, ends: tuple[int, ...] = (0,)) -> dict[str, Any]:
        """The same, with what it prints for programs."""
        printed = self.kuule(*arguments, "--json", ends=ends)
        told: dict[str, Any] = json.loads(next(line for line in printed.splitlines() if line.startswith("{")))
        return told

    def serve(self) -> None:
        """Start the collector, with the editions as they are."""
        self.today.commands.add("kuule serve")
        given = ["--database", self.database, "--secret", str(self.collector / "token-secret")]
        self.host.arguments = [*map(str, self.editions), *given, "--drafts", "--workers", "1"]
        self.process = self.host.start().pid

    def stop(self) -> None:
        """Stop it in order, whichever process of its versions it is."""
        os.kill(self.process, signal.SIGTERM)
        if self.host.process is not None and self.host.process.pid == self.process:
            self.host.process.wait(PATIENCE)
        wait_until(lambda: not Path(f"/proc/{self.process}/cmdline").exists())
        self.process = 0

    def browser(self) -> Browser:
        """Somebody's, at the collector."""
        browser = Browser(self.host.port, agent=AGENT, address=ADDRESS)
        self.today.browsers.append(browser)
        return browser

    def get(self, path: str) -> Seen:
        """A page, as somebody new sees it."""
        return self.browser().get(path)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the store has, read without Kuule."""
        if self.server is not None:
            return self.server.ask(query, urlsplit(self.database).path[1:])
        with closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)) as line:
            return line.execute(query).fetchall()

    @property
    def store(self) -> Path:
        return self.collector / "store.sqlite3"

    @property
    def has_store(self) -> bool:
        if self.server is None:
            return self.store.exists()
        return self.rows("SELECT to_regclass('store_response')") != [(None,)]

    @property
    def secret_line(self) -> bytes:
        """The line of the secret key that is in no other file."""
        return max(self.secret_text.encode().splitlines(), key=len)

    def counts(self) -> tuple[int, int, int]:
        """How many rows there are of what was sent, paused, and taken back or deleted."""
        if not self.has_store:
            return 0, 0, 0
        tables = ("store_response", "store_draft", "store_withdrawal")
        first, second, third = (int(self.rows(f"SELECT count(*) FROM {one}")[0][0]) for one in tables)
        return first, second, third

    def columns(self) -> dict[str, set[str]]:
        """The columns of each table of the store."""
        if not self.has_store:
            return {}
        query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_name LIKE 'store_%'"
        if self.server is None:
            query = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        found: dict[str, set[str]] = {}
        for table, column in self.rows(query):
            found.setdefault(str(table), set()).add(str(column))
        return found

    def drafts(self) -> list[bytes]:
        """What is kept of visits that were paused."""
        return [bytes(sealed) for (sealed,) in self.rows("SELECT sealed FROM store_draft")]

    def kept_words(self) -> list[str]:
        """What was sent and not taken back."""
        gone = {one.code for one in self.taken_back}
        return [words for code, words in self.sent.items() if code not in gone]

    def responses(self) -> list[SealedResponse]:
        """What is kept of what was sent, in the order in which it lies there."""
        if not self.has_store:
            return []
        order = "ctid" if self.server is not None else "rowid"
        rows = self.rows(f"SELECT row_id, key_id, envelope FROM store_response ORDER BY {order}")
        return [SealedResponse(int(row_id), bytes(key), bytes(envelope)) for row_id, key, envelope in rows]

    def records(self) -> list[Record]:
        """The same, opened with the key, which is on another machine."""
        if not self.has_store:
            return []
        key = PrivateKey.from_text(self.secret_text)
        ids = {edition.id: edition.study.id for edition in self.read_editions()}
        found = []
        for row in self.responses():
            edition = read_header(row.envelope).edition_id
            found.append(Record.from_bytes(open_envelope(row, key, study_id=ids[edition], edition_id=edition)))
        return found

    def read_editions(self) -> list[Edition]:
        return [read_edition(one) for one in self.editions]

    def files(self) -> Iterator[Path]:
        """Every file of the machine that collects, and of its database server."""
        folders = [self.collector, *([self.server.data] if self.server is not None else [])]
        for folder in folders:
            yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())

    def copy(self, one: Path, to: Path) -> None:
        """Carry a file or a folder from one machine to another."""
        if one.is_dir():
            shutil.copytree(one, to)
        else:
            shutil.copy(one, to)

    def holding(self, *needles: bytes) -> list[str]:
        """The files of that machine in which one of these is found."""
        return [str(path) for path in self.files() if _has(path, needles)]


def _has(path: Path, needles: tuple[bytes, ...]) -> bool:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False
    return any(needle in content for needle in needles)
