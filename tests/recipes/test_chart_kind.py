"""The recipe of a chart kind: a report that asks for what was added has it on its page and in its PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recipes.recipe import follow, new, replaced, row_before

KIND = '''"""Marks: a dot for each answer (an example)."""

from __future__ import annotations

from kuule.publishing.charts.shapes import ChartLayout, Dot, Drawing, TextLine
from kuule.publishing.view.plotted_figure import PlottedFigure


def suits_marks(figure: PlottedFigure) -> bool:
    return not figure.divided


def lay_out_marks(figure: PlottedFigure, width: int) -> ChartLayout:
    rows = []
    for answer, value in zip(figure.answers, figure.groups[0].values, strict=True):
        row = Drawing(40, [TextLine(0, 10, f"{answer} {value.text}")])
        row.shapes += [] if value.share is None else [Dot(10 + (width - 20) * value.share / 100, 30, 6, "series-0")]
        rows.append(row)
    return ChartLayout(width, tuple(rows))
'''
TEST = """import json

from kuule.publishing.charts.chart_kinds import chart_kind, lay_out_figure
from kuule.publishing.charts.shapes import Dot
from kuule.publishing.render.pdf_content import pdf_content
from kuule.publishing.render.report_html import report_html
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import report_view
from tests.publishing.charts.plots import EVERYONE, plot, texts
from tests.publishing.released import released_origin, tables, wording

ASKED = "# Told\\n\\n```figure\\nquestion: told\\nchart: marks\\n```\\n"


def test_a_report_that_asks_for_it_has_it_on_its_page_and_in_its_pdf():
    view = report_view(read_template(ASKED), tables(), wording(), released_origin())
    assert chart_kind(view.figures[0].plot) == "marks"
    assert "Yes, someone 57%" in report_html(view)
    assert "Yes, someone 57%" in json.dumps(pdf_content(view, ["x"]))


def test_what_is_withheld_has_no_mark():
    shapes = lay_out_figure(plot({EVERYONE: {"Yes": 60, "No": None}}, asked="marks"), 340).whole.shapes
    assert texts(shapes) == ["Yes 60%", "No not shown"]
    assert len([shape for shape in shapes if isinstance(shape, Dot)]) == 1
"""
IMPORT = "from kuule.publishing.charts.kinds.marks import lay_out_marks, suits_marks"


@pytest.mark.slow
def test_chart_that_is_added_so_is_asked_for_and_drawn(tmp_path: Path) -> None:
    charts, test = "src/kuule/publishing/charts", "tests/publishing/charts/kinds/test_marks.py"
    example = {
        f"{charts}/kinds/marks.py": new(KIND),
        f"{charts}/chart_kinds.py": replaced(
            (
                "\n\n\n@dataclass",
                "\nfrom kuule.publishing.charts.kinds.marks import lay_out_marks, suits_marks\n\n\n@dataclass",
            ),
            ("\n}\n", '\n    "marks": ChartKind(suits_marks, lay_out_marks, only_asked=True),\n}\n'),
        ),
        "src/kuule/publishing/template/template_parts.py": replaced(('"diverging")', '"diverging", "marks")')),
        test: new(TEST),
        "docs/reference/report.md": row_before("| `diverging` |", "| `marks` | a dot for each answer | where asked |"),
    }
    copy = follow("A chart kind", {"kind": "marks"}, example, tmp_path)
    copy.run_tests(
        f"{test}:test_a_report_that_asks_for_it_has_it_on_its_page_and_in_its_pdf",
        f"{test}:test_what_is_withheld_has_no_mark",
        "tests/publishing/charts/test_chart_kinds.py:test_authors_can_ask_for_every_kind_and_for_no_other",
    )
