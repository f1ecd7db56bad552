"""The words of "Until when can I report?" in a language, and what follows from rules as sentences.

The page is there in a language only if all of its words are: half a page about law in a language that somebody does not
read would be worse than none, and no language waits for it (decision 0074).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kuule.languages import catalogues
from kuule.languages.cldr.numbers import localise_digits
from kuule.languages.gettext.catalogue import read_pot, template_state
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.languages.gettext.spoken_texts import catalogue_in, spoken_texts
from kuule.languages.workflow.entries import SourceText
from kuule.languages.workflow.states import State, TextOrigin
from kuule.limitation.country_deadlines import CountryDeadlines, NotKnown, Overview, RuleDeadline
from kuule.limitation.limit_rule import RuleSource
from kuule.limitation.rule_endings import EndingKind, RuleEnding

WORDS_TEMPLATE = catalogues.REPORTING / "interface.pot"
WORDS_PREFIX = "reporting:"


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    """The words in one language. `state` and `origin` are those of the text that has come least far."""

    tag: str
    texts: Mapping[str, str]
    state: State
    origin: TextOrigin

    def say(self, name: str, /, **values: object) -> str:
        """A text with its placeholders filled in. Raises KeyError for an unknown name."""
        return self.texts[name].format(**values) if values else self.texts[name]

    def year(self, year: int) -> str:
        """A year in the digits of the language."""
        return localise_digits(str(year), self.tag)


@lru_cache(maxsize=128)
def deadline_words(tag: str) -> DeadlineWords | None:
    """The words in a language, or None where any of them is missing, or was made for another English text."""
    sources, source = _english(WORDS_TEMPLATE)
    catalogue = catalogue_in(WORDS_TEMPLATE.parent, tag, sources)
    spoken = spoken_texts(tag, sources, catalogue, missing=None, source=source)
    if spoken is None:
        return None
    texts = {key.removeprefix(WORDS_PREFIX): text for key, text in spoken.texts.items()}
    return DeadlineWords(tag, texts, spoken.state, spoken.origin)


@cache
def _english(template: Path) -> tuple[tuple[SourceText, ...], tuple[State, TextOrigin]]:
    """The words of the source language, and how far they are."""
    return read_pot(template), template_state(template)


def english_words() -> DeadlineWords:
    """The words of the source language, which are always there."""
    found = deadline_words(SOURCE_LANGUAGE)
    if found is None:
        raise FileNotFoundError("interface.pot is part of the package")
    return found


def ending_in_words(ending: RuleEnding, words: DeadlineWords) -> str:
    """Until when one rule lets people report."""
    name = _ENDINGS[ending.kind]
    years = {"earliest": ending.earliest, "latest": ending.latest}
    if ending.kind in (EndingKind.NO_LIMIT, EndingKind.UNKNOWN):
        return words.say(name)
    if ending.kind is EndingKind.SOME_WITHOUT:
        name = "end_some" if ending.earliest is not None else "end_some_unknown"
    elif ending.earliest is not None and ending.earliest == ending.latest:
        return words.say(f"{name}_year", year=words.year(ending.earliest))
    else:
        name += _WHICH[ending.earliest is not None, ending.latest is not None]
    return words.say(name, **{key: words.year(year) for key, year in years.items() if year is not None})


_ENDINGS = {
    EndingKind.NO_LIMIT: "end_no_limit",
    EndingKind.YEARS: "end",
    EndingKind.COURT: "end_court",
    EndingKind.SOME_WITHOUT: "end_some",
    EndingKind.UNKNOWN: "end_unknown",
}
_WHICH = {(True, True): "_years", (True, False): "_from", (False, True): "_by", (False, False): ""}


def together_in_words(overview: Overview, words: DeadlineWords) -> tuple[str, ...]:
    """All rules of today together, as sentences. The earliest year is said before the latest."""
    return tuple(_together(overview, words))


def _together(overview: Overview, words: DeadlineWords) -> Iterator[str]:
    early, late = overview.earliest, overview.latest
    court = "" if overview.until_court is None else words.year(overview.until_court.earliest)
    if early is None:
        if overview.unknown or (overview.court and overview.no_limit and not court):
            yield words.say("together_unknown")
        elif overview.court:
            yield words.say("together_court_from", year=court) if court else words.say("together_court")
            if overview.no_limit:
                yield words.say("some_no_limit")
            return
        else:
            yield words.say("together_none")
            return
    elif late is None or (overview.unknown and late == early):
        yield words.say("together_from", earliest=words.year(early))
    elif late == early:
        yield words.say("together_year", year=words.year(early))
    else:
        yield words.say("together_years", earliest=words.year(early), latest=words.year(late))
    if overview.no_limit:
        yield words.say("some_no_limit")
    if overview.court:
        yield words.say("some_court_from", year=court) if court else words.say("some_court")
    if overview.unknown and early is not None:
        yield words.say("some_unknown")


def not_known_in_words(
    deadlines: CountryDeadlines, words: DeadlineWords, *, country: str, majority: int
) -> tuple[str, ...]:
    """What the register does not know, in the order in which it matters. `country` is its name."""
    filled: Mapping[NotKnown, Mapping[str, object]] = {
        NotKnown.NOTHING_READ: {"country": country},
        NotKnown.ADULT: {"age": localise_digits(str(majority), words.tag)},
    }
    return tuple(words.say(one, **filled.get(one, {})) for one in deadlines.not_known)


@dataclass(frozen=True, slots=True)
class SourceInWords:
    """Who says it. `title` is in the language of the source, which has a direction of its own; it may be empty, and
    stands between the words around it."""

    before: str
    title: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.title}{self.after}"


def source_in_words(source: RuleSource, words: DeadlineWords) -> SourceInWords:
    """Who says it. "The law says" is said of a statute and of nothing else."""
    title = ", ".join(part for part in (source.title, source.article) if part)
    if source.is_law:
        return _around(title or source.address, words, "law_says")
    kind = words.say(f"kind_of_source_{source.kind.replace('-', '_')}")
    if not title:
        return SourceInWords(words.say("source_says_only", kind=kind), "", "")
    return _around(title, words, "source_says", kind=kind)


def _around(title: str, words: DeadlineWords, name: str, **values: str) -> SourceInWords:
    before, after = words.say(name, source=_HERE, **values).split(_HERE)
    return SourceInWords(before, title, after)


_HERE = "\0"


def remarks_in_words(one: RuleDeadline, words: DeadlineWords) -> tuple[str, ...]:
    """What has to be said of one rule beside its years."""
    said = []
    if f"outlook_{one.outlook}" in words.texts:
        said.append(words.say(f"outlook_{one.outlook}"))
    if one.applies == "maybe":
        said.append(words.say("maybe"))
    if one.came_later:
        said.append(words.say("came_later"))
    return tuple(said)
