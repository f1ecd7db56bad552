"""The order in which values are computed: what an expression reads comes before it. Cycles are Problems."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from kuule.core.problems import Problem
from kuule.forms.compile.strongly_connected import strongly_connected_components
from kuule.forms.model.expressions import Formula


class ComputationKind(Enum):
    """What a step computes. In this order where nothing else decides."""

    COUNT = 0
    RELEVANT = 1
    CALCULATE = 2


@dataclass(frozen=True, slots=True)
class Computation:
    """One expression of a recalculation. `keeps_value`: its value belongs to the visit and changes only when something
    that it reads changes."""

    kind: ComputationKind
    path: str
    formula: Formula
    keeps_value: bool = False
    to_stored_form: Callable[[str], str] = str
    in_repeat: bool = False
    """Whether its path lies in a repeat."""


@dataclass(frozen=True, slots=True)
class ComputationOrder:
    """Steps in the order they run; for each path the steps (by place in `steps`) that read it."""

    computations: tuple[Computation, ...]
    readers: Mapping[str, tuple[int, ...]]
    by_path: Mapping[str, tuple[int, ...]]
    """For each path, its own steps."""


def ancestor_paths(path: str) -> Iterable[str]:
    """The paths of all ancestors, nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def sort_computations(
    steps: Sequence[Computation], paths: Mapping[str, int], labels: Callable[[str], str]
) -> tuple[ComputationOrder, list[Problem]]:
    """Sort `steps`. `paths` gives each node's place in the document; `labels` names a path for a Problem (FORM_020)."""
    own: dict[str, list[int]] = {}
    for number, step in enumerate(steps):
        own.setdefault(step.path, []).append(number)
    before = [_hard(step, number, steps, own, paths) for number, step in enumerate(steps)]
    problems = [_cycle(circle, steps, labels) for circle in _circles(before) if _is_wrong(circle, before, steps)]
    ranks = [(paths.get(step.path, 0), step.kind.value) for step in steps]
    softer = [needed | _soft(step, own, steps) for step, needed in zip(steps, before, strict=True)]
    sequence = _sorted(softer, ranks)
    new_place = {old: new for new, old in enumerate(sequence)}
    ordered = tuple(steps[number] for number in sequence)
    at = {path: tuple(sorted(new_place[number] for number in numbers)) for path, numbers in own.items()}
    return ComputationOrder(ordered, _readers(ordered, paths), at), problems


def paths_read_by(step: Computation, paths: Mapping[str, int]) -> frozenset[str]:
    """The paths of existing nodes that a step reads, wildcards spelt out."""
    found: set[str] = set()
    for reading in step.formula.reads:
        if reading.includes_descendants:
            found.update(path for path in paths if path.startswith(f"{reading.path}/"))
        elif reading.path in paths:
            found.add(reading.path)
    return frozenset(found)


def _readers(steps: Sequence[Computation], paths: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    readers: dict[str, list[int]] = {}
    for number, step in enumerate(steps):
        for path in paths_read_by(step, paths):
            readers.setdefault(path, []).append(number)
    return {path: tuple(numbers) for path, numbers in readers.items()}


def _hard(
    step: Computation, number: int, steps: Sequence[Computation], own: Mapping[str, list[int]], paths: Mapping[str, int]
) -> set[int]:
    """The steps that must come before because their results are read. A reading of another instance of the same repeat
    (chosen by a predicate) does not count: instances are computed one after the other."""
    needed: set[int] = set()
    elsewhere = {reading.path for reading in step.formula.reads if reading.has_predicate}
    for path in paths_read_by(step, paths):
        for place in (path, *ancestor_paths(path)):
            for other in own.get(place, ()):
                kind = steps[other].kind
                if kind is ComputationKind.CALCULATE and place != path:
                    continue
                if (
                    kind is ComputationKind.RELEVANT
                    and place in (step.path, *ancestor_paths(step.path))
                    and place != path
                ):
                    continue
                if kind is ComputationKind.COUNT and step.path.startswith(f"{place}/"):
                    continue
                if path in elsewhere and _same_repeat(path, step.path):
                    continue
                needed.add(other)
    if (
        step.kind is not ComputationKind.CALCULATE
        and number in needed
        and steps[number].kind is ComputationKind.RELEVANT
    ):
        needed.discard(number)
    return needed


def _same_repeat(path: str, other: str) -> bool:
    return path.rpartition("/")[0] == other.rpartition("/")[0]


def _soft(step: Computation, own: Mapping[str, list[int]], steps: Sequence[Computation]) -> set[int]:
    """Steps that had better come first: the node's own relevance, that of the groups around it, and repeat counts."""
    found = {other for other in own.get(step.path, ()) if steps[other].kind.value < step.kind.value}
    for place in ancestor_paths(step.path):
        found.update(other for other in own.get(place, ()) if steps[other].kind is not ComputationKind.CALCULATE)
    return found


def _sorted(before: Sequence[set[int]], ranks: Sequence[tuple[int, int]]) -> list[int]:
    """Kahn's algorithm, in document order where there is a choice; a circle is broken at its first step."""
    waiting = [set(needed) for needed in before]
    after: dict[int, list[int]] = {}
    for number, needed in enumerate(waiting):
        for other in needed:
            after.setdefault(other, []).append(number)
    ready = [(ranks[number], number) for number, needed in enumerate(waiting) if not needed]
    heapq.heapify(ready)
    left = set(range(len(before)))
    result: list[int] = []
    while left:
        number = heapq.heappop(ready)[1] if ready else min(left, key=lambda one: (len(waiting[one]), ranks[one]))
        if number not in left:
            continue
        left.discard(number)
        result.append(number)
        for other in after.get(number, ()):
            waiting[other].discard(number)
            if not waiting[other] and other in left:
                heapq.heappush(ready, (ranks[other], other))
    return result


def _is_wrong(circle: list[int], before: Sequence[set[int]], steps: Sequence[Computation]) -> bool:
    """Mutual relevance is legal; a calculation that needs its own result is not, `.` alone apart."""
    if len(circle) > 1:
        return any(steps[number].kind is not ComputationKind.RELEVANT for number in circle)
    return circle[0] in before[circle[0]]


def _cycle(circle: list[int], steps: Sequence[Computation], labels: Callable[[str], str]) -> Problem:
    names = sorted({labels(steps[number].path) for number in circle})
    return Problem(
        "FORM_020",
        ", ".join(names),
        "the value depends on itself",
        "take one of these references out, or let one question be asked instead of calculated",
    )


def _circles(before: Sequence[set[int]]) -> list[list[int]]:
    """The circles of steps that need each other, single steps included."""
    return strongly_connected_components(range(len(before)), lambda number: sorted(before[number]))
