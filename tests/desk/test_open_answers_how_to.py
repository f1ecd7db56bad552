"""docs/how-to/open-answers.md from its first command to its last: a sealed file, two readers, codes and a quote."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.qualitative.project.project_files import opened_project
from kuule.usecases.open_answers import project_keeping
from tests.architecture.sources import ROOT
from tests.cli.test_project import with_lines
from tests.desk.desk_process import desk_process
from tests.desk.open_answers_room import ARABIC, AUNT, GONE, SCHOOL, OpenAnswersRoom, make_open_answers_room
from tests.qualitative.project.test_project_files import planted
from tests.qualitative.small_project import CHEAP, PASSPHRASE, text_of

pytestmark = pytest.mark.slow
PAGE = (ROOT / "docs" / "how-to" / "open-answers.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
COMMANDS = [shlex.split(line) for kind, block in BLOCKS if not kind for line in block.splitlines()]
WRITTEN = [re.sub(r"(?m)^    ", "", block) for kind, block in BLOCKS if kind == "markdown"]
REPORT = "# Told\n\n{{ share told yes }} had told.\n\n```figure\nquestion: told\nby: region\n```\n\n"
PROJECT = "voices.project"
TEXTS = {"da842741": AUNT, "5c1d09aa": ARABIC}
"""Ids on the page, and whose words they are here."""
CODE, QUOTE = "1e196c43", "12"
TYPED = {
    "answers translate": "that somebody hears me",
    "answers memo": "Two kinds of asking: at home, and at school.",
    "quotes translate": "عرفت [a relative's name] ولم يسألها أحد",
    "quotes release": "yes\nmany\nno\nno\nno",
}
"""What a person answers when a command asks."""


@dataclass
class Team:
    """Who follows the page: what their texts, codes and quotes are called, and what was printed."""

    room: OpenAnswersRoom
    typing: Callable[[str], None]
    printed: Callable[[], str]
    names: dict[str, str] = field(default_factory=dict)
    pieces: count[int] = field(default_factory=count)

    @property
    def project(self) -> Path:
        return self.room.folder / PROJECT

    def follow(self, words: list[str]) -> None:
        words = [self.names.get(word, word) for word in words]
        what = " ".join(words[2:4] if words[1:3] == ["answers", "quotes"] else words[1:3])
        before: Mapping[str, Callable[[], None]] = {
            "project take": self.room.take_one_out, "answers count": self.room.lock, "release new": self.write_report,
        }  # fmt: skip
        after: Mapping[str, Callable[[], None]] = {
            "project new": self.learn_names,
            "answers redact": self.redact_the_others,
            "answers code": self.code_the_others,
        }
        before.get(what, lambda: None)()
        if words[0] == "cp":
            self.copy(*words[1:])
        elif words[1] == "desk":
            self.sit_down(words[2:])
        else:
            self.typing(TYPED.get(what, ""))
            self.told(what, self.runs(*words[1:]))
            after.get(what, lambda: None)()

    def runs(self, *arguments: str) -> str:
        """A command that has to succeed; what it prints."""
        asks = arguments[0] in {"project", "answers"} or arguments[1] in {"suggest", "coverage"}
        code = with_lines([*arguments], *[PASSPHRASE.text] * 2) if asks else run([*arguments])
        printed = self.printed()
        assert code == Exit.DONE, (arguments, printed)
        return printed

    def told(self, what: str, printed: str) -> None:
        if what == "quotes propose":
            self.names[QUOTE] = printed.splitlines()[0]
        if what == "answers count":
            self.names[CODE] = next(
                line.split("\t")[1] for line in printed.splitlines() if line.endswith("Being asked")
            )

    def learn_names(self) -> None:
        """Which texts there are here."""
        with opened_project(self.project, PASSPHRASE) as project:
            self.names |= {shown: text_of(project, said).id[:8] for shown, said in TEXTS.items()}

    def waiting(self, task: str, role: str) -> list[str]:
        listed = self.runs("answers", "list", PROJECT, "--waiting", task, "--as", role)
        return [line.split("\t")[0] for line in listed.splitlines() if "\t" in line]

    def redact_the_others(self) -> None:
        """Once both did the text of the page."""
        for role in ("reader-1", "reader-2"):
            for text in self.waiting("redact", role):
                if not text.startswith(self.names["da842741"]):
                    self.runs("answers", "redact", PROJECT, text, "--as", role, "--done")

    def code_the_others(self) -> None:
        with opened_project(self.project, PASSPHRASE) as project:
            school = text_of(project, SCHOOL).id
        for role in ("reader-1", "reader-2"):
            for text in self.waiting("code", role):
                if not text.startswith(self.names["da842741"]):
                    code = "School" if text == school else "Being heard"
                    self.runs("answers", "code", PROJECT, text, "--as", role, "--code", code, "--done")

    def copy(self, *names: str) -> None:
        """Somebody works in the copy before it is merged."""
        source, to = (self.room.folder / name for name in names)
        shutil.copyfile(source, to)
        self.typing("Begin with the short ones.")
        self.runs("answers", "memo", to.name, "--as", "reader-2")

    def sit_down(self, arguments: list[str]) -> None:
        project, _, role, *options = arguments
        with desk_process(self.room.folder / project, role, *options) as desk:
            assert "What you can do next" in desk.get()
            assert 'class="services"' in desk.get("/help")

    def write_report(self) -> None:
        """The text of the page: first with codes, then with a quote."""
        number = next(self.pieces)
        text = REPORT + "\n\n".join(WRITTEN[: number + 1]).replace(CODE, self.names[CODE]) + "\n"
        text = text.replace("quote 12", f"quote {self.names.get(QUOTE)}")
        (self.room.folder / "my-study" / "report.md").write_text(text, "utf-8")


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Team:
    """Their passphrases take no time: what one costs is tried in tests/cli/test_project.py."""
    room = make_open_answers_room(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("make_project", "change_project_passphrase"):
        monkeypatch.setattr(project_keeping, name, partial(getattr(project_keeping, name), cost=CHEAP))

    def printed() -> str:
        captured = capsys.readouterr()
        return captured.out + captured.err

    return Team(room, lambda typed: monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n")), printed)


def test_page_works_from_its_first_command_to_its_last(team: Team) -> None:
    for words in COMMANDS:
        team.follow(words)
    folder = team.room.folder
    html = (folder / "preview" / "report.html").read_text("utf-8")
    assert "Being asked" in html
    assert re.search(r"<blockquote>\n<p>My \[a relative.{1,5}s name\] knew it, and nobody asked her", html)
    again = ["release", "new", "dataset", "--to", "r", "--text", "my-study", "--quotes", "quotes-later.json"]
    assert run(again) == Exit.PROBLEM
    assert "QUOTE_022" in team.printed()
    with opened_project(team.project, PASSPHRASE) as project:
        assert GONE not in {text.words for text in project.texts.values()}
    written = [one for one in folder.rglob("*") if one.is_file() and team.room.dataset not in one.parents]
    assert [one.name for one in written if any(word in one.read_bytes() for word in planted("Maija"))] == []


def test_page_shows_each_part_of_the_work() -> None:
    named = {tuple(words[1:4] if words[2] == "quotes" else words[1:3]) for words in COMMANDS if words[0] == "kuule"}
    parts = {
        ("answers", one) for one in ("redact", "code", "decide", "codebook", "define", "count", "translate", "memo")
    }
    parts |= {("project", one) for one in ("new", "merge", "take", "agreement", "disagreements", "export", "import")}
    parts |= {("answers", "quotes", one) for one in ("propose", "translate", "review", "check", "release", "withdraw")}
    assert parts <= named
