"""What each version left in mid-field goes on with this one: visits, pauses, archives, datasets, a workbench."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.installations.making import ARCHIVE, CLOSED, FOLDER, MADE, PASSPHRASE, SENT, SENT_TO_SERVER, unpack
from tests.outside.app_code import app_code
from tests.outside.browsing import Browser
from tests.outside.trees import Tree, pipe_of, run_here
from tests.sampling import matrix
from tests.store.server import Server

VERSIONS = sorted(found.parent.name for found in FOLDER.glob(f"*/{ARCHIVE}"))
LATER = MADE.replace("10:00", "10:10", 1)
"""Ten minutes after the visit was interrupted and the other one paused."""
STUDY = "ways-through-town"
OLDEST = "before-0.1.0"
pytestmark = pytest.mark.slow
every_version = pytest.mark.parametrize("version", VERSIONS)
oldest_version = pytest.mark.parametrize("version", matrix(VERSIONS, [OLDEST]))
"""Where every version is tried on a file, and the same is asked of a server: the one that has most before it."""


@pytest.fixture
def left(version: str, tmp_path: Path) -> Path:
    """The files that a version left."""
    return unpack(version, tmp_path)


def done(*arguments: object) -> None:
    assert run_here(*map(str, arguments)) == 0, arguments


def upgraded(left: Path, *more: object) -> None:
    """Looked at, then brought forward, twice: the second time nothing is left to do."""
    done("upgrade", left / "edition", *more, "--check")
    for _ in range(2):
        done("upgrade", left / "edition", *more, "--study", STUDY, "--backup-unchecked")


def gone_on(left: Path, database: str, known: dict[str, Any], number: int) -> None:
    """A visit that was begun before is sent, a paused one is resumed and sent, and an answer is taken back."""
    given = ("serve", str(left / "edition"), "--database", database, "--secret", str(left / "token-secret"))
    with Tree(moment=LATER).serving(*given, "--drafts", "--workers", "1", path="/en", talk=left / "talk") as port:
        begun, page = Browser(port), known["page"]
        begun.post(page["path"], [*map(tuple, page["fields"]), ("go", "next")])
        _send(begun)
        resumed = Browser(port)
        resumed.get("/en/resume")
        assert f"says number {number}".encode() in resumed.press("open", {"code": known["paused"]}).body
        _send(resumed)
        other = Browser(port)
        other.get("/en/withdraw")
        other.press("withdraw", {"code": known["sent"]})
        assert "withdrawn" in other.page.text


def _send(browser: Browser) -> None:
    for _ in range(9):
        if "send" in browser.page.moves:
            break
        browser.press("next", {"home": "north", "minutes": "7"})
    browser.press("send")
    assert "Thank you" in browser.page.text, browser.page.text


def words_in(dataset: Path, to: Path) -> list[str]:
    """What people wrote, as an export has it."""
    done("export", dataset, "--to", to, "--format", "csv", "--open-text", "wish")
    return (to / "open_text.csv").read_text("utf-8").splitlines()[1:]


def opened(left: Path, archive: Path, to: Path) -> None:
    done("open", archive, "--to", to, "--key", left / "keys/town.secret-key")


@every_version
def test_visits_and_pauses_go_on_and_the_dataset_grows(left: Path) -> None:
    database, known = f"sqlite:///{left / 'store.sqlite3'}", json.loads((left / "known.json").read_text())["sqlite"]
    growing, fresh = left / "results/growing/dataset", left / "fresh"
    opened(left, left / "answers.archive", fresh)
    assert len(words_in(fresh, left / "fresh-words")) == SENT - 1
    assert sorted(words_in(growing, left / "kept-words")) == sorted(words_in(fresh, left / "fresh-words-again"))
    upgraded(left, "--database", database)
    gone_on(left, database, known, SENT)
    done("archive", left / "edition", left / "now.archive", "--database", database)
    opened(left, left / "now.archive", growing)
    assert len(words_in(growing, left / "grown-words")) == SENT - 1 + 2 - 1


@oldest_version
def test_visits_go_on_in_postgresql(left: Path, server: Server) -> None:
    database = server.url(restored(left, server))
    known = json.loads((left / "known.json").read_text())["postgresql"]
    upgraded(left, "--database", database)
    gone_on(left, database, known, SENT_TO_SERVER)
    done("archive", left / "edition", left / "now.archive", "--database", database)
    opened(left, left / "now.archive", left / "fresh")
    assert len(words_in(left / "fresh", left / "words")) == SENT_TO_SERVER - 1 + 2 - 1


def restored(left: Path, server: Server) -> str:
    """The name of a database in which the dump was put back."""
    name = server.new_database()
    command = [str(server.programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-h", str(server.folder), "-U", "postgres"]
    subprocess.run([*command, name], input=(left / "store.sql").read_bytes(), check=True, capture_output=True)
    return name


@every_version
def test_report_is_made_again_beside_its_ledger(left: Path) -> None:
    locked = left / "results/locked"
    ledger = locked / f"{STUDY}.releases.json"
    before = json.loads(ledger.read_text())["releases"]
    with_then = Tree(moment=CLOSED)
    with_then.run("report", str(locked / "dataset"), "--to", str(left / "report"), "--drafts")
    after = json.loads(ledger.read_text())["releases"]
    assert after[: len(before)] == [{**then, **_added(then, now)} for then, now in zip(before, after, strict=False)]
    assert (left / "report/report.html").is_file()


def _added(then: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in now.items() if name not in then}


@every_version
def test_workbench_opens_with_its_audit_trail(left: Path) -> None:
    member = json.loads((left / "member.json").read_text())
    upgraded(left, "--workbench", left / "workbench")
    given = ("workbench", str(left / "study"), "--data", str(left / "workbench"))
    with Tree(moment=LATER).serving(*given, path="/sign-in", talk=left / "talk") as port:
        browser = Browser(port, "localhost")
        browser.get("/sign-in")
        browser.send({"login": member["username"], "password": member["password"]})
        browser.send({"code": app_code(member["app"], LATER)})
        assert "A cycling club" in browser.get("/").text
        assert "A lead" in browser.get("/audit").text


@every_version
def test_project_of_open_answers_opens(left: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = left / "results/voices.project"
    if not project.exists():
        pytest.skip("this version knew no projects")
    with pipe_of(PASSPHRASE) as end:
        done("project", "status", project, "--passphrase-fd", end)
    assert str(SENT - 1) in capsys.readouterr().out


@every_version
def test_everything_is_known_by_its_number(left: Path, version: str, capsys: pytest.CaptureFixture[str]) -> None:
    results = left / "results"
    parts = [
        left / "edition", left / "answers.archive", *(left / "keys").iterdir(), results / "growing/dataset",
        results / "locked/dataset", results / f"locked/{STUDY}.releases.json", *results.glob("*.project"),
    ]  # fmt: skip
    done("upgrade", *parts, "--check", "--json")
    said = json.loads(capsys.readouterr().out)["result"]
    numbers = {one["format"]: one["number"] for one in said["parts"]}
    written = json.loads((FOLDER / version / "formats.json").read_text())["written"]
    assert {name: written.get(name, number) for name, number in numbers.items()} == numbers
    reads = {one["format"]: one["read"] for one in said["formats"]}
    lost = {name: number for name, number in written.items() if reads[name] and number not in reads[name]}
    assert lost == {}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    from tests.store.server import running_server  # a server for these tests alone

    with running_server() as running:
        yield running
