"""What `kuule open` says of a dataset of several editions: which are new in it, and which questions changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kuule.dataset.schema.codebook import Codebook, CodebookItem

_MOST_QUESTIONS = 20


def edition_lines(codebook: Codebook, before: Collection[str]) -> Iterator[str]:
    """Lines on the editions that are new in a dataset that had those of `before`, and on questions in several columns.
    None for a dataset of one edition."""
    editions = codebook.editions
    if before:
        for number, edition in enumerate(editions, 1):
            if edition not in before:
                yield f"new in it: edition {number} of {len(editions)}, {edition[:8]}"
    changed: dict[str, list[CodebookItem]] = {}
    for name, (question, _) in codebook.versions.items():
        changed.setdefault(question, []).append(codebook.items[name])
    for question, items in list(changed.items())[:_MOST_QUESTIONS]:
        columns = ", ".join(f"{item.name} (edition {codebook.asked_in_text(item)})" for item in items)
        yield f"{question!r} changed, and has a column for each version: {columns}"
    if len(changed) > _MOST_QUESTIONS:
        yield f"and {len(changed) - _MOST_QUESTIONS:,} more questions, all in codebook.json"
