"""The study as its folder is now. Each file is read once and kept in memory until it changes.

There is no other copy: the files are authoritative, also when somebody edits them outside the desk.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from kuule.core.problems import KuuleError, Problem, Severity, StudyError
from kuule.forms.compile.form import Form
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import CATALOGUE_CHECKS, entry_problems
from kuule.languages.gettext.catalogue import read_po
from kuule.languages.gettext.catalogue_folder import finish_replacement
from kuule.languages.gettext.shipped_words import INTERFACE_PREFIX, SOURCE_LANGUAGE, is_own_word
from kuule.languages.terminology.glossary import Glossary
from kuule.languages.workflow.entries import Catalogue, Entry, SourceText, untranslated_entry
from kuule.study.folder.folder_reading import FolderReading, translatable_sources
from kuule.study.folder.interface_words import (
    INTERFACE_WORDS_FOLDER,
    changed_entries,
    interface_words_folder,
    read_interface_words,
)
from kuule.study.folder.partner_files import PARTNERS_FOLDER
from kuule.study.folder.study_folder import FORM_FILES, read_study_folder
from kuule.study.media.media_files import StudyMedia, read_folder_media
from kuule.study.settings.adaptations import adaptations_in_language
from kuule.study.settings.study_toml import Study
from kuule.translation.text_sets.study_text_set import MISSING_PO_FILE
from kuule.workbench.file_stamps import FileStamp, file_stamp
from kuule.workbench.translation_desk.text_locations import TextLocation, locate_texts

DESK_PATIENCE = 10.0
"""Seconds to wait for others who are writing at the same moment."""
_FILES = (*FORM_FILES, "study.toml", "glossary.csv", "support.csv", "report.md", "media")
_LANGUAGES = "languages"
Read = TypeVar("Read")


@dataclass(frozen=True)
class CurrentStudy:
    """Settings, questionnaire and source texts. `locations` has every text in the order of the survey. `stamp` changes
    whenever a file of the study does."""

    path: Path
    settings: Study
    form: Form
    gathered: FolderReading
    sources: tuple[SourceText, ...]
    locations: Mapping[str, TextLocation]
    media: StudyMedia
    stamp: FileStamp

    @property
    def folder(self) -> Path:
        """The folder of the PO files."""
        return self.path / _LANGUAGES

    def folder_of(self, key: str) -> Path:
        """The folder of the file that contains a text: Kuule's own words have one of their own."""
        return interface_words_folder(self.path) if is_own_word(key) else self.folder

    @property
    def glossary(self) -> Glossary:
        return self.gathered.glossary

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages of translation, in the order of the study. If the source language is not English, it is among
        them, for Kuule's own words."""
        source = self.settings.source_language
        return tuple(tag for tag in self.settings.languages if tag != source or tag != SOURCE_LANGUAGE)

    def source_of(self, key: str) -> str:
        """The language that a text is translated from."""
        return SOURCE_LANGUAGE if is_own_word(key) else self.settings.source_language

    def check_context(self, tag: str, key: str) -> CheckContext:
        """What the checks need to know about a language. The glossary and adaptations of a study apply only to its own
        texts."""
        if is_own_word(key):
            return CheckContext(tag)
        return CheckContext(tag, self.glossary, adaptations_in_language(self.settings.adaptations, tag))


@dataclass(frozen=True)
class CurrentLanguage:
    """One language as its files are now: the texts of the study, and Kuule's own words. `findings` are the results of
    the checks by text; of Kuule's own words only those changed by this study are checked. `counted` has what was
    counted in it, by whom it was counted for, and is forgotten with it as soon as a file of the study changes."""

    catalogue: Catalogue
    words: Catalogue
    findings: Mapping[str, tuple[Problem, ...]]
    counted: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All entries by key."""
        return {**self.catalogue.entries, **self.words.entries}

    def part(self, key: str) -> Catalogue:
        """The catalogue that contains this text."""
        return self.words if is_own_word(key) else self.catalogue


@dataclass
class _Shelf:
    """A cache of what was read last, with the stamp of the files it was read from. Whoever asks for what another thread
    is reading waits for it."""

    kept: dict[object, tuple[object, object]] = field(default_factory=dict)
    reading: dict[object, threading.Lock] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: object, stamp: object, make: Callable[[], Read]) -> Read:
        """What was read for this stamp. The stamp is taken before reading, so that a change in between is noticed the
        next time."""
        with self.lock:
            reading = self.reading.setdefault(key, threading.Lock())
        with reading:
            found = self.kept.get(key)
            if found is not None and found[0] == stamp:
                return found[1]  # type: ignore[return-value]  # made by the same `make`
            made = make()
            self.kept[key] = (stamp, made)
            return made


_SHELF = _Shelf()


def check_is_not_away(path: Path) -> None:
    """Raise StudyError STUDY_001 where the study's folder is not there, without the way to it and to what lies beside
    it: whoever reads that page knows neither."""
    if not path.is_dir():
        remedy = "load this page again once it is back; whoever runs this site can see where it is"
        raise StudyError(Problem("STUDY_001", "the study", "its folder is not there", remedy))


def read_current_study(path: Path) -> CurrentStudy:
    """Read the texts of a study. Raises StudyError if it cannot be read; translations do not matter here."""
    check_is_not_away(path)
    finish_replacement(path / _LANGUAGES, DESK_PATIENCE)
    finish_replacement(interface_words_folder(path), DESK_PATIENCE)
    stamp = file_stamp(path, _FILES)
    return _SHELF.get(("study", path), stamp, lambda: _read_study(path, stamp))


def read_current_language(study: CurrentStudy, tag: str) -> CurrentLanguage:
    """One language. Raises StudyError if its file cannot be read. A language without a file is untranslated."""
    stamp = (study.stamp, file_stamp(study.folder, (f"{tag}.po", f"{INTERFACE_WORDS_FOLDER}/{tag}.po")))
    return _SHELF.get(("language", study.path, tag), stamp, lambda: _read_language(study, tag))


def read_ahead(path: Path) -> threading.Thread:
    """Read the study and its languages in a thread, so that nobody waits seconds for the first page. What cannot be
    read is told to whoever asks for it."""

    def read() -> None:
        with suppress(KuuleError):
            study = read_current_study(path)
            for tag in study.tags:
                with suppress(StudyError):
                    read_current_language(study, tag)

    thread = threading.Thread(target=read, name="read ahead", daemon=True)
    thread.start()
    return thread


def catalogue_findings(study: CurrentStudy, catalogue: Catalogue, words: Catalogue) -> dict[str, tuple[Problem, ...]]:
    """The results of the checks for every text that has any. Of Kuule's own words, only those changed by this study are
    checked."""
    tag = catalogue.language
    known: dict[Entry, tuple[Problem, ...]] = _SHELF.get(("findings", study.path, tag), study.stamp, dict)
    fresh: dict[Entry, tuple[Problem, ...]] = {}
    own, kuules = (study.check_context(tag, key) for key in ("", INTERFACE_PREFIX))
    for entry in (*catalogue.entries.values(), *changed_entries(words).values()):
        if entry.text:
            found = known.get(entry)
            spoken = kuules if is_own_word(entry.key) else own
            fresh[entry] = tuple(entry_problems(entry, "", spoken, place=entry.key)) if found is None else found
    known.clear()
    known.update(fresh)
    findings = {entry.key: found for entry, found in fresh.items() if found}
    for problem in _compared(catalogue):
        findings[problem.key] = (*findings.get(problem.key, ()), problem)
    return findings


def text_findings(study: CurrentStudy, catalogue: Catalogue, key: str) -> tuple[Problem, ...]:
    """The results of the checks for one text. If two texts became the same, the checks name the later one, so this one
    is put last."""
    entry = catalogue.entries[key]
    last = {other: one for other, one in catalogue.entries.items() if other != key} | {key: entry}
    compared = (one for one in _compared(replace(catalogue, entries=last)) if one.key == key)
    return (
        *(entry_problems(entry, "", study.check_context(catalogue.language, key), place=key) if entry.text else ()),
        *compared,
    )


def _compared(catalogue: Catalogue) -> Iterator[Problem]:
    for check in CATALOGUE_CHECKS:
        for key, one in check.check(catalogue):
            yield Problem(check.CODE, key, one.cause, one.remedy, one.severity, key=key)


def _read_study(path: Path, stamp: FileStamp) -> CurrentStudy:
    gathered = read_study_folder(path)
    settings, form = gathered.settings, gathered.form
    wrong = [one for one in gathered.problems if one.severity is Severity.ERROR and not _of_others(one)]
    if wrong:
        raise StudyError(*wrong)
    if settings is None or form is None:
        raise ValueError("a folder without a problem is whole")
    sources = translatable_sources(settings, form, gathered.report)
    return CurrentStudy(
        path, settings, form, gathered, sources, locate_texts(form, sources), read_folder_media(gathered), stamp
    )


def _of_others(problem: Problem) -> bool:
    """A language that cannot be read keeps nobody from the others, and a partner nobody from the texts."""
    return problem.code == MISSING_PO_FILE or problem.file.startswith((_LANGUAGES, f"{PARTNERS_FOLDER}/"))


def _read_language(study: CurrentStudy, tag: str) -> CurrentLanguage:
    file = study.folder / f"{tag}.po"
    if tag == study.settings.source_language:
        catalogue = Catalogue(tag, {})
    elif file.is_file():
        catalogue = read_po(file, study.sources)
    else:
        catalogue = Catalogue(tag, {source.key: untranslated_entry(source) for source in study.sources})
    words = Catalogue(tag, {}) if tag == SOURCE_LANGUAGE else read_interface_words(study.path, tag)
    return CurrentLanguage(catalogue, words, catalogue_findings(study, catalogue, words))
