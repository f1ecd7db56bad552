"""A study's own colour and its partners, on the page and in the PDF: pictures and no more, text that can be read."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from hashlib import sha256

import pytest
from pypdf import PdfReader

from kuule.core.colours import AAA_TEXT, contrast_ratio
from kuule.core.palette import DARK, GROUNDS
from kuule.publishing.render.report_html import report_html
from kuule.publishing.render.report_looks import FIRST_LOOK
from kuule.publishing.render.report_pdf import report_pdf
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import ReportView, report_view
from kuule.publishing.view.report_identity import ReportIdentity, report_identity
from kuule.study.settings.identity_settings import IdentityPartner, IdentitySettings
from tests.publishing.released import released_origin, tables, wording
from tests.study.media.files import png, png_chunk

PARTNERS = {
    "first": IdentityPartner("First & <Partner>", picture=png(30, 20, png_chunk(b"tEXt", b"Author\0Somebody"))),
    "second": IdentityPartner("Second Partner"),
}
OWN = IdentitySettings("#7a1f4c", "", PARTNERS)


def view(settings: IdentitySettings = OWN) -> ReportView:
    template = read_template("# Told\n\n```figure\nquestion: told\n```\n")
    return report_view(template, tables(), wording(), released_origin(), identity=report_identity(settings))


def test_study_without_an_identity_has_kuules():
    assert report_identity(IdentitySettings()) == ReportIdentity()
    assert report_html(view(IdentitySettings())) == report_html(replace(view(), identity=ReportIdentity()))


def test_dark_colour_is_made_where_the_study_names_none():
    dark = report_identity(OWN).colour_dark
    assert min(contrast_ratio(dark, DARK[ground]) for ground in GROUNDS) >= AAA_TEXT
    assert report_identity(replace(OWN, colour_dark="#e6a3c3")).colour_dark == "#e6a3c3"


def test_page_has_the_logo_itself_with_a_name_and_the_other_partner_as_text():
    html = report_html(view())
    picture = base64.b64encode(png(30, 20)).decode()
    name = "First &amp; &lt;Partner&gt;"
    assert f'<img src="data:image/png;base64,{picture}" width="30" height="20" alt="{name}">' in html
    assert "<li>Second Partner</li>" in html
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", html) == []


@pytest.mark.parametrize(("settings", "allowed"), [(OWN, True), (replace(OWN, partners={}), False)])
def test_page_may_show_pictures_only_where_it_has_some_and_styles_by_their_hash(settings, allowed):
    html = report_html(view(settings))
    [policy] = re.findall('content="(default[^"]*)"', html)
    [style] = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    known = base64.b64encode(sha256(style.encode()).digest()).decode()
    more = " img-src data:;" if allowed else ""
    assert policy == f"default-src 'none'; style-src 'sha256-{known}';{more} base-uri 'none'; form-action 'none'"
    assert (style.count("#7a1f4c"), style.count(report_identity(settings).colour_dark)) == (2, 2)


def test_what_a_dataset_has_in_place_of_a_logo_does_not_come_onto_the_page():
    hostile = {"a": IdentityPartner("A", picture=b"<svg onload=alert(1)>")}
    html = report_html(view(IdentitySettings(partners=hostile)))
    assert ("<img" in html, "<li>A</li>" in html) == (False, True)


def test_pdf_has_the_logo_with_its_name_and_the_colour():
    pdf = PdfReader(io.BytesIO(report_pdf(view())))
    assert len(pdf.pages[0].images) == 1
    assert "Second Partner" in pdf.pages[0].extract_text()
    assert "First & <Partner>" not in pdf.pages[0].extract_text()


def test_first_look_has_no_identity():
    without = replace(view(), identity=ReportIdentity())
    assert report_html(without, FIRST_LOOK) == report_html(view(replace(OWN, colour="", partners={})), FIRST_LOOK)
