"""What a page carries from one step to the next, inside the token and nowhere else: JSON, read back with suspicion."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kuule.forms.visit import Visit, VisitError

_VERSION = 1
_ROW_IDS = range(2**63)


@dataclass(frozen=True, slots=True)
class Carried:
    """One person's unsent answers with what binds them: the edition they began, the language of the last page, the
    link they came by, and the random id under which the response will be kept (so that a resend changes nothing).

    `reviewed`: they have read through what they wrote once, so pages offer the way back there.
    """

    edition: str
    language: str
    link: str
    row_id: int
    visit: Visit
    reviewed: bool = False

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        content = {
            "v": _VERSION,
            "edition": self.edition,
            "language": self.language,
            "link": self.link,
            "row": self.row_id,
            "reviewed": self.reviewed,
            "visit": self.visit.to_data(),
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Carried:
        """The reverse. Raises ValueError for anything that `to_bytes` did not write."""
        read = json.loads(content)
        if not isinstance(read, dict) or read.get("v") != _VERSION:
            raise ValueError("this token's content is of another version")
        try:
            carried = cls(
                edition=_text(read["edition"]),
                language=_text(read["language"]),
                link=_text(read["link"]),
                row_id=_number(read["row"]),
                visit=Visit.from_data(read["visit"]),
                reviewed=bool(read["reviewed"]),
            )
        except (KeyError, TypeError, VisitError) as error:
            raise ValueError("this token's content is incomplete") from error
        if carried.row_id not in _ROW_IDS:
            raise ValueError("a row id has 63 bits")
        return carried


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a whole number is expected")
    return value
