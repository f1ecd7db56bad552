"""Processes are killed while people send. Whoever saw "Thank you" is opened exactly once, and nobody is there twice."""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kuule.cli.archive import write_edition_archive
from kuule.collector.options import ServeOptions
from kuule.forms.record import Record
from kuule.opening.archive import Opened, open_archive
from kuule.sealing.archive import ArchiveReader
from tests.collector.test_serving import is_free
from tests.journeys.house import free_port
from tests.study.small_study import make_edition, rehearsal_key

CODE = "import sys; from kuule.collector.serving import ServeOptions, serve; serve(ServeOptions.from_text(sys.argv[1]))"
SENDERS = 12
PATIENCE = 60.0
"""Seconds for which a person presses the button again while nothing answers."""
YEARS = "/data/about/page_years/years"
_HIDDEN = re.compile(r'<input type="hidden" name="(token|page)" value="([^"]*)">')


class NobodyAnswers(AssertionError):
    """A person gave up."""


@dataclass
class Person:
    """Answers with a number of their own, and presses a button again where the line or the server broke."""

    port: int
    number: int
    thanked: int = 0

    def answer(self) -> None:
        page = self._press({"go": "next"})
        page = self._go_on(page, "next", {"/data/start/page_consent/consent": "yes"})
        page = self._go_on(page, "next", {"/data/start/page_adult/adult": "yes"})
        page = self._go_on(page, "next", {})
        page = self._go_on(page, "finish", {YEARS: str(self.number)})
        thanks = self._go_on(page, "send", {})
        assert "<h1>Thank you</h1>" in thanks, thanks
        self.thanked += 1

    def _go_on(self, page: str, go: str, answers: Mapping[str, str]) -> str:
        return self._press({**dict(_HIDDEN.findall(page)), **answers, "go": go})

    def _press(self, fields: Mapping[str, str]) -> str:
        """What comes back, in the end: a page that says that it could not be kept is sent again as well."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, page = self._post(urlencode(fields))
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if status == 200:
                assert 'id="lost"' not in page
                return page
            assert status == 503, page
            time.sleep(0.2)
        raise NobodyAnswers(f"person {self.number} gave up")

    def _post(self, body: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", "/en", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@dataclass
class Crowd:
    """People who come one after the other at `SENDERS` windows until `stop`."""

    port: int
    people: list[Person] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._window) for _ in range(SENDERS)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self.stopped.set()
        for thread in self._threads:
            thread.join()

    @property
    def thanked(self) -> Counter[int]:
        return Counter({person.number: person.thanked for person in self.people if person.thanked})

    def _window(self) -> None:
        while not self.stopped.is_set():
            with self._lock:
                person = Person(self.port, len(self.people) + 1)
                self.people.append(person)
            try:
                person.answer()
            except (AssertionError, OSError) as error:
                self.failures.append(error)
                return


@dataclass
class Supervised:
    """The collector under a supervisor: where it ends, it is started again, as systemd does."""

    options: ServeOptions
    said: Path
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0

    def running(self) -> subprocess.Popen[bytes]:
        """The process, started again where it ended."""
        if self.process is None or self.process.poll() is not None:
            with self.said.open("ab") as output:
                command = [sys.executable, "-c", CODE, self.options.to_text()]
                self.process = subprocess.Popen(command, stdout=output, stderr=output)
            self.starts += 1
        return self.process

    def workers(self) -> list[int]:
        process = self.running()
        try:
            return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
        except FileNotFoundError:
            return []

    def wait_until_it_answers(self, crowd: Crowd) -> None:
        """Until somebody was thanked anew."""
        before, until = sum(crowd.thanked.values()), time.monotonic() + PATIENCE
        while sum(crowd.thanked.values()) < before + SENDERS // 2:
            assert time.monotonic() < until, self.said.read_text()
            assert not crowd.failures, crowd.failures
            self.running()
            time.sleep(0.05)

    def end(self) -> None:
        process = self.running()
        process.terminate()
        process.wait(60)


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.whole)])
def test_everyone_who_was_thanked_is_opened_once(tmp_path: Path, kills: int) -> None:
    edition = make_edition(tmp_path)
    secret = tmp_path / "secret"
    secret.touch(0o600)
    secret.write_bytes(bytes(range(32)))
    database = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    options = ServeOptions(
        (tmp_path / "edition",), database, port=free_port(), rehearsal=True, drafts=True, secret=secret
    )
    server, crowd, chance = Supervised(options, tmp_path / "said"), Crowd(options.port), random.Random(kills)
    server.running()
    crowd.start()
    try:
        for number in range(kills):
            server.wait_until_it_answers(crowd)
            time.sleep(chance.uniform(0, 0.5))
            # A master that is just ending by itself has no workers any more: then it is the one.
            victims = [] if number % 3 == 2 else server.workers()
            os.kill(chance.choice(victims or [server.running().pid]), signal.SIGKILL)
        server.wait_until_it_answers(crowd)
    finally:
        crowd.stop()
        server.end()
    assert crowd.failures == []
    assert is_free(options.port), "a worker outlived its master"
    assert set(crowd.thanked.values()) == {1}
    assert opened(tmp_path, database, edition.short) == crowd.thanked


def opened(folder: Path, database: str, short: str) -> Counter[int]:
    """How often each person's number is in the archive."""
    write_edition_archive(folder / "edition", database, folder / f"{short}.archive")
    rows = list(open_archive(ArchiveReader(folder / f"{short}.archive"), [rehearsal_key()]))
    records = [Record.from_bytes(row.record) for row in rows if isinstance(row, Opened)]
    assert len(records) == len(rows)
    return Counter(int(record.answers[YEARS]) for record in records)
