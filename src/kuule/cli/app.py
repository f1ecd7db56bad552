"""The outermost function: it runs a command and turns whatever the command raises into words and an exit code."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path

import typer
from typer.exceptions import TyperException

from kuule.cli.command_list import REQUIRED_EXTRAS, is_command, list_of_commands, program
from kuule.cli.console import Exit, print_problems, say
from kuule.cli.json_record import leave_stdout, run_recorded, running_record, system_problem
from kuule.core.extras import missing_extra_problem
from kuule.core.problems import KuuleError, Problem

_NO_STUDY = "missing argument 'study'"
"""What is said of a command that was given no study."""

_VALIDATOR_WORDS = {
    "Value error, ": "",
    "Input should be a valid integer, unable to parse string as an integer": "it has to be a whole number",
    "Input should be a valid integer, got a number with a fractional part": "it has to be a whole number",
    "Input should be a valid number, unable to parse string as a number": "it has to be a number",
    "Input should be ": "it has to be ",
    "does not match the formats '%Y-%m-%d'": "is no day, which is written like 2027-03-01",
}
"""What Typer says for programmers, and the same for everybody."""

_ENDINGS = (
    KuuleError, typer.Exit, TyperException, KeyboardInterrupt, typer.Abort, OSError, ModuleNotFoundError,
)  # fmt: skip
"""What may end a command. Anything else is a bug."""


def main() -> None:
    """Run the command line and exit with its code. A KuuleError is printed in words; a bug shows its traceback.
    Letters that the terminal does not have are printed by their numbers, as Python does on stderr."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    raise SystemExit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code. With --json, whatever it says becomes one object."""
    return run_recorded(arguments, lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    command = next((one for one in arguments if one != "--"), "")
    try:
        commands = program(command) if is_command(command) else list_of_commands()
        code = commands(arguments, prog_name="kuule", standalone_mode=False)
    except _ENDINGS as error:
        return exit_code_of(error, command)
    if code == Exit.STOPPED:  # Typer turns Ctrl-C into a code and prints nothing
        say("stopped")
    return code if isinstance(code, int) else Exit.DONE


def exit_code_of(error: BaseException, command: str) -> int:
    """Say what ended a command, and return its exit code. Raises the error itself where it is a bug."""
    match error:
        case KuuleError():
            print_problems(error.problems)
            return Exit.PROBLEM
        case typer.Exit():
            return error.exit_code
        case TyperException():
            return _usage(error, command if is_command(command) else "")
        case KeyboardInterrupt() | typer.Abort():
            say("stopped")
            return Exit.STOPPED
        case BrokenPipeError():
            leave_stdout()
            return Exit.PROBLEM
        case OSError():
            return _disk(error)
        case ModuleNotFoundError():
            return _missing(error, command)
    raise error


def _usage(error: TyperException, command: str) -> int:
    """Print what was not understood, and return the exit code. Without arguments, the help was shown and nothing more
    is printed."""
    message = _in_plain_words(error.format_message().rstrip("."))
    if message:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else f"kuule {command}".rstrip()
        cause = message[:1].lower() + message[1:]
        here = cause == _NO_STUDY and Path("study.toml").is_file()
        _tell(
            Problem("CLI_010", path, cause, f"for the study in this folder: {path} ." if here else f"see {path} --help")
        )
    return Exit.USAGE


def _in_plain_words(message: str) -> str:
    """What Typer says of a value, without the words of its validator."""
    for words, plain in _VALIDATOR_WORDS.items():
        message = message.replace(words, plain)
    return message


def _missing(error: ModuleNotFoundError, command: str) -> int:
    """Print which extra a missing module belongs to. A module that belongs to none is a bug of ours."""
    problem = missing_extra_problem(error.name, REQUIRED_EXTRAS.get(command, ()), f"kuule {command}".rstrip())
    if problem is None:
        raise error
    print_problems([problem])
    return Exit.PROBLEM


def _disk(error: OSError) -> int:
    if error.filename is None and error.strerror is None:
        raise error
    _tell(system_problem(error))
    return Exit.PROBLEM


def _tell(problem: Problem) -> None:
    """Say a problem that has a code for programs only: a person needs none to see what was mistyped."""
    if running_record() is not None:
        print_problems([problem])
        return
    say(problem.cause)
    say(f"  {problem.remedy}")
