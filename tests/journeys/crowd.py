"""People who send while processes are killed, and a supervisor that starts the collector again, as systemd does."""

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

from kuule.collector.served.serve_options import ServeOptions
from tests.collector.server.servers import CODE
from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE, wait_until

SENDERS = 16
YEARS = "/data/about/page_years/years"
_LOOK_SECONDS = 0.05
_HIDDEN = re.compile(r'<input type="hidden" name="(token|page)" value="([^"]*)">')


class NobodyAnswers(AssertionError):
    """A person gave up."""


@dataclass
class Person:
    """Answers with a number of their own, and presses a button again where the line or the server broke."""

    port: int
    number: int
    thanked: int = 0
    last: str = ""
    """What was posted last."""
    address: str = "/en"

    def answer(self) -> None:
        page = self._press({"go": "next"})
        page = self._go_on(page, "next", {"/data/start/page_consent/consent": "yes"})
        page = self._go_on(page, "next", {"/data/start/page_adult/adult": "yes"})
        page = self._go_on(page, "next", {})
        page = self._go_on(page, "finish", {YEARS: str(self.number)})
        thanks = self._go_on(page, "send", {})
        assert "<h1>Thank you</h1>" in thanks, thanks
        self.thanked += 1

    def send_again(self) -> bool:
        """Press "Send" once more, as who did not see the thanks; whether the page says that it was there before."""
        page = self._insist(self.last)
        assert "<h1>Thank you</h1>" in page, page
        return "These answers were sent before." in page

    def _go_on(self, page: str, go: str, answers: Mapping[str, str]) -> str:
        return self._press({**dict(_HIDDEN.findall(page)), **answers, "go": go})

    def _press(self, fields: Mapping[str, str]) -> str:
        self.last = urlencode(fields)
        return self._insist(self.last)

    def _insist(self, body: str) -> str:
        """What comes back, in the end: a page that says that it could not be kept is sent again as well."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, page = self._post(body)
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
            connection.request("POST", self.address, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@dataclass
class Crowd:
    """People who come one after the other at so many windows until `stop`."""

    port: int
    people: list[Person] = field(default_factory=list)
    windows: int = SENDERS
    thanks: list[float] = field(default_factory=list)
    """When each was thanked, by `time.monotonic`."""
    failures: list[BaseException] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._window) for _ in range(self.windows)]
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
                self.thanks.append(time.monotonic())
            except (AssertionError, OSError) as error:
                self.failures.append(error)
                return


def is_killed(process: int) -> bool:
    """kill -9, and whether it was there to be killed: whoever was seen a moment ago may be gone by now."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@dataclass
class Supervised:
    """The collector under a supervisor: whenever it ends, it is started again, as systemd does, until `end`.

    The supervisor is a thread of its own, so that this holds whatever a test waits for. A process to which a signal was
    sent just now still answers for a moment: who saw that it answers has not seen that it was started again.
    """

    options: ServeOptions
    said: Path
    _process: subprocess.Popen[bytes] | None = None
    _ended: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.running()
        self._thread = threading.Thread(target=self._supervise)
        self._thread.start()

    def running(self) -> subprocess.Popen[bytes]:
        """The process, started again where it ended."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                with self.said.open("ab") as output:
                    command = [sys.executable, "-c", CODE, self.options.to_text()]
                    self._process = LoadedProcess(command, stdout=output, stderr=output)
            return self._process

    def workers(self) -> list[int]:
        process = self.running()
        try:
            return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
        except FileNotFoundError:
            return []

    def kill(self, chance: random.Random, *, worker: bool) -> None:
        """kill -9 on one of its workers, or on their master. A master that just started has no workers: then it is the
        one."""

        def killed() -> bool:
            victims = self.workers() if worker else []
            return is_killed(chance.choice(victims or [self.running().pid]))

        wait_until(killed, self.said.read_text)

    def wait_until_it_answers(self, crowd: Crowd) -> None:
        """Until more were thanked than can have an answer on its way to them at their windows: one at least was thanked
        by who serves now."""
        before = sum(crowd.thanked.values())

        def answers() -> bool:
            assert not crowd.failures, crowd.failures
            return sum(crowd.thanked.values()) >= before + crowd.windows + 1

        wait_until(answers, self.said.read_text)

    def end(self) -> None:
        self._ended.set()
        self._thread.join()
        process = self.running()
        process.terminate()
        process.wait(PATIENCE)

    def _supervise(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            self.running()
