"""`kuule serve` overwrites memory that is given back, unless told not to; the start and the promise say which it is."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kuule.opening.private_key import PrivateKey
from kuule.sealing.memory_scrubbing import ALLOCATOR_VARIABLES
from kuule.store.database import configure, prepare_store
from tests.collector.server.servers import wait_for
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.study.small_study import make_edition

SAID = "memory that is given back is not overwritten"
MOMENT = "what you type for a moment"
TRACES = "traces may stay in its memory"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    make_edition(folder, key=PrivateKey.generate(bytes(range(32, 64)), rehearsal=False))
    return folder / "edition"


@pytest.mark.skipif("CS_GNU_LIBC_VERSION" not in os.confstr_names, reason="the allocators that can be told are glibc's")
@pytest.mark.parametrize(("option", "scrubbed"), [((), True), (("--no-scrub-memory",), False)])
def test_promise_and_start_say_whether_memory_is_overwritten(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...], scrubbed: bool
) -> None:
    for name in (*ALLOCATOR_VARIABLES, "KUULE_SCRUBBING"):
        monkeypatch.delenv(name, raising=False)
    port, talk, database = free_port(), tmp_path / "talk.txt", f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    configure(database)
    prepare_store(new=True)
    arguments = [str(edition), "--database", database, "--port", str(port), "--drafts", "--scrubbed-front"]
    with served([*arguments, *option], port, talk):
        promised = asked(port, "/en/privacy")
    said = talk.read_text("utf-8")
    assert (said.count(SAID), MOMENT in promised, TRACES in promised) == (not scrubbed, scrubbed, not scrubbed)


@contextmanager
def served(arguments: list[str], port: int, talk: Path) -> Iterator[None]:
    """`kuule serve` as a person types it, without anything told to the allocators before."""
    with talk.open("wb") as said:
        process = subprocess.Popen([sys.executable, "-m", "kuule.cli", "serve", *arguments], stdout=said, stderr=said)
    try:
        wait_for(port, process, talk)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def asked(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().read().decode()
    finally:
        connection.close()
