"""A translation does not give two forms at once, `año(s)` or `amigo/a`: that is hard to read, and screen readers
stumble.

Texts of a study have no plural forms (LANG_005), so translators may be tempted. If a number or a gender decides the
form, rephrase the sentence so that it does not: "Characters left: {number}".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.core.problems import Severity
from kuule.languages.checks.finding import Finding
from kuule.languages.terminology.word_matching import strip_markup
from kuule.languages.workflow.entries import Entry

CODE = "LANG_038"

_FORM = re.compile(r"[^\W\d_]{2,}\([^\W\d_]{1,4}\)|[^\W\d_]{3,}/-?(?:a|as|e|es|in|innen|ка|ла|en|n|r|s)(?![^\W\d_])")


def check(entry: Entry) -> Iterator[Finding]:
    """Endings in brackets or after a slash that the source does not have. A warning."""
    if "(" not in entry.text and "/" not in entry.text:
        return
    found = _FORM.search(strip_markup(entry.text))
    if found and not _FORM.search(strip_markup(entry.source)):
        cause = f"it gives two forms at once ({found[0]!r})"
        yield Finding(cause, "turn the sentence so that one form is enough", Severity.WARNING)
