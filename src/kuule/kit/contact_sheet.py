"""The contact sheet of a language: every piece at a glance, and each text beside its source, for whoever reviews it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kuule.kit.kit_content import KitContent
from kuule.kit.piece import Piece, PieceKind
from kuule.kit.piece_data import PieceData, page_data
from kuule.kit.piece_setting import TextFit

_SHOWN_KINDS = frozenset({PieceKind.POSTER, PieceKind.CARD, PieceKind.PICTURE})


def contact_data(
    content: KitContent, drawn: Mapping[Piece, PieceData], fits: Mapping[str, Iterable[TextFit]]
) -> PieceData:
    """What is on the sheet: `drawn` has the data of each piece, `fits` the fit of its texts by its item."""
    names = ("about", "organisation", *content.words.words)
    return {
        **page_data(content),
        "title": f"Contact sheet: {content.tag}, {content.partner.name}",
        "pieces": [
            {"item": piece.item, **drawn[piece]} for piece in drawn if piece.kind in _SHOWN_KINDS and not piece.grey
        ],
        "texts": [
            {
                "name": name,
                "source": content.word(name).source,
                "text": content.word(name).text,
                "state": str(content.word(name).state),
                "fit": _tightest(name, fits),
            }
            for name in names
        ],
    }


def _tightest(name: str, fits: Mapping[str, Iterable[TextFit]]) -> str:
    """Where a text was set smallest beside its least size, such as "card-open: 8.2 pt, at least 7.0"."""
    found = [(fit.size / fit.least, item, fit) for item, each in fits.items() for fit in each if fit.key == name]
    if not found:
        return ""
    _, item, fit = min(found, key=lambda one: one[:2])
    return f"{item}: {fit.size:.1f} pt, at least {fit.least:.1f}"
