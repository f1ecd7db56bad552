"""Names that members and organisations choose: which characters a name can have, and that nobody takes the name of
another.

The audit trail identifies people by this name, so it has to belong to one person for good.
"""

from __future__ import annotations

import unicodedata

from kuule.workbench.audit_trail.audit_entries import COMMAND_LINE, UNKNOWN_ACTOR
from kuule.workbench.models import Entry, Person

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = "\u200c\u200d"


def clean_name(typed: str) -> str:
    """The name on one line, without invisible characters such as direction marks. "" if no letter or digit is left."""
    kept = (one for one in unicodedata.normalize("NFC", " ".join(typed.split())) if one in _JOINERS or _is_seen(one))
    name = " ".join("".join(kept).split())
    return name if _alike(name) else ""


def is_name_taken(name: str, *, by: Person | None = None) -> bool:
    """Whether this name, or one that looks much like it, belongs or once belonged to somebody else. `by` may keep their
    own."""
    wanted = _alike(name)
    if by is not None and wanted == _alike(by.name):
        return False
    known = {COMMAND_LINE, UNKNOWN_ACTOR}
    known.update(Person.objects.values_list("name", flat=True))
    known.update(Entry.objects.values_list("who", flat=True).distinct())
    return wanted in {_alike(one) for one in known}


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN


def _alike(name: str) -> str:
    """Only the letters and digits, regardless of case and width."""
    return "".join(one for one in unicodedata.normalize("NFKC", name).casefold() if one.isalnum())
