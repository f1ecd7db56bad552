"""Where contacts stand in a text, as it was written. What is done with them is for others: `stripping` takes them out,
and the readers of open answers are shown them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kuule.redaction.contact_patterns import FINDERS
from kuule.redaction.contact_signs import may_have_contact
from kuule.redaction.stripped_kinds import StrippedKind
from kuule.redaction.undisguising import undisguise

_TURNED = re.compile(r"[\u202d\u202e][^\u202c\n]*\u202c?")
"""What is shown in another order than it is written in can hide anything; nobody types it by chance."""
_AFTER = ".,;:!?\"'“”„‘’«»)]}>"
_MASK = "\x1f"


@dataclass(frozen=True, slots=True)
class ContactSpan:
    """A contact from `start` up to `end`, in code points of the original."""

    start: int
    end: int
    kind: StrippedKind


def contact_spans(text: str, kinds: Collection[StrippedKind]) -> list[ContactSpan]:
    """Contacts of these kinds, in the order in which they are looked for. They may overlap where one hides another."""
    if not may_have_contact(text):
        return []
    found: list[ContactSpan] = []
    if StrippedKind.LINKS in kinds:
        found += [ContactSpan(*match.span(), StrippedKind.LINKS) for match in _TURNED.finditer(text)]
    written = undisguise(text)
    seen = written.text
    for kind, find in FINDERS:
        for start, end in sorted(set(find(seen))):
            last = start + len(seen[start:end].rstrip(_AFTER))
            if last == start or _MASK in seen[start:last]:
                continue
            if kind in kinds:
                found.append(ContactSpan(*written.span(start, last), kind))
            seen = seen[:start] + _MASK * (last - start) + seen[last:]
    return found
