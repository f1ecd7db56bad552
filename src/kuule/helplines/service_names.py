"""Whether two names belong to the same service. Accents do not count, because lists tend to lose them."""

from __future__ import annotations

import unicodedata

_WITHOUT_DECOMPOSITION = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "ð": "d", "þ": "th", "ı": "i"})


def service_key(country: str, name: str) -> tuple[str, str]:
    """The country and the name in lower case without accents, which is the same for all rows of a service."""
    apart = unicodedata.normalize("NFKD", name.casefold()).translate(_WITHOUT_DECOMPOSITION)
    return country, "".join(sign for sign in apart if not unicodedata.combining(sign))
