"""kill -9 while people pause: every code that anyone was shown leads back to their own answers, nobody else's."""

from __future__ import annotations

import random
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kuule.collector.served.serve_options import ServeOptions
from tests.journeys.crowd import YEARS, Person, Supervised
from tests.patience import wait_until
from tests.ports import free_port
from tests.study.small_study import make_edition

_WINDOWS = 3
_CODE = re.compile(r'twenty"><bdi dir="ltr">([0-9 \u00a0]+)</bdi>')
_YEARS = re.compile(rf'value="([0-9]+)" id="[^"]*" name="{re.escape(YEARS)}"')


@dataclass
class Resting(Person):
    """Answers with a number of their own, pauses, and writes the code down."""

    code: str = ""

    def answer(self) -> None:
        page = self._press({"go": "next"})
        page = self._go_on(page, "next", {"/data/start/page_consent/consent": "yes"})
        page = self._go_on(page, "next", {"/data/start/page_adult/adult": "yes"})
        page = self._go_on(page, "next", {})
        page = self._go_on(page, "break", {YEARS: str(self.number)})
        (self.code,) = _CODE.findall(self._go_on(page, "pause", {}))

    def come_back(self) -> list[str]:
        """What stands in the page to which the code leads."""
        self.address = "/en/resume"
        return _YEARS.findall(self._press({"code": self.code, "go": "open"}))


@dataclass
class Rests:
    """People who pause, one after the other at each window, until `stop`."""

    port: int
    people: list[Resting] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._threads = [threading.Thread(target=self._window, args=(place,)) for place in range(_WINDOWS)]
        for thread in self._threads:
            thread.start()

    def wait_for(self, codes: int) -> None:
        """Until so many more have a code."""
        wanted = len(self.with_codes) + codes
        wait_until(lambda: len(self.with_codes) >= wanted or self.failures, lambda: "nobody pauses any more")

    @property
    def with_codes(self) -> list[Resting]:
        return [person for person in self.people if person.code]

    def stop(self) -> None:
        self.stopped.set()
        for thread in self._threads:
            thread.join()

    def _window(self, place: int) -> None:
        number = place + 1
        while not self.stopped.is_set():
            person = Resting(self.port, number)
            self.people.append(person)
            number += _WINDOWS
            try:
                person.answer()
            except (AssertionError, OSError, ValueError) as error:
                self.failures.append(error)
                return


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
@pytest.mark.parametrize("kills", [2, pytest.param(12, marks=pytest.mark.whole)])
def test_every_code_that_was_shown_leads_back_to_its_own_answers(tmp_path: Path, kills: int) -> None:
    make_edition(tmp_path)
    secret = tmp_path / "secret"
    secret.touch(0o600)
    secret.write_bytes(bytes(range(32)))
    kept = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    options = ServeOptions((tmp_path / "edition",), kept, port=free_port(), rehearsal=True, drafts=True, secret=secret)
    server, chance = Supervised(options, tmp_path / "said"), random.Random(kills)
    rests = Rests(options.port)
    try:
        for number in range(kills):
            rests.wait_for(2)
            time.sleep(chance.uniform(0, 0.4))
            server.kill(chance, worker=number % 2 == 0)
        # More than can be under way at the three windows: of those, one at least began after the last kill.
        rests.wait_for(_WINDOWS + 1)
        rests.stop()
        back = {person.number: person.come_back() for person in rests.with_codes}
    finally:
        rests.stop()
        server.end()
    assert rests.failures == []
    assert back == {number: [str(number)] for number in back}
    assert len({person.code for person in rests.with_codes}) == len(back) >= 2 * kills
