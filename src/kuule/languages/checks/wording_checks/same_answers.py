"""Two answers of one list do not become the same in a translation: nobody could tell them apart."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.terminology.word_matching import fold_text, strip_markup
from kuule.languages.workflow.entries import Catalogue, Entry

CODE = "LANG_039"


def check(catalogue: Catalogue) -> Iterator[tuple[str, Finding]]:
    """Labels that differ at most in case, spaces, vowel marks and emphasis although their sources differ."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in catalogue.entries.values():
        if entry.key.startswith("choice:") and entry.key.endswith(":label") and entry.text:
            name = entry.key.removeprefix("choice:").rpartition("/")[0]
            earlier = seen.setdefault((name, _bare(entry.text)), entry)
            if earlier is not entry and _bare(earlier.source) != _bare(entry.source):
                cause = f"it says the same as {earlier.key} ({entry.text!r})"
                yield entry.key, Finding(cause, "make the two answers differ as they do in the source")


def _bare(text: str) -> str:
    # Outputs count: two labels may differ by an output alone.
    return " ".join(fold_text(strip_markup(text.replace("${", "\u0001"))).split())
