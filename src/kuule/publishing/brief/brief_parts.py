"""The parts of a brief's text after reading: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.languages.workflow.states import State, TextOrigin


@dataclass(frozen=True, slots=True)
class BriefFigure:
    """A live number, as in a report: the words between the braces of {{ share told no }}."""

    words: tuple[str, ...]
    line: int

    @property
    def kind(self) -> str:
        """What is said of the question, such as its share; or responses, editions, title."""
        return self.words[0]

    @property
    def item(self) -> str:
        """The question, "" where there is none."""
        return self.words[1] if len(self.words) > 1 else ""

    @property
    def tag(self) -> str:
        """The tag as a report's text has it."""
        return f"{{{{ {' '.join(self.words)} }}}}"


@dataclass(frozen=True, slots=True)
class BriefCitation:
    """`{{ cite … }}`: where a statement was read. `entry` is its address in the register, or `question told`."""

    entry: str
    line: int


@dataclass(frozen=True, slots=True)
class BriefCountry:
    """`{{ country }}`: the name of the country that the brief is for."""


@dataclass(frozen=True, slots=True)
class BriefPlainWord:
    """`{{ word sex }}`: a word that looks like a number and is none, as its author says."""

    word: str
    line: int


BriefPiece = str | BriefFigure | BriefCitation | BriefCountry | BriefPlainWord


@dataclass(frozen=True, slots=True)
class BriefHeading:
    """The title of the brief, of level 1, or that of a section. `line` counts from 1, as everywhere here."""

    level: int
    pieces: tuple[BriefPiece, ...]
    line: int


@dataclass(frozen=True, slots=True)
class BriefProse:
    """A paragraph, a list, or a quotation: Markdown with pieces in it."""

    pieces: tuple[BriefPiece, ...]
    line: int


@dataclass(frozen=True, slots=True)
class BriefKeyNumber:
    """One number in large letters, and the sentence beside it. Its base is written below by Kuule."""

    number: BriefFigure
    says: tuple[BriefPiece, ...]
    line: int


@dataclass(frozen=True, slots=True)
class BriefBlock:
    """A part that Kuule writes, where a tag is on a line of its own. Only a chart has an item, and a quote its
    number."""

    kind: str
    item: str
    line: int


BriefPart = BriefHeading | BriefProse | BriefKeyNumber | BriefBlock


@dataclass(frozen=True, slots=True)
class BriefText:
    """The whole text. `state` and `origin` say how far its words are and who wrote them."""

    file: str
    parts: tuple[BriefPart, ...]
    state: State
    origin: TextOrigin

    @property
    def figures(self) -> tuple[BriefFigure, ...]:
        """Every live number, in order."""
        found = [piece for part in self.parts for piece in pieces_of(part) if isinstance(piece, BriefFigure)]
        return tuple(found)

    @property
    def citations(self) -> tuple[BriefCitation, ...]:
        """Every citation, in order."""
        return tuple(piece for part in self.parts for piece in pieces_of(part) if isinstance(piece, BriefCitation))

    @property
    def charts(self) -> tuple[BriefBlock, ...]:
        """The charts, in order."""
        return tuple(part for part in self.parts if isinstance(part, BriefBlock) and part.kind == "chart")

    @property
    def quotes(self) -> tuple[BriefBlock, ...]:
        """The quotes, in order."""
        return tuple(part for part in self.parts if isinstance(part, BriefBlock) and part.kind == "quote")


def brief_place(file: str, line: int) -> str:
    """Where something is wrong."""
    return f"{file}, line {line}"


def pieces_of(part: BriefPart) -> tuple[BriefPiece, ...]:
    """The pieces of a part's text; of a key number, with the number itself first."""
    if isinstance(part, BriefKeyNumber):
        return (part.number, *part.says)
    return () if isinstance(part, BriefBlock) else part.pieces
