"""How much stripping finds of disguised contacts, how often it is wrong, and what it costs."""

from __future__ import annotations

import time
from collections import Counter

from tests.redaction.disguise_corpus import AROUND, disguised_contacts
from tests.redaction.ordinary_texts import ORDINARY, ordinary_texts

from kuule.redaction.stripped_kinds import StrippedKind
from kuule.redaction.stripping import MARK, strip_contacts

_ALL = tuple(StrippedKind)


def measure() -> list[tuple[str, str]]:
    """Recall by kind, false alarms, and the time for an answer of 2,000 characters."""
    tried: Counter[StrippedKind] = Counter()
    found: Counter[StrippedKind] = Counter()
    for kind, _, text in disguised_contacts():
        tried[kind] += len(AROUND)
        found[kind] += sum(_is_found(text, around) for around in AROUND)
    rows = [(f"found of {kind}", f"{found[kind]} of {tried[kind]}") for kind in StrippedKind]
    rows.append(("found of all", f"{found.total()} of {tried.total()}, {found.total() / tried.total():.1%}"))
    texts = list(ordinary_texts())
    rows.append(("texts of the studies, and sentences that look like contacts", f"{len(texts)}, {len(ORDINARY)}"))
    rows.append(("of these, wrongly stripped", str(sum(strip_contacts(text, _ALL).count > 0 for text in texts))))
    return [*rows, ("an answer of 2,000 characters", f"{_milliseconds(' '.join(ORDINARY)[:2000]):.1f} ms")]


def _is_found(text: str, around: str) -> bool:
    """Whether the contact is taken out whole, and no word around it."""
    stripped = strip_contacts(around.format(text), _ALL)
    left = around.format(MARK)
    return stripped.count > 0 and [*filter(str.isalnum, stripped.text)] == [*filter(str.isalnum, left)]


def _milliseconds(text: str, times: int = 50) -> float:
    begun = time.perf_counter()
    for _ in range(times):
        strip_contacts(text, _ALL)
    return 1000 * (time.perf_counter() - begun) / times
