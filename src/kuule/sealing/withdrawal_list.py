"""The list of withdrawn responses in an archive, by row id (docs/reference/archive.md).

An id alone reveals nothing. An older archive may still hold the envelope, and this list prevents its opening.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kuule.sealing.envelope import ROW_IDS

WITHDRAWAL_MEMBER = "withdrawn"
_ID_LENGTH = 8


class AlteredWithdrawalList(ValueError):
    """The list is not the one that the manifest describes."""


@dataclass(frozen=True, slots=True)
class WithdrawalList:
    """The withdrawn row ids. `until` is the last day on which answers to this edition can be withdrawn, or None if they
    cannot. `closed`: that day was over when the archive was written, so that the list is complete."""

    row_ids: frozenset[int] = frozenset()
    until: date | None = None
    closed: bool = False

    @classmethod
    def from_row_ids(cls, row_ids: Iterable[int], *, until: date | None, closed: bool) -> WithdrawalList:
        return cls(frozenset(row_ids), until, closed)

    def to_bytes(self) -> bytes:
        """The ids in ascending order, 8 bytes each."""
        return b"".join(row_id.to_bytes(_ID_LENGTH, "big") for row_id in sorted(self.row_ids))

    def to_json(self) -> dict[str, Any]:
        """The entry for the manifest."""
        return {
            "count": len(self.row_ids),
            "until": self.until.isoformat() if self.until else "",
            "closed": self.closed,
            "sha256": hashlib.sha256(self.to_bytes()).hexdigest(),
        }

    @classmethod
    def read(cls, entry: Mapping[str, Any], content: bytes | None) -> WithdrawalList:
        """Read the list from its member and its entry in the manifest. Raises AlteredWithdrawalList."""
        try:
            until = date.fromisoformat(entry["until"]) if entry["until"] else None
            closed, count, digest = entry["closed"], entry["count"], entry["sha256"]
        except (KeyError, TypeError, ValueError) as error:
            raise AlteredWithdrawalList("the manifest's entry cannot be read") from error
        if content is None or hashlib.sha256(content).hexdigest() != digest or len(content) % _ID_LENGTH:
            raise AlteredWithdrawalList("the list is missing or altered")
        ids = [int.from_bytes(content[at : at + _ID_LENGTH], "big") for at in range(0, len(content), _ID_LENGTH)]
        if len(ids) != count or ids != sorted(set(ids)) or any(one not in ROW_IDS for one in ids):
            raise AlteredWithdrawalList("the list does not hold what it should")
        return cls(frozenset(ids), until, closed is True)
