"""Each room of the offline half, on a system that lacks what Unix alone has (`other_system.py`): a study, its partners,
a register of law, a dataset and what is made of it; and files as other systems write them."""

from __future__ import annotations

import mmap
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kuule.cli.command_examples import AUTHORS, LAWYERS
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.translation.translation_format import TranslationFormat
from tests.cli.other_system import elsewhere, is_in_use, outcomes_elsewhere
from tests.desk.open_answers_room import make_open_answers_room
from tests.kit.spread_study import spread_study
from tests.network.small_network import EN, SV, write_statement
from tests.register.small_register import write_small_register
from tests.sampling import matrix
from tests.study.small_study import FORM, make_study

pytestmark = pytest.mark.slow
ON_LINUX = {"demo", "invite", "workbench", "preview"}
"""Servers, of which `preview` does not end by itself."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$')


def lines_of(examples: dict[str, tuple[str, ...]], without: set[str] = frozenset()) -> list[list[str]]:
    return [shlex.split(line)[1:] for name, lines in examples.items() if name not in without for line in lines]


def wrong_names(folder: Path) -> list[str]:
    """Names that Windows does not have, and those that differ from a neighbour in their capitals alone."""
    wrong = []
    for place, folders, files in os.walk(folder):
        names = [*folders, *files]
        folded = [name.casefold() for name in names]
        wrong += [name for name in names if RESERVED.match(name) or FORBIDDEN.search(name)]
        wrong += [f"{place}/{name}" for name in names if folded.count(name.casefold()) > 1]
    return wrong


def test_what_is_open_is_in_use_and_what_is_closed_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a" / "file"
    path.parent.mkdir()
    path.write_bytes(b"x")
    with path.open("rb") as opened:
        assert (is_in_use(path), is_in_use(path.parent), is_in_use(tmp_path / "b")) == (True, True, False)
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    assert is_in_use(path), "it is in memory"
    mapped.close()
    assert (is_in_use(path), is_in_use(path.parent)) == (False, False)


def test_study_is_begun_checked_printed_translated_and_carried_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(FORM, "utf-8")
    write_statement(spread_study(tmp_path / "my-study"), "time-limits", 'languages = ["en", "sv"]\n', en=EN, sv=SV)
    sent = ["translate", "export", "my-study", "--language", "sv", "--format"]
    more = [[*sent, str(one), "--to", f"as-{one}"] for one in TranslationFormat]
    more += [["doctor", "--role", "lead"]]
    said = elsewhere(tmp_path, *lines_of(dict(AUTHORS), ON_LINUX), *more)
    said.pop("support", None)  # it ends with 1 where something is missing
    assert {name: talk for name, talk in said.items() if not talk.startswith("3\n")} == {}
    assert wrong_names(tmp_path) == []


def test_register_is_checked_shown_and_made_into_pages_elsewhere(tmp_path: Path) -> None:
    write_small_register(tmp_path / "law")
    assert {name: talk for name, talk in elsewhere(tmp_path, *lines_of(dict(LAWYERS))).items() if talk[0] != "3"} == {}
    assert (tmp_path / "law-pages" / "index.html").is_file()
    assert wrong_names(tmp_path) == []


def test_dataset_is_exported_released_and_published_elsewhere(tmp_path: Path) -> None:
    make_open_answers_room(tmp_path).lock()
    exports = [["export", "dataset", "--format", str(one), "--to", f"as-{one}"] for one in ExportFormat]
    report = "# Told\n\n{{ share told yes }} had told.\n\n```figure\nquestion: told\nby: region\n```\n"
    (tmp_path / "my-study" / "report.md").write_text(report, "utf-8")
    said = elsewhere(
        tmp_path,
        *exports,
        ["report", "dataset", "--dry-run"],
        ["report", "dataset", "--to", "report", "--text", "my-study", "--drafts"],
        ["release", "new", "dataset", "--to", "releases/1", "--text", "my-study"],
        ["release", "show", "releases/1"],
        ["release", "recount", "releases/1", "dataset"],
        ["release", "approve", "releases/1", "--name", "Anna Virtanen", "--role", "lead of the study"],
        ["publish", "releases/1", "--to", "site", "--preview", "--drafts", "--no-pdf"],
        ["publish", "releases/1", "--to", "site", "--preview", "--drafts", "--no-pdf"],
    )
    assert said == {}
    assert wrong_names(tmp_path) == []


TEXTS = ("*.toml", "*.md", "*.po", "*.csv")


def rewritten(study: Path, to: Path, *, ends: str, encoding: str) -> Path:
    """The study, with its texts as another editor writes them."""
    shutil.copytree(study, to)
    for path in (path for pattern in TEXTS for path in to.rglob(pattern)):
        path.write_bytes(path.read_text("utf-8").replace("\n", ends).encode(encoding))
    return to


def test_study_with_the_line_ends_of_windows_is_the_same_study(tmp_path: Path) -> None:
    study = make_study(tmp_path / "ours")
    for encoding in ("utf-8", "utf-8-sig"):
        rewritten(study, tmp_path / encoding, ends="\r\n", encoding=encoding)
    keys = [["keys", "new", "ours", "--rehearsal", "--to", "keys"]]
    key = "keys/small-study.rehearsal.public-key"
    studies = ("ours", "utf-8", "utf-8-sig")
    frozen = [["freeze", str(one), "--key", key, "--to", f"{one}-edition", "--drafts"] for one in studies]
    assert elsewhere(tmp_path, *keys, *frozen) == {}
    own, *theirs = (
        {path.name: path.read_bytes() for path in (tmp_path / f"{one}-edition").iterdir() if path.is_file()}
        for one in studies
    )
    for edition in theirs:
        assert [name for name in own if own[name] != edition.get(name)] == []


def test_file_in_two_bytes_a_letter_is_told_with_its_name(tmp_path: Path) -> None:
    """As Windows PowerShell writes what is redirected, and Notepad what it calls Unicode."""
    names = ("study.toml", "form.md", "report.md", "languages/sv.po")
    for place, name in enumerate(names):
        path = make_study(tmp_path / f"study-{place}") / name
        path.write_bytes(path.read_bytes().decode("utf-8").encode("utf-16"))
    outcomes = outcomes_elsewhere(tmp_path, *(["check", f"study-{place}"] for place, _ in enumerate(names)))
    for name, (code, talk) in zip(names, outcomes, strict=True):
        assert code != 0
        assert name in talk, talk
        assert "Error:" not in str(code), code


def checked(folder: Path, encoding: str) -> tuple[int, str]:
    """The exit code of a check of the study in the folder, and what it says at a terminal with the encoding."""
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    env["PYTHONPATH"] = str(Path(__file__).parents[2] / "src")
    command = [sys.executable, "-m", "kuule.cli", "check", "пример"]
    outcome = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
    return outcome.returncode, outcome.stderr.decode(encoding) + outcome.stdout.decode(encoding)


@pytest.fixture(scope="module")
def study_and_its_check(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """A folder with a study, and what a terminal that has all letters is told of it."""
    folder = tmp_path_factory.mktemp("letters")
    make_study(folder / "пример")
    return folder, *checked(folder, "utf-8")


@pytest.mark.parametrize("encoding", matrix(("cp1252", "cp437", "utf-16", "ascii"), ("ascii",)))
def test_terminal_that_does_not_have_all_letters_gets_all_lines(
    study_and_its_check: tuple[Path, int, str], encoding: str
) -> None:
    folder, code, said = study_and_its_check
    told_code, told = checked(folder, encoding)
    assert told_code == code
    assert "Traceback" not in told
    assert len(told.splitlines()) == len(said.splitlines())
