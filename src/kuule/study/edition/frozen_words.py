"""Kuule's own words in an edition, `words/<tag>.json`: each with the hash of the English text that it translates.

Pages say what was frozen, whichever version of Kuule is installed. Two kinds of words come from the installed version
all the same: words that the edition does not have, and words whose English has changed since and which make a promise
or have other placeholders. What the code does has to be described by the words written for it (decision 0036).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from typing import Any

from kuule.languages.gettext.shipped_words import shipped_sources, source_state, word_name
from kuule.languages.workflow.entries import Catalogue, SourceText, text_hash
from kuule.languages.workflow.states import State, TextOrigin

PROMISE_PREFIXES = (
    "before_sending", "break_text", "broken_", "browser_back", "busy_", "choice_", "closed_", "code_", "device_after",
    "draft_", "elsewhere_", "end_", "ended_", "field_finish",
    "field_unsent", "finish_note", "help_all_checked", "help_checked", "help_dialled",
    "help_duties", "help_intro", "help_quiet", "help_some_checked", "help_traces", "help_unchecked", "kept_here",
    "leave_empty", "leaving", "look_again", "lost_", "pause", "practice", "privacy_", "promise_", "reached_",
    "resume_", "review_", "sent_", "sound_note", "still_here", "stopped_text", "too_big_", "too_much_", "unpaused_",
    "unreadable_", "unsent_", "welcome_", "withdraw_", "young_",
)  # fmt: skip
"""Prefixes of the names of words that say what is kept, sent, deleted or seen, what a button does to it, and what a
person may do."""


@dataclass(frozen=True, slots=True)
class FrozenWord:
    """`source` is the hash of the English text that it translates."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class FrozenWords:
    """The words of one language. `state` and `origin` are those of the weakest of them at the freeze."""

    state: State
    origin: TextOrigin
    words: Mapping[str, FrozenWord] = field(default_factory=dict)
    """By name, without `interface:`. Untranslated words are left out."""


def freeze_source_words() -> FrozenWords:
    """The English words of this version of Kuule."""
    words = {word_name(one.key): FrozenWord(one.text, text_hash(one.text)) for one in shipped_sources()}
    return FrozenWords(*source_state(), words)


def freeze_words(catalogue: Catalogue) -> FrozenWords:
    """The words of a language as an edition keeps them."""
    words = {
        word_name(entry.key): FrozenWord(entry.text, entry.source_hash or text_hash(entry.source))
        for entry in catalogue.entries.values()
        if entry.text
    }
    return FrozenWords(catalogue.state, catalogue.origin, words)


def is_still_valid(word: FrozenWord, now: SourceText) -> bool:
    """Whether a frozen word can be used by a Kuule whose English text for it is `now`."""
    said, (filled, source) = _places(word.text), _places_and_hash(now.text)
    if said is None or filled is None or not said <= filled:
        return False
    if word.source == source:
        return True
    return said == filled and not word_name(now.key).startswith(PROMISE_PREFIXES)


def table_from_words(words: FrozenWords) -> dict[str, object]:
    """For JSON."""
    said = {name: {"text": word.text, "source": word.source} for name, word in words.words.items()}
    return {"state": str(words.state), "origin": str(words.origin), "words": said}


def words_from_table(table: Mapping[str, Any]) -> FrozenWords:
    """The reverse. Raises ValueError, KeyError, TypeError or AttributeError if the table is not one of these."""
    words = {name: FrozenWord(one["text"], one["source"]) for name, one in table["words"].items()}
    if not all(isinstance(part, str) for word in words.values() for part in (word.text, word.source)):
        raise TypeError("a word is not a text")
    return FrozenWords(State(table["state"]), TextOrigin(table["origin"]), words)


@cache
def _places_and_hash(source: str) -> tuple[frozenset[str] | None, str]:
    """Of an English text that is shipped: it is compared with the same text of every language and edition."""
    return _places(source), text_hash(source)


def _places(text: str) -> frozenset[str] | None:
    """The placeholders of a text; None if the text cannot be formatted at all."""
    if "{" not in text and "}" not in text:
        return frozenset()
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None
