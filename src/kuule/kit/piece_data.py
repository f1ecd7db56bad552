"""What a piece hands to the typesetter: every word as text, colours, the code as a drawing, the logo as numbers."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.core.colours import mix_colours
from kuule.core.palette import LIGHT
from kuule.kit.kit_content import KitContent
from kuule.kit.piece import HEADLINES, LEADS, Face, Piece, PieceKind
from kuule.kit.survey_code import draw_code
from kuule.languages.cldr.locale_formats import comma
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.directed_text import left_to_right
from kuule.typesetting.fonts_here import font_families
from kuule.typesetting.missing_letters import without_unsettable

PieceData = dict[str, object]


def piece_data(piece: Piece, content: KitContent) -> PieceData:
    """Everything that is on one piece."""
    data = {
        **page_data(content),
        "piece": _measures(piece),
        "paints": piece_paints(piece.face, grey=piece.grey, colour=content.colour),
        "title": piece_title(piece, content),
        "headline": content.say(HEADLINES[piece.face]),
        "headline_key": HEADLINES[piece.face],
        "lead": content.say(LEADS[piece.face]),
        "lead_key": LEADS[piece.face],
        "scan": content.say("scan"),
        "trace": content.say("trace"),
        "address": content.shown_address,
        "onion_label": content.say("onion"),
        "onion": content.onion if piece.kind is PieceKind.POSTER else "",
        "help": unbroken_help(content, piece.face),
        "run_by": content.say("run_by") if piece.face is Face.OPEN else "",
        "partner": _partner(content) if piece.face is Face.OPEN else None,
        "code": draw_code(content.address) if piece.code else "",
        "code_alt": f"QR: {content.shown_address}",
    }
    return dict(without_unsettable(data))  # type: ignore[call-overload, no-any-return]


def page_data(content: KitContent) -> PieceData:
    """The language of a page, its direction, its fonts, and what is written across a draft."""
    first, *rest = content.tag.split("-")
    sans, headings = font_families()
    return {
        "lang": first,
        "region": next((part for part in rest if len(part) == len("PT") and part.isupper()), None),
        "dir": find_language(content.tag).direction,
        "fonts": sans,
        "headings": headings,
        "draft": content.draft_note,
    }


def help_sentence(content: KitContent, face: Face) -> str:
    """The line of help. On the discreet face the name of the service is left out, since it can tell the subject."""
    number = left_to_right(content.help.number, content.tag)
    said = number if face is Face.DISCREET else f"{content.help.name}{comma(content.tag)}{number}"
    return f"{content.say('help')} {said}"


def unbroken_help(content: KitContent, face: Face) -> str:
    """The line of help as it is set: no line ends within the number."""
    number = content.help.number
    return help_sentence(content, face).replace(number, number.replace(" ", "\N{NO-BREAK SPACE}"))


def piece_title(piece: Piece, content: KitContent) -> str:
    """The title of a file: a viewer shows it above the window, so that it says no more than the piece does."""
    if piece.kind in (PieceKind.CARD, PieceKind.CARD_SHEET):
        return content.say("card_name")
    return content.say(HEADLINES[piece.face]).replace("\n", " ")


def picture_alternative(piece: Piece, content: KitContent) -> str:
    """What a picture says, for people who hear it."""
    words = f"{content.say(HEADLINES[piece.face])} {content.say(LEADS[piece.face])}".replace("\n", " ")
    return content.say("alt", words=words, address=content.shown_address, help=help_sentence(content, piece.face))


def _measures(piece: Piece) -> PieceData:
    return {
        "kind": str(piece.kind),
        "width": piece.width,
        "height": piece.height,
        "bleed": piece.bleed,
        "grey": piece.grey,
        "code": piece.code,
    }


def piece_paints(face: Face, *, grey: bool, colour: str) -> Mapping[str, str]:
    """The colours of a piece: of Kuule, with the study's own in place of its deep green; or black on white."""
    if grey:
        return {"ground": "#ffffff", "ink": "#000000", "strong": "#000000", "ring": "#f2f2f2", "core": "#e6e6e6"}
    deep = colour or LIGHT["deep"]
    if face is Face.OPEN:
        white = LIGHT["on-deep"]
        return {
            "ground": deep,
            "ink": white,
            "strong": white,
            "ring": mix_colours(deep, white, 0.06),
            "core": mix_colours(deep, white, 0.12),
        }
    sand = LIGHT["sand"]
    return {
        "ground": sand,
        "ink": LIGHT["ink"],
        "strong": deep,
        "ring": mix_colours(sand, LIGHT["honey"], 0.06),
        "core": mix_colours(sand, LIGHT["honey"], 0.12),
    }


def _partner(content: KitContent) -> PieceData:
    """The partner: its logo as numbers from 0 to 255, because JSON has no bytes, or its name where it has none."""
    logo = content.partner.logo
    size = (logo.width or 1, logo.height or 1)
    return {"name": content.partner.name, "logo": list(logo.content), "size": size}
