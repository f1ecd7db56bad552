"""A text with a new key and old words: its question was renamed, so its translation is offered again.

It gets gettext's flag `fuzzy` and is a draft at best: the new name does not say why the question was renamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from kuule.languages.workflow.entries import FUZZY, Entry, are_independent, text_hash
from kuule.languages.workflow.states import State

_ALIKE = 0.9
_SHORTEST = 20
"""Sources shorter than this are similar only if they are equal: `not`, `now` and `no` mean different things."""


def offer_renamed(entries: Mapping[str, Entry], left: Sequence[Entry]) -> dict[str, Entry]:
    """`entries`, with a translation from `left` (whose keys are gone) for each untranslated one that was renamed."""
    over = [entry for entry in left if entry.text]
    found = dict(entries)
    if over:
        found |= {entry.key: _offered(entry, best) for entry, best in _pairs(entries, over)}
    return found


def _pairs(entries: Mapping[str, Entry], left: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    for entry in entries.values():
        if not entry.text:
            alike = [(_likeness(entry, one), one) for one in left if _kind(one.key) == _kind(entry.key)]
            likeness, best = max(alike, key=lambda pair: pair[0], default=(0.0, entry))
            if likeness >= _ALIKE:
                yield entry, best


def _kind(key: str) -> tuple[str, str]:
    """`form` and `label`: the translation of a hint is never offered for a question."""
    return key.partition(":")[0], key.rpartition(":")[2]


def _likeness(new: Entry, old: Entry) -> float:
    if new.source == old.source:
        # Of two with the same words, the one with the more similar name.
        return 1 + SequenceMatcher(None, new.key, old.key).ratio()
    if min(len(new.source), len(old.source)) < _SHORTEST:
        return 0.0
    matcher = SequenceMatcher(None, new.source, old.source)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()


def _offered(entry: Entry, old: Entry) -> Entry:
    held_for = text_hash(old.source)
    stale = held_for != text_hash(entry.source)
    return replace(
        entry,
        text=old.text,
        state=State.DRAFT_TWO if are_independent(old.drafts, held_for) else State.DRAFT_ONE,
        origin=old.origin,
        stale=stale,
        source_hash=held_for,
        previous=old.source if stale else "",
        note=old.note,
        flags=(*entry.flags, FUZZY),
        by=old.by,
        on=old.on,
        drafts=old.drafts,
    )
