"""A translation has the same Markdown as its source: the same headings, lists and emphasis, and no stray signs.

An unclosed `**` shows as two asterisks; a German "18. Jahrhundert" at the start of a line becomes a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kuule.core.problems import Severity
from kuule.core.text_cache import cache_by_text
from kuule.languages.checks.finding import Finding
from kuule.languages.markup.markdown import count_markup
from kuule.languages.terminology.word_matching import words_in
from kuule.languages.workflow.content_keys import is_content_key
from kuule.languages.workflow.entries import Entry

CODE = "LANG_031"

_SIGNS = re.compile(r"[*_`#>]|^[^\S\n]*(?:[-+]|[0-9]+[.)])\s|^(?:=+|-+)\s*$", re.MULTILINE)
_NAMES = {
    "strong": ("strong emphasis", Severity.WARNING),
    "em": ("emphasis", Severity.WARNING),
    "code": ("code", Severity.WARNING),
    "sign": ("stars or other signs that show as they are", Severity.ERROR),
}


def check(entry: Entry) -> Iterator[Finding]:
    """Texts of the form and of the report. Those of the interface and of study.toml are not Markdown."""
    written = entry.key.startswith(("form:", "choice:")) or is_content_key(entry.key)
    if not written or not (_has_signs(entry.source) or _has_signs(entry.text)) or not words_in(entry.text):
        return
    lines = entry.key.startswith("choice:") or entry.key.endswith((":heading", ":note"))
    wanted, found = count_markup(entry.source, inline=lines), count_markup(entry.text, inline=lines)
    for name, (what, severity) in _NAMES.items():
        if wanted[name] != found[name]:
            cause = f"it has {what} {found[name]} times, and its source {wanted[name]} times"
            yield Finding(cause, "set the signs of Markdown as in the source", severity)
    if _blocks(wanted) != _blocks(found):
        cause = "its headings, lists and quotations are not those of its source"
        yield Finding(cause, "begin lines as the source does; write 1\\. where a number and a dot begin no list")


@cache_by_text(4096)  # sources are the same for all languages
def _has_signs(text: str) -> bool:
    return _SIGNS.search(text) is not None


def _blocks(shape_of: Mapping[str, int]) -> dict[str, int]:
    return {name: times for name, times in shape_of.items() if times and name not in _NAMES}
