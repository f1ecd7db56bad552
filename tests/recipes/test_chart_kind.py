"""The recipe of a chart kind: a report that asks for what was added has it on its page and in its PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recipes.recipe import appended, follow, replaced, row_before

READ_SO = 'chart=fields.get("chart", "bars")'
SHOWN_SO = "    answers = tuple(replace(one, chart=figure.chart) for one in answers)\n"
PLACED = """\
        if answer.chart == "dots":
            drawing.boxes = [_dot(box) for box in drawing.boxes]
        drawing.height += _GAP
"""
DOT = """

def _dot(box: ChartBox) -> ChartBox:
    if box.paint == "track" or box.x:
        return box
    return ChartBox(box.width - 8, box.y, 8, box.height, box.paint)


def _draw_single("""
READER_TEST = """

def test_recipe_dots_are_asked_for():
    text = "```figure\\nquestion: told\\nchart: dots\\n```\\n"
    assert [figure.chart for figure in read_template(text).figures] == ["dots"]
"""
FIGURE_TEST = """

def test_recipe_dots_say_the_same_numbers_without_the_picture():
    [released] = release([result("told", {"": TOLD})], RULES)
    request, views = TableRequest("told"), []
    for chart in ("bars", "dots"):
        asked = TemplateFigure(request, "", 1, chart=chart)
        views.append(figure_view(asked, 1, {request: released}, wording(), WORDS))
    assert [{answer.chart for answer in view.answers} for view in views] == [{"bars"}, {"dots"}]
    assert views[0].spoken == views[1].spoken
"""
SVG_TEST = """

def test_recipe_dots_stand_where_bars_would_end():
    dots = tuple(ChartAnswer(one.label, one.bars, chart="dots") for one in ANSWERS)
    assert sorted(texts(painted(dots))) == sorted(texts(painted()))
    bar, dot = ([box for box in lay_out_chart(each, 720).boxes if box.paint == "series-0"] for each in (ANSWERS, dots))
    assert [box.x + box.width for box in bar] == [box.x + box.width for box in dot]
    assert [box.width for box in dot] == [8]
    assert painted(dots) != painted()
"""
PDF_TEST = """

def test_recipe_dots_are_handed_to_the_pdf():
    asked = (TEXT.replace("by: land", f"by: land\\nchart: {chart}") for chart in ("bars", "dots"))
    made = [pdf_content(view(text), ["x"]) for text in asked]
    assert made[0] != made[1]
"""


@pytest.mark.slow
def test_chart_that_is_added_so_is_read_shown_and_drawn(tmp_path: Path) -> None:
    publishing, tests = "src/kuule/publishing", "tests/publishing"
    example = {
        f"{publishing}/template/template_parts.py": replaced(
            ("\n\n\nTemplatePart = ", '\n    chart: str = "bars"\n\n\nTemplatePart = ')
        ),
        f"{publishing}/template/template_reader.py": replaced(
            ('"by", "note")', '"by", "note", "chart")'),
            ("block_key(block))\n\n    def _fields", f"block_key(block), {READ_SO})\n\n    def _fields"),
        ),
        f"{publishing}/view/chart_data.py": appended('    chart: str = "bars"\n'),
        f"{publishing}/view/figures.py": replaced(
            ("import dataclass\n", "import dataclass, replace\n"),
            ("    return FigureView(", f"{SHOWN_SO}    return FigureView("),
        ),
        f"{publishing}/render/layout.py": replaced(
            ("        drawing.height += _GAP\n", PLACED), ("\n\ndef _draw_single(", DOT)
        ),
        f"{tests}/template/test_template_reader.py": appended(READER_TEST),
        f"{tests}/view/test_figures.py": appended(FIGURE_TEST),
        f"{tests}/render/test_svg_charts.py": appended(SVG_TEST),
        f"{tests}/render/test_report_pdf.py": appended(PDF_TEST),
        "docs/reference/report.md": row_before("| `note` |", "| `chart` | `bars`, or `dots` |"),
    }
    copy = follow("A chart kind", {}, example, tmp_path)
    copy.run_tests(
        f"{tests}/template/test_template_reader.py:test_recipe_dots_are_asked_for",
        f"{tests}/view/test_figures.py:test_recipe_dots_say_the_same_numbers_without_the_picture",
        f"{tests}/render/test_svg_charts.py:test_recipe_dots_stand_where_bars_would_end",
        f"{tests}/render/test_report_pdf.py:test_recipe_dots_are_handed_to_the_pdf",
    )
