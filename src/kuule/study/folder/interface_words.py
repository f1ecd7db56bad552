"""Kuule's own words as a study has them: `languages/kuule/<tag>.po` over what is shipped (decision 0036).

A study's file has what its people did, and nothing else. A newer Kuule brings its new words as it ships them, and keeps
the study's; one whose English was changed is stale there, as every text whose source was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kuule.languages.gettext.catalogue import Catalogue, Entry, read_po
from kuule.languages.gettext.shipped_words import shipped_catalogue, shipped_sources
from kuule.languages.workflow.states import State, TextOrigin

INTERFACE_WORDS_FOLDER = "kuule"
"""Below `languages/`."""


def interface_words_folder(study: Path) -> Path:
    """Where the files of these words are in a study's folder."""
    return study / "languages" / INTERFACE_WORDS_FOLDER


def read_interface_words(study: Path, tag: str) -> Catalogue:
    """The words in a language, every key of them. Raises StudyError as `read_po` does."""
    file = interface_words_folder(study) / f"{tag}.po"
    return merge_with_shipped(read_po(file, shipped_sources())) if file.is_file() else shipped_catalogue(tag)


def merge_with_shipped(own: Catalogue) -> Catalogue:
    """A study's file over what is shipped: what a person did stands, and every other word is the shipped one."""
    base = shipped_catalogue(own.language)
    entries = {key: _one(own.entries[key], entry) for key, entry in base.entries.items()}
    return replace(own, entries=entries)


def study_changes(catalogue: Catalogue) -> Catalogue:
    """What a study's file keeps: each word that is not as it is shipped. So no upgrade meets an old copy of its own."""
    base = shipped_catalogue(catalogue.language).entries
    return catalogue.select(lambda key: base.get(key) != catalogue.entries[key])


def changed_entries(catalogue: Catalogue) -> Mapping[str, Entry]:
    """The words that the study's people changed: those that a check of the study looks at."""
    return study_changes(catalogue).entries


def _one(own: Entry, base: Entry) -> Entry:
    if not own.text or _is_untouched(own):
        return replace(base, note=own.note or base.note)
    return own


def _is_untouched(entry: Entry) -> bool:
    """Whether no person worked on it: a machine makes first drafts alone."""
    return entry.origin is TextOrigin.MACHINE and entry.state is State.DRAFT_ONE and not entry.drafts
