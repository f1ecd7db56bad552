"""Which kits a study's partners can have: each is planned from the study's folder, with all that is wrong at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, StudyError, raise_errors
from kuule.forms.inspection.answering_time import minutes_by_choice
from kuule.kit.help_line import find_help_line
from kuule.kit.kit_building import KitPlan, plan_kit
from kuule.kit.kit_content import kit_content
from kuule.kit.kit_partners import KitPartner, choose_partners
from kuule.kit.kit_problems import KitError
from kuule.kit.kit_settings import KitSettings, read_kit_settings
from kuule.kit.kit_words import english_kit_words, kit_words
from kuule.study.folder.partner_files import StudyPartner, read_study_partners
from kuule.study.folder.study_folder import StudyFolder, complete_study_folder, read_study_folder


@dataclass(frozen=True, slots=True)
class KitOptions:
    """For which partners (all, if none) and in which languages (each partner's own). `drafts` allows texts that nobody
    has reviewed, and helplines that nobody has checked; each piece says so. `switched_off` are the links that are off
    at the workbench: nobody prints them any more."""

    partners: Sequence[str] = ()
    languages: Sequence[str] = ()
    drafts: bool = False
    switched_off: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class KitSource:
    """What is in a study's folder for kits, read once for all of them."""

    folder: StudyFolder
    settings: KitSettings
    partners: Mapping[str, StudyPartner]
    minutes: int


def read_kit_source(study: Path) -> KitSource:
    """Raises StudyError and KitError with what keeps every kit from being made."""
    gathered = read_study_folder(study)
    raise_errors(gathered.problems, StudyError)
    folder = complete_study_folder(gathered)
    settings = read_kit_settings(study, english_kit_words())
    return KitSource(folder, settings, read_study_partners(study), _shortest_minutes(folder))


def plan_kits(source: KitSource, options: KitOptions, *, today: date) -> tuple[KitPlan, ...]:
    """Every kit that is asked for. Raises KitError with all that is wrong with any of them."""
    partners = choose_partners(
        source.folder.path,
        source.folder.settings,
        source.partners,
        wanted=options.partners,
        languages=options.languages,
        switched_off=options.switched_off,
    )
    plans, problems = list[KitPlan](), list[Problem]()
    for partner in partners:
        for tag in partner.languages:
            try:
                plans.append(_plan(source, partner, tag, options, today))
            except KuuleError as error:
                problems += [one for one in error.problems if one not in problems]
    raise_errors(problems, KitError)
    return tuple(plans)


def _plan(source: KitSource, partner: KitPartner, tag: str, options: KitOptions, today: date) -> KitPlan:
    study, settings = source.folder, source.settings
    directory = replace(study.support, months=study.settings.help.checked_within_months)
    audience = study.settings.audience
    line = find_help_line(directory, partner, audience=audience, drafts=options.drafts, today=today)
    words = kit_words(study.path, tag, source_language=study.settings.source_language, own=settings.words)
    content = kit_content(study, settings, partner, words, line, minutes=source.minutes, drafts=options.drafts)
    return plan_kit(content)


def _shortest_minutes(study: StudyFolder) -> int:
    given = {gate.question: gate.answer for gate in study.settings.gates.values()}
    return min(minutes_by_choice(study.form, ways=study.settings.answers.routing, given=given))
