"""What fails while people answer: they see "closed for now" or keep their page, and nobody is thanked for nothing."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.server.collector_server import check_can_serve
from kuule.forms.record import Record
from kuule.opening.decryption import open_envelope
from kuule.sealing.archive import ArchiveReader
from kuule.store.database import close_connections, configure
from kuule.store.rows.responses import read_responses
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.usecases.collecting.archive_answers import archive_answers
from tests.collector.server.servers import CODE, children, options, serving, serving_once_rewritten, wait_for
from tests.heard import Heard
from tests.patience import PATIENCE, wait_until
from tests.study.small_study import make_edition, rehearsal_key

TYPED = "Words that took long to write."
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
_WISH = "/data/end/page_wish/wish"


class Person:
    """Somebody at the last page, about to press "Send"."""

    def __init__(self, port: int) -> None:
        self.port = port
        page = self.press({"go": "next"})
        page = self.press({**self.carried(page), "/data/start/page_consent/consent": "yes", "go": "next"})
        page = self.press({**self.carried(page), "/data/start/page_adult/adult": "yes", "go": "next"})
        page = self.press({**self.carried(page), "go": "finish"})
        self.wish = self.press({**self.carried(page), "go": "page:/data/end/page_wish"})
        self.page = self.press({**self.carried(self.wish), _WISH: TYPED, "go": "review"})

    def press(self, fields: dict[str, str]) -> str:
        self.status, page = posted(self.port, fields)
        return page

    def send(self) -> str:
        """What comes back: the page is kept, as the browser would keep it."""
        self.page = self.press({**self.carried(self.page), "go": "send"})
        return self.page

    @staticmethod
    def carried(page: str) -> dict[str, str]:
        return {name: unescape(value) for name, value in _HIDDEN.findall(page) if name in ("token", "page")}


def posted(port: int, fields: dict[str, str]) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("POST", "/en", urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def kept(wanted: ServeOptions, edition: Edition) -> list[str]:
    """The wishes that can be opened afterwards."""
    configure(wanted.database)
    try:
        opened = [
            open_envelope(sealed, rehearsal_key(), study_id=edition.study.id, edition_id=edition.id)
            for sealed in read_responses(edition.id)
        ]
        return [Record.from_bytes(record).answers[_WISH] for record in opened]
    finally:
        close_connections()


def not_sent(person: Person) -> None:
    """Pressed, told so, and the page is whole."""
    page = person.send()
    assert (person.status, 'id="trouble"' in page, TYPED in page) == (503, True, True), page[-3000:]


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own, where this user may mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("this user may not mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(path: Path) -> None:
    """Until there is no room for one more page of memory."""
    with path.open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))


@pytest.fixture
def edition(edition_folder: Path, tmp_path: Path) -> Edition:
    return read_edition(Path(shutil.copytree(edition_folder, tmp_path / "edition")))


def test_full_disk_keeps_the_page_and_takes_the_answer_when_there_is_room(edition: Edition, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as disk:
        wanted = options(tmp_path / "edition", folder=disk, workers=1)
        with serving_once_rewritten(wanted, tmp_path / "said"):
            person = Person(wanted.port)
            fill(disk / "filler")
            for _ in range(3):
                not_sent(person)
            (disk / "filler").unlink()
            assert "<h1>Thank you</h1>" in person.send()
        assert kept(wanted, edition) == [TYPED]
    assert (tmp_path / "said").read_text().count("answers are not kept: STORE_004") == 1


@contextmanager
def serving_under(limits: list[str], wanted: ServeOptions, said: Path) -> Iterator[None]:
    """A server that was started by another program, which takes something from it."""
    with said.open("wb") as talk:
        command = [*limits, sys.executable, "-c", CODE, wanted.to_text()]
        process = subprocess.Popen(command, stdout=talk, stderr=talk)
    try:
        wait_for(wanted.port, process, said)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_file_that_may_not_grow_keeps_the_page(edition: Edition, tmp_path: Path) -> None:
    """Where nobody may mount a disk: a limit on the size of files, as a quota gives."""
    wanted = options(tmp_path / "edition", folder=tmp_path, workers=1)
    check_can_serve(wanted)
    close_connections()
    blocks = (tmp_path / "kept.sqlite3").stat().st_size // 512
    limits = ["sh", "-c", f'ulimit -f {blocks} && exec "$@"', "sh"]
    with serving_under(limits, wanted, tmp_path / "said"):
        # The page of the table has room for a few.
        people = [Person(wanted.port) for _ in range(8)]
        thanked = ["<h1>Thank you</h1>" in person.send() for person in people]
        refused = [person for person, was in zip(people, thanked, strict=True) if not was]
        assert refused
        for person in refused:
            not_sent(person)
    assert kept(wanted, edition) == [TYPED] * sum(thanked)


def test_database_that_may_not_be_written_any_more_keeps_the_page(edition: Edition, tmp_path: Path) -> None:
    """As root the server runs without its right to write everything."""
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everything, and setpriv (util-linux) is not here to take that right away")
    limits = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
    data = tmp_path / "data"
    data.mkdir()
    wanted = options(tmp_path / "edition", folder=data, workers=1)
    with serving_under(limits, wanted, tmp_path / "said"):
        assert "<h1>Thank you</h1>" in Person(wanted.port).send()
        person = Person(wanted.port)
        for path in (*data.iterdir(), data):
            path.chmod(0o500 if path.is_dir() else 0o400)
        not_sent(person)
        for path in (data, *data.iterdir()):
            path.chmod(0o700 if path.is_dir() else 0o600)
        assert "<h1>Thank you</h1>" in person.send()
    assert kept(wanted, edition) == [TYPED] * 2
    if limits:
        # Nor may it lock memory then: that is said, once for the master and all workers.
        assert (tmp_path / "said").read_text().count("cannot be kept out of every file: its memory may be") == 1


@pytest.mark.parametrize("before", ["nobody sent", "somebody sent"])
def test_database_that_is_moved_away_keeps_the_page(edition: Edition, tmp_path: Path, before: str) -> None:
    """Also where the file was already open: what is written to one that has moved would be thanked for and lost."""
    wanted = options(tmp_path / "edition", folder=tmp_path, workers=1)
    database = tmp_path / "kept.sqlite3"
    with serving(wanted):
        if before == "somebody sent":
            assert "<h1>Thank you</h1>" in Person(wanted.port).send()
        person = Person(wanted.port)
        database.rename(tmp_path / "moved")
        not_sent(person)
        assert not database.exists(), "no empty one is made in its place"
        (tmp_path / "moved").rename(database)
        assert "<h1>Thank you</h1>" in person.send()
    assert kept(wanted, edition) == [TYPED] * (2 if before == "somebody sent" else 1)


def test_database_that_is_deleted_takes_no_answer(edition: Edition, tmp_path: Path) -> None:
    wanted = options(tmp_path / "edition", folder=tmp_path, workers=1)
    with serving(wanted):
        assert "<h1>Thank you</h1>" in Person(wanted.port).send()
        person = Person(wanted.port)
        (tmp_path / "kept.sqlite3").unlink()
        not_sent(person)


def test_edition_that_changes_on_the_disk_changes_nothing_for_those_who_answer(
    edition: Edition, tmp_path: Path
) -> None:
    """It is read once, when a worker starts: a key that is put in its place later seals nothing."""
    wanted = options(tmp_path / "edition", folder=tmp_path, workers=1)
    with serving(wanted):
        person = Person(wanted.port)
        other = make_edition(tmp_path / "other", key=rehearsal_key(bytes(32)))
        (tmp_path / "edition" / "public.key").write_bytes((tmp_path / "other/edition/public.key").read_bytes())
        assert other.key.key_id != edition.key.key_id
        assert "<h1>Thank you</h1>" in person.send()
    assert kept(wanted, edition) == [TYPED]


def test_worker_that_starts_on_a_changed_edition_is_closed_and_gives_back_what_was_typed(
    edition: Edition, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    write_secret(secret)
    wanted = options(tmp_path / "edition", folder=tmp_path, secret=secret, workers=1)
    key = tmp_path / "edition" / "public.key"
    whole = key.read_bytes()
    with serving(wanted) as process:
        person = Person(wanted.port)
        key.write_bytes(whole[:-4])
        end_workers(process)
        page = closed(wanted.port, {**person.carried(person.wish), _WISH: TYPED, "go": "review"})
        assert TYPED in page
        again = {name: unescape(value) for name, value in _HIDDEN.findall(page)}
        assert again == {**person.carried(person.wish), _WISH: TYPED, "go": "review"}
    key.write_bytes(whole)
    with serving(wanted):
        person.page = person.press(again)
        assert "<h1>Thank you</h1>" in person.send()
    assert kept(wanted, edition) == [TYPED]


def test_edition_that_is_gone_closes_the_site_at_the_next_start(edition: Edition, tmp_path: Path) -> None:
    wanted = options(tmp_path / "edition", folder=tmp_path, workers=1)
    with serving(wanted) as process:
        (tmp_path / "edition").rename(tmp_path / "gone")
        end_workers(process)
        assert "Closed for now" in closed(wanted.port, {"go": "next"})


def test_token_secret_that_is_gone_at_a_restart_costs_earlier_pages_and_not_the_page_just_typed(
    edition: Edition, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    wanted = options(tmp_path / "edition", folder=tmp_path, secret=secret)
    write_secret(secret)
    with serving(wanted):
        person = Person(wanted.port)
    write_secret(secret)
    with serving(wanted):
        page = person.press({**person.carried(person.wish), _WISH: TYPED, "go": "review"})
        assert (person.status, TYPED in page, 'id="lost"' in page) == (200, True, True)
        assert "Nothing was sent." in person.send()
    assert kept(wanted, edition) == []


def test_worker_that_starts_without_the_token_secret_is_closed(edition: Edition, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    write_secret(secret)
    wanted = options(tmp_path / "edition", folder=tmp_path, secret=secret, workers=1)
    with serving(wanted) as process:
        secret.unlink()
        end_workers(process)
        assert "Closed for now" in closed(wanted.port, {"go": "next"})


def write_secret(path: Path) -> None:
    path.write_bytes(os.urandom(32))
    path.chmod(0o600)


def end_workers(process: subprocess.Popen[bytes]) -> None:
    """Kill them; the master starts others, once: those may not die within 5.5 seconds, or the server ends."""
    for worker in children(process.pid):
        os.kill(worker, signal.SIGKILL)


def closed(port: int, fields: dict[str, str]) -> str:
    """The answer of the worker that comes next, as soon as there is one that is closed."""
    pages = []

    def is_closed() -> bool:
        try:
            status, page = posted(port, fields)
        except (OSError, http.client.HTTPException):
            return False
        pages.append(page)
        return status == 503

    wait_until(is_closed, lambda: "\n".join(pages[-1:]))
    return pages[-1]


def test_full_disk_keeps_no_archive_from_being_written_elsewhere(edition: Edition, tmp_path: Path) -> None:
    heard = Heard()
    out = tmp_path / "answers.archive"
    with small_disk(tmp_path / "disk", "4m") as disk:
        wanted = options(tmp_path / "edition", folder=disk, workers=1)
        with serving_once_rewritten(wanted, tmp_path / "said"):
            assert "<h1>Thank you</h1>" in Person(wanted.port).send()
            fill(disk / "filler")
            assert archive_answers(tmp_path / "edition", wanted.database, out, progress=heard) == 1
    assert ArchiveReader(out).count == 1
    [note, order] = heard.sentences
    assert note.startswith("note: the database was not rewritten: STORE_004")
    assert order.startswith("  the archive tells no order")
