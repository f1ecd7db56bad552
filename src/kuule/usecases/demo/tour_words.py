"""The words of the tour by language: the catalogue `interface.pot` in English and a PO file for each language."""

from __future__ import annotations

from functools import lru_cache

from kuule.languages import catalogues
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.static_site.catalogue_words import CatalogueWords, read_catalogue_words
from kuule.web.accept_language import accepted_languages, with_varieties

TOUR_TEMPLATE = catalogues.TOUR / "interface.pot"
TOUR_PREFIX = "tour:"


@lru_cache(maxsize=64)
def tour_words(tag: str) -> CatalogueWords:
    """The words in the language `tag`, those that nobody has translated in English. Raises KeyError for a language that
    is not among `tour_languages`."""
    found = read_catalogue_words(TOUR_TEMPLATE, TOUR_TEMPLATE.parent / f"{tag}.po", tag, TOUR_PREFIX)
    if found is None:
        raise KeyError(tag)
    return found


@lru_cache(maxsize=1)
def tour_languages() -> tuple[str, ...]:
    """The languages that the tour speaks, English first."""
    return (SOURCE_LANGUAGE, *sorted(file.stem for file in TOUR_TEMPLATE.parent.glob("*.po")))


def language_asked_for(header: str) -> str:
    """The language that a browser asks for by its header Accept-Language, English where the tour has none of these."""
    return next(iter(accepted_languages(with_varieties(header), tour_languages())), SOURCE_LANGUAGE)
