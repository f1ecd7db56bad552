"""Posters for a wall, in large print: A4, A3 and Letter, for a printing house and in grey for an office."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.kit.piece import Face, Piece, PieceKind

BLEED_MM = 3.0
"""What printing houses ask for beyond the cut."""
_SIZES = {"a4": (210.0, 297.0), "a3": (297.0, 420.0), "letter": (215.9, 279.4)}
_CODE_SHARE = 66 / 210
"""How wide the code is, as a share of the width; `templates/poster.typ` draws it so."""


def poster_pieces() -> Iterator[Piece]:
    """Every poster: each size in both faces, with bleed and in grey."""
    for size, (width, height) in _SIZES.items():
        for face in Face:
            item, code = f"poster-{size}-{face}", width * _CODE_SHARE
            yield Piece(item, PieceKind.POSTER, face, width, height, BLEED_MM, code=code)
            yield Piece(f"{item}-grey", PieceKind.POSTER, face, width, height, grey=True, code=code, measured_as=item)
