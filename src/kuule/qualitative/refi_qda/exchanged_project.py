"""What a REFI-QDA file says, as plain frozen shapes: users, codes, texts with codings, notes. Texts are redacted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Guid = str
"""A GUID in small letters with hyphens and no braces."""
OWN_VARIABLES = ("question", "language", "leave to quote")
"""What a text answers, in which language of the form, and whether it may be quoted: programs list and filter thousands
of short texts by them."""


@dataclass(frozen=True, slots=True)
class ExchangedUser:
    """Whoever coded. Of ours, `name` is a role label; of other programs it can be anything."""

    guid: Guid
    name: str


@dataclass(frozen=True, slots=True)
class ExchangedCode:
    """A code of the file, with the code right above it. `codable` is False for a heading."""

    guid: Guid
    name: str
    parent: Guid | None = None
    codable: bool = True
    colour: str = ""
    description: str = ""
    notes: tuple[Guid, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class ExchangedCoding:
    """A code on a span, in code points of the text as it is written to a file. `user` is "" where nobody is named."""

    start: int
    end: int
    code: Guid
    user: Guid = ""


@dataclass(frozen=True, slots=True)
class ExchangedText:
    """A text of the file. `words` is None where it was not read, since nobody asked for it. `item`, `language` and
    `leave` are written, for other programs to sort by, and not read."""

    guid: Guid
    name: str
    words: str | None
    codings: tuple[ExchangedCoding, ...] = ()
    notes: tuple[Guid, ...] = ()
    item: str = ""
    language: str = ""
    leave: str = ""


@dataclass(frozen=True, slots=True)
class ExchangedNote:
    """A memo. What it is on says so: a text, a code or the project names its GUID."""

    guid: Guid
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ExchangedProject:
    """A whole file. Codes stand before those below them. `notes` has all notes, `own_notes` those on the project
    itself; `left_out` says how many there are of what Kuule has no place for."""

    name: str
    origin: str = ""
    users: tuple[ExchangedUser, ...] = ()
    codes: tuple[ExchangedCode, ...] = ()
    texts: tuple[ExchangedText, ...] = ()
    notes: tuple[ExchangedNote, ...] = ()
    own_notes: tuple[Guid, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
