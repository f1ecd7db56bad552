"""What becomes of each thing at the end, as a person says it: destroyed here or by people, kept, or not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kuule.core.problems import Problem
from kuule.destruction.ending_record import Destroyed, Way, check_words
from kuule.destruction.ending_steps import ALWAYS_DESTROYED, FIRST_STEPS, KEEPABLE, WITNESSED, WORDS, EndingStep
from kuule.destruction.file_destruction import DestructionError

_DESTROY, _KEEP, _NONE, _WITNESSED = "--destroy", "--keep", "--none", "--witnessed"


@dataclass(frozen=True, slots=True)
class Dispositions:
    """By step: the paths to destroy, who says that people destroyed something, why something stays, and of what there
    is nothing on this machine."""

    paths: Mapping[EndingStep, tuple[Path, ...]] = field(default_factory=dict)
    witnessed: Mapping[EndingStep, str] = field(default_factory=dict)
    kept: Mapping[EndingStep, str] = field(default_factory=dict)
    none: frozenset[EndingStep] = frozenset()

    def says(self, step: EndingStep) -> bool:
        """Whether it is said what becomes of it."""
        return any(step in said for said in (self.paths, self.witnessed, self.kept, self.none, ALWAYS_DESTROYED))

    def statements_about(self, step: EndingStep) -> tuple[Destroyed, ...]:
        """What people say they destroyed."""
        by = self.witnessed.get(step)
        return (Destroyed(f"{WORDS[step]}, and copies elsewhere", Way.STATED, by=by),) if by else ()


def read_dispositions(
    *,
    destroy: Iterable[str] = (),
    keep: Iterable[str] = (),
    none: Iterable[str] = (),
    witnessed: Iterable[str] = (),
) -> Dispositions:
    """The options as a person gives them: KIND=PATH, KIND=WHY, KIND, KIND=WHO. Raises DestructionError END_010 with all
    that is wrong."""
    problems: list[Problem] = []
    paths: dict[EndingStep, tuple[Path, ...]] = {}
    kept: dict[EndingStep, str] = {}
    seen: dict[EndingStep, str] = {}
    for step, value in _pairs(_DESTROY, destroy, problems):
        paths[step] = (*paths.get(step, ()), Path(value))
    for option, given, allowed, into in ((_KEEP, keep, KEEPABLE, kept), (_WITNESSED, witnessed, WITNESSED, seen)):
        for step, value in _pairs(option, given, problems):
            if step in allowed and not _wrong_words(value):
                into[step] = value.strip()
            else:
                cause = _wrong_words(value) or f"{WORDS[step]}: this cannot be said of it"
                problems.append(_problem(f"{option} {step}", cause, "docs/how-to/end.md has what can be said of each"))
    nothing = frozenset(found for name in none if (found := _step(_NONE, name, problems)) is not None)
    problems += _contradictions(paths, kept, seen, nothing)
    if problems:
        raise DestructionError(*problems)
    return Dispositions(paths, seen, kept, nothing)


def check_all_said(dispositions: Dispositions, steps: Iterable[EndingStep]) -> None:
    """Raise DestructionError END_010 with every step of which nothing is said."""
    silent = [step for step in steps if step not in FIRST_STEPS and not dispositions.says(step)]
    if silent:
        raise DestructionError(
            *(
                _problem(str(step), f"it is not said what becomes of {WORDS[step]}", _ways_to_say(step))
                for step in silent
            )
        )


def _ways_to_say(step: EndingStep) -> str:
    ways = [] if step is EndingStep.SHEETS else [f"{_DESTROY} {step}=PATH"]
    ways += [f"{_WITNESSED} {step}=WHO"] if step in WITNESSED else []
    ways += [f"{_KEEP} {step}=WHY"] if step in KEEPABLE else []
    return f"give {', '.join(ways)} or {_NONE} {step}"


def _contradictions(
    paths: Mapping[EndingStep, object],
    kept: Mapping[EndingStep, object],
    seen: Mapping[EndingStep, object],
    nothing: frozenset[EndingStep],
) -> list[Problem]:
    found = []
    for step in EndingStep:
        there = [step in said for said in (paths, seen)]
        if (step in nothing and (any(there) or step in kept)) or (step in kept and any(there)):
            cause = f"two things are said of {WORDS[step]} that cannot both be"
            found.append(_problem(str(step), cause, "say whether it is destroyed, kept, or not there"))
    if EndingStep.SHEETS in paths:
        cause = "paper cannot be destroyed by a program"
        found.append(_problem(f"{_DESTROY} {EndingStep.SHEETS}", cause, f"{_WITNESSED} {EndingStep.SHEETS}=WHO"))
    return found


def _pairs(option: str, given: Iterable[str], problems: list[Problem]) -> list[tuple[EndingStep, str]]:
    found = []
    for one in given:
        name, _, value = one.partition("=")
        known = _step(option, name, problems)
        if known is not None and not value.strip():
            problems.append(_problem(f"{option} {name}", "nothing stands after the =", f"write {option} {name}=…"))
        elif known is not None:
            found.append((known, value))
    return found


def _step(option: str, name: str, problems: list[Problem]) -> EndingStep | None:
    names = [str(step) for step in EndingStep if step not in FIRST_STEPS | ALWAYS_DESTROYED]
    if name in names:
        return EndingStep(name)
    problems.append(_problem(f"{option} {name}", "nothing is called so", f"one of {', '.join(names)}"))
    return None


def _wrong_words(words: str) -> str:
    try:
        check_words(words)
    except ValueError as error:
        return str(error)
    return ""


def _problem(place: str, cause: str, remedy: str) -> Problem:
    return Problem("END_010", place, cause, remedy)
