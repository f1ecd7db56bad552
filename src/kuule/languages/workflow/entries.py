"""The translated texts of one language: what a PO file contains, with the state, origin and hash of each.

Plain frozen data (decision 0000, section 9); `gettext.catalogue` reads and writes the files.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kuule.languages.workflow.states import State, TextOrigin

_NARROWEST = 40
FUZZY = "fuzzy"
"""gettext's flag for a text that a person should look at."""


@lru_cache(maxsize=4096)  # each source is hashed for every language
def text_hash(text: str) -> str:
    """The first 8 hexadecimal digits of the SHA-256 of the text in UTF-8: enough to see that a text was changed."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text to translate. `note` tells the translator who says it, where, and how long it may be."""

    key: str
    text: str
    note: str = ""


def max_translation_length(text: str) -> int:
    """How many characters a translation may have: one and a half times the source, but always enough for a word."""
    return max(_NARROWEST, len(text) * 3 // 2)


@dataclass(frozen=True, slots=True)
class DraftTranslation:
    """One of the two independent translations, kept next to the text in the file. `by` is a role and never a name, `on`
    a day such as 2026-11-24, `source_hash` the hash of the source that it was made for."""

    text: str
    origin: TextOrigin
    by: str = ""
    on: str = ""
    source_hash: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text in one language.

    `source` is the source text as it is now. `source_hash` is the hash of the source that `text` was made for; if they
    differ, the entry is stale, and `previous` is the older source, if it is known. `note` is what translators and
    reviewers wrote, `flags` are those of gettext. `by` and `on` say which role brought the text to its state, and on
    which day; `drafts` are kept from the second translation on.
    """

    key: str
    source: str
    text: str
    state: State
    origin: TextOrigin
    stale: bool = False
    note: str = ""
    source_note: str = ""
    source_hash: str = ""
    previous: str = ""
    flags: tuple[str, ...] = ()
    by: str = ""
    on: str = ""
    drafts: tuple[DraftTranslation, ...] = ()

    @property
    def effective_state(self) -> State:
        """The state that counts. A stale text was not made for this source, so it is a first draft at best."""
        if self.stale and self.state.reaches(State.DRAFT_ONE):
            return State.DRAFT_ONE
        return self.state


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of a language by key, in the order of the sources. `obsolete` has those whose key is gone."""

    language: str
    entries: Mapping[str, Entry]
    obsolete: tuple[Entry, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    header: str = ""
    """The comment at the top of the file (licence, translators by role)."""

    @property
    def state(self) -> State:
        """The lowest state of any text; untranslated if there are no texts."""
        return min((entry.effective_state for entry in self.entries.values()), key=_rank, default=State.UNTRANSLATED)

    @property
    def origin(self) -> TextOrigin:
        """Who wrote most of it."""
        made = Counter(entry.origin for entry in self.entries.values() if entry.text)
        return TextOrigin.MACHINE if made[TextOrigin.MACHINE] > made[TextOrigin.PERSON] else TextOrigin.PERSON

    def select(self, belongs: Callable[[str], bool]) -> Catalogue:
        """The same catalogue with only the texts whose key matches."""
        return replace(self, entries={key: entry for key, entry in self.entries.items() if belongs(key)})

    @property
    def texts(self) -> dict[str, str]:
        """Key to translation, for all translated texts."""
        return {key: entry.text for key, entry in self.entries.items() if entry.text}


def _rank(state: State) -> int:
    return state.rank


def untranslated_entry(source: SourceText) -> Entry:
    """The entry of a text that nobody has translated yet."""
    return Entry(
        key=source.key,
        source=source.text,
        text="",
        state=State.UNTRANSLATED,
        origin=TextOrigin.PERSON,
        source_note=source.note,
        source_hash=text_hash(source.text),
    )


def with_translation(entry: Entry, text: str, *, state: State, origin: TextOrigin, by: str = "", on: str = "") -> Entry:
    """`entry` with a translation of its current source."""
    return replace(
        entry,
        text=text,
        state=state,
        origin=origin,
        by=by,
        on=on,
        stale=False,
        source_hash=text_hash(entry.source),
        previous="",
        flags=tuple(flag for flag in entry.flags if flag != FUZZY),
    )


def are_independent(drafts: Sequence[DraftTranslation], source_hash: str) -> bool:
    """Whether two people in two roles made one translation each of this very source. A machine's never counts."""
    roles = [draft.by for draft in drafts if draft.origin is TextOrigin.PERSON and draft.source_hash == source_hash]
    return len(roles) > 1 and len(set(roles)) == len(roles)
