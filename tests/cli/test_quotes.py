"""`kuule answers quotes`: from a proposal to the file that a release takes in, by commands alone."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.qualitative.project.dataset_intake import take_dataset
from kuule.qualitative.project.project_files import new_project
from tests.cli.test_project import Kuule, kuule, text_ids
from tests.qualitative.project.test_project_files import bytes_in, planted
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE
from tests.usecases.releasing.test_new_release import release_of
from tests.usecases.releasing.test_quotes_in_releases import MARKER, locked

pytestmark = pytest.mark.slow
__all__ = ["kuule"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a locked dataset, a release of its tables, and a project in which nobody did anything yet."""
    place = tmp_path_factory.mktemp("quotes")
    locked(place / "ds")
    release_of(place / "ds", place / "first")
    with new_project(place / "voices", PASSPHRASE, cost=CHEAP) as project:
        take_dataset(project, place / "ds", role="lead", day=DAY)
    return place


def test_a_quote_from_the_first_command_to_the_release(
    kuule: Kuule, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, first = place / "voices", place / "first"
    [text] = text_ids(kuule, project, "--search", MARKER)
    whole = kuule("answers", "show", project, text)
    start = whole.index(MARKER)
    kuule("answers", "quotes", "propose", project, text, "--as", "reader-1", told="QUOTE_003")
    for reader in ("reader-1", "reader-2"):
        span = f"{start}-{start + len(MARKER)}:person"
        kuule("answers", "redact", project, text, "--as", reader, "--mark", span, "--done")
    words = ("--words", "I wish [a name] had asked me.")
    number = kuule("answers", "quotes", "propose", project, text, "--as", "reader-1", *words).strip()
    translate = ("answers", "quotes", "translate", project, number, "--as", "reader-1", "--into", "ar", "--machine")
    monkeypatch.setattr("sys.stdin", io.StringIO("ليتها سألتني\n"))
    kuule(*translate, told="QUOTE_018")
    monkeypatch.setattr("sys.stdin", io.StringIO("ليت [a name] سألتني\n"))
    kuule(*translate)
    kuule("answers", "quotes", "review", project, number, "--as", "reader-2", "--into", "ar")
    looked_at = kuule("answers", "quotes", "check", project, number, "--release", first)
    assert f"{number}: I wish [a name] had asked me." in looked_at
    assert "sister: Would its writer's sister know them by it?" in looked_at
    release = ("answers", "quotes", "release", project, number, "--release", first)
    answers = [f"--answer={one}" for one in ("leave=yes", "shares=many", "published=no", "rare=no")]
    kuule(*release, "--as", "reader-1", *answers, "--answer", "sister=no", told="QUOTE_004")
    kuule(*release, "--as", "reader-2", *answers, "--answer", "sister=yes", told="QUOTE_006")
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    assert kuule(*release, "--as", "reader-2", *answers).strip() == number
    assert kuule("answers", "quotes", "list", project, "--release", first).split("\t")[:4] == [
        number,
        "released",
        "",
        "ar",
    ]
    kuule("answers", "quotes", "export", project, "--release", first, "--to", tmp_path / "quotes.json")
    made = ["release", "new", place / "ds", "--to", tmp_path / "r", "--quotes", tmp_path / "quotes.json"]
    assert run([str(one) for one in made]) == Exit.DONE
    [quote] = json.loads((tmp_path / "r" / "quotes.json").read_text("utf-8"))["quotes"]
    assert (quote["words"], quote["translations"][0]["reviewed"]) == ("I wish [a name] had asked me.", True)
    assert not any(one in bytes_in(tmp_path) for one in planted(MARKER))
    kuule("answers", "quotes", "withdraw", project, number, "--as", "lead")
    kuule("answers", "quotes", "refuse", project, number, "--as", "lead", "--reason", "not-wanted")
    kuule("answers", "quotes", "renumber", project, "0" * 32, "--as", "lead", told="QUOTE_001")
    kuule("answers", "quotes", "export", project, "--release", first, "--to", tmp_path / "later.json")
    assert json.loads((tmp_path / "later.json").read_text("utf-8"))["absent"] == {number: "refused"}


def test_dataset_and_releases_are_looked_at_beside_the_project(
    kuule: Kuule, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, dataset = place / "voices", place / "ds"
    lines = kuule("answers", "dataset", project, dataset).splitlines()
    assert {"responses\t200", "locked\tyes", "language en\t200", "week 2026-W48\t200"} <= set(lines)
    assert f"release 1\t2027-02-01, draft, 2 tables: {place / 'first'}" in lines
    part = kuule("answers", "dataset", project, dataset, "--part", "1")
    assert part.splitlines() == [
        "told: Had you told it?", "answer\tEveryone", "Yes\t100", "No\t100", "people who answered\t200",
    ]  # fmt: skip
    by_region = kuule("answers", "dataset", project, dataset, "--part", "1", "--by", "region")
    assert "answer\tNorth\tElsewhere" in by_region.splitlines()
    kuule("answers", "dataset", project, dataset, "--part", "1", "--by", "nothing", told="REPORT_011")


def test_themes_and_codings_are_printed_without_words(kuule: Kuule, place: Path, tmp_path: Path) -> None:
    project = tmp_path / "voices"
    shutil.copyfile(place / "voices", project)
    one, other, *_ = text_ids(kuule, project)
    for name in ("Heard", "Silence"):
        kuule("answers", "define", project, name, "--as", "lead")
    for role, code in (("reader-1", "Heard"), ("reader-2", "Silence")):
        kuule("answers", "code", project, one, "--as", role, "--code", code, "--done")
        kuule("answers", "code", project, other, "--as", role, "--code", "Heard", "--done")
    compared = kuule("answers", "compare", project, "Heard").splitlines()
    assert compared == [f"{one}\tdiffers\treader-1\treader-2", f"{other}\tagreed\treader-1 reader-2\t"]
    assert kuule("answers", "themes", project).splitlines() == [
        "code\twith those below\tanswers", "Heard\t1\t1", "Silence\t0\t0",
    ]  # fmt: skip
    assert kuule("answers", "themes", project, "--language", "ar").splitlines()[1:] == ["Heard\t0\t0", "Silence\t0\t0"]
    mine = kuule("project", "history", project, "--as", "reader-1", "--kind", "coding").splitlines()
    assert [line.split("\t")[2:4] for line in mine] == [["reader-1", "coding"]] * 2
