"""What a row of a project holds, as bytes: a text, an act, or the tombstone of a text; and the head that counts them.

A row with a field or a kind that this version does not know is refused, so that nothing of a newer version is lost in a
merge.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic_core import to_json

from kuule.qualitative.project_model.acts import Act, ActContent
from kuule.qualitative.project_model.answer_text import AnswerText, TextId

_TEXT, _ACT, _TOMBSTONE = b"T", b"A", b"X"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A text that was withdrawn: its id, and nothing of what it said."""

    text: TextId


ProjectRow = AnswerText | Act | Tombstone


_Content = Annotated[ActContent, Field(discriminator="kind")]
_ACT_ROW = TypeAdapter(tuple[int, str, date, tuple[str, ...], _Content], config=ConfigDict(extra="forbid"))
_TEXT_ROW = TypeAdapter(tuple[str, str, str])


_DROPPED = b',"translations":[]'
"""A field of quotes that nothing was ever written into. Inside a text it could not stand like this: quotation marks are
escaped there."""


class UnknownRow(Exception):
    """A row that opens but has another shape than this version knows."""


def row_bytes(row: ProjectRow) -> bytes:
    """The content of a row, before it is sealed."""
    if isinstance(row, AnswerText):
        return _TEXT + json.dumps([row.item, row.language, row.words]).encode()
    if isinstance(row, Tombstone):
        return _TOMBSTONE + row.text.encode()
    return _ACT + to_json([row.clock, row.role, row.day.isoformat(), row.replaces, row.content])


def row_from_bytes(row_id: bytes, content: bytes) -> ProjectRow:
    """The row that was written so. Raises UnknownRow."""
    kind, body = content[:1], content[1:]
    try:
        if kind == _ACT:
            clock, role, day, replaces, said = _ACT_ROW.validate_json(body.replace(_DROPPED, b""))
            return Act(row_id.hex(), clock, role, day, said, replaces)
        if kind == _TEXT:
            return AnswerText(row_id.hex(), *_TEXT_ROW.validate_json(body))
        if kind == _TOMBSTONE:
            return Tombstone(body.decode("ascii"))
    except ValueError:  # pydantic's own is one
        raise UnknownRow from None
    raise UnknownRow


@dataclass(frozen=True, slots=True)
class ProjectHead:
    """How many rows there are, and the sum over their ids: without the key, no row can be taken out or put back."""

    rows: int = 0
    sum: int = 0

    def to_bytes(self) -> bytes:
        return json.dumps([self.rows, f"{self.sum:064x}"]).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> ProjectHead:
        rows, total = json.loads(content)
        return cls(rows, int(total, 16))
