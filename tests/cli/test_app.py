"""The frame of the command line: what becomes of whatever a command raises."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from typing import Any

import pytest
import typer

from kuule.cli.app import run
from kuule.cli.command_list import COMMANDS, GROUPS, list_of_commands, program
from kuule.cli.console import Exit
from tests.sampling import matrix


def test_command_that_is_not_known_is_said_with_where_to_look(capsys):
    assert run(["frieze"]) == Exit.USAGE
    said = capsys.readouterr()
    assert (said.out, said.err.splitlines()[-1]) == ("", "  see kuule --help")


def test_option_that_is_missing_is_a_usage_problem(capsys):
    assert run(["freeze", "studies/our-voice", "--to", "x"]) == Exit.USAGE
    assert "--key" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["demo", "--responses", "many"], "invalid value for '--responses': it has to be a whole number"),
        (["demo", "--responses", "1.5"], "invalid value for '--responses': it has to be a whole number"),
        (["demo", "--port", "99999"], "invalid value for '--port': it has to be less than or equal to 65535"),
        (
            ["release", "new", "x", "--to", "y", "--day", "29.11.2026"],
            "invalid value for '--day': '29.11.2026' is no day, which is written like 2027-03-01",
        ),
        (
            ["translate", "import", "x", "y", "--step", "reveiw"],
            "invalid value for '--step': 'reveiw' is not one of "
            "'draft', 'second-draft', 'review', 'adjudicate', 'pretest', 'confirm'",
        ),
    ],
)
def test_value_that_is_not_understood_is_said_in_plain_words(arguments, said, capsys):
    assert run(arguments) == Exit.USAGE
    assert capsys.readouterr().err.splitlines()[0] == said


def test_option_without_its_value_says_where_to_look(capsys):
    assert run(["release", "new", "x", "--to", "y", "--day"]) == Exit.USAGE
    assert capsys.readouterr().err.splitlines() == ["option '--day' requires an argument", "  see kuule release --help"]


def test_no_command_shows_what_there_is(capsys):
    assert run([]) == Exit.USAGE
    shown = capsys.readouterr()
    for name in ("check", "freeze", "serve", "archive", "open", "report", "rehearse", "demo", "keys"):
        assert name in shown.out + shown.err


def test_version_is_printed_alone_on_one_line(capsys):
    assert run(["--version"]) == Exit.DONE
    said = capsys.readouterr()
    assert re.fullmatch(r"kuule \d+\.\d+\.\d+(\.dev\d+)? on Python \d+\.\d+\.\d+\S*\n", said.out)
    assert said.err == ""


def test_package_runs_as_a_module(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["kuule", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("kuule", run_name="__main__")
    assert (ended.value.code, capsys.readouterr().out[:6]) == (Exit.DONE, "kuule ")


def test_help_of_a_command_is_no_problem(capsys):
    assert run(["freeze", "--help"]) == Exit.DONE
    assert "--drafts" in capsys.readouterr().out


def test_problem_is_said_with_code_place_cause_and_remedy(capsys, tmp_path):
    assert run(["archive", str(tmp_path), str(tmp_path / "out")]) == Exit.PROBLEM
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        f"EDITION_001 {tmp_path}: there is no edition.json in it",
        "  give the folder that `kuule freeze` made",
    ]


def test_place_that_cannot_be_written_is_said_without_a_traceback(capsys, tmp_path):
    (tmp_path / "file").touch()
    study = str(tmp_path / "file" / "below")
    assert run(["keys", "new", "studies/our-voice", "--to", study]) == Exit.PROBLEM
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("not a directory")
    assert said[1].startswith("  see that the place exists")


def test_results_go_to_stdout_and_talk_to_stderr(tmp_path):
    command = [
        sys.executable,
        "-m",
        "kuule.cli",
        "keys",
        "new",
        "studies/our-voice",
        "--to",
        str(tmp_path),
        "--rehearsal",
    ]
    outcome = subprocess.run(command, capture_output=True, text=True, check=True)
    assert outcome.stdout.splitlines() == [
        str(tmp_path / "our-voice.rehearsal.public-key"),
        str(tmp_path / "our-voice.rehearsal.secret-key"),
    ]
    assert outcome.stderr.startswith("fingerprint: ")


NAMES_OF_OPTIONS = {
    "kuule.dataset.exports.export_formats",
    "kuule.languages.workflow.entries",
    "kuule.languages.workflow.states",
    "kuule.languages.workflow.workflow_steps",
    "kuule.translation.translation_format",
    "kuule.usecases.prompt",
}
"""What commands offer by name, without what works on it."""


def loaded_by(code: str, *names: str) -> list[str]:
    """Which of some modules a process of its own has loaded after some code."""
    question = (
        f"import sys; from kuule.cli.command_list import program; {code}; print(*set(sys.argv[1:]) & set(sys.modules))"
    )
    return sorted(subprocess.check_output([sys.executable, "-c", question, *names], text=True).split())


def test_help_does_not_wait_for_heavy_libraries():
    heavy = ["polars", "typst", "django", "granian", "openpyxl", "pyxform"]
    assert loaded_by("program()", *heavy, "typer") == ["typer"]


def test_help_loads_the_command_line_and_names_of_options_only():
    question = "import sys; from kuule.cli.command_list import program; program(); print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", question], text=True).split()
    ours = {name for name in loaded if name.startswith("kuule.") and not name.startswith(("kuule.cli", "kuule.core"))}
    packages = {name for name in ours if any(other.startswith(f"{name}.") for other in ours)}
    assert ours - packages <= NAMES_OF_OPTIONS


def test_report_does_not_wait_for_the_form_engine():
    """What it reads of a dataset has the names of types of forms, and asks nobody anything."""
    engine = ["kuule.forms.compile.form", "kuule.forms.navigation.page_maker", "kuule.study.folder.study_folder"]
    assert loaded_by("import kuule.usecases.reporting.make_reports", *engine, "pydantic", "polars") == ["polars"]


@pytest.mark.parametrize(
    ("command", "seldom"),
    matrix(
        [
            *[("check", True), ("freeze", True), ("status", True), ("verify", True)],
            *[("workbench", False), ("-- workbench", False), ("status --socket a", False), ("verify --watch=a", False)],
        ],
        [("check", True), ("-- workbench", False), ("verify --watch=a", False)],
    ),
)
def test_command_that_ends_seldom_looks_for_cycles(command: str, *, seldom: bool) -> None:
    """A server keeps what Python itself does, as it goes on for days."""
    code = (
        "import gc, sys; own = gc.get_threshold(); sys.argv = ['kuule', *sys.argv[1].split(), '--help']\n"
        "import kuule.cli as cli\n"
        "try: cli.main()\nexcept SystemExit: pass\nprint(gc.get_threshold() != own, gc.isenabled())"
    )
    said = subprocess.check_output([sys.executable, "-c", code, command], text=True)
    assert said.splitlines()[-1] == f"{seldom} True"


def test_command_does_not_wait_for_the_others():
    modules = [f"kuule.cli.commands.{name}" for name in ("serve", "report", "keys")]
    assert loaded_by("program('serve')", *modules) == modules[:1]


@pytest.mark.parametrize("mistyped", ["", "reprot", "--help", "-"])
def test_what_is_no_command_finds_all_of_them(mistyped):
    command = typer.main.get_command(program(mistyped))
    assert isinstance(command, typer.core.TyperGroup)
    assert len(command.commands) == len(COMMANDS) + len(GROUPS)


def test_list_of_commands_has_the_sentences_of_all_and_runs_none():
    listed: Any
    whole: Any
    listed, whole = (typer.main.get_command(app) for app in (list_of_commands(), program()))
    sentences = [{name: one.get_short_help_str() for name, one in app.commands.items()} for app in (listed, whole)]
    assert sentences[0] == sentences[1]
    with pytest.raises(RuntimeError):
        listed.main(["check"], standalone_mode=False)


def test_command_is_run_behind_two_dashes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--", "check", "nowhere"]) == 3
    assert "STUDY_001" in capsys.readouterr().err


def test_whoever_is_in_a_study_is_told_how_to_name_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == Exit.USAGE
    assert capsys.readouterr().err.splitlines() == ["missing argument 'study'", "  see kuule check --help"]
    (tmp_path / "study.toml").touch()
    assert run(["check"]) == Exit.USAGE
    assert capsys.readouterr().err.splitlines()[1] == "  for the study in this folder: kuule check ."


@pytest.mark.parametrize("module", ["kuule.cli.app", "typer", "kuule.cli.commands.backup"])
def test_ctrl_c_while_a_command_is_loaded_is_said_in_a_word(module: str) -> None:
    """The first third of a second of a command: whoever mistyped presses Ctrl-C then."""
    program = f"""
import sys

class Pressed:
    def find_spec(self, name, *rest):
        if name == {module!r}:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Pressed())
sys.argv[1:] = ["backup", "nowhere"]
from kuule.cli import main
main()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (Exit.STOPPED, "", "stopped\n")
