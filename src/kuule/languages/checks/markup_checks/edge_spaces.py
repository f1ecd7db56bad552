"""A translation begins and ends as its source does: no space or empty line that only a machine would see."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Severity
from kuule.languages.checks.finding import Finding
from kuule.languages.workflow.entries import Entry

CODE = "LANG_037"


def check(entry: Entry) -> Iterator[Finding]:
    """Spaces and line ends at either edge; a warning."""
    if entry.source == entry.source.strip() and entry.text == entry.text.strip():
        return
    for where, wanted, found in (
        ("begins", _leading(entry.source), _leading(entry.text)),
        ("ends", _leading(entry.source[::-1]), _leading(entry.text[::-1])),
    ):
        if wanted != found:
            cause = f"it {where} with {_named(found)}, and its source with {_named(wanted)}"
            yield Finding(cause, "write it as the source does", Severity.WARNING)


def _leading(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _named(edge: str) -> str:
    return f"{len(edge)} spaces or line ends" if edge else "a letter or a sign"
