"""Making the kits of a study's partners, or telling which of those that are there are no longer true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, StudyError, raise_errors
from kuule.forms.inspection.answering_time import minutes_by_choice
from kuule.kit.help_line import find_help_line
from kuule.kit.kit_building import KitPlan, build_contact_sheet, build_kit, plan_kit
from kuule.kit.kit_content import kit_content
from kuule.kit.kit_manifest import stale_files
from kuule.kit.kit_partners import KitPartner, choose_partners
from kuule.kit.kit_problems import KitError
from kuule.kit.kit_settings import KitSettings, read_kit_settings
from kuule.kit.kit_words import english_kit_words, kit_words
from kuule.study.folder.partner_files import read_study_partners
from kuule.study.folder.study_folder import StudyFolder, complete_study_folder, read_study_folder
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.worker_processes import map_in_processes

CONTACT_SHEETS = "contact-sheets"
"""The folder of the sheets for reviewers, beside those of the partners."""
_ALONE = 4
"""Up to this many kits are made sooner than a second process could start."""


@dataclass(frozen=True, slots=True)
class KitOptions:
    """For which partners (all, if none) and in which languages (each partner's own). `drafts` allows texts that nobody
    has reviewed, and helplines that nobody has checked; each piece says so."""

    partners: Sequence[str] = ()
    languages: Sequence[str] = ()
    drafts: bool = False


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
    plans = plan_kits(study, options, today=today)
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
    plans = plan_kits(study, options, today=today)
    return tuple(to / plan.name / name for plan in plans for name in stale_files(plan.items, to / plan.name))


def plan_kits(study: Path, options: KitOptions, *, today: date) -> tuple[KitPlan, ...]:
    """Every kit that is asked for, with all that is wrong with any of them at once."""
    gathered = read_study_folder(study)
    raise_errors(gathered.problems, StudyError)
    folder = complete_study_folder(gathered)
    settings = read_kit_settings(study, english_kit_words())
    partners = choose_partners(
        study,
        folder.settings,
        read_study_partners(study),
        wanted=options.partners,
        languages=options.languages,
    )
    minutes = _shortest_minutes(folder)
    plans, problems = list[KitPlan](), list[Problem]()
    for partner in partners:
        for tag in partner.languages:
            try:
                plans.append(_plan(folder, settings, partner, tag, minutes, options, today))
            except KuuleError as error:
                problems += [one for one in error.problems if one not in problems]
    raise_errors(problems, KitError)
    return tuple(plans)


def _plan(
    study: StudyFolder,
    settings: KitSettings,
    partner: KitPartner,
    tag: str,
    minutes: int,
    options: KitOptions,
    today: date,
) -> KitPlan:
    directory = replace(study.support, months=study.settings.help.checked_within_months)
    audience = study.settings.audience
    line = find_help_line(directory, partner, audience=audience, drafts=options.drafts, today=today)
    words = kit_words(study.path, tag, source_language=study.settings.source_language, own=settings.words)
    content = kit_content(study, settings, partner, words, line, minutes=minutes, drafts=options.drafts)
    return plan_kit(content)


def _shortest_minutes(study: StudyFolder) -> int:
    given = {gate.question: gate.answer for gate in study.settings.gates.values()}
    return min(minutes_by_choice(study.form, ways=study.settings.answers.routing, given=given))


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
