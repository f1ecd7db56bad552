"""Which language a program means: by a tag, a name, or a code of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from kuule.languages.cldr.tags import find_language, is_language_tag
from kuule.languages.gettext.shipped_words import shipped_languages

_IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\)\s*$")
_OWN_CODES: Mapping[str, str] = {
    "de-informal": "de", "nl-informal": "nl", "it-informal": "it", "es-informal": "es", "de-easy": "de",
    "zh-Hans": "zh-Hans", "zh-Hant-TW": "zh-Hant", "zh-Hant-HK": "zh-Hant", "zh-S": "zh-Hans", "zh-T": "zh-Hant",
    "no": "nb", "es-ES": "es", "en-US": "en", "pt-PT": "pt-PT", "sr-BA": "sr", "iw": "he", "in": "id",
}  # fmt: skip
"""Codes of LimeSurvey and Qualtrics that are no tags of CLDR, or say more than a survey means."""


def language_meant(written: str) -> str:
    """The tag of CLDR, or "" if none is meant."""
    word = written.strip()
    match = _IN_BRACKETS.search(word)
    for said in filter(None, (match[1] if match else "", word)):
        tag = _written_tag(said)
        known = _OWN_CODES.get(tag, tag)
        if is_language_tag(known):
            return known
    return _by_name().get(_IN_BRACKETS.sub("", word).strip().casefold(), "")


def _written_tag(word: str) -> str:
    """A tag with the letters that BCP 47 writes: pt-BR, zh-Hans."""
    first, *others = re.split(r"[-_]", word)
    parts = [one.title() if len(one) == len("Latn") else one for one in others]
    parts = [
        one.upper() if len(one) < len("Latn") and (len(one) > 1 or one.upper() in {"S", "T"}) else one for one in parts
    ]
    return "-".join([first.lower(), *parts])


@cache
def _by_name() -> Mapping[str, str]:
    """Languages by their English names and, of those that Kuule has words in, by their own."""
    english = {name.casefold(): code.replace("_", "-") for code, name in Locale("en").languages.items()}
    named = {name: tag for name, tag in english.items() if is_language_tag(tag)}
    known = [find_language(tag) for tag in shipped_languages()]
    return named | {name.casefold(): one.tag for one in known for name in (one.english, one.autonym)}
