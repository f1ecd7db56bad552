"""Words of a language that stand beside what points at a person: of kin, titles, what organisations and streets are
called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kuule.qualitative.identifiers.inflection import Inflection
from kuule.qualitative.identifiers.language_data import LANGUAGE_WORDS, list_language, read_rows
from kuule.qualitative.identifiers.word_folding import fold_word


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """All folded. `organisation`: "school". `compound`: what a name of one ends in where words are joined ("-schule"),
    and `generic` what such a word begins with that is no name. `link`: what may stand between ("of").
    `street`: "road", and `street_end`: "-straße". `saint`: what stands before the name of
    a church. For scripts without capitals, `stop`: what is no
    name after a title, and `name_part`: what a name begins with ("ibn"). `known`: names of
    organisations that everybody knows, by a stem of the first word, with the stems of each word behind it."""

    language: str
    inflection: Inflection
    kin: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    organisation: frozenset[str] = frozenset()
    compound: tuple[str, ...] = ()
    generic: frozenset[str] = frozenset()
    link: frozenset[str] = frozenset()
    street: frozenset[str] = frozenset()
    street_end: tuple[str, ...] = ()
    season: frozenset[str] = frozenset()
    saint: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    name_part: frozenset[str] = frozenset()
    known: Mapping[str, tuple[tuple[frozenset[str], ...], ...]] = field(default_factory=dict)

    def is_one_of(self, key: str, words: frozenset[str]) -> bool:
        """Whether a word is one of these, in any form."""
        return any(stem in words for stem in self.inflection.stems_of_word(key))


@lru_cache(maxsize=64)
def language_words(tag: str) -> LanguageWords:
    """The words of a language; none where nobody has listed any."""
    language = list_language(tag)
    rows = {kind: tuple(map(fold_word, words.split())) for kind, words in read_rows(LANGUAGE_WORDS, language)}
    inflection = Inflection.from_words(language, " ".join(rows.get("ending", ())), " ".join(rows.get("final", ())))

    def stems(kind: str) -> frozenset[str]:
        return frozenset(stem for word in rows.get(kind, ()) for stem in inflection.stems_of_name(word))

    return LanguageWords(
        language,
        inflection,
        kin=stems("kin"),
        title=frozenset(rows.get("title", ())),
        organisation=stems("organisation"),
        compound=tuple(sorted(stems("compound"))),
        generic=frozenset(rows.get("generic", ())),
        link=frozenset(rows.get("link", ())),
        street=frozenset(rows.get("street", ())),
        street_end=rows.get("street-end", ()),
        season=frozenset(rows.get("season", ())),
        saint=frozenset(rows.get("saint", ())),
        stop=frozenset(rows.get("stop", ())),
        name_part=frozenset(rows.get("name-part", ())),
        known=_known(rows.get("known", ()), inflection),
    )


def _known(names: Iterable[str], inflection: Inflection) -> Mapping[str, tuple[tuple[frozenset[str], ...], ...]]:
    """Names whose words are joined by "_"; the longest of each first word first."""
    found: dict[str, list[tuple[frozenset[str], ...]]] = {}
    for name in names:
        first, *further = (inflection.stems_of_name(part) for part in name.split("_"))
        for stem in first:
            found.setdefault(stem, []).append(tuple(further))
    return {stem: tuple(sorted(ends, key=len, reverse=True)) for stem, ends in found.items()}
