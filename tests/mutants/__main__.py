"""`python -m tests.mutants [SEED [SIZE]] [PACKAGE...]`: try a fixed sample of changes, and list those that no test saw.

Exit codes: 0 where the aim is reached, 1 where it is not, 2 where the tests are red without any change.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.mutants.running import Bench, Outcome, bench, near
from tests.mutants.sample import PACKAGES, SEED, SIZE, SOURCE, sample
from tests.mutants.sites import Mutant

AIM = 0.97
"""Of the changes that are none in disguise (`equivalent.toml`), the part that some test notices."""
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def main(arguments: list[str]) -> int:
    """Try them, and say the score of each package."""
    numbers = [int(one) for one in arguments if one.isdigit()]
    packages = tuple(one for one in arguments if not one.isdigit()) or PACKAGES
    seed, size = (*numbers, *(SEED, SIZE)[len(numbers) :])
    chosen = [one for one in sample(seed=seed, size=size, packages=packages) if not is_equivalent(one)]
    print(f"{len(chosen)} changes, seed {seed}; minutes to an hour")
    try:
        with bench() as place:
            outcomes = _tried(place, chosen)
    except RedWithoutChange as red:
        print(f"red without any change: {red}")
        return 2
    return 0 if _told(outcomes, packages) >= AIM else 1


class RedWithoutChange(Exception):
    """Tests that notice every change, since they are never green."""


def is_equivalent(mutant: Mutant) -> bool:
    """Whether a change is known to change nothing that can be seen."""
    source = (SOURCE / mutant.module).read_bytes()
    keyword = re.search(rb"(\w+)=$", source[: mutant.start])
    facts = {
        "module": mutant.module,
        "kind": mutant.kind,
        "line": source.decode().splitlines()[mutant.line - 1].strip(),
        "was": source[mutant.start : mutant.end].decode(),
        "keyword": keyword[1].decode() if keyword else "",
    }
    known = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("equivalent", ())
    return any(all(one.get(key, fact) == fact for key, fact in facts.items()) for one in known)


def _tried(place: Bench, chosen: Iterable[Mutant]) -> Mapping[Mutant, Outcome]:
    """What became of each. Raises RedWithoutChange."""
    outcomes: dict[Mutant, Outcome] = {}
    green: set[tuple[str, ...]] = set()
    for number, mutant in enumerate(chosen, start=1):
        tests = near(mutant.module)
        if tests not in green and not place.is_green(tests):
            raise RedWithoutChange(", ".join(tests))
        green.add(tests)
        outcomes[mutant] = place.outcome(mutant)
        shown = mutant.shown((SOURCE / mutant.module).read_bytes())
        print(f"{number}. {outcomes[mutant]}: {shown}", flush=True)
    return outcomes


def _told(outcomes: Mapping[Mutant, Outcome], packages: Iterable[str]) -> float:
    """Say each package's numbers; returns the whole score."""
    for package in packages:
        ours = Counter(str(out) for one, out in outcomes.items() if one.module.startswith(f"{package}/"))
        print(f"{package}: {ours.total() - ours[str(Outcome.SURVIVED)]} of {ours.total()}; {dict(ours)}")
    survived = sum(out is Outcome.SURVIVED for out in outcomes.values())
    score = 1 - survived / len(outcomes)
    print(f"{score:.1%} of {len(outcomes)} (aim {AIM:.0%})")
    return score


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
