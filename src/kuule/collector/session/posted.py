"""Follow-ups that stood inside a choice of the page that was sent: whether the person has seen those left blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

WAITING_FIELD = "shown"
"""The field that names a follow-up which waits inside a choice."""
NEXT_SHOWN = "next:shown"
"""The Continue of a page whose follow-ups the style sheet shows. Where it cannot, that button is hidden."""


def mark_unseen_follow_ups(
    fields: Mapping[str, Sequence[str]], waiting: Sequence[str], go: str
) -> Mapping[str, Sequence[str]]:
    """The posted fields, so that what is newly asked is told from what was passed over.

    `waiting` names the fields of follow-ups that were on the page before their choice was chosen. Left blank, they
    were passed over where the page showed them; else they were never seen, and are asked on the page that follows.
    """
    kept = dict(fields)
    for name in waiting:
        if any(value.strip() for value in kept.get(name, ())):
            continue
        kept.pop(name, None)
        if go == NEXT_SHOWN:
            kept[name] = []
    return kept
