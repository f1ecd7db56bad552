"""A backup while people answer: who was thanked before it began is in it, and nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from kuule.backup.backup_file import BackupFile
from kuule.store.database import close_connections, configure
from kuule.store.rows.responses import SubmissionResult
from kuule.usecases.recovery.store_restoring import restore_store
from tests.patience import PATIENCE, wait_until
from tests.store.conftest import Kept
from tests.store.files import python
from tests.usecases.recovery.answered import Answered

pytestmark = pytest.mark.slow
SENDING = """
import sys, threading
from kuule.sealing.envelope import SealedResponse
from kuule.store.database import configure
from kuule.store.rows.responses import save_response
configure(sys.argv[1])
header, size = bytes.fromhex(sys.argv[2]), int(sys.argv[3])
import secrets
stopped, telling = threading.Event(), threading.Lock()
def send():
    while not stopped.is_set():
        row = secrets.randbits(63)
        result = save_response(SealedResponse(row, header[12:20], header + secrets.token_bytes(size)))
        with telling:
            print(row, result.value, flush=True)
threads = [threading.Thread(target=send) for _ in range(4)]
for one in threads: one.start()
sys.stdin.readline()
stopped.set()
for one in threads: one.join()
"""


class Senders:
    """Two processes with four people each. `thanked` has who was told that their answer is kept."""

    def __init__(self, answered: Answered) -> None:
        [row] = answered.sealed(1, Random(1))
        header = row.envelope[: len(row.envelope) - 3000].hex()
        self.processes = [python(SENDING, answered.url, header, "3000") for _ in range(2)]
        self.thanked: set[int] = set()
        self.others: list[str] = []
        self.readers = [threading.Thread(target=self._read, args=(one.stdout,)) for one in self.processes]
        for reader in self.readers:
            reader.start()

    def _read(self, lines: object) -> None:
        for line in lines:  # type: ignore[attr-defined]
            row, result = line.split()
            if result == SubmissionResult.NEW.value:
                self.thanked.add(int(row))
            else:
                self.others.append(line)

    def stop(self) -> None:
        for one in self.processes:
            assert one.stdin is not None
            one.stdin.write("stop\n")
            one.stdin.flush()
        for reader in self.readers:
            reader.join(PATIENCE)
        for one in self.processes:
            one.wait(PATIENCE)
            for pipe in (one.stdin, one.stdout, one.stderr):
                if pipe is not None:
                    pipe.close()


def test_nobody_who_was_thanked_before_it_began_is_missing(
    answered: Answered, empty_file: Kept, empty_server: Callable[[], Kept]
) -> None:
    waiting = replace(answered.kept, url=answered.url.replace("timeout=0.2", "timeout=20"))
    answered = replace(answered, kept=waiting)
    senders = Senders(answered)
    try:
        wait_until(lambda: len(senders.thanked) > 40)
        before = set(senders.thanked)
        made = answered.back_up()
        so_far = len(senders.thanked)
        wait_until(lambda: len(senders.thanked) > so_far)
    finally:
        senders.stop()
    assert [one.returncode for one in senders.processes] == [0, 0]
    assert senders.others == []
    restore_store(BackupFile(made.path), made.manifest, empty_file.url)
    restored = {row for (row,) in empty_file.ask("SELECT row_id FROM store_response")}
    assert before - restored == set()
    kept = {row for (row,) in answered.kept.ask("SELECT row_id FROM store_response")}
    assert (restored - kept, senders.thanked - kept) == (set(), set())
    configure(empty_file.url)
    close_connections()
