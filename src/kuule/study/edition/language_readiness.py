"""Which languages may open: the answer of `assess_language` for each language of a study folder or of an edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from kuule.core.problems import Problem, Severity
from kuule.helplines.directory import Directory
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE, shipped_catalogue, shipped_sources, source_state
from kuule.languages.workflow.entries import Catalogue, SourceText
from kuule.languages.workflow.states import State
from kuule.study.edition.readiness import (
    LanguageReadiness,
    TranslationGaps,
    assess_language,
    source_gaps,
    translation_gaps,
)
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.folder_reading import FolderReading, translatable_sources
from kuule.study.folder.interface_words import INTERFACE_WORDS_FOLDER
from kuule.study.folder.report_text import is_survey_key


def folder_readiness(
    gathered: FolderReading, problems: Iterable[Problem], today: date
) -> tuple[LanguageReadiness, ...]:
    """For each language of a study folder as it is now, the source first. `problems` are those of `check_folder`. Empty
    if the settings or the form could not be read."""
    settings, form = gathered.settings, gathered.form
    if settings is None or form is None:
        return ()
    refused = refused_keys_by_file(problems)
    sources = translatable_sources(settings, form, gathered.report)
    found = []
    for tag in settings.languages:
        files = (f"languages/{tag}.po", f"languages/{INTERFACE_WORDS_FOLDER}/{tag}.po")
        keys = frozenset(key for file in files for key in refused.get(file, ()))
        found.append(
            language_readiness(
                gathered, sources, tag, gathered.catalogues.get(tag), gathered.words.get(tag), keys, today
            )
        )
    return tuple(found)


def language_readiness(
    gathered: FolderReading,
    sources: Iterable[SourceText],
    tag: str,
    catalogue: Catalogue | None,
    words: Catalogue | None,
    refused: Collection[str],
    today: date,
) -> LanguageReadiness:
    """For one language of a study with settings: its texts and Kuule's own words as they are now. `refused` are the
    keys of both that a check refuses. Raises ValueError for a folder without settings."""
    settings = gathered.settings
    if settings is None:
        raise ValueError("a study without settings offers no language")
    demanded, source = settings.opening_state, settings.languages[settings.source_language]
    texts = sum(is_survey_key(one.key) for one in sources)
    if tag == source.tag:
        lacks = source_gaps(texts, source.state, demanded)
    elif catalogue is None:
        lacks = TranslationGaps(texts, untranslated=0 if demanded is State.UNTRANSLATED else texts)
    else:
        lacks = translation_gaps(catalogue.select(is_survey_key), demanded, refused)
    own = interface_word_gaps(tag, words, demanded, refused)
    return assess_language(settings, tag, lacks, own, gathered.support or Directory(()), today)


def edition_readiness(edition: Edition, today: date) -> tuple[LanguageReadiness, ...]:
    """For each language of an edition, the source first, from what was frozen and today's services. An edition of
    format 1 contains no words of Kuule; the installed ones count, since its pages show them."""
    study = edition.study
    answers = []
    for tag, status in edition.statuses.items():
        frozen = status.gaps
        texts = status.state if frozen is None else frozen.texts
        words = interface_word_gaps(tag, None, study.opening_state) if frozen is None else frozen.words
        answers.append(assess_language(study, tag, texts, words, edition.support, today))
    return tuple(answers)


def interface_word_gaps(
    tag: str, words: Catalogue | None, demanded: State, refused: Iterable[str] = ()
) -> TranslationGaps:
    """What is missing of Kuule's own words in a language: those of a study in `words`, otherwise the shipped ones."""
    if tag == SOURCE_LANGUAGE:
        return source_gaps(len(shipped_sources()), source_state()[0], demanded)
    return translation_gaps(words or shipped_catalogue(tag), demanded, refused)


def refused_keys_by_file(problems: Iterable[Problem]) -> dict[str, list[str]]:
    """The keys of texts that a check refuses, each once, by the file that they stand in."""
    found: dict[str, dict[str, None]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR and problem.key:
            found.setdefault(problem.file, {})[problem.key] = None
    return {file: [*keys] for file, keys in found.items()}
