"""An entry of BibTeX, from texts that may have any sign."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kuule.static_site.readable_text import remove_reordering


def bibtex_entry(key: str, fields: Mapping[str, str]) -> str:
    """An entry of the kind `misc`. The fields are put between braces as they are."""
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{lines}}}"


def bibtex_text(text: str) -> str:
    """A text within braces: signs that mean something to TeX are escaped, braces of its own are left out."""
    return re.sub(r"([#$%&_^~\\])", r"\\\1", re.sub(r"[{}]", "", remove_reordering(text)))
