"""Keys of texts that have neither a name nor a number, made from their words: `report.md:3f2a91c07b5d:paragraph`.

Inserting, moving or deleting one does not change the key of any other. When the words of one change, so does its key;
`edited_keys` finds the old key from the texts before and after it, so that the translation becomes stale and is not
lost. Decision 0026.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from kuule.languages.workflow.entries import SourceText

_KEY = re.compile(r"[a-z.]+:[0-9a-f]{12}:[a-z]+")
_ALIKE = 0.5
"""Between the same neighbours this similarity is enough: it only decides which of several texts it was."""


def content_key(area: str, text: str, kind: str) -> str:
    """The key of a text. With 12 hexadecimal digits, two of ten thousand texts collide once in five million studies."""
    return f"{area}:{hashlib.sha256(text.encode()).hexdigest()[:12]}:{kind}"


@lru_cache(maxsize=4096)  # every check of every language asks about the same keys
def is_content_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def edited_keys(before: Sequence[SourceText], now: Sequence[SourceText]) -> Mapping[str, str]:
    """New key to old key, for each text that was changed in place. Both are in the order of the document."""
    old = [one for one in before if is_content_key(one.key)]
    new = [one for one in now if is_content_key(one.key)]
    keys_before, keys_now = [one.key for one in old], [one.key for one in new]
    if keys_before == keys_now:
        return {}
    known = {*keys_before} & {*keys_now}
    matcher = SequenceMatcher(None, keys_before, keys_now, autojunk=False)
    found: dict[str, str] = {}
    for change, start, end, first, last in matcher.get_opcodes():
        if change == "replace":
            gone = [one for one in old[start:end] if one.key not in known]
            come = [one for one in new[first:last] if one.key not in known]
            found |= dict(_paired(gone, come))
    return found


def _paired(gone: Sequence[SourceText], come: Sequence[SourceText]) -> Iterator[tuple[str, str]]:
    for kind in dict.fromkeys(_kind(one) for one in come):
        before, now = ([one for one in some if _kind(one) == kind] for some in (gone, come))
        if len(before) == len(now):
            yield from ((new.key, old.key) for old, new in zip(before, now, strict=True))
        else:
            yield from _alike(before, now)


def _alike(before: list[SourceText], now: list[SourceText]) -> Iterator[tuple[str, str]]:
    """Pairs of most similar texts, the most similar pair first."""
    pairs = [(SequenceMatcher(None, old.text, new.text).ratio(), old, new) for old in before for new in now]
    taken: set[str] = set()
    for likeness, old, new in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= _ALIKE and not {old.key, new.key} & taken:
            taken |= {old.key, new.key}
            yield new.key, old.key


def _kind(source: SourceText) -> str:
    return source.key.rpartition(":")[2]
