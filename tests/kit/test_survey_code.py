"""The code on paper is read back as from a copy of a copy: scaled, greyed, turned, blurred."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import typst
import zxingcpp
from PIL import Image, ImageFilter

from kuule.kit.kit_building import PIECES
from kuule.kit.piece_setting import KIT_TEMPLATE
from kuule.typesetting.fonts_here import fonts_here
from tests.kit.spread_study import one_plan, spread_study
from tests.sampling import matrix

TEMPLATES = Path(__file__).parents[2] / "src" / "kuule" / "kit" / "templates"
WITH_CODE = [piece for piece in PIECES if piece.code]
OFFICE_PPI = 150
"""Of a cheap scan."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return one_plan(spread_study(tmp_path_factory.mktemp("study") / "study"))


def setter_of(plan, piece) -> typst.Compiler:
    inputs = {"kit": json.dumps(plan.drawn[piece])}
    return typst.Compiler(
        str(TEMPLATES / KIT_TEMPLATE), root=str(TEMPLATES), font_paths=fonts_here(), sys_inputs=inputs
    )


def page_of(plan, piece) -> Image.Image:
    pages = setter_of(plan, piece).compile(format="png", ppi=OFFICE_PPI)
    return Image.open(io.BytesIO(pages[0] if isinstance(pages, list) else pages)).convert("RGB")


def read_codes(picture: Image.Image) -> set[str]:
    return {found.text for found in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize("piece", matrix(WITH_CODE, 4), ids=lambda piece: piece.item)
def test_code_is_read_from_a_page_that_was_scaled_greyed_and_turned(plan, piece):
    page = page_of(plan, piece).convert("L")
    copied = page.resize((int(page.width * 0.71), int(page.height * 0.71))).rotate(7, expand=True, fillcolor=200)
    copied = copied.filter(ImageFilter.GaussianBlur(0.6)).point(lambda level: 40 + level * 170 // 255)
    assert read_codes(copied) == {"https://survey.example.org/k7/en"}


def test_code_is_read_upside_down_and_with_a_fifth_of_it_gone(plan):
    piece = next(piece for piece in WITH_CODE if piece.item == "poster-a4-discreet-grey")
    page = page_of(plan, piece)
    side = int(piece.code / 25.4 * OFFICE_PPI)
    [found] = zxingcpp.read_barcodes(page)
    left, top = found.position.top_left.x, found.position.top_left.y
    page.paste("white", (left + side // 3, top + side // 2, left + side // 3 + side // 4, top + side // 2 + side // 4))
    assert read_codes(page.rotate(180)) == {"https://survey.example.org/k7/en"}


@pytest.mark.parametrize("piece", matrix(PIECES, 6), ids=lambda piece: piece.item)
def test_typesetter_has_nothing_to_warn_of(plan, piece):
    _, warnings = setter_of(plan, piece).compile_with_warnings(format="pdf")
    assert [warning.message for warning in warnings] == []
