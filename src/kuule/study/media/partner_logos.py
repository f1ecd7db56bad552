"""The logos of partners, in the folder `identity/` of a study: which files are taken, and what is kept of them.

A PNG alone, with only the chunks that a picture needs. No SVG, because it can hold script and fetch from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.core.problems import StudyError
from kuule.core.regular_files import read_regular_file
from kuule.study.media import png
from kuule.study.media.medium import UnusableMedia
from kuule.study.settings.identity_settings import (
    MAX_LOGO_BYTES,
    MAX_LOGO_PIXELS,
    IdentityPartner,
    IdentitySettings,
)
from kuule.study.settings.study_toml import Study

LOGO_FOLDER = "identity"


@dataclass(frozen=True, slots=True)
class PartnerLogo:
    """A logo as it was read: the PNG and its size, or in `cause` why it is not taken."""

    place: str
    content: bytes = b""
    width: int = 0
    height: int = 0
    cause: str = ""


def read_logo(content: bytes, place: str) -> PartnerLogo:
    """The logo in a file, without whatever a picture does not need."""
    if len(content) > MAX_LOGO_BYTES:
        return PartnerLogo(place, cause=f"has {len(content):,} bytes, and {MAX_LOGO_BYTES:,} are the most")
    if not png.matches(content):
        return PartnerLogo(place, cause="is no PNG, whatever its name says")
    try:
        medium = png.read(content)
    except UnusableMedia as unusable:
        return PartnerLogo(place, cause=str(unusable))
    width, height = MAX_LOGO_PIXELS
    if not (0 < medium.width <= width and 0 < medium.height <= height):
        cause = f"has {medium.width} × {medium.height} pixels, and {width} × {height} are the most"
        return PartnerLogo(place, cause=cause)
    return PartnerLogo(place, medium.content, medium.width, medium.height)


def read_partner_logos(study: Path, identity: IdentitySettings) -> Mapping[str, PartnerLogo]:
    """The logo of each partner that has one, by the partner's code. Nothing is raised; a rule reports what is wrong."""
    return {
        code: _logo(partner, study) for code, partner in identity.partners.items() if partner.logo or partner.picture
    }


def _logo(partner: IdentityPartner, study: Path) -> PartnerLogo:
    if partner.picture:
        return read_logo(partner.picture, "study.toml, identity.partners")
    place, file = f"{LOGO_FOLDER}/{partner.logo}", study / LOGO_FOLDER / partner.logo
    if file.is_symlink() or file.parent.is_symlink():
        return PartnerLogo(place, cause="is a link to somewhere else")
    try:
        if file.stat().st_size > MAX_LOGO_BYTES:
            return PartnerLogo(place, cause=f"has {file.stat().st_size:,} bytes, and {MAX_LOGO_BYTES:,} are the most")
        return read_logo(read_regular_file(file, most=MAX_LOGO_BYTES), place)
    except FileNotFoundError:
        return PartnerLogo(place, cause="is not there")
    except StudyError as error:
        return PartnerLogo(place, cause=error.problems[0].cause.removeprefix("it "))
    except OSError as error:
        return PartnerLogo(place, cause=f"cannot be read ({error.strerror})")


def embed_logos(study: Study, logos: Mapping[str, PartnerLogo]) -> Study:
    """The settings with each logo itself in place of the name of its file."""
    partners = {
        code: replace(partner, logo="", picture=logos[code].content) if code in logos else partner
        for code, partner in study.identity.partners.items()
    }
    return replace(study, identity=replace(study.identity, partners=partners))
