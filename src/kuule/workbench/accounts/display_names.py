"""Names that members and organisations choose: what may stand in one, and that no member takes another's.

The audit trail says who did something by that name, so it has to stay one person's.
"""

from __future__ import annotations

import unicodedata

from kuule.workbench.audit_trail.audit_entries import COMMAND_LINE, UNKNOWN_ACTOR
from kuule.workbench.models import Entry, Person

NAME_TAKEN = "Somebody has, or had, a name like this one. Please choose another, so that the two are not mixed up."
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = "\u200c\u200d"


def clean_name(typed: str) -> str:
    """One line without what nobody sees: direction marks and the like. "" where no letter or digit is left."""
    kept = (one for one in unicodedata.normalize("NFC", " ".join(typed.split())) if one in _JOINERS or _is_seen(one))
    name = " ".join("".join(kept).split())
    return name if _alike(name) else ""


def is_name_taken(name: str, *, by: Person | None = None) -> bool:
    """Whether the name, or one that looks much like it, is or was another's; `by` may keep the one that it has."""
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
    """Letters and digits alone, whatever their case and width."""
    return "".join(one for one in unicodedata.normalize("NFKC", name).casefold() if one.isalnum())
