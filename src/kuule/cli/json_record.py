"""What a command says with `--json`: one object with its result, its notes and its problems, for a program to read.

The record is kept while the command runs, and is written when it ends: to stdout if it came to a result, and otherwise
to stderr. A server's is written when it is ready. docs/reference/json.md describes it; docs/reference/schemas/output
has a schema for each command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kuule.core.problems import Problem

FORMAT = 1
"""Rises when a program that reads the object of before would no longer understand it."""
OPTION = "--json"
_HELP = frozenset({"-h", "--help", "--version"})
_OPTIONAL = ("file", "key", "language")


@dataclass
class CommandRecord:
    """What one command has come to so far."""

    command: str
    result: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    announced: bool = False

    def add_result(self, lines: Sequence[str], given: Mapping[str, object]) -> None:
        """Add what a command gives by name; a list is added to the list that is there. Without names, add its lines."""
        for name, value in (given or {"lines": list(lines)}).items():
            known = self.result.get(name)
            self.result[name] = [*known, *value] if isinstance(known, list) and isinstance(value, list) else value

    def text(self, exit_code: int | None) -> str:
        """The object as one line."""
        import json  # only a program asks for it: --help loads this module

        return json.dumps(
            {
                "format": FORMAT,
                "command": self.command,
                "exit_code": exit_code,
                "result": self.result,
                "notes": self.notes,
                "problems": [_told(one) for one in self.problems],
            },
            ensure_ascii="utf" not in (sys.stdout.encoding or "").lower(),
            default=_plain,
        )

    def announce(self) -> None:
        """Write what there is now: a server is ready, and does not end."""
        print(self.text(None), flush=True)
        self.result, self.notes, self.problems, self.announced = {}, [], [], True

    def close(self, exit_code: int) -> None:
        """Write what the command came to. A server that was announced and ended well has nothing to add."""
        if self.announced and exit_code == 0 and not self.result:
            return
        print(self.text(exit_code), file=sys.stdout if self.result or exit_code == 0 else sys.stderr, flush=True)


class _Running:
    record: CommandRecord | None = None


def running_record() -> CommandRecord | None:
    """The record of the command that is running; None if it speaks to a person."""
    return _Running.record


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for JSON. Help and version are for people."""
    options = set(arguments[: arguments.index("--")] if "--" in arguments[1:] else arguments)
    return OPTION in options and not options & _HELP


@contextmanager
def record_command(command: str) -> Iterator[CommandRecord]:
    """Record what is said while the block runs, instead of saying it."""
    before, _Running.record = _Running.record, CommandRecord(command)
    try:
        yield _Running.record
    finally:
        _Running.record = before


def run_recorded(arguments: Sequence[str], run: Callable[[], int]) -> int:
    """Run a command and return its exit code. With --json, whatever it says becomes one object."""
    if not wants_json(arguments):
        return run()
    with record_command(next((one for one in arguments if not one.startswith("-")), "")) as record:
        code = run()
        try:
            record.close(code)
        except BrokenPipeError:
            leave_stdout()
            return 1
        except OSError as error:  # such as no room, where stdout is a file
            leave_stdout()
            record.result = {}
            record.problems.append(system_problem(error))
            record.close(1)
            return 1
    return code


def system_problem(error: OSError) -> Problem:
    """What the system refused, as the problem CLI_011."""
    where = f" {error.filename!r}" if error.filename else ""
    cause = f"{(error.strerror or str(error)).lower()}{where}"
    remedy = "see that the place exists, may be written to and has room; then try again"
    return Problem("CLI_011", "the system", cause, remedy)


def leave_stdout() -> None:
    """The reader of stdout has gone (`| head`), so nothing more can be printed there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def named_rows(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[dict[str, object]]:
    """Rows of a table, each cell by the name of its column."""
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _told(problem: Problem) -> dict[str, object]:
    told: dict[str, object] = {
        "code": problem.code,
        "severity": str(problem.severity),
        "place": problem.place,
        "cause": problem.cause,
        "remedy": problem.remedy,
    }
    told |= {name: value for name in _OPTIONAL if (value := getattr(problem, name))}
    if problem.excerpt is not None and problem.excerpt.line:
        told["line"] = problem.excerpt.line
    return told


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"a command gave {type(value).__name__}, which JSON does not have")
