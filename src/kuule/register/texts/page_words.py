"""Kuule's own words on the pages of a register: the catalogue `interface.pot` and a PO file by language."""

from __future__ import annotations

from functools import lru_cache

from kuule.languages import catalogues
from kuule.static_site.catalogue_words import CatalogueWords, read_catalogue_words

CATALOGUE_FOLDER = catalogues.REGISTER
CATALOGUE_TEMPLATE = CATALOGUE_FOLDER / "interface.pot"
_PREFIX = "pages:"


@lru_cache(maxsize=64)
def page_words(tag: str) -> CatalogueWords | None:
    """The words in the language `tag`, or None where nobody has begun to translate them. English is the source."""
    return read_catalogue_words(CATALOGUE_TEMPLATE, CATALOGUE_FOLDER / f"{tag}.po", tag, _PREFIX)
