"""Names that a form can have: of questions, groups and lists, each once, and none that the gates have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 60


class NameGiver:
    """Gives names, each once, whatever their letters' case."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in taken}

    def name_for(self, wanted: str, otherwise: str) -> str:
        """The name as wanted if a form can have it and nobody has, else one that is near it."""
        plain = form_name(wanted) or otherwise
        name, number = plain, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{plain}_{number}"
        self._taken.add(name.casefold())
        return name


def form_name(written: str) -> str:
    """What of a word can be a name in a form: letters of ASCII, digits and _, a letter first; "" if nothing can."""
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9_]+", "_", plain)[:_LONGEST].strip("_")
    return f"q_{name}" if name[:1].isdigit() else name
