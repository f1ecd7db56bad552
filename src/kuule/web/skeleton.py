"""Markup that is compiled once and filled many times: a skeleton has what is the same for everybody, and holes for the
rest.

A template is rendered once with the function `hole` in each place that belongs to one person. The text between the
holes is kept, so that a page is made by joining strings. What goes into a hole is HTML, which the caller has escaped.
"""

from __future__ import annotations

import re
import secrets
import sys
import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

_MARK = f"\x00{secrets.token_hex(8)}:"
"""The beginning of a hole in rendered text. No author can write it, because it is different in every process."""
_HOLE = re.compile(rf"{_MARK}([0-9]+);")
Hole = Callable[[str], Markup]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`pieces` are texts with an empty hole at every second position; `hole_positions` has the positions of each hole
    by its name."""

    pieces: tuple[str, ...]
    hole_positions: Mapping[str, tuple[int, ...]]

    @classmethod
    def from_template(cls, render: Callable[[Hole], str]) -> Skeleton:
        """The skeleton of what `render` returns when it is given the function for holes. One name may be used in
        several places."""
        names: list[str] = []

        def hole(name: str) -> Markup:
            names.append(name)
            return Markup(f"{_MARK}{len(names) - 1};")  # noqa: S704 - a mark of ours, replaced below

        pieces = _HOLE.split(render(hole))
        places: dict[str, tuple[int, ...]] = {}
        for place in range(1, len(pieces), 2):
            name = names[int(pieces[place])]
            places[name] = (*places.get(name, ()), place)
            pieces[place] = ""
        return cls(tuple(pieces), places)

    @classmethod
    def of_text(cls, text: str) -> Skeleton:
        """A skeleton without holes."""
        return cls((text,), {})

    def fill(self, fillings: Mapping[str, str]) -> Markup:
        """The markup with HTML in its holes. A hole for which there is none stays empty; HTML for which there is no
        hole is ignored."""
        pieces = list(self.pieces)
        for name, html in fillings.items():
            for place in self.hole_positions.get(name, ()):
                pieces[place] = html
        return Markup("".join(pieces))  # noqa: S704 - rendered by templates that escape; see the module

    @property
    def size(self) -> int:
        """About how many bytes of memory this takes."""
        return (
            sum(map(sys.getsizeof, self.pieces))
            + sum(map(sys.getsizeof, self.hole_positions))
            + sys.getsizeof(self.pieces)
        )


class SkeletonCache:
    """Skeletons by key, up to a number of bytes; the oldest are removed first. Threads may share a cache."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._kept: dict[Hashable, Skeleton] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Skeleton]) -> Skeleton:
        """The skeleton with this key; `make` makes it if it is not in the cache. Neither a key nor a skeleton may
        contain anything about a person."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def size(self) -> int:
        return self._bytes

    def keep(self, key: Hashable, made: Skeleton) -> None:
        """Keep a skeleton, unless there is one with this key, or it alone is too large."""
        with self._lock:
            if key in self._kept or made.size > self._most_bytes:
                return
            self._kept[key] = made
            self._bytes += made.size
            while self._bytes > self._most_bytes:
                self._bytes -= self._kept.pop(next(iter(self._kept))).size


class DaySkeletons:
    """Skeletons that hold for one day, up to a number of bytes. Those of another day are forgotten as soon as one is
    asked for: so nothing says on which days a page was seen. Threads may share them."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._kept = (date.min, SkeletonCache(most_bytes))

    def get(self, day: date, key: Hashable, make: Callable[[], Mapping[Hashable, Skeleton]]) -> Skeleton:
        """The skeleton with this key on this day. `make` makes it, and all that are to be there when it is: so that
        none of them tells which was asked for."""
        kept_day, skeletons = self._kept
        if kept_day != day:
            skeletons = SkeletonCache(self._most_bytes)
            self._kept = (day, skeletons)

        def make_all() -> Skeleton:
            made = make()
            for name, one in made.items():
                skeletons.keep(name, one)
            return made[key]

        return skeletons.get(key, make_all)

    def __len__(self) -> int:
        return len(self._kept[1])
