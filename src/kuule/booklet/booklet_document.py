"""A document about a questionnaire as data; it is set as HTML, PDF or Word by a module for each.

What Kuule says itself is English. Everything else has the tag of its language, so that it is read, broken and directed
as that language is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class BookletSpan:
    """Plain words within a sentence; `tag` is their language."""

    text: str
    tag: str = ENGLISH


Sentence = tuple[BookletSpan, ...]


@dataclass(frozen=True, slots=True)
class BookletHeading:
    """A heading from level 2. `text` is Markdown of one line; `before` is said before it in English: "Page 3"."""

    level: int
    text: str
    tag: str = ENGLISH
    before: str = ""


@dataclass(frozen=True, slots=True)
class BookletRemark:
    """A sentence of Kuule's about what stands beside it: who is asked, or what becomes of an answer."""

    words: Sentence


@dataclass(frozen=True, slots=True)
class BookletText:
    """What a page says without asking. `text` is Markdown; `name` is that of its row in the form, "" for none."""

    text: str
    tag: str
    name: str = ""
    remarks: tuple[BookletRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class BookletQuestion:
    """A question as it is asked. `label`, `hint`, `guidance` and `choices` are Markdown in the language `tag`.

    `answered` says in English how it is answered; `lines` is the room for an answer that is typed, in lines.
    `several`: any number of choices can be given.
    """

    number: int
    name: str
    label: str
    tag: str
    hint: str = ""
    guidance: str = ""
    answered: str = ""
    choices: tuple[str, ...] = ()
    several: bool = False
    lines: int = 0
    remarks: tuple[BookletRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class BookletCell:
    """A cell of a table: plain words in a language."""

    text: str
    tag: str = ENGLISH


@dataclass(frozen=True, slots=True)
class BookletTable:
    """A table. `widths` are its columns' shares of the width."""

    caption: str
    head: tuple[BookletCell, ...]
    rows: tuple[tuple[BookletCell, ...], ...]
    widths: tuple[int, ...]


BookletBlock = BookletHeading | BookletRemark | BookletText | BookletQuestion | BookletTable


@dataclass(frozen=True, slots=True)
class BookletDocument:
    """A document. `name` is that of its files; `notes` are said before everything else, as Markdown in English.

    `room`: after each question there is room to write in.
    """

    name: str
    kind: Literal["questionnaire", "changes", "translations"]
    title: str
    study: str
    organisation: str
    tag: str
    notes: tuple[str, ...]
    blocks: tuple[BookletBlock, ...]
    room: bool = False
