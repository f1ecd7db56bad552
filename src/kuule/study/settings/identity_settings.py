"""[identity] in study.toml: the study's own colour, and the partners whose names and logos are on its report.

In study.toml a logo is the name of a file in the folder `identity/`. When a study is frozen, the picture itself takes
that place, so that a dataset has all that its report shows.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.core.colours import HEX_COLOUR
from kuule.study.settings.table_reader import TableReader

MAX_PARTNERS = 8
MAX_LOGO_BYTES = 50_000
MAX_LOGO_PIXELS = (1200, 600)
"""The greatest width and height of a logo. On paper it is at most 34 by 12 mm, and 1200 pixels are 900 to an inch."""
_LOGO_FILE = r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.png"
_EMBEDDED = "data:image/png;base64,"


@dataclass(frozen=True, slots=True)
class IdentityPartner:
    """A partner by name. `logo` is the name of its file, and `picture` the PNG itself once the study is frozen."""

    name: str
    logo: str = ""
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """`colour` and `colour_dark` are `#rrggbb`, for text on light and on dark ground; "" if the study has none of its
    own."""

    colour: str = ""
    colour_dark: str = ""
    partners: Mapping[str, IdentityPartner] = field(default_factory=dict)


def read_identity(table: TableReader) -> IdentitySettings:
    """The settings in the table [identity]. Problems are added to `table`."""
    colour, colour_dark = (_colour(table, key) for key in ("colour", "colour_dark"))
    if colour_dark and not colour:
        table.reject_value("colour_dark", colour_dark, "give colour too, or leave both out")
    named = table.subtable("partners")
    partners = {code: _partner(reader) for code, reader in named.subtables("name of a partner")}
    if len(partners) > MAX_PARTNERS:
        table.reject_value("partners", len(partners), f"name {MAX_PARTNERS} at most")
    table.reject_unknown_keys()
    return IdentitySettings(colour, colour_dark, partners)


def _colour(table: TableReader, key: str) -> str:
    remedy = "write # and six digits of 0-9 and a-f, like #1f4f48"
    return table.text(key, "", pattern=f"({HEX_COLOUR})?", remedy=remedy).lower()


def _partner(reader: TableReader) -> IdentityPartner:
    name, logo = reader.text("name"), str(reader.table.get("logo") or "")
    if logo.startswith(_EMBEDDED):
        reader.known_keys.add("logo")
        partner = IdentityPartner(name, picture=_embedded(logo, reader))
    else:
        remedy = "write the name of a PNG in the folder identity, like partner.png; no SVG, which can hold script"
        partner = IdentityPartner(name, reader.text("logo", "", pattern=f"({_LOGO_FILE})?", remedy=remedy))
    reader.reject_unknown_keys()
    return partner


def _embedded(logo: str, reader: TableReader) -> bytes:
    try:
        return base64.b64decode(logo.removeprefix(_EMBEDDED), validate=True)
    except binascii.Error:
        reader.reject_value("logo", f"{logo[:40]}…", "write the name of a PNG in the folder identity")
        return b""


def table_from_identity(settings: IdentitySettings) -> dict[str, object]:
    """The reverse: what is to be put into the table of all settings. Nothing if the study has no identity of its own,
    so that editions from before there was one are the same to the byte."""
    if settings == IdentitySettings():
        return {}
    partners = {
        code: {"name": partner.name, **({"logo": _logo(partner)} if partner.logo or partner.picture else {})}
        for code, partner in settings.partners.items()
    }
    return {"identity": {"colour": settings.colour, "colour_dark": settings.colour_dark, "partners": partners}}


def _logo(partner: IdentityPartner) -> str:
    return f"{_EMBEDDED}{base64.b64encode(partner.picture).decode()}" if partner.picture else partner.logo
