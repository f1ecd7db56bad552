"""Kuule's own words as a study has them: `languages/kuule/<tag>.po` on top of what is shipped (decision 0036).

The file of a study contains only what its people changed. A newer Kuule brings new words as it ships them and keeps the
changes; a changed word whose English text has changed becomes stale, like any other translation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kuule.core.regular_files import is_named_as_file
from kuule.languages.gettext.catalogue import read_po
from kuule.languages.gettext.shipped_words import shipped_catalogue, shipped_sources
from kuule.languages.workflow.entries import Catalogue, Entry
from kuule.languages.workflow.states import State, TextOrigin

INTERFACE_WORDS_FOLDER = "kuule"
"""The name of their folder, below `languages/`."""


def interface_words_folder(study: Path) -> Path:
    """The folder of the files of these words in a study."""
    return study / "languages" / INTERFACE_WORDS_FOLDER


def read_interface_words(study: Path, tag: str) -> Catalogue:
    """All of these words in a language. Raises StudyError like `read_po`."""
    file = interface_words_folder(study) / f"{tag}.po"
    return merge_with_shipped(read_po(file, shipped_sources())) if is_named_as_file(file) else shipped_catalogue(tag)


def merge_with_shipped(own: Catalogue) -> Catalogue:
    """The words that a person changed, and the shipped ones for all others."""
    base = shipped_catalogue(own.language)
    entries = {key: _one(own.entries[key], entry) for key, entry in base.entries.items()}
    return replace(own, entries=entries)


def study_changes(catalogue: Catalogue) -> Catalogue:
    """What a study's file keeps: each word that differs from the shipped one. So an upgrade never meets an old copy of
    its own words."""
    base = shipped_catalogue(catalogue.language).entries
    return catalogue.select(lambda key: base.get(key) != catalogue.entries[key])


def changed_entries(catalogue: Catalogue) -> Mapping[str, Entry]:
    """The words that the people of the study changed; these are the ones that its checks look at."""
    return study_changes(catalogue).entries


def _one(own: Entry, base: Entry) -> Entry:
    if not own.text or _is_untouched(own):
        return replace(base, note=own.note or base.note)
    return own


def _is_untouched(entry: Entry) -> bool:
    """Whether no person has worked on it: a machine makes only first drafts."""
    return entry.origin is TextOrigin.MACHINE and entry.state is State.DRAFT_ONE and not entry.drafts
