"""The workbench's own words by language: the catalogue `interface.pot` in English and a PO file for each language."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kuule.languages import catalogues
from kuule.languages.cldr.tags import find_language
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.languages.markup.fallback_text import ForeignText
from kuule.languages.workflow.states import State
from kuule.static_site.catalogue_words import CatalogueWords, read_catalogue_words

WORKBENCH_TEMPLATE = catalogues.WORKBENCH / "interface.pot"
WORDS_PREFIX = "workbench:"


@lru_cache(maxsize=64)
def workbench_words(tag: str) -> CatalogueWords:
    """The words in the language `tag`, those that nobody has translated in English. Raises KeyError for a language that
    is not among `workbench_languages`."""
    found = read_catalogue_words(WORKBENCH_TEMPLATE, WORKBENCH_TEMPLATE.parent / f"{tag}.po", tag, WORDS_PREFIX)
    if found is None:
        raise KeyError(tag)
    return _with_examples_apart(found) if find_language(tag).rtl else found


_EXAMPLE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
"""A day or a month as a form wants it typed. After Arabic letters its parts would be shown in the reverse order."""


def _with_examples_apart(words: CatalogueWords) -> CatalogueWords:
    own = {key: text for key, text in words.texts.items() if not isinstance(text, ForeignText)}
    apart = {key: _EXAMPLE.sub("\u2066\\g<0>\u2069", text) for key, text in own.items()}
    return replace(words, texts={**words.texts, **apart})


@lru_cache(maxsize=1)
def workbench_languages() -> tuple[str, ...]:
    """The languages that the workbench speaks, English first."""
    return (SOURCE_LANGUAGE, *sorted(file.stem for file in WORKBENCH_TEMPLATE.parent.glob("*.po")))


def is_unreviewed(words: CatalogueWords) -> bool:
    """Whether nobody has reviewed all of these words."""
    return not words.state.reaches(State.REVIEWED)
