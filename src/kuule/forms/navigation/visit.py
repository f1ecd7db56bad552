"""A visit: one person's way through a form so far. It travels in the token and is stored nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kuule.core.problems import KuuleError, Problem


class Move(StrEnum):
    """What a person asked for by the button they pressed."""

    NEXT = "next"
    BACK = "back"
    PASS = "pass"  # noqa: S105 - a move, no password
    """Go on without answering this page; what was typed on it is dropped."""
    FINISH = "finish"
    """Go to the end from here. The pages in between count as not reached."""
    STAY = "stay"
    """Keep what was typed without checking it, and show the page again. Help and other pages that lead back here do
    this."""
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit so far. It never changes: each step makes a new one.

    `answers` maps instance paths (`/data/about/age`, `/data/child[2]/age`) to stored forms, also for questions that are
    not relevant now. `typed` keeps the raw text of answers that did not fit. `seen` has the keys of the pages that were
    posted, and `page` the key of the page to show ("" at the end). `fixed` keeps values that must not change during a
    visit (`once`, `random`, `uuid`, `now`). `seed` is for `randomize`.
    """

    page: str
    seed: int
    answers: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many instances each repeat has, by its instance path."""
    fixed: Mapping[str, str] = field(default_factory=dict)

    def to_data(self) -> dict[str, object]:
        """The visit as compact data for JSON. Empty parts are left out."""
        data: dict[str, object] = {"p": self.page, "s": self.seed}
        parts = {"a": self.answers, "t": self.typed, "c": self.counts, "f": self.fixed}
        data |= {key: dict(part) for key, part in parts.items() if part}
        return data | ({"n": sorted(self.seen)} if self.seen else {})

    @classmethod
    def from_data(cls, data: object) -> Visit:
        """The visit that `to_data` wrote. Raises VisitError (FORM_061) for any other data."""
        if not isinstance(data, dict) or not {"p", "s"} <= set(data) <= _KEYS:
            raise _unreadable("it has other parts than a visit")
        page, seed, seen = data["p"], data["s"], data.get("n", [])
        if not isinstance(page, str) or type(seed) is not int or not isinstance(seen, list):
            raise _unreadable("its page, seed or seen pages are of another type")
        if not set(map(type, seen)) <= _TEXT:
            raise _unreadable("a seen page has no name")
        return cls(
            page=page,
            seed=seed,
            answers=_texts(data.get("a", {})),
            typed=_texts(data.get("t", {})),
            seen=frozenset(seen),
            counts=_numbers(data.get("c", {})),
            fixed=_texts(data.get("f", {})),
        )


class VisitError(KuuleError):
    """The data are not a visit."""


_KEYS = frozenset("psatcfn")
_TEXT = {str}


def _unreadable(cause: str) -> VisitError:
    remedy = "begin the survey anew; what was typed last is not lost"
    return VisitError(Problem("FORM_061", "a visit", cause, remedy))


def _texts(part: object) -> dict[str, str]:
    if not isinstance(part, dict) or not {*map(type, part), *map(type, part.values())} <= _TEXT:
        raise _unreadable("a part of it is no mapping of texts")
    return dict(part)


def _numbers(part: object) -> dict[str, int]:
    if not isinstance(part, dict) or not all(
        isinstance(key, str) and type(one) is int and one >= 0 for key, one in part.items()
    ):
        raise _unreadable("its counts are no numbers")
    return dict(part)
