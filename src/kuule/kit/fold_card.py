"""A card no larger than a business card, folded: what it is about is inside, and its outside says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.kit.piece import Face, Piece, PieceKind
from kuule.kit.posters import BLEED_MM

_FLAT = (170.0, 55.0)
"""Before it is folded down the middle; folded, it is 85 by 55 mm."""
_CODE_MM = 25.0
_SHEETS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}


def card_pieces() -> Iterator[Piece]:
    """The card for a printing house, and sheets of it in grey for an office."""
    for face in Face:
        card = f"card-{face}"
        yield Piece(card, PieceKind.CARD, face, *_FLAT, BLEED_MM, code=_CODE_MM)
        for size, (width, height) in _SHEETS.items():
            item = f"{card}-sheet-{size}-grey"
            yield Piece(item, PieceKind.CARD_SHEET, face, width, height, grey=True, code=_CODE_MM, measured_as=card)
