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
from tests.cli.other_system import elsewhere, is_in_use
from tests.desk.open_answers_room import make_open_answers_room
from tests.kit.spread_study import spread_study
from tests.network.small_network import EN, SV, write_statement
from tests.register.small_register import write_small_register
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_study_with_the_line_ends_of_windows_is_the_same_study(tmp_path: Path, encoding: str) -> None:
    ours = make_study(tmp_path / "ours")
    rewritten(ours, tmp_path / "theirs", ends="\r\n", encoding=encoding)
    keys = [["keys", "new", "ours", "--rehearsal", "--to", "keys"]]
    key = "keys/small-study.rehearsal.public-key"
    frozen = [["freeze", str(one), "--key", key, "--to", f"{one}-edition", "--drafts"] for one in ("ours", "theirs")]
    assert elsewhere(tmp_path, *keys, *frozen) == {}
    editions = [
        {path.name: path.read_bytes() for path in (tmp_path / f"{one}-edition").iterdir() if path.is_file()}
        for one in ("ours", "theirs")
    ]
    assert [name for name in editions[0] if editions[0][name] != editions[1].get(name)] == []


def test_file_in_two_bytes_a_letter_is_told_with_its_name(tmp_path: Path) -> None:
    """As Windows PowerShell writes what is redirected, and Notepad what it calls Unicode."""
    make_study(tmp_path / "study")
    for name in ("study.toml", "form.md", "report.md", "languages/sv.po"):
        path = tmp_path / "study" / name
        before = path.read_bytes()
        path.write_bytes(before.decode("utf-8").encode("utf-16"))
        said = elsewhere(tmp_path, ["check", "study"]).get("check", "0")
        assert name in said, said
        assert "Error:" not in said.splitlines()[0], said
        path.write_bytes(before)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "utf-16", "ascii"])
def test_terminal_that_does_not_have_all_letters_gets_all_lines(tmp_path: Path, encoding: str) -> None:
    make_study(tmp_path / "пример")
    command = [sys.executable, "-m", "kuule.cli", "check", "пример"]
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    env["PYTHONPATH"] = str(Path(__file__).parents[2] / "src")
    outcome = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=False)
    plain = subprocess.run(
        command, cwd=tmp_path, env=env | {"PYTHONIOENCODING": "utf-8"}, capture_output=True, check=False
    )
    lines = [one.stderr.decode(how) + one.stdout.decode(how) for one, how in ((outcome, encoding), (plain, "utf-8"))]
    assert outcome.returncode == plain.returncode
    assert "Traceback" not in lines[0]
    assert len(lines[0].splitlines()) == len(lines[1].splitlines())
