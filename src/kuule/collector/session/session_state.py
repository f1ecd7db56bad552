"""What a page carries from one step to the next, in its token and nowhere else: JSON, every part of which is checked
when it is read back."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kuule.forms.navigation.visit import Visit, VisitError
from kuule.sealing.return_codes import CodeError, ReturnCode, legacy_row_id

STATE_VERSION = 3
STATE_VERSION_WITHOUT_ROW = 2
"""The version of visits that began before rows had ids of their own; theirs is a hash of the code."""
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_IDS = range(2**63)
_TICKET_PARTS = 3


@dataclass(frozen=True, slots=True)
class PauseTicket:
    """The pause code that a respondent has written down, and the draft that it opened when this page last saw it.

    `draft_hash` is a hash of the draft's ciphertext: by it we see that another browser has written since.
    """

    code: ReturnCode
    draft_id: int
    draft_hash: str


@dataclass(frozen=True, slots=True)
class SessionState:
    """The unsent answers of one visit and what belongs to them.

    `edition_id`: the edition that was begun. `language`: that of the last page. `link`: the code of the partner's
    link, or "". `code`: the random code that withdraws the response; it is shown after sending. `reviewed`: the
    respondent has seen the review page once, so that pages offer the way back to it. `pause_ticket`: there where the
    visit was paused. `start_minute`: when the visit began (`quality_flags.minute_number`), 0 where that is not known;
    of this only a quality flag leaves the token. `assigned_row_id`: the row id of the response, so that sending twice
    changes nothing; None in a visit that began before rows had ids of their own.
    """

    edition_id: str
    language: str
    link: str
    code: ReturnCode
    visit: Visit
    reviewed: bool = False
    pause_ticket: PauseTicket | None = None
    start_minute: int = 0
    assigned_row_id: int | None = None

    def row_id(self, study_id: str) -> int:
        """The row id under which the response of this visit is stored, or would be."""
        return legacy_row_id(study_id, self.code) if self.assigned_row_id is None else self.assigned_row_id

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        content = {
            "v": STATE_VERSION_WITHOUT_ROW if self.assigned_row_id is None else STATE_VERSION,
            "edition": self.edition_id,
            "language": self.language,
            "link": self.link,
            "code": self.code.digits,
            "reviewed": self.reviewed,
            "begun": self.start_minute,
            "visit": self.visit.to_data(),
        }
        if self.assigned_row_id is not None:
            content["row"] = self.assigned_row_id
        if self.pause_ticket is not None:
            content["paper"] = [self.pause_ticket.code.digits, self.pause_ticket.draft_id, self.pause_ticket.draft_hash]
        return _JSON.encode(content).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> SessionState:
        """The reverse of `to_bytes`. Raises ValueError for anything that `to_bytes` did not write."""
        read = json.loads(content.decode())
        if not isinstance(read, dict) or read.get("v") not in (STATE_VERSION, STATE_VERSION_WITHOUT_ROW):
            raise ValueError("this token's content is of another version")
        try:
            return cls(
                edition_id=_text(read["edition"]),
                language=_text(read["language"]),
                link=_text(read["link"]),
                code=ReturnCode(_text(read["code"])),
                visit=Visit.from_data(read["visit"]),
                reviewed=bool(read["reviewed"]),
                start_minute=_minute(read["begun"]),
                pause_ticket=_ticket(read["paper"]) if "paper" in read else None,
                assigned_row_id=_id(read["row"]) if read["v"] == STATE_VERSION else None,
            )
        except (KeyError, TypeError, CodeError, VisitError) as error:
            raise ValueError("this token's content is incomplete") from error


def _ticket(read: object) -> PauseTicket:
    if not isinstance(read, list) or len(read) != _TICKET_PARTS:
        raise TypeError("a pause ticket has a code, an id and a hash")
    return PauseTicket(ReturnCode(_text(read[0])), _id(read[1]), _text(read[2]))


def _id(value: object) -> int:
    if type(value) is not int or value not in _IDS:
        raise TypeError("an id has 63 bits")
    return value


def _minute(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a minute is a whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value
