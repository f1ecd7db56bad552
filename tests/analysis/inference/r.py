"""R as the other implementation: expressions in, numbers out. Base R only, one process for all of a module."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.patience import PATIENCE

PROGRAM = shutil.which("Rscript")
needs_r = pytest.mark.skipif(PROGRAM is None, reason="R is not on this machine (Debian: r-base-core)")


def numbers_from(expressions: Mapping[str, str], folder: Path) -> dict[str, list[float]]:
    """What each expression gives, as numbers; names are the keys."""
    lines = [f'say("{name}", {{ {expression} }})' for name, expression in expressions.items()]
    script = folder / "asked.R"
    say = 'say <- function(name, x) cat(name, sprintf("%.17g", as.numeric(x)), "\\n")\noptions(warn = -1)\n'
    script.write_text(say + "\n".join(lines), encoding="utf-8")
    command = [str(PROGRAM), "--vanilla", str(script)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert outcome.returncode == 0, outcome.stderr
    said = [line.split() for line in outcome.stdout.splitlines()]
    return {name: [float(number) for number in numbers] for name, *numbers in said}


def vector(numbers: Sequence[float]) -> str:
    return f"c({', '.join(map(repr, numbers))})"


def matrix(table: Sequence[Sequence[float]]) -> str:
    return f"matrix({vector([cell for row in table for cell in row])}, nrow = {len(table)}, byrow = TRUE)"


def strata(tables: Sequence[Sequence[Sequence[float]]]) -> str:
    """The three sides of an array as R has them: groups, answers, strata."""
    cells = [table[row][column] for table in tables for column in range(len(table[0])) for row in range(len(table))]
    return f"array({vector(cells)}, dim = c({len(tables[0])}, {len(tables[0][0])}, {len(tables)}))"
