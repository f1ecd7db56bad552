"""Texts as translators meet them, in every language they are in: those of a study, or the words of Kuule itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.languages.gettext.catalogue import Catalogue, SourceText, untranslated_entry
from kuule.languages.workflow.states import State, TextOrigin


@dataclass(frozen=True, slots=True)
class TextSet:
    """`folder` has the PO files, `name` is what a file for an agency calls the whole. `catalogues` has every language
    but the source; one whose file is not there yet is untranslated as a whole. `demanded` is the state from which on a
    language is more than a draft; `source_state` and `source_origin` are how far the source itself is."""

    folder: Path
    name: str
    source_language: str
    source_state: State
    source_origin: TextOrigin
    opening_state: State
    sources: tuple[SourceText, ...]
    catalogues: Mapping[str, Catalogue]

    def stored_part(self, catalogue: Catalogue) -> Catalogue:
        """What the file of a language has of its texts: all of them."""
        return catalogue

    @property
    def languages(self) -> tuple[str, ...]:
        """The source first."""
        return (self.source_language, *self.catalogues)


def untranslated_catalogue(tag: str, sources: tuple[SourceText, ...], header: str = "") -> Catalogue:
    """A language that has no file yet."""
    return Catalogue(tag, {source.key: untranslated_entry(source) for source in sources}, header=header)
