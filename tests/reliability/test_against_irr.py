"""Alpha and kappa against the package `irr` of R, with codings as coders give them: alike for the most part, with gaps.

R finds it in its own library or in R_LIBS. Debian has no package of it: `install.packages("irr")`.
"""

from __future__ import annotations

import random
import shutil
import subprocess

import pytest

from kuule.reliability.cohen_kappa import cohen_kappa
from kuule.reliability.krippendorff_alpha import Level, krippendorff_alpha

PROGRAM = """
suppressMessages(library(irr))
rows <- readLines(file("stdin"))
for (row in rows) {
  parts <- strsplit(row, ";")[[1]]
  numbers <- function(one) suppressWarnings(as.numeric(strsplit(one, " ")[[1]]))
  ratings <- do.call(rbind, lapply(strsplit(parts[2], ",")[[1]], numbers))
  value <- if (parts[1] == "kappa") kappa2(t(ratings))$value else kripp.alpha(ratings, parts[1])$value
  cat(sprintf("%.12f\\n", value))
}
"""


def has_irr() -> bool:
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(irr)"], capture_output=True, check=False).returncode == 0


def coded(chance: random.Random, coders: int, *, gaps: float) -> list[list[int | None]]:
    """What coders gave to thirty texts, one list a coder: they agree on most, and leave some out."""
    values = chance.choices((0, 1, 2), (6, 3, 1), k=30)
    return [
        [
            None if chance.random() < gaps else value if chance.random() < 0.8 else chance.randrange(3)
            for value in values
        ]
        for _ in range(coders)
    ]


def as_r(kind: str, rows: list[list[int | None]]) -> str:
    return f"{kind};" + ",".join(" ".join("NA" if one is None else str(one) for one in row) for row in rows)


@pytest.mark.slow
def test_alpha_and_kappa_are_those_of_irr() -> None:
    if not has_irr():
        pytest.skip("R or its package irr is not here: alpha and kappa are held to published examples alone")
    chance = random.Random(1960)
    pairs = [coded(chance, 2, gaps=0) for _ in range(20)]
    several = [coded(chance, coders, gaps=0.2) for coders in (2, 3, 5) for _ in range(10)]
    asked = [as_r("kappa", rows) for rows in pairs]
    asked += [as_r(str(level), rows) for rows in several for level in Level]
    run = ["Rscript", "-e", PROGRAM]
    said = subprocess.run(run, input="\n".join(asked) + "\n", capture_output=True, text=True, check=True).stdout.split()
    ours = [cohen_kappa(zip(*rows, strict=True)) for rows in pairs]
    ours += [krippendorff_alpha(units(rows), level) for rows in several for level in Level]
    assert [float(one) for one in said] == pytest.approx(ours, abs=1e-9)


def units(rows: list[list[int | None]]) -> list[list[int]]:
    return [[value for value in unit if value is not None] for unit in zip(*rows, strict=True)]
