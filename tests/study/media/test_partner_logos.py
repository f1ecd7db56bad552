"""Logos of partners: a small PNG that holds nothing but a picture; what is anything else is said and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.study.edition.study_edition import read_edition
from kuule.study.freeze import freeze
from kuule.study.media.partner_logos import PartnerLogo, read_logo, read_partner_logos
from kuule.study.settings.identity_settings import MAX_LOGO_BYTES, IdentityPartner, IdentitySettings
from tests.study.media.files import png, png_chunk
from tests.study.small_study import SETTINGS, make_study, rehearsal_key

AUTHOR = png_chunk(b"tEXt", b"Author\0Somebody")


def test_logo_keeps_what_a_picture_needs_and_nothing_else():
    assert read_logo(png(30, 20, AUTHOR, after=b"<script>"), "x") == PartnerLogo("x", png(30, 20), 30, 20)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            "is no PNG, whatever its name says",
        ),
        (b"", "is no PNG, whatever its name says"),
        (png(30, 20)[:-9], "is a PNG that is cut off or broken"),
        (png(30, 20, png_chunk(b"acTL", bytes(8))), "moves, and a picture that moves cannot be stopped"),
        (png(1201, 20), "has 1201 × 20 pixels, and 1200 × 600 are the most"),
        (png(30, 601), "has 30 × 601 pixels, and 1200 × 600 are the most"),
        (png(0, 20), "has 0 × 20 pixels, and 1200 × 600 are the most"),
        (png(30, 20, after=bytes(MAX_LOGO_BYTES)), "has 50,"),
    ],
)
def test_what_is_no_small_picture_is_not_taken(content, cause):
    logo = read_logo(content, "x")
    assert (logo.content, logo.cause.startswith(cause)) == (b"", True), logo.cause


def logo_in(study: Path) -> PartnerLogo:
    partners = {"first": IdentityPartner("First", "first.png")}
    return read_partner_logos(study, IdentitySettings(partners=partners))["first"]


def test_logo_that_is_not_there_or_a_link_or_too_large_is_said(tmp_path: Path):
    assert logo_in(tmp_path).cause == "is not there"
    (tmp_path / "identity").mkdir()
    (tmp_path / "secret.png").write_bytes(png())
    (tmp_path / "identity/first.png").symlink_to(tmp_path / "secret.png")
    assert logo_in(tmp_path).cause == "is a link to somewhere else"
    (tmp_path / "identity/first.png").unlink()
    (tmp_path / "identity/first.png").write_bytes(bytes(MAX_LOGO_BYTES + 1))
    assert logo_in(tmp_path).cause == "has 50,001 bytes, and 50,000 are the most"


def test_edition_has_the_logo_itself(tmp_path: Path):
    own = '\n[identity.partners.first]\nname = "First"\nlogo = "first.png"\n'
    study = make_study(tmp_path / "study", settings=SETTINGS + own)
    (study / "identity").mkdir()
    (study / "identity/first.png").write_bytes(png(30, 20, AUTHOR))
    freeze(study, rehearsal_key().public, tmp_path / "edition", drafts=True)
    found = read_edition(tmp_path / "edition").study.identity.partners["first"]
    assert found == IdentityPartner("First", picture=png(30, 20))
