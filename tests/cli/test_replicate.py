"""docs/how-to/replicate.md from its first command to its last: a board's papers, practice, a real key, a release."""

from __future__ import annotations

import re
import shlex
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.study.edition.study_edition import read_edition
from kuule.usecases.demo.server_process import running_collector
from tests.architecture.sources import ROOT
from tests.cli.at_terminal import AtTerminal, at_terminal
from tests.cli.conftest import Kit
from tests.cli.test_ceremony import THREE, prints
from tests.frozen import in_few_languages
from tests.ports import free_port

pytestmark = pytest.mark.slow
PAGE = ROOT / "docs" / "how-to" / "replicate.md"
STUDY = "my-study"
PEOPLE = ["25_to_34", "35_to_44", "45_to_54"] * 20
DAYS = ("2027-03-01", "2027-06-30")
"""The days of publication and of the end of the key on the page; here both are today."""


def replicate_commands() -> list[list[str]]:
    blocks = re.findall(r"```\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line) for line in lines]


@dataclass
class Replication:
    """Who follows the page, and what they have so far: the words of their sheets, a collector that runs."""

    folder: Path
    port: int = field(default_factory=free_port)
    sheets: list[list[str]] = field(default_factory=list)
    collector: ExitStack = field(default_factory=ExitStack)

    def follow(self, words: list[str]) -> int:
        special = {"serve": self.serve, "rehearse": self.rehearse, "support": self.ask_for_help}
        if words[1:3] == ["keys", "new"] and "--shares" in words:
            return self.hold_ceremony(words[1:])
        if words[1] == "open" and "--key" not in words:
            return self.open_with_sheets(words[1:])
        if words[1] == "counts":
            self.be_answered()
        today = datetime.now(UTC).date().isoformat()
        return special.get(words[1], run)([today if word in DAYS else word for word in words[1:]])

    def serve(self, arguments: list[str]) -> int:
        self.collector.enter_context(
            running_collector([*arguments[1:], "--port", str(self.port)], self.port, self.folder / "talk.txt")
        )
        return Exit.DONE

    def rehearse(self, arguments: list[str]) -> int:
        """Fewer people than on the page; then the collector is stopped, as the page says."""
        place = arguments.index("--responses") + 1
        few = [*arguments[:place], "40", *arguments[place + 1 :]]
        code = run([*few, "--url", f"http://127.0.0.1:{self.port}"])
        self.collector.close()
        return code

    def ask_for_help(self, arguments: list[str]) -> int:
        """The page says that the gaps end with code 1 while there are any."""
        code = run(arguments)
        return Exit.DONE if arguments[1] == "gaps" and code == Exit.PROBLEM else code

    def hold_ceremony(self, arguments: list[str]) -> int:
        with at_terminal(arguments, self.folder) as person:
            if "network" in person.sees("nter"):
                person.sees("to stop:")
                person.types("yes")
            self.sheets = prints(person, self.folder, *THREE, stem="our-voice")
            self.type_two(person)
            person.sees("type delete")
            person.types("delete")
            return person.ends()

    def open_with_sheets(self, arguments: list[str]) -> int:
        with at_terminal(arguments, self.folder) as person:
            self.type_two(person)
            return person.ends()

    def type_two(self, person: AtTerminal) -> None:
        for sheet in self.sheets[:2]:
            person.sees("word 1:")
            person.types(" ".join(sheet))

    def be_answered(self) -> None:
        """What the server keeps of people who answered, before it is counted and archived."""
        connections.close_all()
        kit = Kit(self.folder, read_edition(self.folder / "edition"))
        kit.answer(PEOPLE)
        connections.close_all()
        (self.folder / "collector.sqlite3").rename(self.folder / "answers.sqlite3")


def own_study(folder: Path) -> None:
    """What the first command of the page makes, in few languages and without a last day for withdrawing, which nobody
    can wait for here."""
    settings = in_few_languages(folder / STUDY) / "study.toml"
    settings.write_text(re.sub(r"(?m)^withdraw_until = .*\n", "", settings.read_text("utf-8")), "utf-8")


def test_way_to_the_register_leads_there_from_the_copy_that_the_page_makes() -> None:
    [way] = re.findall(r'register = "([^"]+)"', PAGE.read_text("utf-8"))
    assert (ROOT / STUDY / way).resolve() == (ROOT / "registers" / "csa-law-europe")
    assert (ROOT / STUDY / way / "register.yaml").resolve().is_file()


@pytest.mark.matrix
def test_page_works_from_its_first_command_to_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    first, *commands = replicate_commands()
    assert first == ["cp", "-r", "studies/our-voice", STUDY]
    own_study(tmp_path)
    person = Replication(tmp_path)
    with person.collector:
        for words in commands:
            assert words[0] == "kuule"
            assert person.follow(words) == Exit.DONE, (words, capsys.readouterr())
    dataset = read_dataset(tmp_path / "dataset")
    assert (dataset.info.responses, dataset.info.rehearsal) == (len(PEOPLE), False)
    dpia = (tmp_path / "papers" / "dpia.html").read_text("utf-8")
    assert read_edition(tmp_path / "edition").id in dpia
    written = ("papers/application.pdf", "practice-report/report.html", "report/report.pdf", "public/index.html")
    assert [name for name in written if not (tmp_path / name).is_file()] == []


def test_page_names_every_stage_of_a_study() -> None:
    groups = ("keys", "support", "release")
    named = {" ".join(words[1 : 3 if words[1] in groups else 2]) for words in replicate_commands()[1:]}
    assert named >= {
        "check", "ethics", "support gaps", "support check", "translate", "keys new", "freeze", "database", "serve",
        "rehearse", "archive", "open", "report", "counts", "lock", "analyse", "release new", "release show",
        "release approve", "publish", "keys destroyed",
    }  # fmt: skip
