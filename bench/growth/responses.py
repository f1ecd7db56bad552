"""How opening an archive, and counting tables of a dataset, grow with the number of responses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import counting, opening
from bench.answers import make_dataset
from bench.growth.figures import Measured
from bench.sealed_answers import sealed_answers

OPENED = (3_000, 10_000, 30_000, 100_000)
COUNTED = (3_000, 30_000, 300_000, 1_000_000, 10_000_000)
_FEWER_ROUNDS = 1_000_000
"""From this many responses on, a few rounds take minutes."""


def measure_opening(responses: int, rounds: int = 3) -> Iterator[Measured]:
    """An envelope opened to a dataset, and by bare decryption into columns, in turns."""
    with TemporaryDirectory() as folder:
        archive = sealed_answers(Path(folder), responses).archive
        taken = [(opening.run(archive), opening.run(archive, "--ours")) for _ in range(rounds)]
    for place, line in enumerate(("bare decryption and columns", "opened to a dataset")):
        runs = [pair[place] for pair in taken]
        clock = ", ".join(f"{seconds:.1f}" for seconds, _, _ in runs)
        note = f"{clock} s by the clock, at most {max(most for _, _, most in runs):.0f} MiB in all processes"
        yield Measured(line, [cores / responses for _, cores, _ in runs], "S", note=note)


def measure_tables(responses: int) -> Iterator[Measured]:
    """260 tables, and the bare counts of the same by plain Polars, in turns in one process."""
    with TemporaryDirectory() as folder:
        path = str(make_dataset(Path(folder) / "made", responses))
        rounds = 3 if responses <= _FEWER_ROUNDS else 1
        both = counting.measured_apart("pair", path, str(rounds))
        alone = counting.measured_apart("ours", path)
    for way, line in (("plain", "plain Polars, bare counts"), ("ours", "260 tables that may be published")):
        clocks, cores = zip(*both[way], strict=True)
        memory = f", at most {alone['mib']:.0f} MiB" if way == "ours" else ""
        note = f"{', '.join(f'{one:.2f}' for one in clocks)} s by the clock{memory}"
        yield Measured(line, cores, "P", note=note)
