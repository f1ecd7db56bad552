"""Exact numbers as figures: they are right, and nobody takes them for published ones."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kuule
from kuule.core.problems import PublishingError
from kuule.desk.figure_html import figure_html
from kuule.publishing.charts.chart_kinds import chart_kind
from kuule.tables.missing import Missing
from kuule.usecases.open_answers.analyst_figures import (
    NOT_FOR_PUBLICATION,
    dataset_questions,
    plotted_counts,
    question_figures,
)
from tests.dataset.small import edition, record
from tests.factories import make_dataset

SOURCE = Path(kuule.__file__).parent
MAKERS = {"publishing/view/plotted_figure.py", "usecases/open_answers/analyst_figures.py"}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("figures") / "ds"
    people = [record({"told": "yes", "residence": "FI", "who": "family stranger"})] * 2
    people += [record({"told": "no", "residence": "FR"}), record({"told": "prefer_not_to_say"}), record({})]
    make_dataset(people, [edition()], path)
    return path


def test_counts_are_exact_and_reasons_are_counted(dataset: Path) -> None:
    [told, who] = question_figures(dataset, ["told", "who"])
    assert [(row.label, row.counts) for row in told.rows] == [("Yes", (2,)), ("No", (1,))]
    assert told.groups == (("Everyone", 3),)
    assert told.unanswered[Missing.PREFER_NOT_TO_SAY] == 1
    assert told.unanswered[Missing.PASSED_OVER] == 1
    assert [value.text for value in told.plotted.groups[0].values] == ["67% (2)", "33% (1)"]
    assert who.multiple


def test_a_cut_has_its_groups_and_one_without_people_says_nobody(dataset: Path) -> None:
    [told] = question_figures(dataset, ["told"], "residence")
    assert told.groups == (("Finland", 2), ("Sweden", 0), ("France", 1))
    assert [value.text for value in told.plotted.groups[1].values] == ["nobody", "nobody"]
    assert "nobody" in figure_html(told.plotted)
    [itself] = question_figures(dataset, ["residence"], "residence")
    assert itself.groups == (("Everyone", 3),)
    with pytest.raises(PublishingError, match="REPORT_011"):
        question_figures(dataset, ["told"], "nothing")


def test_parts_without_a_heading_are_named_by_their_question(dataset: Path) -> None:
    questions = dataset_questions(dataset)
    assert [one.heading for one in questions.sections][:2] == ["Had you told it?", "Who was it?"]
    assert questions.cuts["region"] == "Region"


def test_every_chart_says_that_it_is_not_for_publication() -> None:
    figure = plotted_counts([("<b>Heard</b>", 3), ("Silence", 1)], 4)
    html = figure_html(figure)
    assert chart_kind(figure) == "bars"
    assert html.count('class="watermark"') == 2
    assert html.count(f">{NOT_FOR_PUBLICATION}</text>") == 2
    assert html.count(f'aria-label="{NOT_FOR_PUBLICATION}. &lt;b&gt;Heard&lt;/b&gt;: 75% (3); Silence: 25% (1)"') == 2
    assert "<b>" not in html


def test_names_of_codes_steer_no_chart() -> None:
    html = figure_html(plotted_counts([("a\u202eb\x00\x1b[2J\u2066 e" + "\u0301" * 400, 1), ("c" * 300, 0)], 1))
    assert re.search("[\x00-\x08\x1b\u202a-\u202e\u2066-\u2069]", html) is None
    assert "\u0301" * 5 not in html


def test_only_the_analyst_s_figures_are_made_of_exact_numbers() -> None:
    """A figure that is drawn is made of a released table, or here with its mark: in no third place."""
    texts = {path: path.read_text("utf-8") for path in SOURCE.rglob("*.py")}
    made = {
        path.relative_to(SOURCE).as_posix()
        for path, text in texts.items()
        if "PlottedFigure" in text
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "PlottedFigure"
    }
    assert made == MAKERS
    users = {path.relative_to(SOURCE).parts[0] for path, text in texts.items() if "analyst_figures" in text}
    assert users == {"cli", "desk"}
