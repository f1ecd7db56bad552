"""GUIDs that are the same at each export of a project and all its copies, and tell nothing.

A code and a memo have a random id that nothing in clear shows; that is their GUID. A text's id is in clear in the
project file: its GUID is a keyed hash, so that nobody without the passphrase finds the row of an exported text.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from kuule.qualitative.refi_qda.exchanged_project import ExchangedCoding, Guid

_GUID = re.compile(r"\{?([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})\}?")


@dataclass(frozen=True)
class GuidMaker:
    """Makes the GUIDs of one project from a secret that all its copies have."""

    secret: bytes = field(repr=False)

    def of_text(self, text: str) -> Guid:
        return self._keyed("text", text)

    def of_user(self, label: str) -> Guid:
        return self._keyed("user", label)

    def of_variable(self, name: str) -> Guid:
        return self._keyed("variable", name)

    def of_selection(self, text: Guid, coding: ExchangedCoding) -> Guid:
        return self._keyed("selection", text, str(coding.start), str(coding.end), coding.code, coding.user)

    def _keyed(self, *parts: str) -> Guid:
        hashed = hmac.digest(self.secret, "\0".join(parts).encode(), "sha256")
        return str(UUID(bytes=hashed[:16], version=4))


def guid_of_id(random_id: str) -> Guid:
    """The GUID of a code or a memo: its id, which is random."""
    return str(UUID(hex=random_id))


def id_of_guid(guid: Guid) -> str:
    """The id of the code or the memo with a GUID."""
    return UUID(guid).hex


def coding_guid(selection: Guid) -> Guid:
    """The GUID of the coding in a selection, which has one."""
    return str(uuid5(UUID(selection), "coding"))


def read_guid(given: str | None) -> Guid | None:
    """A GUID as the standard has it, with braces or without, in the form in which they are compared. None if it is
    none."""
    found = _GUID.fullmatch((given or "").strip())
    return found[1].lower() if found else None
