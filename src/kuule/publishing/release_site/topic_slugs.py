"""The name of a page in its address: of letters that every system has, and never that of another page."""

from __future__ import annotations

import re
import unicodedata

_REST = re.compile(r"[^a-z0-9]+")
_MARKUP = re.compile(r"[*_`\\]|\{\{.*?\}\}|\]\([^)]*\)")
_LONGEST = 60
_WITHOUT_DECOMPOSITION = str.maketrans(
    {"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "ð": "d", "þ": "th", "ı": "i", "ß": "ss"}
)


def plain_slug(text: str, otherwise: str) -> str:
    """The words of a heading in small letters of the Latin alphabet, with dashes between them. `otherwise` if it has
    none of these letters."""
    folded = unicodedata.normalize("NFKD", _MARKUP.sub("", text).casefold().translate(_WITHOUT_DECOMPOSITION))
    plain = "".join(one for one in folded if not unicodedata.combining(one)).replace("’", "").replace("'", "")
    slug = _REST.sub("-", plain).strip("-")
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return slug or otherwise


class UsedNames:
    """Names that are given once each. Capitals make no difference, since they make none on many disks."""

    def __init__(self, *names: str) -> None:
        self._used = {name.casefold() for name in names}

    def take(self, wanted: str) -> str:
        """The name, or with a number after it if it is taken."""
        name, number = wanted, 1
        while name.casefold() in self._used:
            number += 1
            name = f"{wanted}-{number}"
        self._used.add(name.casefold())
        return name
