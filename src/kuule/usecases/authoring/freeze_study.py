"""Freezing a study into an edition: form, languages, rules and key as they are now, under one hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import PublishingError, raise_errors
from kuule.study.edition.language_readiness import edition_readiness
from kuule.study.edition.readiness import LanguageReadiness
from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze
from kuule.usecases.authoring.study_problems import report_text_problems
from kuule.usecases.input_files import read_public_key


@dataclass(frozen=True, slots=True)
class FrozenEdition:
    """The edition, the fingerprint of the key that answers are sealed to, and the readiness of each language."""

    edition: Edition
    fingerprint: str
    languages: tuple[LanguageReadiness, ...]


def freeze_edition(study: Path, key: Path, to: Path, *, drafts: bool, today: date) -> FrozenEdition:
    """Freeze a study into the folder `to`. With `drafts`, this includes languages that are not reviewed.

    Raises KeyMaterialError (the public key file), PublishingError (the report's text), and StudyError like `freeze`.
    """
    public = read_public_key(key)
    raise_errors(report_text_problems(study), PublishingError)
    edition = freeze(study, public, to, drafts=drafts, today=today)
    return FrozenEdition(edition, public.fingerprint, edition_readiness(edition, today))
