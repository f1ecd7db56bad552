"""A translation links to nothing that its source does not link to: a link could lead respondents anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.markup.markdown import link_addresses
from kuule.languages.workflow.entries import Entry

CODE = "LANG_012"

_BARE = re.compile(r"(?:https?://|www\.)(?=[\w\[])[^\s<>)\]]+", re.IGNORECASE)
_AFTER = ".,;:!?\"'“”„‘’«»"
"""What closes a sentence or a quotation around an address."""


def check(entry: Entry) -> Iterator[Finding]:
    """Markdown links and bare addresses."""
    allowed = _addresses(entry.source)
    for address in sorted(_addresses(entry.text) - allowed):
        yield Finding(f"it has the address {address!r}, which the source does not have", "take it out")


def _addresses(text: str) -> frozenset[str]:
    # Reading Markdown costs a thousand times what looking for its signs does.
    linked = link_addresses(text) if "](" in text or "<" in text or "]:" in text or "][" in text else frozenset()
    return linked | {match.rstrip(_AFTER) for match in _BARE.findall(text)}
