"""What is left out for an ordinary text would have found nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kuule.languages.checks import text_checks
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.finding import Finding
from kuule.languages.checks.ordinary_texts import is_ordinary_source, is_ordinary_text
from kuule.languages.gettext.plain_po import read_plain_po
from kuule.languages.workflow.entries import SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin

PIECES = (
    *("1", "٣", "½", "²", "{a}", "}", "(", "[x](https://a.org)", "www.a.org", "a.org", "@name", "a:b", "https://a.b"),
    *("*", "**", "_", "`", "#", "> ", "- ", "+ ", "1. ", "\n", "\n\n", "\u2028", " ", "  ", "\u00a0", "\u200b"),
    *("\u202e", "\u2066", "\u00ad", "\u0301", "Ⓐ", "ﬁ", "а", "a", "ж", "λ", "ا", "·", "。", ".", "..", ". ", " ."),
    *(".a", "/a", "(s)", " dot com", " punkt org ", "_dot_", " DOT ınfo", " piste net", "…", "%", "&amp;", "<b>"),
    *("\\", "|", "~", "=", "—"),
)


@cache
def written(tag: str) -> tuple[tuple[str, str], ...]:
    """Sources and translations that ship, short ones first."""
    file = read_plain_po((Path("studies/our-voice/languages") / f"{tag}.po").read_text("utf-8"))
    assert file is not None
    texts = {(one.source, one.text) for one in file.entries if one.text}
    return tuple(sorted(texts, key=lambda pair: (len(pair[1]), pair)))


def spoilt(tag: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    for pair in chance.sample(written(tag)[:400], 60):
        yield pair
        for piece in chance.sample(PIECES, 6):
            texts = [*pair]
            which = chance.randrange(2)
            at = chance.choice((0, len(texts[which]), chance.randrange(len(texts[which]) + 1)))
            texts[which] = texts[which][:at] + piece + texts[which][at:]
            yield texts[0], texts[1]


def skipped_findings(source: str, text: str, spoken: CheckContext) -> list[Finding]:
    entry = untranslated_entry(SourceText("form:/data/a:label", source))
    entry = with_translation(entry, text, state=State.DRAFT_ONE, origin=TextOrigin.MACHINE)
    texts = [one for one in text_checks.TEXT_CHECKS if one not in text_checks.ORDINARY_TEXT_CHECKS]
    languages = [one for one in text_checks.LANGUAGE_CHECKS if one not in text_checks.ORDINARY_LANGUAGE_CHECKS]
    found = [finding for one in texts for finding in one.check(entry)]
    return found + [finding for one in languages for finding in one.check(entry, spoken)]


@pytest.mark.parametrize("tag", ["ar", "de", "el", "fi", "fr", "lv", "pl", "ru", "tr", "uk"])
def test_checks_that_are_left_out_find_nothing(tag: str) -> None:
    spoken = CheckContext(tag)
    chance = random.Random(tag)
    ordinary = found = 0
    for source, text in spoilt(tag, chance):
        findings = skipped_findings(source, text, spoken)
        if is_ordinary_source(source) and is_ordinary_text(text, tag):
            ordinary += 1
            assert findings == [], (source, text)
        found += bool(findings)
    assert ordinary > 20
    assert found > 20


def test_most_texts_that_ship_are_ordinary() -> None:
    texts = written("fi")
    ordinary = sum(is_ordinary_source(source) and is_ordinary_text(text, "fi") for source, text in texts)
    assert ordinary > len(texts) / 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Minä olin 9", "fi"),
        ("- ei", "fi"),
        (" ei", "fi"),
        ("ei ", "fi"),
        ("kirjoita example dot com", "fi"),
        ("kirjoita kuule.org", "fi"),
        ("кyllä", "fi"),
        ("Ναι", "fi"),
        ("Да", "und"),
        ("ei\nei", "fi"),
        ("", "fi"),
    ],
)
def test_text_with_anything_else_is_not_ordinary(text: str, language: str) -> None:
    assert not is_ordinary_text(text, language)


def test_time_grows_with_the_length_of_a_text() -> None:
    """Of a run of marks each could end the text: to try them all would take as many seconds as such a text has steps
    squared."""
    assert not is_ordinary_text("'" * 1_000_000 + "9", "fi")
    assert is_ordinary_text("ei. " * 300_000 + "ei.'", "fi")
