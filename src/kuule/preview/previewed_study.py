"""A study as its files are now, ready to be shown: an edition in memory that nobody froze and that no key belongs to.

What cannot be shown without is the settings and the form. Whatever else is broken, the study is shown without it, and
what is broken is said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kuule.booklet.booklet_source import BookletSource
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage, served_language
from kuule.core.limits import MAX_EDITION_ENVELOPE
from kuule.core.problems import KuuleError, Problem
from kuule.forms.inspection.unconditional_form import without_conditions
from kuule.forms.navigation.journey import Journey
from kuule.forms.xlsform.workbook import Workbook
from kuule.helplines.directory import built_in_directory
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE, shipped_catalogue
from kuule.languages.hyphenation.soft_hyphens import SoftHyphens
from kuule.languages.hyphenation.word_breaks import word_breaks
from kuule.languages.workflow.entries import Catalogue, untranslated_entry
from kuule.limitation.limit_rule import RuleBook
from kuule.preview.per_language import PerLanguage
from kuule.sealing.keys import MLKEM_LENGTH, PUBLIC_LENGTH, PublicKey
from kuule.study.edition.envelope_size import envelope_size
from kuule.study.edition.frozen_words import FrozenWords
from kuule.study.edition.study_edition import Edition, LanguageStatus
from kuule.study.folder.folder_languages import read_language
from kuule.study.folder.folder_reading import FolderReading, translatable_sources
from kuule.study.folder.followed_register import read_report_rules
from kuule.study.folder.study_folder import StudyFolder, complete_study_folder, read_study_folder
from kuule.study.freeze import frozen_interface_words, language_statuses, language_texts
from kuule.study.media.media_files import StudyMedia, read_folder_media
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.field_period_settings import SoftLaunchSettings

LEFT_ADDRESS = "/preview/left"
"""Where the way out of a page leads: the preview goes nowhere else."""
_BASE_POINT = 9


class UnshowableStudy(KuuleError):
    """The settings or the form of a study cannot be read, and there is nothing to show. `workbook` is the questionnaire
    as far as it could be read."""

    def __init__(self, *problems: Problem, workbook: Workbook | None = None) -> None:
        super().__init__(*problems)
        self.workbook = workbook or Workbook("")


@dataclass(frozen=True)
class PreviewedStudy:
    """One reading of a folder. `problems` are those of reading it. No slots: what is made of it is made once."""

    gathered: FolderReading
    folder: StudyFolder
    problems: tuple[Problem, ...]
    id: str

    @property
    def tags(self) -> tuple[str, ...]:
        """Its languages, the one that it was written in first."""
        source = self.folder.settings.source_language
        return (source, *(tag for tag in self.folder.settings.languages if tag != source))

    @cached_property
    def media(self) -> StudyMedia:
        """Its pictures and sounds."""
        return read_folder_media(self.gathered)

    @cached_property
    def edition(self) -> Edition:
        """As it would be frozen now, with drafts; open to everybody, as it will be once its first day has come."""
        folder, settings = self.folder, self.folder.settings
        begun = replace(settings.field_period, opens=None, soft_launch=SoftLaunchSettings())
        return Edition(
            id=self.id,
            study=replace(settings, field_period=begun),
            form=folder.form,
            key=_key_of_nobody(),
            envelope_size=_envelope_size(folder),
            statuses=PerLanguage(self.tags, self._status),
            translations=PerLanguage(self.tags, self._texts),
            support=folder.support.of_kinds(SERVICES_BY_AUDIENCE[settings.audience]),
            report="",
            rehearsal_weights={},
            media=frozenset(self.media.contents()),
            words=PerLanguage(self.tags, self._words),
            hyphens=PerLanguage(self.tags, self._hyphens),
            report_rules=_report_rules(folder),
        )

    @cached_property
    def served(self) -> ServedEdition:
        """The same as a collector serves it; the way out leads to a page of the preview."""
        return ServedEdition(self.edition, PerLanguage(self.tags, self._language))

    @cached_property
    def unconditional_journeys(self) -> PerLanguage[Journey]:
        """By language, a journey through the form on which every page and every question is shown."""
        form, longest = without_conditions(self.folder.form), self.folder.settings.answers.longest_text
        texts = self.served.languages
        return PerLanguage(self.tags, lambda tag: Journey(form, texts[tag].texts, longest_text=longest))

    def booklet_source(self, tag: str) -> BookletSource:
        """Its questionnaire, to be said in words."""
        return BookletSource(self.folder.settings, self.folder.form, self.edition.texts(tag), tag, "")

    def language_problems(self, tag: str) -> Sequence[Problem]:
        """What is wrong with the files of a language, so that its texts are shown in the language of the source."""
        return self._folders[tag].problems

    @cached_property
    def _folders(self) -> PerLanguage[_LanguageFolder]:
        return PerLanguage(self.tags, lambda tag: _language_folder(self, tag))

    def _language(self, tag: str) -> ServedLanguage:
        return replace(served_language(self.edition, tag), leave_to=LEFT_ADDRESS)

    def _status(self, tag: str) -> LanguageStatus:
        return language_statuses(self._folders[tag].folder)[tag]

    def _texts(self, tag: str) -> dict[str, str]:
        return language_texts(self._folders[tag].folder, tag) | self.media.media_names(tag)

    def _words(self, tag: str) -> FrozenWords:
        return frozen_interface_words(self._folders[tag].folder, tag)

    def _hyphens(self, tag: str) -> SoftHyphens:
        words = (word.text for word in self.edition.words[tag].words.values())
        return SoftHyphens.from_words(word_breaks([*self.edition.translations[tag].values(), *words], tag))


@dataclass(frozen=True, slots=True)
class _LanguageFolder:
    folder: StudyFolder
    problems: tuple[Problem, ...]


def read_previewed_study(path: Path, seed: str) -> PreviewedStudy:
    """The study in a folder as it is now. `seed` makes its id, which no edition has. Raises UnshowableStudy."""
    gathered = read_study_folder(path, languages=())
    if gathered.settings is None or gathered.form is None or gathered.xlsform is None:
        raise UnshowableStudy(*gathered.problems, workbook=gathered.xlsform.workbook if gathered.xlsform else None)
    whole = replace(gathered, support=gathered.support or built_in_directory())
    name = hashlib.sha256(f"preview {seed}".encode()).hexdigest()
    return PreviewedStudy(whole, complete_study_folder(whole), tuple(gathered.problems), name)


def _language_folder(study: PreviewedStudy, tag: str) -> _LanguageFolder:
    """The folder with one language, whose texts are the source's where its file cannot be read."""
    alone = read_language(study.gathered, tag)
    settings, form = study.folder.settings, study.folder.form
    if tag != settings.source_language and tag not in alone.catalogues:
        sources = translatable_sources(settings, form)
        alone.catalogues[tag] = Catalogue(tag, {one.key: untranslated_entry(one) for one in sources})
    if tag != SOURCE_LANGUAGE and tag not in alone.words:
        alone.words[tag] = shipped_catalogue(tag)
    return _LanguageFolder(complete_study_folder(alone), tuple(alone.problems))


def _envelope_size(folder: StudyFolder) -> int:
    try:
        return envelope_size(folder.form, folder.settings.answers.longest_text)
    except KuuleError:  # `check` says it
        return MAX_EDITION_ENVELOPE


def _report_rules(folder: StudyFolder) -> RuleBook | None:
    try:
        return read_report_rules(folder.path, folder.settings)
    except KuuleError:  # `check` says it
        return None


def _key_of_nobody() -> PublicKey:
    """An edition needs a key. This one is made of zeros, and what is sealed to it ends with the preview."""
    return PublicKey(
        bytes(MLKEM_LENGTH) + _BASE_POINT.to_bytes(PUBLIC_LENGTH - MLKEM_LENGTH, "little"), rehearsal=False
    )
