"""A translation has exactly the outputs of its source. A missing one leaves a gap in a sentence; an additional one
would show an answer where the form does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.workflow.entries import Entry

CODE = "LANG_011"

OWN_PREFIXES = ("interface:", "report:")
"""The prefixes of the keys of our own texts: those of the sites, and the words around the figures of a report."""
_OUTPUT = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_NAMED = re.compile(r"\{([^{}]*)\}")


def check(entry: Entry) -> Iterator[Finding]:
    """`${name}` in texts of a study; `{name}` in those of the interface and of the report's own words."""
    if "{" not in entry.source and "{" not in entry.text:
        return
    pattern, shape = (_NAMED, "{%s}") if entry.key.startswith(OWN_PREFIXES) else (_OUTPUT, "${%s}")
    wanted, found = set(pattern.findall(entry.source)), set(pattern.findall(entry.text))
    for name in sorted(wanted - found):
        yield Finding(f"{shape % name} of the source is missing", "put it where the word belongs in this language")
    for name in sorted(found - wanted):
        yield Finding(f"{shape % name} is not in the source", "take it out")


def has_leftover_braces(text: str) -> bool:
    """Whether a text of the interface has a brace that is not part of a placeholder; rendering it would fail."""
    return any(brace in _NAMED.sub("", text) for brace in "{}")
