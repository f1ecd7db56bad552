"""What a report shows of who is behind it: the study's colour, and the partners with their logos."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from kuule.core.colours import nearest_readable
from kuule.core.palette import DARK, GROUNDS
from kuule.study.media.partner_logos import read_logo
from kuule.study.settings.identity_settings import IdentityPartner, IdentitySettings


@dataclass(frozen=True, slots=True)
class ShownPartner:
    """A partner by name and, if there is one, with a logo: `content` is a PNG, b"" if there is none. Width and height
    are in pixels."""

    name: str
    content: bytes = b""
    width: int = 0
    height: int = 0

    @property
    def picture(self) -> str:
        """The logo as a data: URI, so that the page needs no further file; "" if there is none."""
        return f"data:image/png;base64,{base64.b64encode(self.content).decode()}" if self.content else ""


@dataclass(frozen=True, slots=True)
class ReportIdentity:
    """`colour` and `colour_dark` are `#rrggbb`, on light and on dark ground; "" for those of Kuule."""

    colour: str = ""
    colour_dark: str = ""
    partners: tuple[ShownPartner, ...] = ()

    @property
    def has_pictures(self) -> bool:
        """Whether a partner has a logo."""
        return any(partner.content for partner in self.partners)


def report_identity(settings: IdentitySettings) -> ReportIdentity:
    """What a report shows of [identity]. Without `colour_dark` it is the nearest one to `colour` that can be read on
    dark ground. A logo is read again: nothing but a picture comes onto a page, whatever a dataset has."""
    grounds = tuple(DARK[name] for name in GROUNDS)
    dark = settings.colour_dark or (nearest_readable(settings.colour, grounds) if settings.colour else "")
    return ReportIdentity(settings.colour, dark, tuple(_shown_partner(each) for each in settings.partners.values()))


def _shown_partner(partner: IdentityPartner) -> ShownPartner:
    logo = read_logo(partner.picture, "")
    return ShownPartner(partner.name, logo.content, logo.width, logo.height)
