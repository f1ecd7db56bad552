"""The pages for hard days in docs/how-to, each from its first command to its last, on a small study."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.releases.release_folder import read_release
from kuule.study.edition.study_edition import read_edition
from kuule.study.folder.key_record import read_key_record
from kuule.usecases.demo.server_process import running_collector
from tests.architecture.sources import ROOT
from tests.cli.conftest import Kit
from tests.cli.test_replicate import PEOPLE, Replication
from tests.frozen import in_few_languages
from tests.ports import free_port
from tests.study.small_study import SETTINGS, make_study, rehearsal_key
from tests.usecases.releasing.test_new_release import dataset

PAGES = ("distress", "letters", "no-answer", "wrong-figure", "lost-sheet", "authority")
STUDY = "my-study"
SERVER, STORE = "/srv/kuule/", "sqlite:////var/lib/kuule/answers.sqlite3"
PROGRAM = "/opt/kuule/.venv/bin/kuule"
COLLECTOR = "etc/systemd/system/kuule-collector.service"
TODAY = datetime.now(UTC).date()
GAPS = ("support", "gaps")
"""Ends with code 1 while a service is missing, as the study that ships lacks many."""


def text_of(page: str) -> str:
    return (ROOT / "docs" / "how-to" / f"{page}.md").read_text("utf-8")


def blocks(page: str, kind: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text_of(page), re.DOTALL | re.MULTILINE)
    return [block for kind_of_block, block in found if kind_of_block == kind]


def commands(page: str) -> list[list[str]]:
    """Those of the page; what a machine has at a fixed place lies in the folder of the test."""
    lines = [line for block in blocks(page, "") for line in block.splitlines()]
    return [shlex.split(line.replace(SERVER, "").replace(STORE, "sqlite:///answers.sqlite3"))[1:] for line in lines]


@dataclass
class Team:
    """Who follows a page in a folder; the ceremony and its sheets are those of the page on a whole study."""

    folder: Path
    ceremony: Replication
    named: str = ""
    """What the page says of the editions in `host.toml`."""

    def follow(self, words: list[str]) -> int:
        today = TODAY.isoformat()
        words = [today if re.fullmatch(r"20\d\d-\d\d-\d\d", word) else word for word in words]
        if words[0] == "deploy":
            return self.deploy(words[1:])
        if words[0] in {"close", "reopen", "hide"}:
            words = [*words, "--study", "our-voice"]
        if words[:2] == ["keys", "new"]:
            return self.hold_second_ceremony(words)
        if words[0] == "open":
            return self.ceremony.open_with_sheets(words)
        code = run(words)
        return Exit.DONE if tuple(words[:2]) in {GAPS, ("support", "list")} and code == Exit.PROBLEM else code

    def deploy(self, words: list[str]) -> int:
        """Into the tree of a machine, with the editions that the page names; then they are served, until the first page
        answers, with drafts, since nobody has checked a service of the study that ships."""
        machine = self.folder / "machine"
        for program in (PROGRAM, "/usr/sbin/nginx"):
            (machine / program[1:]).parent.mkdir(parents=True, exist_ok=True)
            (machine / program[1:]).touch(0o755)
        for name in ("edition", "edition-2"):
            shutil.copytree(self.folder / name, machine / SERVER[1:] / name)
        practice = read_edition(self.folder / "edition-2").rehearsal
        start = f'study = "our-voice"\nprogram = "{PROGRAM}"\n[public]\nname = "survey.example.net"\n'
        settings = f"{start}{self.named}practice = {str(practice).lower()}\n"
        (self.folder / "host.toml").write_text(settings, "utf-8")
        code = run(["deploy", "host.toml", *words, "--root", str(machine), "--study", "our-voice"])
        assert f"serve {SERVER}edition {SERVER}edition-2 " in (machine / COLLECTOR).read_text("utf-8")
        self.serve(practice=practice)
        return code

    def serve(self, *, practice: bool) -> None:
        connections.close_all()
        port = free_port()
        words = ["edition", "edition-2", "--database", "sqlite:///answers.sqlite3", *["--rehearsal"] * practice]
        with running_collector([*words, "--drafts", "--port", str(port)], port, self.folder / "talk.txt"):
            pass

    def hold_second_ceremony(self, words: list[str]) -> int:
        """In a room of its own, whose papers are not mixed with those of the first."""
        *words, to = words
        room = Replication(self.folder / "second")
        room.folder.mkdir()
        code = room.hold_ceremony([word.replace(STUDY, str(self.folder / STUDY)) for word in [*words, "keys"]])
        (room.folder / "keys").rename(self.folder / to)
        return code


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.chdir(tmp_path)
    return Team(tmp_path, Replication(tmp_path))


@pytest.fixture(scope="module")
def study_with_answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with a practice edition that people answered, in the names that the pages use."""
    folder = tmp_path_factory.mktemp("answered")
    settings = in_few_languages(folder / STUDY) / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace("countries = []", 'countries = ["SE"]'), "utf-8")
    (folder / "keys").mkdir()
    key = folder / "keys" / "our-voice.public-key"
    key.write_text(rehearsal_key().public.to_text(), "utf-8")
    assert run(["freeze", str(folder / STUDY), "--key", str(key), "--to", str(folder / "edition")]) == Exit.DONE
    keep_answers(folder)
    return folder


@pytest.fixture
def answered(team: Team, study_with_answers: Path) -> Team:
    shutil.copytree(study_with_answers, team.folder, dirs_exist_ok=True)
    return team


def keep_answers(folder: Path) -> None:
    Kit(folder, read_edition(folder / "edition")).answer(PEOPLE)
    connections.close_all()
    (folder / "collector.sqlite3").rename(folder / "answers.sqlite3")


def whole_page(team: Team, page: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What each command of a page printed."""
    printed = []
    for words in commands(page):
        code = team.follow(words)
        told = capsys.readouterr()
        assert code == Exit.DONE, (words, told)
        printed.append(told.out)
    return printed


@pytest.mark.parametrize("page", PAGES)
def test_page_is_short_and_is_listed(page: str) -> None:
    text = text_of(page)
    assert len(text.split()) <= 900, "a page that is read on a hard day"
    assert f"](how-to/{page}.md)" in (ROOT / "docs" / "README.md").read_text("utf-8")
    assert re.search(r"(?i)\bwrite down\b|\bnote in\b", text), "each page ends with what is written down"


@pytest.mark.slow
def test_plan_for_distress_is_made_watched_and_stops_a_survey(answered: Team, capsys) -> None:
    printed = whole_page(answered, "distress", capsys)
    assert (answered.folder / "papers" / "application.html").is_file()
    assert [one.strip() for one in printed[-2:]] == ["finishing", "open"]


@pytest.mark.slow
def test_whoever_answers_a_letter_finds_services_and_whether_they_were_checked(answered: Team, capsys) -> None:
    [listed] = whole_page(answered, "letters", capsys)
    assert "SE\tBris\tchild\tnot checked\t116 111\t" in listed


@pytest.mark.slow
def test_helpline_that_does_not_answer_is_renewed_or_hidden_and_both_editions_are_served(
    answered: Team, capsys
) -> None:
    listed, *rest = commands("no-answer")
    [answered.named] = blocks("no-answer", "toml")
    assert answered.follow(listed) == Exit.DONE
    assert answered.follow(rest[0]) == Exit.DONE
    support = answered.folder / STUDY / "support.csv"
    assert ",116111," in support.read_text("utf-8")
    hidden = []
    for words in rest[1:]:
        capsys.readouterr()
        assert answered.follow(words) == Exit.DONE, (words, capsys.readouterr())
        if words[0] == "hide":
            hidden.append(capsys.readouterr().out)
    assert ",yes," in support.read_text("utf-8")
    shown = [
        {one.name for one in read_edition(answered.folder / name).support.shown_services(drafts=True, today=TODAY)}
        for name in ("edition", "edition-2")
    ]
    assert ["Bris" in names for names in shown] == [True, False]
    assert hidden == ["SE\tBris\tchild\n", ""], "hidden in seconds, and after the next edition no more"


@pytest.mark.slow
def test_wrong_figure_is_amended_approved_by_somebody_else_and_published(team: Team, capsys) -> None:
    dataset(team.folder / "dataset")
    make_study(team.folder / STUDY, settings=SETTINGS.replace("small-study", "our-voice"), report="# Told again\n")
    today = TODAY.isoformat()
    assert run(["release", "new", "dataset", "--to", "releases/1", "--day", today]) == Exit.DONE
    for name in ("Anna Virtanen", "Bo Ek"):
        assert run(["release", "approve", "releases/1", "--name", name, "--role", "partner"]) == Exit.DONE
    before = read_release(team.folder / "releases" / "1").content
    whole_page(team, "wrong-figure", capsys)
    amended = read_release(team.folder / "releases" / "1.1").release.description
    assert (amended.version, amended.amends) == ("1.1", before)
    for name in ("release.html", "releases.atom"):
        assert "read the wrong way round" in (team.folder / "public" / name).read_text("utf-8")


@pytest.mark.slow
def test_lost_sheet_gets_a_new_key_and_the_old_one_opens_for_the_last_time(team: Team, capsys) -> None:
    """With real keys on real sheets. The sheets that the old answers are opened with are two of the first ceremony."""
    in_few_languages(team.folder / STUDY)
    first = ["keys", "new", STUDY, "--shares", "2of3", "--to", "keys"]
    assert team.ceremony.hold_ceremony(first) == Exit.DONE
    assert run(["freeze", STUDY, "--key", "keys/our-voice.public-key", "--to", "edition"]) == Exit.DONE
    keep_answers(team.folder)
    [team.named] = blocks("lost-sheet", "toml")
    whole_page(team, "lost-sheet", capsys)
    assert read_dataset(team.folder / "dataset-1").info.responses == len(PEOPLE)
    old, new = (read_edition(team.folder / name).key for name in ("edition", "edition-2"))
    assert old != new
    assert [one.key_id for one in read_key_record(team.folder / STUDY)] == [old.key_id.hex()]


@pytest.mark.slow
def test_authority_is_shown_what_there_is_and_the_survey_stops(answered: Team, capsys) -> None:
    _, keys, _, closed = whole_page(answered, "authority", capsys)
    assert closed.strip() == "finishing"
    assert (answered.folder / "papers" / "dpia.html").is_file()
    assert "our-voice.public-key" in keys
