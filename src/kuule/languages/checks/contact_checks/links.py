"""A translation contains no link that its source does not contain: a link could take respondents anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.markup.markdown import link_addresses
from kuule.languages.workflow.entries import Entry

CODE = "LANG_012"

_BARE = re.compile(r"(?:https?://|www\.)(?=[\w\[])[^\s<>)\]]+", re.IGNORECASE)
_AFTER = ".,;:!?\"'“”„‘’«»"
"""Punctuation that ends a sentence or a quotation after an address."""


def check(entry: Entry) -> Iterator[Finding]:
    """Markdown links and bare addresses."""
    allowed = _addresses(entry.source)
    for address in sorted(_addresses(entry.text) - allowed):
        yield Finding(f"it has the address {address!r}, which the source does not have", "take it out")


def _addresses(text: str) -> frozenset[str]:
    # Parsing Markdown costs a thousand times as much as looking for its signs.
    linked = link_addresses(text) if "](" in text or "<" in text or "]:" in text or "][" in text else frozenset()
    return linked | {match.rstrip(_AFTER) for match in _BARE.findall(text)}
