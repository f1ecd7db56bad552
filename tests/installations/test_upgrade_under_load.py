"""A collector is upgraded while people answer: nobody is refused, and nothing is lost; or it goes on as it was."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.installations.answering import Answering
from tests.installations.collectors import REMOVES, host, next_version
from tests.installations.making import newest, unpack
from tests.loaded.loaded_process import run_loaded
from tests.outside.browsing import Browser
from tests.outside.trees import ROOT, Tree
from tests.patience import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
]
GOES_ON = "this one goes on serving"
_NUMBER = re.compile(r"Benches, says number (\d+)")


@pytest.fixture
def left(tmp_path: Path) -> Path:
    return unpack(newest(), tmp_path)


def arguments(left: Path, workers: int = 1) -> tuple[str, ...]:
    given = (str(left / "edition"), "--database", f"sqlite:///{left / 'store.sqlite3'}")
    return (*given, "--secret", str(left / "token-secret"), "--drafts", "--workers", str(workers))


def version_of(left: Path) -> int:
    with closing(sqlite3.connect(left / "store.sqlite3")) as line:
        return int(line.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.whole
@pytest.mark.timeout(1800)
def test_nobody_is_refused_while_a_new_version_takes_over(left: Path, tmp_path: Path) -> None:
    new = next_version(tmp_path / "next")
    with host(tmp_path, ROOT, *arguments(left, workers=2)) as here:
        here.start()
        before = version_of(left)
        people = Answering(here.port)
        people.start()
        try:
            until_thanked(people, people.people)
            here.install(new)
            here.hand_over()
            until_thanked(people, len(people.thanked) + people.people)
        finally:
            people.stop()
    assert people.failures == []
    assert version_of(left) == before + 1
    assert numbers_kept(left, Tree(new), tmp_path) == Counter(people.thanked)


def until_thanked(people: Answering, number: int) -> None:
    wait_until(lambda: len(people.thanked) >= number or bool(people.failures), lambda: str(people.failures[:3]))
    assert people.failures == []


def numbers_kept(left: Path, version: Tree, folder: Path) -> Counter[int]:
    """How often the number of each person is among the answers."""
    database = f"sqlite:///{left / 'store.sqlite3'}"
    version.run("archive", str(left / "edition"), str(folder / "a.archive"), "--database", database)
    version.run(
        "open", str(folder / "a.archive"), "--to", str(folder / "d"), "--key", str(left / "keys/town.secret-key")
    )
    given = ("export", str(folder / "d"), "--to", str(folder / "out"), "--format", "csv", "--open-text", "wish")
    version.run(*given)
    return Counter(map(int, _NUMBER.findall((folder / "out/open_text.csv").read_text("utf-8"))))


def test_first_goes_on_where_the_second_cannot_start_or_is_killed_on_its_way(left: Path, tmp_path: Path) -> None:
    """A version that is half installed, and one whose migration does not only add: both are refused, and said. The next
    is killed, and the one after it takes over."""
    (tmp_path / "half/src/kuule").mkdir(parents=True)
    (tmp_path / "half/src/kuule/__init__.py").touch()  # without it, Python takes the package from anywhere else
    removes = next_version(tmp_path / "removes", REMOVES)
    with host(tmp_path, ROOT, *arguments(left)) as here:
        process, before = here.start(), version_of(left)
        for number, version in enumerate((tmp_path / "half", removes), start=1):
            here.install(version)
            here.tell(lambda number=number: here.said.read_text().count(GOES_ON) == number)  # type: ignore[misc]
            assert (process.poll(), Browser(here.port).get("/en").status) == (None, 200)
        said = here.said.read_text()
        assert ("SERVE_030" in said, "Remove field tag from response" in said) == (True, True)
        assert version_of(left) == before
        here.install(ROOT)
        second = here.tell_and_find()
        os.kill(second, signal.SIGKILL)
        wait_until(lambda: here.said.read_text().count(GOES_ON) == number + 1, here.said.read_text)
        assert Browser(here.port).get("/en").status == 200
        taken = here.hand_over()
        assert taken not in (process.pid, second)
        assert Browser(here.port).get("/en").status == 200


def test_second_ends_with_a_first_that_is_told_to_stop(left: Path, tmp_path: Path) -> None:
    with host(tmp_path, ROOT, *arguments(left)) as here:
        process = here.start()
        second = here.tell_and_find()
        process.terminate()
        process.wait()
        wait_until(lambda: not is_running(second), here.said.read_text)


def is_running(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def test_running_collector_needs_nothing_of_its_program_for_those_who_answer(left: Path, tmp_path: Path) -> None:
    """Its files are replaced by an upgrade while it still serves."""
    version = next_version(tmp_path / "here")
    with host(tmp_path, version, *arguments(left)) as here:
        here.start()
        (version / "src").rename(version / "gone")
        people = Answering(here.port, people=1)
        people.start()
        until_thanked(people, 1)
        people.stop()
        pages = ("/", "/en/help", "/en/help/SE", "/en/privacy", "/en/resume", "/en/withdraw")
        assert {page: Browser(here.port).get(page).status for page in pages} == dict.fromkeys(pages, 200)
        assert Browser(here.port).get("/nowhere").status == 404


def test_older_version_is_refused_by_a_newer_store_in_words(left: Path, tmp_path: Path) -> None:
    new, database = Tree(next_version(tmp_path / "next")), f"sqlite:///{left / 'store.sqlite3'}"
    new.run(
        "upgrade", str(left / "edition"), "--database", database, "--study", "ways-through-town", "--backup-unchecked"
    )
    own = Tree()
    serve = ("serve", *arguments(left), "--no-scrub-memory")
    for command in (serve, ("upgrade", str(left / "edition"), "--database", database, "--check")):
        done = run_loaded(own.command(*command), env=own.environment(), text=True)
        assert done.returncode != 0
        said = " ".join(done.stderr.split())
        assert ("STORE_011" in said, "use the version of Kuule that made it, or a newer one" in said) == (True, True)
