"""A translation contains no link that its source does not contain: a link could take respondents anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.markup.markdown import link_addresses
from kuule.languages.workflow.entries import Entry

CODE = "LANG_012"

_BARE = re.compile(r"(?:https?://|www\.)(?=[\w\[])[^\s<>)\]]+", re.IGNORECASE)
_MARKS = ("](", "<", "]:", "][")
"""A link of Markdown has one of these."""
_AFTER = ".,;:!?\"'“”„‘’«»"
"""Punctuation that ends a sentence or a quotation after an address."""


def check(entry: Entry) -> Iterator[Finding]:
    """Markdown links and bare addresses."""
    found = _addresses(entry.text)
    for address in sorted(found - _addresses(entry.source)) if found else ():
        yield Finding(f"it has the address {address!r}, which the source does not have", "take it out")


def _addresses(text: str) -> frozenset[str]:
    # Parsing Markdown costs a thousand times as much as looking for its signs.
    linked = link_addresses(text) if any(mark in text for mark in _MARKS) else frozenset[str]()
    bare = _BARE.findall(text) if may_have_address(text) else ()
    return linked | {match.rstrip(_AFTER) for match in bare}


def may_have_address(text: str) -> bool:
    """Whether to look for addresses that begin with `http` or `www.` at all, in a tenth of the time of looking."""
    return "://" in text or "www." in text.lower()
