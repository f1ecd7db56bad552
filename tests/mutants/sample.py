"""Which changes are tried: a fixed sample of the packages on which a promise hangs, the same in every run of a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.mutants.sites import Mutant, compiles, mutants_of

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "kuule"
PACKAGES = ("sealing", "opening", "collector/session", "disclosure", "forms", "store", "dataset")
SEED = 20261127
SIZE = 210
_NOT_OURS = {"migrations", "__pycache__"}


def sample(*, seed: int = SEED, size: int = SIZE, packages: tuple[str, ...] = PACKAGES) -> list[Mutant]:
    """So many changes, equally many of each package, each on a line of its own; in the order of modules and lines."""
    chance = random.Random(seed)
    chosen: list[Mutant] = []
    share, more = divmod(size, len(packages))
    for place, package in enumerate(packages):
        by_line = _by_line(package)
        lines = chance.sample(sorted(by_line), min(share + (place < more), len(by_line)))
        chosen += [_one_of(by_line[line], chance) for line in lines]
    return sorted(chosen)


def _one_of(mutants: list[Mutant], chance: random.Random) -> Mutant:
    """One that compiles."""
    source = (SOURCE / mutants[0].module).read_bytes()
    return next(one for one in chance.sample(mutants, len(mutants)) if compiles(one.applied(source)))


@cache
def _by_line(package: str) -> Mapping[tuple[str, int], list[Mutant]]:
    found: dict[tuple[str, int], list[Mutant]] = {}
    for module in _modules(package):
        name = module.relative_to(SOURCE).as_posix()
        for mutant in mutants_of(name, module.read_bytes()):
            found.setdefault((name, mutant.line), []).append(mutant)
    return found


def _modules(package: str) -> Iterator[Path]:
    for path in sorted((SOURCE / package).rglob("*.py")):
        if not _NOT_OURS & set(path.parts) and path.stat().st_size:
            yield path
