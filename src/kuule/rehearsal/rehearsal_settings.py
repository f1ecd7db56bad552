"""What a study's author sets for its rehearsal: rehearsal.toml as frozen data. Nothing is random here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kuule.core.problems import Problem, StudyError

_PLACE = "rehearsal.toml"
_KNOWN = frozenset({"answers", "texts", "languages", "pass_over", "stop_early", "leave", "pause", "withdraw"})


@dataclass(frozen=True, slots=True)
class RehearsalSettings:
    """How likely each answer is. Everything that is not set is uniform.

    `answers` maps the name of an item to answer code → weight. `texts` maps a language tag to item → texts that a
    person may write ("" counts for every language). `languages` maps a tag to a weight. `pass_over` is the chance that
    a question is passed over; `stop_early` and `leave` are the chances, for each page, that a person sends from there
    or leaves without sending. `pause` is the chance, for each page, to pause there and come back by the code, and
    `withdraw` the chance that a response is withdrawn. Both cost the site a slow hash or a rewritten store, and are 0
    unless they are set.
    """

    answers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    languages: Mapping[str, float] = field(default_factory=dict)
    pass_over: float = 0.05
    stop_early: float = 0.004
    leave: float = 0.004
    pause: float = 0.0
    withdraw: float = 0.0

    def with_default_answers(self, answers: Mapping[str, Mapping[str, float]]) -> RehearsalSettings:
        """The same settings, with these answers to questions for which nothing is set."""
        return replace(self, answers={**answers, **self.answers})


def read_rehearsal_settings(content: Mapping[str, object]) -> RehearsalSettings:
    """Read the content of a rehearsal.toml. Raises StudyError naming everything that is wrong with it."""
    unknown = sorted(set(content) - _KNOWN)
    problems = [_problem(f"{key!r} is not known", f"use {', '.join(sorted(_KNOWN))}") for key in unknown]
    given: dict[str, object] = {}
    for key, read in (("answers", _answers), ("texts", _texts), ("languages", _shares)):
        if key in content:
            try:
                given[key] = read(content[key], f"[{key}]")
            except _Unread as unread:
                problems.append(_problem(str(unread), "see docs/tutorial/try-it.md for an example"))
    for key in ("pass_over", "stop_early", "leave", "pause", "withdraw"):
        if key in content:
            chance = content[key]
            if isinstance(chance, int | float) and 0 <= chance <= 1:
                given[key] = float(chance)
            else:
                problems.append(_problem(f"{key} is {chance!r}", "give a number from 0 to 1"))
    if problems:
        raise StudyError(*problems)
    return RehearsalSettings(**given)  # type: ignore[arg-type] # each value was read by the reader of its own field


class _Unread(ValueError):
    """A table of rehearsal.toml that cannot be read. The text says which."""


def _problem(cause: str, remedy: str) -> Problem:
    return Problem("DEMO_001", _PLACE, cause, remedy)


def _table(value: object, place: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _Unread(f"{place} is {value!r} and not a table")
    return value


def _shares(value: object, place: str) -> Mapping[str, float]:
    shares: dict[str, float] = {}
    for code, weight in _table(value, place).items():
        if isinstance(weight, bool) or not isinstance(weight, int | float) or weight < 0:
            raise _Unread(f"{place} gives {code!r} the weight {weight!r} and not a number from 0")
        shares[code] = float(weight)
    if shares and not any(shares.values()):
        raise _Unread(f"{place} gives every answer the weight 0")
    return shares


def _answers(value: object, place: str) -> Mapping[str, Mapping[str, float]]:
    return {item: _shares(codes, f"[answers.{item}]") for item, codes in _table(value, place).items()}


def _texts(value: object, place: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Items directly under [texts] count for every language; tables under it are languages."""
    languages: dict[str, dict[str, tuple[str, ...]]] = {"": {}}
    for key, content in _table(value, place).items():
        if isinstance(content, Mapping):
            languages[key] = {item: _lines(lines, f"[texts.{key}] {item}") for item, lines in content.items()}
        else:
            languages[""][key] = _lines(content, f"[texts] {key}")
    return languages


def _lines(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(line, str) for line in value):
        raise _Unread(f"{place} is {value!r} and not a list of texts")
    return tuple(value)
