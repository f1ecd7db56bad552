"""A page for whoever hands the pieces out: where they can go and where not, what not to ask, what to say when told."""

from __future__ import annotations

from kuule.core.palette import LIGHT
from kuule.kit.kit_content import KitContent
from kuule.kit.piece import Face
from kuule.kit.piece_data import PieceData, page_data, unbroken_help

SAFETY_FILE = "safety.pdf"
_SECTIONS = ("safety_where", "safety_not", "safety_ask", "safety_tell")
SAFETY_KEYS = (
    "safety_title",
    "safety_faces",
    *(key for section in _SECTIONS for key in (section, f"{section}_list")),
    "safety_trace",
    "help",
)


def safety_data(content: KitContent) -> PieceData:
    """Everything on the page; each line of a list is an item of it."""
    return {
        **page_data(content),
        "accent": content.colour or LIGHT["deep"],
        "title": content.say("safety_title"),
        "faces": content.say("safety_faces"),
        "sections": [
            {"title": content.say(name), "items": content.say(f"{name}_list").split("\n")} for name in _SECTIONS
        ],
        "trace": content.say("safety_trace"),
        "help": unbroken_help(content, Face.OPEN),
    }
