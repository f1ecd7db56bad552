"""One piece of a kit as a definition: what it is, how large, which face it shows, and which texts stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Face(StrEnum):
    """What a piece says of the survey: nothing of its subject, or the study's own sentence about who it asks."""

    DISCREET = "discreet"
    OPEN = "open"


class PieceKind(StrEnum):
    """Which drawing a piece is; each is a function of `templates/kit.typ`."""

    POSTER = "poster"
    CARD = "card"
    CARD_SHEET = "card-sheet"
    PICTURE = "picture"


HEADLINES = {Face.DISCREET: "discreet", Face.OPEN: "about"}
"""The name of the text that is the headline. `about` is the study's own sentence."""
LEADS = {Face.DISCREET: "choose", Face.OPEN: "open_lead"}


@dataclass(frozen=True, slots=True)
class Piece:
    """`width` and `height` are millimetres of the cut piece, or pixels of a picture; `bleed` is what is printed beyond
    the cut; `code` is how wide its code is, with the empty border, 0 where it has none. A `grey` one is for the printer
    of an office: black on white, with nothing at the edge. `measured_as` is an earlier piece in which every text has
    the same place."""

    item: str
    kind: PieceKind
    face: Face
    width: float
    height: float
    bleed: float = 0
    grey: bool = False
    code: float = 0
    measured_as: str = ""

    @property
    def file(self) -> str:
        return f"{self.item}.{'png' if self.kind is PieceKind.PICTURE else 'pdf'}"

    @property
    def text_keys(self) -> tuple[str, ...]:
        """The names of the texts on it that are translated."""
        keys: tuple[str, ...] = (HEADLINES[self.face], LEADS[self.face], "help")
        if self.code:
            keys += ("scan", "trace")
        if self.kind is PieceKind.POSTER:
            keys += ("onion",)
            keys += ("run_by",) if self.face is Face.OPEN else ()
        return (*keys, "alt") if self.kind is PieceKind.PICTURE else keys
