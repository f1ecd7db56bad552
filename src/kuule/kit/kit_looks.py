"""Pictures of what is on paper, for a screen: the first page of a piece, and the sheets for the reviewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.kit.contact_sheet import contact_data
from kuule.kit.kit_building import KitPlan
from kuule.kit.piece import Piece, PieceKind
from kuule.kit.piece_setting import CONTACT_TEMPLATE, picture_pages

_SMALL_PRINT_PIXELS_AN_INCH = 110
"""Of a card and of a contact sheet: at 72 their letters could not be read."""


def shown_on_screen(plan: KitPlan) -> Iterator[Piece]:
    """The posters and cards of which a screen shows a picture: in colour, and of posters one size."""
    for piece in plan.drawn:
        if piece.kind is PieceKind.CARD or (piece.item.startswith("poster-a4") and not piece.grey):
            yield piece


def piece_looks(plan: KitPlan) -> Mapping[str, bytes]:
    """The first page of each of these as a PNG, by its item. The kit has to be built before."""
    return {
        piece.item: picture_pages(
            plan.drawn[piece],
            known=plan.fits[piece.item],
            pixels_per_inch=_SMALL_PRINT_PIXELS_AN_INCH if piece.kind is PieceKind.CARD else 72,
        )[0]
        for piece in shown_on_screen(plan)
    }


def contact_sheet_looks(plan: KitPlan) -> list[bytes]:
    """Each page of the contact sheet as a PNG. The kit has to be measured before."""
    data = contact_data(plan.content, plan.drawn, plan.fits)
    return picture_pages(data, template=CONTACT_TEMPLATE, pixels_per_inch=_SMALL_PRINT_PIXELS_AN_INCH)
