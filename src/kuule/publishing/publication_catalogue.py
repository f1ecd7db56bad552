"""Kuule's own words around what is published from a release: the catalogue `interface.pot` and a PO file by language.

Each kind of publication has the keys that begin with its own prefix, such as `site:`.
"""

from __future__ import annotations

from functools import lru_cache

from kuule.languages import catalogues
from kuule.languages.gettext.catalogue import read_pot
from kuule.languages.markup.fallback_text import in_english
from kuule.languages.workflow.states import State, TextOrigin
from kuule.static_site.catalogue_words import CatalogueWords, read_catalogue_words

PUBLICATION_TEMPLATE = catalogues.PUBLICATION / "interface.pot"


@lru_cache(maxsize=128)
def publication_words(tag: str, prefix: str) -> CatalogueWords:
    """The words in the language `tag` whose keys begin with `prefix`. A language that nobody has begun to translate has
    the English words, each marked as English."""
    file = catalogues.PUBLICATION / f"{tag}.po"
    found = read_catalogue_words(PUBLICATION_TEMPLATE, file, tag, prefix)
    if found is not None:
        return found
    english = (one for one in read_pot(PUBLICATION_TEMPLATE) if one.key.startswith(prefix))
    texts = {one.key: in_english(one.text) for one in english}
    return CatalogueWords(tag, texts, prefix, State.UNTRANSLATED, TextOrigin.PERSON)
