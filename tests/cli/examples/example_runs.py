"""Runs the examples of the help as they stand there, with `--json`, and holds what they say to the schema of their
command."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kuule.cli.app import run
from kuule.cli.command_examples import EXAMPLES
from kuule.cli.result_shapes import output_schema
from tests.cli.test_project import with_lines
from tests.loaded.loaded_process import LoadedProcess, run_loaded
from tests.patience import PATIENCE
from tests.qualitative.small_project import PASSPHRASE


@dataclass
class ExampleRoom:
    """A folder in which the examples of some commands are run in their order. `names` has what some words of them are
    called here."""

    folder: Path
    patch: pytest.MonkeyPatch
    names: dict[str, str] = field(default_factory=dict)

    def words(self, line: str) -> list[str]:
        """The arguments of an example, with the names that things have here."""
        return [self.names.get(word, word) for word in shlex.split(line)[1:]]

    def run(self, command: str, *more: str, typed: str = "", codes: Sequence[int] = (0,)) -> list[Any]:
        """Run all examples of a command, with more arguments, which this room needs; their results."""
        return [self.told(command, [*self.words(line), *more], typed, codes)["result"] for line in EXAMPLES[command]]

    def told(self, command: str, words: Sequence[str], typed: str, codes: Sequence[int]) -> Mapping[str, Any]:
        self.patch.setattr("sys.stdin", io.StringIO(typed))
        asks = command.startswith(("project ", "answers ", "identifiers s", "identifiers c"))
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            arguments = [*words, "--json"]
            code = with_lines(arguments, *[PASSPHRASE.text] * 2) if asks else run(arguments)
        assert code in codes, (words, out.getvalue(), err.getvalue())
        assert err.getvalue() == "", words
        told: Mapping[str, Any] = json.loads(out.getvalue())
        check_told(command, told)
        assert told["exit_code"] == code
        return told

    def refused(self, command: str) -> list[str]:
        """The codes of what an example is told here, where there is nothing for it to do."""
        [line] = EXAMPLES[command]
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            code = with_lines([*self.words(line), "--json"], PASSPHRASE.text)
        told = json.loads(err.getvalue())
        Draft202012Validator(output_schema(command)).validate(told)
        assert (out.getvalue(), told["exit_code"]) == ("", code)
        return [one["code"] for one in told["problems"]]

    def run_apart(self, command: str, *more: str) -> Mapping[str, Any]:
        """Run the example in a process of its own, since Django is set up once in each."""
        [line] = EXAMPLES[command]
        arguments = [sys.executable, "-m", "kuule.cli", *self.words(line), *more, "--json"]
        ran = run_loaded(arguments, cwd=self.folder, text=True)
        assert (ran.returncode, ran.stderr) == (0, "")
        told: Mapping[str, Any] = json.loads(ran.stdout)
        check_told(command, told)
        result: Mapping[str, Any] = told["result"]
        return result

    @contextmanager
    def serve(self, command: str, *more: str, first: str = "") -> Iterator[Mapping[str, Any]]:
        """Start the example of a server; what it says when it is ready."""
        [line] = EXAMPLES[command]
        arguments = [sys.executable, "-m", "kuule.cli", *self.words(line), *more, "--json"]
        pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        process = LoadedProcess(arguments, cwd=self.folder, text=True, **pipes)
        try:
            if first:
                process.stdin.write(first)
                process.stdin.close()
            told = process.stdout.readline()
            assert told, process.stderr.read()
            check_told(command, json.loads(told))
            yield json.loads(told)["result"]
        finally:
            process.terminate()
            process.wait(PATIENCE)
            for pipe in (process.stdin, process.stdout, process.stderr):
                pipe.close()


def check_told(command: str, told: Mapping[str, Any]) -> None:
    """What a command told a program is what its schema says."""
    Draft202012Validator(output_schema(command)).validate(told)
    assert told["result"], command
