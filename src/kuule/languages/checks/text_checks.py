"""All checks of texts, in the order in which they are reported, and the Problems that they yield for a catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from kuule.core.problems import Problem, Severity
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.contact_checks import contacts, invisible_characters, links
from kuule.languages.checks.finding import Finding
from kuule.languages.checks.markup_checks import (
    braces,
    edge_spaces,
    line_breaks,
    live_numbers,
    markdown_signs,
    placeholders,
)
from kuule.languages.checks.ordinary_texts import is_ordinary_source, is_ordinary_text
from kuule.languages.checks.wording_checks import (
    agreed_terms,
    bracketed_forms,
    end_punctuation,
    finding_length,
    forbidden_terms,
    same_answers,
    same_numbers,
    scripts,
    translation_length,
    untranslated_words,
)
from kuule.languages.workflow.entries import Catalogue, Entry, SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin


class TextCheck(Protocol):
    """A check that needs only a text and its source."""

    CODE: str

    @property
    def check(self) -> Callable[[Entry], Iterable[Finding]]: ...


class LanguageCheck(Protocol):
    """A check that depends on the language or on its glossary."""

    CODE: str

    @property
    def check(self) -> Callable[[Entry, CheckContext], Iterable[Finding]]: ...


class CatalogueCheck(Protocol):
    """A check that compares texts with each other; it yields the key of the one to change."""

    CODE: str

    @property
    def check(self) -> Callable[[Catalogue], Iterable[tuple[str, Finding]]]: ...


TEXT_CHECKS: tuple[TextCheck, ...] = (
    placeholders,
    live_numbers,
    links,
    contacts,
    invisible_characters,
    braces,
    translation_length,
    finding_length,
    line_breaks,
    markdown_signs,
    same_numbers,
    untranslated_words,
    edge_spaces,
    bracketed_forms,
)
LANGUAGE_CHECKS: tuple[LanguageCheck, ...] = (agreed_terms, forbidden_terms, end_punctuation, scripts)
ORDINARY_TEXT_CHECKS: tuple[TextCheck, ...] = (translation_length, finding_length, untranslated_words)
ORDINARY_LANGUAGE_CHECKS: tuple[LanguageCheck, ...] = (agreed_terms, forbidden_terms, end_punctuation)
"""Those of them that can find something where both texts are ordinary (`ordinary_texts`)."""
CATALOGUE_CHECKS: tuple[CatalogueCheck, ...] = (same_answers,)

ADAPTABLE_CODES = frozenset({same_numbers.CODE, untranslated_words.CODE, agreed_terms.CODE})
"""Checks that do not apply to a text adapted in study.toml. Links, contacts and placeholders are always checked."""

SAFETY_CHECKS: tuple[TextCheck, ...] = (
    live_numbers,
    links,
    contacts,
    invisible_characters,
    line_breaks,
    markdown_signs,
)
"""Checks that every text of a report has to pass, wherever it comes from: they make sure that nothing was added."""

UNTRANSLATED = "LANG_021"
STALE = "LANG_022"
UNKNOWN_KEY = "LANG_023"
_NAMED = 5


def catalogue_problems(
    catalogue: Catalogue,
    file: str,
    spoken: CheckContext | None = None,
    *,
    whose: Callable[[str], str] | None = None,
) -> Iterator[Problem]:
    """What the checks find in every translated text, and one warning each for what is missing, stale or left over.
    With `whose`, which says of a key whose text it is ("the survey's"), those that are missing are counted apart."""
    within = spoken or CheckContext(catalogue.language)
    for entry in catalogue.entries.values():
        if entry.text:
            yield from entry_problems(entry, file, within)
    for catalogue_check in CATALOGUE_CHECKS:
        for key, finding in catalogue_check.check(catalogue):
            yield replace(_problem(catalogue_check.CODE, file, key, finding), language=catalogue.language)
    yield from (replace(one, language=catalogue.language) for one in _summed_up(catalogue, file, whose))


def entry_problems(entry: Entry, file: str, spoken: CheckContext, *, place: str = "") -> Iterator[Problem]:
    """What is wrong with one text; only `catalogue_problems` compares it with others. A person is told the file as the
    place, unless another is given."""
    text_checks, language_checks = TEXT_CHECKS, LANGUAGE_CHECKS
    if is_ordinary_source(entry.source) and is_ordinary_text(entry.text, spoken.language):
        text_checks, language_checks = ORDINARY_TEXT_CHECKS, ORDINARY_LANGUAGE_CHECKS
    found = [(check.CODE, finding) for check in text_checks for finding in check.check(entry)]
    found += [(check.CODE, finding) for check in language_checks for finding in check.check(entry, spoken)]
    for code, finding in found:
        if code not in ADAPTABLE_CODES or entry.key not in spoken.adapted:
            yield replace(_problem(code, file, entry.key, finding, place=place), language=spoken.language)


def is_safe_translation(key: str, source: str, text: str) -> bool:
    """Whether a translation adds nothing to its source that could lead a reader astray or mislead them."""
    entry = with_translation(
        untranslated_entry(SourceText(key, source)), text, state=State.DRAFT_ONE, origin=TextOrigin.MACHINE
    )
    found = (finding for check in SAFETY_CHECKS for finding in check.check(entry))
    return all(finding.severity is not Severity.ERROR for finding in found)


def _problem(code: str, file: str, key: str, finding: Finding, *, place: str = "") -> Problem:
    where = f"{place or file}, {key}"
    return Problem(code, where, finding.cause, finding.remedy, finding.severity, file=file, key=key)


def _summed_up(catalogue: Catalogue, file: str, whose: Callable[[str], str] | None) -> Iterator[Problem]:
    missing = [entry.key for entry in catalogue.entries.values() if not entry.text]
    if missing:
        cause = f"{_shares(missing, catalogue.entries, whose)} have no translation yet ({_some(missing)})"
        yield _warning(UNTRANSLATED, file, cause, "translate them; until then they show in the source language")
    stale = [entry.key for entry in catalogue.entries.values() if entry.stale]
    if stale:
        cause = f"the source of {_counted(stale)} has changed since ({_some(stale)})"
        yield _warning(STALE, file, cause, "look at them again")
    left = [entry.key for entry in catalogue.obsolete if entry.text]
    if left:
        cause = f"{_counted(left)} {'is' if len(left) == 1 else 'are'} not in the study any more ({_some(left)})"
        yield _warning(UNKNOWN_KEY, file, cause, "they are kept as obsolete; take them out if they are not needed")


def _shares(missing: list[str], keys: Iterable[str], whose: Callable[[str], str] | None) -> str:
    """How many of how many: of all, or of what belongs to the survey and to the report apart."""
    if whose is None:
        return f"{len(missing)} of {len(list(keys))} texts"
    every, lacking = Counter(map(whose, keys)), Counter(map(whose, missing))
    first, *others = (f"{lacking[owner]} of {owner} {every[owner]}" for owner in every if lacking[owner])
    return " and ".join([f"{first} texts", *others])


def _warning(code: str, file: str, cause: str, remedy: str) -> Problem:
    return Problem(code, file, cause, remedy, Severity.WARNING, file=file)


def _counted(keys: list[str]) -> str:
    return "1 text" if len(keys) == 1 else f"{len(keys)} texts"


def _some(keys: list[str]) -> str:
    return ", ".join(keys[:_NAMED]) + (", …" if len(keys) > _NAMED else "")
