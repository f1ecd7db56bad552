"""What a report shows of who is behind it: the study's colour, and the partners with their logos."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownPartner:
    """A partner by name, and with a logo if there is one: `picture` is a PNG as a data: URI, "" if there is none."""

    name: str
    picture: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class ReportIdentity:
    """`colour` and `colour_dark` are `#rrggbb`, on light and on dark ground; "" for those of Kuule."""

    colour: str = ""
    colour_dark: str = ""
    partners: tuple[ShownPartner, ...] = ()

    @property
    def has_pictures(self) -> bool:
        """Whether a partner has a logo."""
        return any(partner.picture for partner in self.partners)
