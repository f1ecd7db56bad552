"""How a visit's cost grows with people who answer at the same time, on each store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.growth.figures import Measured
from bench.questionnaires import SETTINGS
from bench.serving import served, written
from bench.stores import stores
from bench.visits import Load, load, path_form

SIZES = (1, 4, 16, 64)
SECONDS = 8.0
ROUNDS = 3


def measure(people: int) -> Iterator[Measured]:
    """Of each store: a complete visit in seconds of a core, and the slowest per cent of its pages and of its sendings
    by the clock. Rounds are taken in turns."""
    with ExitStack() as stack:
        ports = {name: stack.enter_context(_site(opened())) for name, opened in stores()}
        loads: dict[str, list[Load]] = {name: [] for name in ports}
        for _ in range(ROUNDS):
            for name, port in ports.items():
                loads[name].append(load(port, people, SECONDS))
    for name, taken in loads.items():
        if any(one.failed for one in taken):
            raise RuntimeError(f"{sum(one.failed for one in taken)} visits failed with {people} people on {name}")
        rates = ", ".join(f"{one.visits / one.seconds:.0f}" for one in taken)
        visits = [one.of_a_visit(one.server) for one in taken]
        yield Measured(f"a visit, {name}", visits, "S", note=f"{rates} visits a second")
        yield Measured(f"slowest per cent of pages, {name}", [_slowest(one.pages) for one in taken], "S", by_clock=True)
        yield Measured(
            f"slowest per cent of sendings, {name}", [_slowest(one.sendings) for one in taken], "S", by_clock=True
        )


def _slowest(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) * 99 // 100]


@contextmanager
def _site(database: AbstractContextManager[str]) -> Iterator[int]:
    with TemporaryDirectory() as folder, database as address:
        study = written(Path(folder) / "study", path_form(), SETTINGS)
        with served(study, Path(folder), database=address) as port:
            yield port
