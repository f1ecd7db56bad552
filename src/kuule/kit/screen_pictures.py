"""Pictures for posts, each with its text alternative: a square, a story, and the preview of a link."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.kit.piece import Face, Piece, PieceKind

_PIXELS = {"square": (1080, 1080), "story": (1080, 1920), "preview": (1200, 630)}


def picture_pieces() -> Iterator[Piece]:
    """Every picture in both faces. None has a code: whoever sees it holds the phone already."""
    for name, (width, height) in _PIXELS.items():
        for face in Face:
            yield Piece(f"{name}-{face}", PieceKind.PICTURE, face, width, height)
