"""What a person at a terminal reads: equal problems once, no consequences of one typo, the line with a caret, colour
where it helps, and tables within 80 columns."""

from __future__ import annotations

import os
import pty
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kuule.cli.aligned_tables import WIDEST, table_lines
from kuule.cli.app import run
from kuule.cli.console import Exit, make_console
from kuule.cli.excerpt_lines import excerpt_lines
from kuule.core.problem_groups import group_problems
from kuule.core.problems import Excerpt, Problem
from tests.loaded.loaded_process import LoadedCommand
from tests.patience import PATIENCE
from tests.study.small_study import FORM, make_study, write_pair

ESCAPE = "\x1b"
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def checked(folder: Path, before: str, after: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `kuule check` says of the small study with one change in its form, up to the first warning."""
    assert before in FORM
    study = make_study(folder, report="# Told\n\n{{ share place home }}\n")
    (study / "form.md").write_text(FORM.replace(before, after), "utf-8")
    assert run(["check", str(study)]) == Exit.CHECK_FOUND_ERRORS
    lines = capsys.readouterr().err.splitlines()
    return lines[: next(number for number, line in enumerate(lines) if "(warning)" in line or "may not open" in line)]


def test_misspelt_list_is_one_problem_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It was said twice, and each of its answers that the report and study.toml name was unknown as well."""
    lines = checked(tmp_path, "select_multiple place |", "select_multiple plaice |", capsys)
    assert lines == [
        "STUDY_332 form.md, survey, row 26: there is no list of choices 'plaice'",
        "     28 | | | select_multiple plaice | place | Where did it happen? | | | | |",
        "        |                     ^^^^^^",
        "  did you mean 'place'?",
    ]


def test_misspelt_type_is_one_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = checked(tmp_path, "select_multiple place |", "selct_multiple place |", capsys)
    assert lines[0] == "STUDY_333 form.md, survey, row 26: 'selct_multiple place' is no type of question"
    assert lines[-1] == "  did you mean 'select_multiple'?"
    assert len(lines) == 4


def test_misspelt_name_is_one_problem_wherever_it_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = checked(tmp_path, "| place | Where did", "| plaace | Where did", capsys)
    where = "form.md, survey, row 27, relevant, and 2 more"
    assert lines[0] == f"STUDY_334, STUDY_311, STUDY_314 {where}: there is no question 'place'"
    assert lines[1] == "  also study.toml, answers.sensitive; report.md, line 3"
    assert "^^^^^" in lines[3]
    assert lines[-1] == "  did you mean ${plaace}?"
    assert len(lines) == 5


def test_expression_is_quoted_as_it_is_written_with_a_caret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = checked(tmp_path, "${way} = 'go_on'", "${way} == 'go_on'", capsys)
    said, line, caret, remedy = lines
    where = "form.md, survey, row 25, relevant"
    assert said == f"FORM_100 {where}: \"= 'go_on'\" cannot stand at character 9 of \"${{way}} == 'go_on'\""
    assert line == "     27 | | | begin_group | page_where | | | ${way} == 'go_on' | | field-list |"
    assert caret == " " * 8 + "|" + " " * (line.index("==") + 1 - 9) + "^"
    assert remedy == "  write one = to compare"


@pytest.mark.parametrize(
    ("file", "content", "quoted"),
    [
        ("study.toml", 'id = "a"\ntitle = x\n', ["      2 | title = x", "        |         ^"]),
        ("rehearsal.toml", "[answers\n", ["      1 | [answers", "        |         ^"]),
        ("analysis.toml", "[[table]]\nitem = ", ["      2 | item =", "        |        ^"]),
        (
            "support.csv",
            "country,name,kind,phone\nXX,A line,child,1\n",
            ["      2 | XX,A line,child,1", "        | ^^"],
        ),
        ("glossary.csv", "language,source,agreed,avoid,note\nsv,a\n", ["      2 | sv,a"]),
    ],
)
def test_line_of_every_kind_of_file_is_quoted(
    tmp_path: Path, file: str, content: str, quoted: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    study = make_study(tmp_path)
    (study / file).write_text(content, "utf-8")
    assert run(["check", str(study)]) == Exit.CHECK_FOUND_ERRORS
    lines = [line for line in capsys.readouterr().err.splitlines() if line[7:9] == " |"]
    assert lines[: len(quoted)] == quoted


def test_equal_problems_of_many_languages_are_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = make_study(tmp_path, texts={tag: {"choice:yes_no/yes:label": ""} for tag in ("sv", "ar")})
    assert run(["check", str(study)]) == Exit.DONE
    said = capsys.readouterr()
    number = re.search(r"1 of the survey's (\d+) texts have", said.err)
    assert number is not None
    assert (
        f"LANG_021 (warning) 2 languages: 1 of the survey's {number[1]} texts have no translation yet"
        " (choice:yes_no/yes:label)\n"
        "  sv, ar\n  translate them; until then they show in the source language\n"
    ) in said.err
    assert "STUDY_315 (warning) 3 languages: no service that a person has checked helps in any of them\n" in said.err
    told = sum(re.match(r"[A-Z]+_\d{3}", line) is not None for line in said.err.splitlines())
    assert said.out == f"{study}: 0 errors, {told} warnings\n"
    assert "3 languages may not open yet: en, sv, ar\n  all of them: [help] countries" in said.err


def test_problems_that_differ_stay_apart() -> None:
    one = Problem("FORM_001", "here", "it is so", "mend it")
    other = Problem("FORM_001", "there", "it is so", "leave it")
    assert [len(group.problems) for group in group_problems([one, other])] == [1, 1]


@pytest.mark.parametrize(
    ("excerpt", "expected"),
    [
        (Excerpt("a = 'b'", 3, 2, 3), ["      3 | a = 'b'", "        |   ^"]),
        (Excerpt("1 +", start=3, end=3), ["        | 1 +", "        |    ^"]),
        (Excerpt("tab\tbell\x07", 1, 4, 8), ["      1 | tab bell\ufffd", "        |     ^^^^"]),
        (Excerpt("名前 = x", 2, 5, 6), ["      2 | 名前 = x", "        |        ^"]),
        (Excerpt("لا = x", 2, 5, 6), ["      2 | لا = x"]),
        (Excerpt("no mark", 2), ["      2 | no mark"]),
    ],
)
def test_line_is_quoted_so_that_the_caret_is_under_what_is_meant(excerpt: Excerpt, expected: list[str]) -> None:
    assert excerpt_lines(excerpt, 80) == expected


@pytest.mark.parametrize("start", [0, 5, 150, 290])
def test_long_line_is_cut_around_what_is_meant(start: int) -> None:
    text = "".join(chr(97 + number % 26) for number in range(300))
    line, caret = excerpt_lines(Excerpt(text, 12, start, start + 4), 80)
    assert max(len(line), len(caret)) <= 80
    assert line[caret.index("^") : caret.rindex("^") + 1] == text[start : start + 4]


def test_nothing_that_a_terminal_obeys_comes_out_of_a_file() -> None:
    assert ESCAPE not in "".join(excerpt_lines(Excerpt("\x1b[2Jgone\u202e", 1, 0, 1), 80))


@pytest.mark.parametrize(
    ("environment", "has_bars", "has_colour"),
    [({}, True, True), ({"NO_COLOR": "1"}, True, False), ({"CI": "true"}, False, False), ({"CI": "false"}, True, True)],
)
def test_colour_is_for_a_person_at_a_terminal(
    environment: Mapping[str, str], has_bars: bool, has_colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "CI", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    console = make_console(environment)
    assert console.is_terminal is has_bars
    assert (console.color_system is not None and not console.no_color) is has_colour


def at_80_columns(folder: Path, *arguments: str, **environment: str) -> str:
    """Both outputs of a command at a terminal of 80 columns."""
    master, slave = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR", "FORCE_COLOR")}
    plain |= {"COLUMNS": "80", "TERM": "xterm-256color", **environment}
    ran = LoadedCommand(
        [sys.executable, "-m", "kuule.cli", *arguments], cwd=folder, env=plain, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    seen = b""
    try:
        while chunk := os.read(master, 65_536):
            seen += chunk
    except OSError:  # Linux says so when the program at the other end is gone
        pass
    ran.wait(PATIENCE)
    os.close(master)
    return seen.decode().replace("\r\n", "\n")


def test_everything_fits_80_columns_and_colour_is_left_out_where_it_is_not_wanted(tmp_path: Path) -> None:
    broken = FORM.replace("select_multiple place |", "select_multiple plaice |")
    make_study(tmp_path / "broken", form=broken)
    make_study(tmp_path / "whole")
    write_pair(tmp_path / "keys")
    commands = ("check broken", "support list whole", "keys list .", "translate status whole")
    seen = {command: at_80_columns(tmp_path, *command.split()) for command in commands}
    for command, text in seen.items():
        plain = _CODES.sub("", text).splitlines()
        assert [line for line in plain if len(line) > WIDEST] == [], command
        assert len(plain) > 2, command
    assert f"{ESCAPE}[1;31mSTUDY_332{ESCAPE}[0m" in seen["check broken"]
    assert f"{ESCAPE}[1;31m" not in at_80_columns(tmp_path, "check", "broken", NO_COLOR="1")
    assert ESCAPE not in at_80_columns(tmp_path, "check", "broken", CI="true")


def test_table_cuts_the_widest_text_and_never_a_number() -> None:
    rows = [("country", "name", "kind"), ("SE", "n" * 90, "k" * 20), ("FI", "名" * 50, "child")]
    lines = list(table_lines(rows, texts=3))
    assert max(map(len, lines)) <= WIDEST
    assert lines[1].startswith(f"SE       {'n' * 40}")
    assert "…" in lines[1]
    assert lines[1].endswith("k" * 20)
    assert list(table_lines([("tag", "texts"), ("sv", "12345")])) == ["tag  texts", "sv   12345"]
