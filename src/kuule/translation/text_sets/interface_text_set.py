"""Kuule's own words as translated by a study: `languages/kuule/`, on top of what is shipped
(`study.folder.interface_words`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, StudyError
from kuule.languages.gettext.catalogue_folder import finish_replacement
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE, shipped_sources, source_state
from kuule.languages.workflow.entries import Catalogue
from kuule.study.folder.interface_words import interface_words_folder, read_interface_words, study_changes
from kuule.study.settings.study_toml import read_settings
from kuule.translation.language_files import LOCK_PATIENCE
from kuule.translation.text_sets.text_set import TextSet


@dataclass(frozen=True, slots=True)
class InterfaceTextSet(TextSet):
    """Kuule's own words in a study. Its files keep only what the people of the study changed."""

    def stored_part(self, catalogue: Catalogue) -> Catalogue:
        return study_changes(catalogue)


def read_study_interface_words(path: Path) -> InterfaceTextSet:
    """Kuule's own words in the languages of a study. Raises StudyError if they cannot be read. An interrupted import is
    completed first."""
    folder = interface_words_folder(path)
    finish_replacement(folder, LOCK_PATIENCE)
    settings = read_settings(path)
    catalogues: dict[str, Catalogue] = {}
    problems: list[Problem] = []
    for tag in settings.languages:
        try:
            if tag != SOURCE_LANGUAGE:
                catalogues[tag] = read_interface_words(path, tag)
        except KuuleError as error:
            problems += error.problems
    if problems:
        raise StudyError(*problems)
    state, origin = source_state()
    return InterfaceTextSet(
        folder=folder,
        name=f"{settings.id}-kuule",
        source_language=SOURCE_LANGUAGE,
        source_state=state,
        source_origin=origin,
        opening_state=settings.opening_state,
        sources=shipped_sources(),
        catalogues=catalogues,
    )
