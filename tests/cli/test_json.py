"""`--json`: one object, on stdout with a result and otherwise on stderr, and nothing beside it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from jsonschema import Draft202012Validator

from kuule.cli.app import run
from kuule.cli.command_examples import AUTHORS, COLLECTORS, EXAMPLES, LAWYERS, PUBLISHERS, READERS
from kuule.cli.command_list import program
from kuule.cli.console import CONSOLE, Exit, announce, make_console, print_result, say
from kuule.cli.json_record import named_rows, record_command, wants_json
from kuule.cli.result_shapes import RESULTS, output_schema
from kuule.core.files import json_bytes
from tests.architecture import sources
from tests.architecture.test_documented import all_commands
from tests.study.small_study import make_study

SCHEMAS = sources.ROOT / "docs" / "reference" / "schemas" / "output"


def told(text: str) -> Any:
    """The one object in one line."""
    [line] = text.splitlines()
    return json.loads(line)


def test_every_command_has_examples_and_a_schema() -> None:
    names = {path.partition(" ")[2] for path in all_commands()}
    assert (set(EXAMPLES), set(RESULTS)) == (names, names)
    assert len(EXAMPLES) == sum(map(len, (AUTHORS, COLLECTORS, READERS, PUBLISHERS, LAWYERS)))
    assert [line for lines in EXAMPLES.values() for line in lines if len(line) > 116] == []
    wrong = [line for name, lines in EXAMPLES.items() for line in lines if not line.startswith(f"kuule {name}")]
    assert wrong == []


def test_every_example_is_run_by_a_test() -> None:
    """What a room runs by name, or by the name of its list."""
    folder = Path(__file__).parent / "examples"
    text = "".join(file.read_text("utf-8") for file in folder.glob("test_*.py"))
    lists = {"LAWYERS": LAWYERS}
    run_by_list = {name for known, part in lists.items() if known in text for name in part}
    assert [name for name in EXAMPLES if f'"{name}"' not in text and name not in run_by_list] == ["demo"]
    assert EXAMPLES["demo"][0] in text


def test_schema_of_each_command_is_in_the_documentation() -> None:
    """Renew one: kuule schema 'COMMAND' > docs/reference/schemas/output/COMMAND.schema.json"""
    behind = []
    for command in RESULTS:
        schema = output_schema(command)
        Draft202012Validator.check_schema(schema)
        file = SCHEMAS / f"{command.replace(' ', '-')}.schema.json"
        if not file.exists() or file.read_bytes() != json_bytes(schema):
            behind.append(command)
    assert behind == []


def test_documentation_has_no_schema_of_a_command_that_is_gone() -> None:
    assert {file.name for file in SCHEMAS.iterdir()} == {f"{name.replace(' ', '-')}.schema.json" for name in RESULTS}


def test_result_with_errors_goes_to_stdout_with_each_problem(tmp_path: Path, capsys: Any) -> None:
    study = make_study(tmp_path)
    (study / "study.toml").write_text('id = "a"\ntitle = x\n', "utf-8")
    assert run(["check", str(study), "--json"]) == Exit.CHECK_FOUND_ERRORS
    said = capsys.readouterr()
    found = told(said.out)
    Draft202012Validator(output_schema("check")).validate(found)
    assert (said.err, found["exit_code"], found["result"]["errors"]) == (
        "",
        3,
        sum(one["severity"] == "error" for one in found["problems"]),
    )
    assert found["problems"][0]["line"] == 2


def test_failure_goes_to_stderr_with_its_code(tmp_path: Path, capsys: Any) -> None:
    assert run(["--", "archive", str(tmp_path)]) == Exit.USAGE  # behind the dashes, `--json` would be an argument
    assert "missing argument" in capsys.readouterr().err
    assert run(["archive", "--json", str(tmp_path), str(tmp_path / "out")]) == Exit.PROBLEM
    said = capsys.readouterr()
    found = told(said.err)
    Draft202012Validator(output_schema("archive")).validate(found)
    assert (said.out, [one["code"] for one in found["problems"]]) == ("", ["EDITION_001"])


@pytest.mark.parametrize(
    ("arguments", "command", "exit_code", "code"),
    [
        (["archive", "x", "--json"], "archive", Exit.USAGE, "CLI_010"),
        (["frieze", "--json"], "frieze", Exit.USAGE, "CLI_010"),
        (["keys", "list", "--nothing", "--json"], "keys", Exit.USAGE, "CLI_010"),
        (["keys", "new", "studies/our-voice", "--to", "README.md/x", "--json"], "keys new", Exit.PROBLEM, "CLI_011"),
    ],
)
def test_what_is_no_problem_of_a_study_has_a_code_too(
    arguments: list[str], command: str, exit_code: int, code: str, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sources.ROOT)
    assert run(arguments) == exit_code
    said = capsys.readouterr()
    found = told(said.err)
    assert (said.out, found["command"], found["exit_code"]) == ("", command, exit_code)
    assert [one["code"] for one in found["problems"]] == [code]


def test_help_and_version_are_for_people() -> None:
    assert wants_json(["check", "x", "--json"])
    assert not wants_json(["check", "--json", "--help"])
    assert not wants_json(["--version", "--json"])
    assert not wants_json(["check", "--", "--json"])


def test_server_tells_when_it_is_ready_and_nothing_more_if_it_ends_well(capsys: Any) -> None:
    with record_command("preview") as record:
        print_result("http://127.0.0.1:1", address="http://127.0.0.1:1")
        say("open it")
        announce()
        say("ended")
        record.close(0)
    found = told(capsys.readouterr().out)
    assert (found["exit_code"], found["notes"]) == (None, ["open it"])
    assert found["result"] == {"address": "http://127.0.0.1:1"}


def test_server_that_fails_later_tells_it(capsys: Any) -> None:
    with record_command("preview") as record:
        announce()
        record.close(1)
    said = capsys.readouterr()
    assert (told(said.out)["exit_code"], told(said.err)["exit_code"]) == (None, 1)


def test_progress_is_silent(capsys: Any) -> None:
    with record_command("open"), CONSOLE.counter("answers opened", 2) as advance, CONSOLE.spinner("counting"):
        advance(1)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_command_without_names_gives_its_lines() -> None:
    with record_command("x") as record:
        print_result("one")
        print_result("two")
    assert record.result == {"lines": ["one", "two"]}
    assert named_rows(("a", "b"), [(1, "x")]) == [{"a": 1, "b": "x"}]


def test_reader_that_has_gone_is_no_fault() -> None:
    command = f"{sys.executable} -m kuule.cli doctor --json | true"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)


@pytest.mark.parametrize(("more", "printed"), [((), "k\\xe4.toml"), (("--json",), "k\\u00e4.toml")])
def test_letter_that_a_terminal_does_not_have_is_no_fault(tmp_path: Path, more: tuple[str, ...], printed: str) -> None:
    command = [sys.executable, "-m", "kuule.cli", "check", str(tmp_path / "kä.toml"), *more]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (ran.returncode, printed in ran.stdout) == (Exit.CHECK_FOUND_ERRORS, True)


def test_help_ends_with_examples(capsys: Any) -> None:
    assert run(["answers", "quotes", "list", "--help"]) == Exit.DONE
    shown = capsys.readouterr().out
    assert shown.rstrip().endswith(EXAMPLES["answers quotes list"][-1])
    assert "--json" in shown
    assert "\x1b" not in shown


def test_every_command_shows_its_examples_whole(capsys: Any) -> None:
    kuule = typer.main.get_command(program())
    for name, lines in EXAMPLES.items():
        kuule.main([*name.split(), "--help"], prog_name="kuule", standalone_mode=False)
        shown = capsys.readouterr().out
        assert [line for line in lines if f"  {line}\n" not in shown] == [], name


def test_list_of_commands_reads_no_examples_and_no_schemas() -> None:
    code = "import sys; from kuule.cli.app import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not re.search(r"kuule\.cli\.(command_examples|result_shapes)", ran.stderr)


@pytest.mark.parametrize(
    ("environment", "is_terminal", "coloured", "bars"),
    [
        ({}, False, False, False),
        ({"FORCE_COLOR": "1"}, False, True, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False, False),
        ({"FORCE_COLOR": "1", "CI": "true"}, True, True, False),
        ({"NO_COLOR": "1"}, True, False, True),
    ],
)
def test_colour_and_bars(
    environment: dict[str, str], is_terminal: bool, coloured: bool, bars: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "CI", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "environ", {**os.environ, **environment, "TERM": "xterm-256color"})
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    console = make_console(environment)
    assert console.is_interactive is bars
    assert (console.color_system is not None and not console.no_color) is coloured
