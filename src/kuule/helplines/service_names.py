"""When two names of services are one: letters count without their marks, since lists lose them."""

from __future__ import annotations

import unicodedata

_WITHOUT_DECOMPOSITION = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "ð": "d", "þ": "th", "ı": "i"})


def service_key(country: str, name: str) -> tuple[str, str]:
    """What two rows of one service have in common: its country, and its name in small letters without marks."""
    apart = unicodedata.normalize("NFKD", name.casefold()).translate(_WITHOUT_DECOMPOSITION)
    return country, "".join(sign for sign in apart if not unicodedata.combining(sign))
