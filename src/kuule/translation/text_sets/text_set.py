"""Texts that are translated together, in every language: those of a study, or Kuule's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.languages.workflow.entries import Catalogue, SourceText, untranslated_entry
from kuule.languages.workflow.states import State, TextOrigin


@dataclass(frozen=True, slots=True)
class TextSet:
    """`folder` has the PO files; `name` is what a file for an agency calls the whole. `catalogues` has every language
    but the source; one without a file is untranslated. `opening_state` is the state from which a language is more than
    a draft. `source_state` and `source_origin` say how far the source itself is."""

    folder: Path
    name: str
    source_language: str
    source_state: State
    source_origin: TextOrigin
    opening_state: State
    sources: tuple[SourceText, ...]
    catalogues: Mapping[str, Catalogue]

    def stored_part(self, catalogue: Catalogue) -> Catalogue:
        """Which of its texts the file of a language keeps: all of them."""
        return catalogue

    @property
    def languages(self) -> tuple[str, ...]:
        """The source first."""
        return (self.source_language, *self.catalogues)


def untranslated_catalogue(tag: str, sources: tuple[SourceText, ...], header: str = "") -> Catalogue:
    """A language without a file."""
    return Catalogue(tag, {source.key: untranslated_entry(source) for source in sources}, header=header)
