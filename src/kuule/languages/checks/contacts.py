"""A translation names no way to reach anybody that its source does not name: no number to call, no mail, no host.

Links are looked for in `links.py`; this finds what a person would copy: a number, an address without its scheme.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kuule.languages.checks.finding import Finding
from kuule.languages.digits import ascii_digits
from kuule.languages.texts import Entry

CODE = "LANG_016"

_LEAST_DIGITS = 5
_NUMBER = re.compile(r"[0-9](?:[ ().+/-]{0,2}[0-9])+")
_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]{2,}")
_HOST = re.compile(r"(?<![\w@.-])[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})*\.[a-z]{2,24}(?![\w])", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
"""Said by `links.py`, so that one address is one problem."""
_DOT = str.maketrans({"。": ".", "｡": ".", "\u2024": "."})
"""Other full stops that a browser reads as a dot (UTS 46)."""


def check(entry: Entry) -> Iterator[Finding]:
    """Numbers of five digits and more in any script, mail addresses, and names of hosts, in whatever width."""
    allowed = _contacts(entry.source)
    for contact in sorted(_contacts(_LINK.sub(" ", entry.text)) - allowed):
        yield Finding(f"it has {contact!r}, which the source does not have", "take it out")


@lru_cache(maxsize=2048)  # the sources, once for all languages
def _contacts(text: str) -> frozenset[str]:
    plain = ascii_digits(unicodedata.normalize("NFKC", text)).translate(_DOT)
    numbers = {re.sub(r"[^0-9]", "", found) for found in _NUMBER.findall(plain)}
    long = {number for number in numbers if len(number) >= _LEAST_DIGITS}
    return frozenset(long | set(_MAIL.findall(plain)) | {host.lower() for host in _HOST.findall(plain)})
