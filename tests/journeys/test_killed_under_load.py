"""Processes are killed while people send. Whoever saw "Thank you" is opened exactly once, and nobody is there twice."""

from __future__ import annotations

import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kuule.collector.served.serve_options import ServeOptions
from kuule.forms.record import Record
from kuule.opening.archive_rows import OpenedRecord
from kuule.sealing.archive import ArchiveReader
from kuule.usecases.collecting.archive_answers import archive_answers
from tests.collector.server.servers import is_free
from tests.factories import open_rows
from tests.journeys.crowd import YEARS, Crowd, Supervised, is_killed
from tests.patience import wait_until
from tests.ports import free_port
from tests.store.server import Server, running_server
from tests.study.small_study import make_edition, rehearsal_key

_RESENDERS = 8


@dataclass
class Store:
    """Where is kept; the server, where there is one, that is killed as well."""

    url: str
    server: Server | None = None

    def kill_a_line(self) -> None:
        """kill -9 on a process of the server that keeps answers: the server breaks off, and puts itself right.

        Workers whose master was killed still thank people, then they end; until the next have come there is no line.
        """
        server = self.server
        assert server is not None
        query = "SELECT pid FROM pg_stat_activity WHERE application_name = 'kuule'"
        wait_until(lambda: any(is_killed(pid) for (pid,) in server.ask(query)[:1]), lambda: "nobody has a line")

    def kill_all(self) -> None:
        """kill -9 on the server itself; then it is started again."""
        assert self.server is not None
        self.server.stop(signal.SIGKILL)
        time.sleep(0.3)
        self.server.start()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        yield Store(f"sqlite:///{tmp_path / 'kept.sqlite3'}")
        return
    with running_server() as server:
        yield Store(server.url("postgres"), server)


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.whole)])
def test_everyone_who_was_thanked_is_opened_once(tmp_path: Path, store: Store, kills: int) -> None:
    edition = make_edition(tmp_path)
    secret = tmp_path / "secret"
    secret.touch(0o600)
    secret.write_bytes(bytes(range(32)))
    options = ServeOptions(
        (tmp_path / "edition",), store.url, port=free_port(), rehearsal=True, drafts=True, secret=secret
    )
    server, crowd, chance = Supervised(options, tmp_path / "said"), Crowd(options.port), random.Random(kills)
    crowd.start()
    try:
        for number in range(kills):
            server.wait_until_it_answers(crowd)
            time.sleep(chance.uniform(0, 0.5))
            server.kill(chance, worker=number % 2 == 0)
        if store.server is not None:
            for kill in (store.kill_a_line, store.kill_all):
                server.wait_until_it_answers(crowd)
                time.sleep(chance.uniform(0, 0.5))
                kill()
        server.wait_until_it_answers(crowd)
        crowd.stop()
        thanked = [person for person in crowd.people if person.thanked]
        told = [person.send_again() for person in chance.sample(thanked, _RESENDERS)]
    finally:
        crowd.stop()
        server.end()
    assert crowd.failures == []
    assert told == [True] * _RESENDERS, "whoever sends again is told so"
    assert is_free(options.port), "a worker outlived its master"
    assert set(crowd.thanked.values()) == {1}
    assert opened(tmp_path, store.url, edition.short) == crowd.thanked


def opened(folder: Path, database: str, short: str) -> Counter[int]:
    """How often each person's number is in the archive."""
    archive_answers(folder / "edition", database, folder / f"{short}.archive")
    rows = list(open_rows(ArchiveReader(folder / f"{short}.archive"), [rehearsal_key()]))
    records = [Record.from_bytes(row.record) for row in rows if isinstance(row, OpenedRecord)]
    assert len(records) == len(rows)
    return Counter(int(record.answers[YEARS]) for record in records)
