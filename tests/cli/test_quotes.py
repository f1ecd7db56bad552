"""`kuule answers quotes`: from a proposal to the file that a release takes in, by commands alone."""

from __future__ import annotations

import io
import json
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
