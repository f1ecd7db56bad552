"""Regular expressions that match a text in exponentially many ways: `(a+)+`, `(a|a)*`, `(a|b|ab)*`.

An engine that tries every way takes as long if the text does not match at the end. The pattern is turned into an
automaton whose states are its characters (Glushkov). It is such a pattern if and only if one state returns to itself on
the same text in two ways (exponential degree of ambiguity: Weber and Seidl 1991; Allauzen, Mohri and Rastogi 2008).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from kuule.forms.compile.strongly_connected import strongly_connected_components
from kuule.study.logic.character_sets import CodePointRanges, atom_ranges, have_overlap

MAX_STATES = 200
"""Characters of a pattern with its counted repetitions written out; longer ones are not judged."""
_COPIES = 12
_TOKEN = re.compile(
    r"(?P<atom>\\(?:[pPxu]\{[^}]*\}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[^bBAzZ])|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])"
    r"|(?P<nothing>\\[bBAzZ]|[\^$])"
    r"|(?P<open>\((?:\?(?:P?<\w+>|[:=!]|<[=!]|[a-zA-Z-]+:?))?)"
    r"|(?P<close>\))"
    r"|(?P<or>\|)"
    r"|(?P<times>[*+?][?+]?|\{\d+(?:,\d*)?\}\??)"
    r"|(?P<plain>.)",
    re.DOTALL,
)
_COUNTED = re.compile(r"\{(\d+)(?:(,)(\d*))?\}\??")
Vertex = TypeVar("Vertex", bound=Hashable)


class _TooLarge(Exception):
    """The pattern has too many states to be judged."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the automaton: its first and last states, and whether it matches the empty text."""

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    empty: bool = True


@dataclass(slots=True)
class _Automaton:
    sets: list[CodePointRanges] = field(default_factory=list)
    ways: Counter[tuple[int, int]] = field(default_factory=Counter)
    """From one state to another, in how many ways."""

    def atom(self, text: str) -> _Part:
        if len(self.sets) >= MAX_STATES:
            raise _TooLarge
        self.sets.append(atom_ranges(text))
        own = (len(self.sets) - 1,)
        return _Part(own, own, empty=False)

    def concatenation(self, one: _Part, other: _Part) -> _Part:
        self._connect(one.last, other.first)
        first = one.first + (other.first if one.empty else ())
        last = other.last + (one.last if other.empty else ())
        return _Part(first, last, one.empty and other.empty)

    def repetition(self, part: _Part) -> _Part:
        self._connect(part.last, part.first)
        return part

    def _connect(self, last: Iterable[int], first: tuple[int, ...]) -> None:
        self.ways.update((before, after) for before in last for after in first)


class _Reader:
    """A pattern to an automaton, by recursive descent."""

    def __init__(self, pattern: str) -> None:
        self._tokens = [(token.lastgroup or "", token[0]) for token in _TOKEN.finditer(pattern)]
        self._at = 0
        self.automaton = _Automaton()

    def alternatives(self) -> _Part:
        found = [self._sequence()]
        while self._kind() == "or":
            self._at += 1
            found.append(self._sequence())
        first = tuple(state for part in found for state in part.first)
        last = tuple(state for part in found for state in part.last)
        return _Part(first, last, any(part.empty for part in found))

    def _kind(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else "end"

    def _sequence(self) -> _Part:
        whole = _Part()
        while self._kind() not in ("or", "close", "end"):
            whole = self.automaton.concatenation(whole, self._repeated())
        return whole

    def _repeated(self) -> _Part:
        begin = self._at
        part = self._one()
        while self._kind() == "times":
            end, times = self._at, self._tokens[self._at][1]
            part = self._times(part, times, begin, end)
            self._at = end + 1
        return part

    def _times(self, part: _Part, times: str, begin: int, end: int) -> _Part:
        counted = _COUNTED.fullmatch(times)
        if counted is None:
            part = part if times[0] == "?" else self.automaton.repetition(part)
            return part if times[0] == "+" else _Part(part.first, part.last)
        least = int(counted[1])
        endless = bool(counted[2]) and not counted[3]
        most = max(least, 1) if endless else int(counted[3] or least)
        if most == 0:
            return _Part()
        parts = [part, *(self._copy(begin, end) for _ in range(min(most, _COPIES) - 1))]
        if endless:
            parts[-1] = self.automaton.repetition(parts[-1])
        whole = _Part()
        for number, one in enumerate(parts):
            whole = self.automaton.concatenation(whole, one if number < least else _Part(one.first, one.last))
        return whole

    def _copy(self, begin: int, end: int) -> _Part:
        """A second copy of what is between two tokens."""
        self._at = begin
        part = self._one()
        while self._at < end:
            part = self._times(part, self._tokens[self._at][1], begin, self._at)
            self._at += 1
        return part

    def _one(self) -> _Part:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "open":
            part = self.alternatives()
            self._at += self._kind() == "close"
            return part
        return self.automaton.atom(text) if kind in ("atom", "plain") else _Part()


def has_exponential_backtracking(pattern: str) -> bool:
    """Whether an engine that tries every way could take a time that grows exponentially with the text."""
    reader = _Reader(pattern)
    try:
        reader.alternatives()
    except (_TooLarge, RecursionError):
        return False
    return _has_two_ways_round(reader.automaton)


def _has_two_ways_round(automaton: _Automaton) -> bool:
    after: dict[int, list[int]] = {}
    for before, state in automaton.ways:
        after.setdefault(before, []).append(state)
    round_of = _circle_of(range(len(automaton.sets)), lambda state: after.get(state, ()))
    on_circle = {edge: ways for edge, ways in automaton.ways.items() if round_of[edge[0]] == round_of[edge[1]]}
    if any(ways > 1 for ways in on_circle.values()):
        return True
    inside: dict[int, list[int]] = {}
    for before, state in on_circle:
        inside.setdefault(before, []).append(state)
    return _has_a_pair(inside, automaton.sets)


def _has_a_pair(inside: Mapping[int, list[int]], sets: list[CodePointRanges]) -> bool:
    """Whether two different states lie on a cycle through one state taken twice."""

    def following(pair: tuple[int, int]) -> list[tuple[int, int]]:
        one, other = pair
        return [
            (a, b)
            for a in inside.get(one, ())
            for b in inside.get(other, ())
            if a == b or have_overlap(sets[a], sets[b])
        ]

    circle_of = _circle_of([(state, state) for state in inside], following)
    alike = {circle_of[state, state] for state in inside}
    return any(one != other and circle in alike for (one, other), circle in circle_of.items())


def _circle_of(starts: Iterable[Vertex], following: Callable[[Vertex], Iterable[Vertex]]) -> dict[Vertex, int]:
    """Each reachable state → the number of its strongly connected component."""
    return {
        state: number
        for number, circle in enumerate(strongly_connected_components(starts, following))
        for state in circle
    }
