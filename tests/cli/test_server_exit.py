"""How a server that may not start ends: so that a service manager knows whether starting again could help."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from kuule.cli.console import Exit
from kuule.cli.server_exit import TRANSIENT_CODES, refusal_exit_code
from kuule.core.problems import KuuleError, Problem
from tests.loaded.loaded_process import run_loaded
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
SERVE = ["serve", "x", "--no-scrub-memory"]
"""With it, nothing has to be said to an allocator, which only the start of Python hears."""


def problem(code: str) -> Problem:
    return Problem(code, "a place", "a cause", "a remedy")


def started(*arguments: str, folder: Path) -> tuple[int, str]:
    """The exit code and the last problem of a server in a process of its own: it changes the process it runs in."""
    command = [sys.executable, "-m", "kuule.cli", *arguments]
    done = run_loaded(command, cwd=folder, text=True)
    return done.returncode, done.stderr.splitlines()[-2].split()[0]


def test_server_of_what_is_no_edition_is_refused_for_good(tmp_path: Path) -> None:
    assert started(*SERVE, "--port", str(free_port()), folder=tmp_path) == (Exit.REFUSED, "EDITION_001")


def test_workbench_without_a_study_is_refused_for_good(tmp_path: Path) -> None:
    code, problem_code = started("workbench", "x", "--data", "y", "--port", str(free_port()), folder=tmp_path)
    assert (code, problem_code) == (Exit.REFUSED, "STUDY_101")


@pytest.mark.parametrize("command", [SERVE, ["workbench", "x", "--data", "y"]])
def test_server_whose_port_is_just_taken_may_be_started_again(command: list[str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert started(*command, "--port", port, folder=tmp_path) == (Exit.PROBLEM, "SERVE_010")


def test_one_problem_that_does_not_pass_is_enough() -> None:
    passing = [problem(code) for code in sorted(TRANSIENT_CODES)]
    assert refusal_exit_code(KuuleError(*passing)) == Exit.PROBLEM
    assert refusal_exit_code(KuuleError(*passing, problem("SERVE_018"))) == Exit.REFUSED


def test_what_may_pass_is_documented_as_a_problem() -> None:
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs/reference/problems").glob("*.md"))
    assert [code for code in sorted(TRANSIENT_CODES) if code not in pages] == []
