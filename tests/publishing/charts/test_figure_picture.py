"""A figure as a file says by itself what it shows, of whom and where it is from, also to those who cannot see it."""

from __future__ import annotations

import io
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image, ImageColor

from kuule.core.palette import LIGHT, REPORT_CHART
from kuule.core.problems import PublishingError
from kuule.disclosure.release import release
from kuule.publishing.charts.chart_svg import figure_svg
from kuule.publishing.charts.figure_picture import FigurePicture, figure_picture
from kuule.publishing.charts.figure_png import figure_pngs
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import ReportSection, ReportView, report_view
from kuule.publishing.view.report_identity import ReportIdentity
from tests.publishing.charts.plots import SVG, beyond, svg_texts
from tests.publishing.released import BY_SMALL, RULES, released_origin, result, tables, wording

TEXT = "# Told\n\n```figure\nquestion: told\nby: land\n```\n\n```figure\nquestion: told\n```\n"
FOUND = "Most had told someone"
SOURCE = "Our Voice, release 1. https://example.org/our-voice"


def report(tag: str = "en", **known: object) -> ReportView:
    return report_view(read_template(TEXT), tables(BY_SMALL, **known), wording(tag), released_origin(**known))


def picture(view: ReportView | None = None, number: int = 0) -> FigurePicture:
    made = view or report()
    return figure_picture(made, section_of(made, number, finding=FOUND), source=SOURCE)


def section_of(view: ReportView, number: int = 0, **said: str) -> ReportSection:
    return replace([one for one in view.sections if one.figure is not None][number], **said)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        [length] = struct.unpack(">I", png[at : at + 4])
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(name + content),)
        yield name, content
        at += 12 + length


def flowing(svg: str) -> str:
    return " ".join(svg_texts(svg))


def test_svg_says_what_it_found_what_was_asked_of_whom_and_where_it_is_from():
    view = report()
    said, figure = flowing(figure_svg(picture(view))), view.figures[0]
    for text in (
        FOUND,
        figure.heading,
        figure.by,
        *figure.basis,
        *figure.remarks,
        SOURCE,
        "64%",
        "not shown",
        "Islands",
    ):
        assert text in said


def test_picture_says_who_was_asked_before_its_base():
    view = report()
    made = figure_picture(view, section_of(view, asked="We asked only people in the north."), source=SOURCE)
    said = "We asked only people in the north. Base: about 359 people"
    assert said in flowing(figure_svg(made))
    assert said in made.alternative


def test_svg_has_title_and_text_alternative_with_every_number():
    root = ET.fromstring(figure_svg(picture()))
    title, text = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert text is not None
    assert title.text == f"{FOUND} Had you told anyone?"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), text.get("id"))
    for said in (FOUND, "Nordic countries 64%", "Islands not shown", "Base: about 359 people", SOURCE):
        assert said in str(text.text)


def test_picture_by_groups_has_the_base_of_each_group_that_is_shown():
    view = report()
    bases = "Base: Everyone 359; Nordic countries 239; Elsewhere 100"
    assert bases in flowing(figure_svg(picture(view)))
    assert f"{bases}." in picture(view).alternative
    assert "Base: Everyone" not in picture(view, 1).alternative


def test_svg_has_its_own_colours_and_paper():
    svg = figure_svg(picture())
    assert ("var(" in svg, LIGHT["sheet"] in svg, REPORT_CHART["series-0"] in svg) == (False, True, True)
    assert [word for word in ("style=", "href", "url(", "<script") if word in svg] == []


def test_colour_of_the_study_is_that_of_its_bars():
    view = replace(report(), identity=ReportIdentity(colour="#123456", colour_dark="#abcdef"))
    assert "#123456" in figure_svg(picture(view, 1))


def test_nothing_reaches_over_the_edge():
    made = picture()
    assert beyond(made.drawing.shapes, made.width, made.drawing.height) == []


def test_practice_and_drafts_say_so():
    practice = flowing(figure_svg(picture(report(rehearsal=True))))
    assert "<style>.watermark{-webkit-user-select:none;user-select:none}</style>" in figure_svg(
        picture(report(rehearsal=True))
    )
    assert ("A computer made up these answers" in practice, "PRACTICE" in practice) == (True, True)
    draft = replace(report(), draft="draft_machine")
    assert "A machine translated some or all" in flowing(figure_svg(picture(draft)))
    assert "PRACTICE" not in flowing(figure_svg(picture()))


def test_figure_that_is_not_shown_says_why():
    made = release([result("told", {"": {"yes": 12, "no": 11}})], RULES)
    text = "# Told\n\n```figure\nquestion: told\n```\n"
    view = report_view(read_template(text), made, wording(), released_origin())
    alone = figure_picture(view, section_of(view), source="")
    assert view.figures[0].instead in flowing(figure_svg(alone))
    assert view.figures[0].instead in alone.alternative


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_png_is_a_picture_with_its_words_inside(tag):
    made = picture(report(tag))
    [png, other] = figure_pngs([made, picture(report(tag), 1)])
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    found = dict(chunks(png))
    width, height = struct.unpack(">II", found[b"IHDR"][:8])
    assert (width, height) == (1024, pytest.approx(made.drawing.height * 4 / 3, abs=1))
    words = found[b"iTXt"].removeprefix(b"XML:com.adobe.xmp\0\0\0\0\0").decode()
    root = ET.fromstring(words)
    said = {item.text for item in root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li")}
    assert said == {made.title, made.alternative}
    assert other != png


def test_png_has_few_colours_and_every_surface_has_its_own():
    """A quarter of the bytes, and no bar of another colour than in the SVG."""
    made = picture()
    [png] = figure_pngs([made])
    with Image.open(io.BytesIO(png)) as opened:
        assert opened.mode == "P"
        found = {colour: number for number, colour in opened.convert("RGB").getcolors()}
    assert len(found) <= 64
    wide = {colour for colour, number in found.items() if number > 1000}
    for name in ("paper", "track", "series-0"):
        assert ImageColor.getrgb(made.paints[name]) in wide


def test_png_is_the_same_to_the_byte():
    assert figure_pngs([picture()]) == figure_pngs([picture()])
    assert figure_pngs([]) == []


def test_png_with_a_letter_that_no_font_has_is_not_made():
    with pytest.raises(PublishingError) as refused:
        figure_pngs([figure_picture(report(), section_of(report(), finding="Told \U0003fffd?"), source="")])
    [problem] = refused.value.problems
    assert (problem.code, problem.place) == ("REPORT_041", "the figures in en as PNG")


def test_picture_from_right_to_left_is_the_mirror():
    arabic = figure_svg(picture(report("ar")))
    assert ET.fromstring(arabic).get("direction") == "rtl"
    first = re.search(r'<text x="([\d.]+)"', arabic)
    assert first is not None
    assert float(first[1]) == 768 - 24


def test_line_in_another_direction_than_the_picture_has_its_full_stop_at_its_end():
    said = svg_texts(figure_svg(picture(report("ar"))))
    assert f"\u2068{SOURCE}\u2069" in said
    assert SOURCE in svg_texts(figure_svg(picture()))
