"""`python -m bench [PART...]`: measure on this machine, now. Nothing else should run meanwhile."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence

from bench import (
    backups,
    check,
    circuits,
    counting,
    desk,
    identifiers,
    long_visit,
    onlooker,
    open_answers,
    opening,
    pages,
    registers,
    reports,
    starting,
    steps,
    stripping,
    submissions,
    tiers,
    upgrading,
    visits,
    yardstick,
)
from bench.growth import curves

PARTS = {
    "starting": ("what commands take before they do anything new", starting.measure),
    "steps": ("a step in process", steps.measure),
    "check": ("a study checked", check.measure),
    "register": ("a register of law checked", registers.measure),
    "pages": ("pages over HTTP", pages.measure),
    "visit": ("what a visit costs whoever answers", long_visit.measure),
    "onlooker": ("what lengths tell whoever watches a closed line", onlooker.measure),
    "visits": ("complete visits", visits.measure),
    "tiers": ("what a visit takes of each tier of a cluster", tiers.measure),
    "circuits": ("an onion service on which circuits ask without pause", circuits.measure),
    "upgrading": ("a version that takes over while people answer", upgrading.measure),
    "stripping": ("contacts in open answers", stripping.measure),
    "identifiers": ("what might point at a person, in made-up answers", identifiers.measure),
    "counting": ("many tables of many responses", counting.measure),
    "answers": ("a project of open answers", open_answers.measure),
    "desk": ("the desk on 22,285 answers", desk.measure),
    "opening": ("an archive opened", opening.measure),
    "report": ("a report in every language of its study", reports.measure),
    "backup": ("a backup of 22,285 answers made, tried and restored", backups.measure),
    "submissions": ("sealed submissions alone", submissions.measure),
    "growth": ("how it grows with people, questions, responses and languages", curves.measure),
}
ONLY_NAMED = frozenset({"growth"})
"""What takes half an hour and more."""


def main(names: list[str]) -> None:
    """Measure and print the given parts, or all but those of ONLY_NAMED."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise SystemExit(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    for name in names or [name for name in PARTS if name not in ONLY_NAMED]:
        title, measure = PARTS[name]
        now = yardstick.take()
        print("\n".join(["", *table(title, measure(), now)]), flush=True)


def table(title: str, rows: Sequence[tuple[str, str]], now: yardstick.Yardstick) -> list[str]:
    """The lines of a part: what the yardstick took on this machine, then each figure, and how many yardsticks that
    is."""
    letters = yardstick.letters(figure for _, figure in rows)
    width = max(len(label) for label, _ in rows)
    lines = [f"  {label:<{width}}  {yardstick.in_multiples(figure, now)}" for label, figure in rows]
    return [title, *([f"  {yardstick.in_words(now, letters)}"] if letters else []), *lines]


if __name__ == "__main__":
    main(sys.argv[1:])
