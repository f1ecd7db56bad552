"""Which kind of chart shows a figure: by its numbers, or as its author asked where that can be."""

from __future__ import annotations

import pytest

from kuule.publishing.charts.chart_kinds import CHART_LAYOUTS, chart_kind, lay_out_figure
from kuule.publishing.template.template_parts import CHART_KINDS
from tests.publishing.charts.plots import EVERYONE, plot

THREE = {"a": 10, "b": 20, "c": 30}


def test_authors_can_ask_for_every_kind_and_for_no_other():
    assert tuple(CHART_LAYOUTS) == CHART_KINDS


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        ("bars", plot({EVERYONE: THREE})),
        ("bars", plot({"North": THREE})),
        ("bars", plot({EVERYONE: THREE}, scale=True)),
        ("dots", plot({EVERYONE: THREE, "One": THREE, "Two": THREE})),
        ("multiples", plot({EVERYONE: THREE, "One": THREE})),
        ("multiples", plot({EVERYONE: THREE, "One": THREE, "Two": THREE}, ordered=True)),
        ("multiples", plot({EVERYONE: {"Yes": 1, "No": 2}, "One": {"Yes": 1, "No": 2}, "Two": {"Yes": 1, "No": 2}})),
        ("multiples", plot({f"Land {n}": THREE for n in range(30)})),
        ("diverging", plot({EVERYONE: THREE}, scale=True, asked="diverging")),
        ("multiples", plot({EVERYONE: THREE, "One": THREE, "Two": THREE}, asked="multiples")),
        ("bars", plot({EVERYONE: THREE}, asked="diverging")),
        ("bars", plot({EVERYONE: THREE}, asked="dots")),
    ],
)
def test_kind_is_the_one_that_is_asked_for_or_the_first_that_suits(kind, figure):
    assert chart_kind(figure) == kind
    assert lay_out_figure(figure, 720) == CHART_LAYOUTS[kind].lay_out(figure, 720)
