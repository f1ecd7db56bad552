"""Making the kits of a study's partners, or telling which of those that are there are no longer true."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, raise_errors
from kuule.kit.kit_building import KitPlan, build_contact_sheet, build_kit
from kuule.kit.kit_manifest import stale_files
from kuule.kit.kit_planning import KitOptions, plan_kits, read_kit_source
from kuule.kit.kit_problems import KitError
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.worker_processes import map_in_processes

CONTACT_SHEETS = "contact-sheets"
"""The folder of the sheets for reviewers, beside those of the partners."""
_ALONE = 4
"""Up to this many kits are made sooner than a second process could start."""


@dataclass(frozen=True, slots=True)
class MadeKit:
    """A kit that was written: its folder, its files, and whether it is a draft."""

    folder: Path
    files: tuple[Path, ...]
    draft: bool


def make_kits(
    study: Path, to: Path, options: KitOptions, *, today: date, progress: ProgressListener = SILENT
) -> tuple[MadeKit, ...]:
    """Write `to/<partner>/<language>` for each, every piece measured first, and a contact sheet of each language.

    Raises StudyError and KitError with all that is wrong; kits that fit are then written all the same.
    """
    plans = plan_kits(read_kit_source(study), options, today=today)
    first = {plan.content.tag: plan.name for plan in reversed(plans)}
    named = [first[plan.content.tag] == plan.name for plan in plans]
    build: Callable[..., Iterable[_Outcome]] = map if len(plans) <= _ALONE else map_in_processes
    made, problems = list[MadeKit](), list[Problem]()
    with progress.counter("kits", len(plans)) as step:
        for plan, outcome in zip(plans, build(partial(_build, to=to), plans, named), strict=True):
            step(1)
            problems += outcome.problems
            if not outcome.problems:
                made.append(MadeKit(to / plan.name, outcome.files, plan.content.draft))
    raise_errors(problems, KitError)
    return tuple(made)


def stale_kit_files(study: Path, to: Path, options: KitOptions, *, today: date) -> tuple[Path, ...]:
    """The files of kits in `to` that a change of a text, a link, a helpline, a logo or a drawing left behind.

    Raises as `make_kits` does, and KitError KIT_030 where a kit is missing.
    """
    plans = plan_kits(read_kit_source(study), options, today=today)
    return tuple(to / plan.name / name for plan in plans for name in stale_files(plan.items, to / plan.name))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one kit, as it comes back from another process."""

    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def _build(plan: KitPlan, with_sheet: bool, *, to: Path) -> _Outcome:
    """Build a kit and, `with_sheet`, the contact sheet of its language, which is there even if a text does not fit."""
    try:
        outcome = _Outcome(files=build_kit(plan, to / plan.name))
    except KuuleError as error:
        outcome = _Outcome(problems=error.problems)
    if with_sheet and plan.is_measured:
        build_contact_sheet(plan, to / CONTACT_SHEETS)
    return outcome
