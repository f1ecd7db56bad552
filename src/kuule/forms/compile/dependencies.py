"""Puts computations in order: what an expression reads is computed before it. A cycle is a Problem."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from kuule.core.problems import Problem
from kuule.forms.compile.strongly_connected import strongly_connected_components
from kuule.forms.model.expressions import Formula


class ComputationKind(Enum):
    """What a computation gives. The values are its order if nothing else decides."""

    COUNT = 0
    RELEVANT = 1
    CALCULATE = 2


@dataclass(frozen=True, slots=True)
class Computation:
    """One expression of a recalculation. `keeps_value`: the value belongs to the visit, and is computed again only if
    something that the expression reads changes."""

    kind: ComputationKind
    path: str
    formula: Formula
    keeps_value: bool = False
    to_stored_form: Callable[[str], str] = str
    in_repeat: bool = False
    """Whether the path lies inside a repeat."""


@dataclass(frozen=True, slots=True)
class ComputationOrder:
    """The computations in the order in which they run. `readers` has, for each path, the indexes in `computations` of
    those that read it."""

    computations: tuple[Computation, ...]
    readers: Mapping[str, tuple[int, ...]]
    by_path: Mapping[str, tuple[int, ...]]
    """For each path, the indexes of its own computations."""


def ancestor_paths(path: str) -> Iterable[str]:
    """The paths of all ancestors, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def sort_computations(
    computations: Sequence[Computation], paths: Mapping[str, int], labels: Callable[[str], str]
) -> tuple[ComputationOrder, list[Problem]]:
    """Sort the computations. `paths` gives the position of each node in the document; `labels` gives the place of a
    path for a Problem (FORM_020)."""
    by_path: dict[str, list[int]] = {}
    for number, computation in enumerate(computations):
        by_path.setdefault(computation.path, []).append(number)
    before = [
        _required_before(computation, number, computations, by_path, paths)
        for number, computation in enumerate(computations)
    ]
    problems = [
        _cycle_problem(cycle, computations, labels)
        for cycle in _cycles(before)
        if _is_wrong(cycle, before, computations)
    ]
    ranks = [(paths.get(computation.path, 0), computation.kind.value) for computation in computations]
    softer = [
        needed | _preferred_before(computation, by_path, computations)
        for computation, needed in zip(computations, before, strict=True)
    ]
    sequence = _sorted(softer, ranks)
    new_place = {old: new for new, old in enumerate(sequence)}
    ordered = tuple(computations[number] for number in sequence)
    at = {path: tuple(sorted(new_place[number] for number in numbers)) for path, numbers in by_path.items()}
    return ComputationOrder(ordered, _readers(ordered, paths), at), problems


def paths_read_by(computation: Computation, paths: Mapping[str, int]) -> frozenset[str]:
    """The paths of the existing nodes that a computation reads, with wildcards expanded."""
    found: set[str] = set()
    for reading in computation.formula.reads:
        if reading.includes_descendants:
            found.update(path for path in paths if path.startswith(f"{reading.path}/"))
        elif reading.path in paths:
            found.add(reading.path)
    return frozenset(found)


def _readers(computations: Sequence[Computation], paths: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    readers: dict[str, list[int]] = {}
    for number, computation in enumerate(computations):
        for path in paths_read_by(computation, paths):
            readers.setdefault(path, []).append(number)
    return {path: tuple(numbers) for path, numbers in readers.items()}


def _required_before(
    computation: Computation,
    number: int,
    computations: Sequence[Computation],
    by_path: Mapping[str, list[int]],
    paths: Mapping[str, int],
) -> set[int]:
    """The computations that must come before this one because it reads their results. Reading another instance of the
    same repeat (by a predicate) does not count, because instances are computed one after another."""
    needed: set[int] = set()
    elsewhere = {reading.path for reading in computation.formula.reads if reading.has_predicate}
    for path in paths_read_by(computation, paths):
        for ancestor in (path, *ancestor_paths(path)):
            for other in by_path.get(ancestor, ()):
                kind = computations[other].kind
                if kind is ComputationKind.CALCULATE and ancestor != path:
                    continue
                if (
                    kind is ComputationKind.RELEVANT
                    and ancestor in (computation.path, *ancestor_paths(computation.path))
                    and ancestor != path
                ):
                    continue
                if kind is ComputationKind.COUNT and computation.path.startswith(f"{ancestor}/"):
                    continue
                if path in elsewhere and _same_repeat(path, computation.path):
                    continue
                needed.add(other)
    if (
        computation.kind is not ComputationKind.CALCULATE
        and number in needed
        and computations[number].kind is ComputationKind.RELEVANT
    ):
        needed.discard(number)
    return needed


def _same_repeat(path: str, other: str) -> bool:
    return path.rpartition("/")[0] == other.rpartition("/")[0]


def _preferred_before(
    computation: Computation, by_path: Mapping[str, list[int]], computations: Sequence[Computation]
) -> set[int]:
    """Computations that should come first if possible: the node's own relevance, that of its ancestors, and repeat
    counts."""
    found = {
        other for other in by_path.get(computation.path, ()) if computations[other].kind.value < computation.kind.value
    }
    for ancestor in ancestor_paths(computation.path):
        found.update(
            other for other in by_path.get(ancestor, ()) if computations[other].kind is not ComputationKind.CALCULATE
        )
    return found


def _sorted(before: Sequence[set[int]], ranks: Sequence[tuple[int, int]]) -> list[int]:
    """Kahn's algorithm, in document order where there is a choice. A cycle is broken at its first computation."""
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


def _is_wrong(cycle: list[int], before: Sequence[set[int]], computations: Sequence[Computation]) -> bool:
    """Whether a cycle is an error. Conditions of relevance may read each other; a calculation may not need its own
    result, except by `.`."""
    if len(cycle) > 1:
        return any(computations[number].kind is not ComputationKind.RELEVANT for number in cycle)
    return cycle[0] in before[cycle[0]]


def _cycle_problem(cycle: list[int], computations: Sequence[Computation], labels: Callable[[str], str]) -> Problem:
    names = sorted({labels(computations[number].path) for number in cycle})
    return Problem(
        "FORM_020",
        ", ".join(names),
        "the value depends on itself",
        "take one of these references out, or let one question be asked instead of calculated",
    )


def _cycles(before: Sequence[set[int]]) -> list[list[int]]:
    """The computations that need each other, in one list per cycle. Single computations are included."""
    return strongly_connected_components(range(len(before)), lambda number: sorted(before[number]))
