"""The numbers of a chart are those of the released table, and each that is withheld keeps its place."""

from __future__ import annotations

from kuule.core.palette import ORDERED_STEPS
from kuule.disclosure.release import release
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.template.template_parts import TemplateFigure
from kuule.publishing.view.figures import FigureView, figure_view
from kuule.publishing.view.plotted_figure import MANY_GROUPS, PlottedFigure
from kuule.tables.request import TableRequest
from kuule.tables.wording import Wording
from tests.publishing.released import BY_SMALL, RULES, TOLD, result, wording

WORDS = words_for("en")


def figure(by: dict, known: Wording | None = None, chart: str = "") -> FigureView:
    released = release([result("told", {"": TOLD}), result("told", by, "land")], RULES)
    tables = {table.request: table for table in released}
    asked = TemplateFigure(TableRequest("told", "land"), "", 1, chart=chart)
    return figure_view(asked, 1, tables, known or wording(), WORDS)


def plotted(by: dict, known: Wording | None = None, chart: str = "") -> PlottedFigure:
    made = figure(by, known, chart).plot
    assert made is not None
    return made


def shares(made: PlottedFigure) -> dict[str, list[int | str]]:
    return {
        group.label: [value.text if value.share is None else value.share for value in group.values]
        for group in made.groups
    }


def test_numbers_are_those_of_the_table_and_a_withheld_group_keeps_its_place():
    made = plotted(BY_SMALL)
    assert made.answers == ("Yes, someone", "No, <never>")
    assert shares(made) == {
        "Everyone": [57, 43],
        "Nordic countries": [64, 36],
        "Elsewhere": [50, 50],
        "Islands": ["not shown", "not shown"],
    }
    assert [group.base for group in made.groups] == [359, 239, 100, None]
    assert [group.label for group in made.divided] == ["Nordic countries", "Elsewhere", "Islands"]
    assert made.missing == ("", "", "", "not shown")


def test_it_is_said_whole_in_words():
    said = plotted(BY_SMALL).spoken
    assert said == (
        "Yes, someone: Everyone 57%, Nordic countries 64%, Elsewhere 50%, and Islands not shown; "
        "No, <never>: Everyone 43%, Nordic countries 36%, Elsewhere 50%, and Islands not shown"
    )


def test_number_below_the_threshold_says_so_and_has_no_share():
    made = plotted({"nordic": {"yes": 151, "no": 3}, "elsewhere": {"yes": 52, "no": 153}})
    few = made.groups[1].values[1]
    assert (few.share, few.text, few.few) == (None, "fewer than 10", True)
    assert made.missing[1] == "fewer than 10: No, <never>; not shown: Yes, someone"


def test_groups_that_have_an_order_have_its_steps_whichever_are_shown():
    ordered = wording()
    ordered = Wording(ordered.language, "", "", ordered.items, ordered.cuts, ordered_cuts=frozenset({"land"}))
    made = plotted(BY_SMALL, ordered)
    assert [group.step for group in made.groups] == [None, 0, 3, ORDERED_STEPS - 1]
    assert (made.ordered_groups, plotted(BY_SMALL).ordered_groups) == (True, False)


def test_of_many_groups_only_those_that_are_shown_have_a_place():
    few = {"islands": {"yes": 9, "no": 11}}
    lands = {f"land_{number}": {"yes": 50, "no": 50} for number in range(MANY_GROUPS)}
    nearly = {name: lands[name] for name in list(lands)[1:]}
    assert [group.label for group in plotted({**nearly, **few}).divided] == [*nearly, "Islands"]
    assert [group.label for group in plotted({**lands, **few}).divided] == list(lands)


def test_figure_that_is_not_divided_has_one_group():
    made = plotted({"nordic": {"yes": 9, "no": 11}})
    assert (shares(made), made.divided, made.everyone) == ({"Everyone": [57, 43]}, (), None)
    assert made.spoken == "Yes, someone: 57%; No, <never>: 43%"


def test_it_knows_which_chart_was_asked_for():
    assert plotted(BY_SMALL, chart="multiples").asked == "multiples"


def test_figure_that_is_not_shown_has_no_numbers_to_draw():
    released = release([result("told", {"": {"yes": 12, "no": 11}})], RULES)
    asked = TemplateFigure(TableRequest("told"), "", 1)
    made = figure_view(asked, 1, {table.request: table for table in released}, wording(), WORDS)
    assert (made.plot, made.instead != "") == (None, True)
