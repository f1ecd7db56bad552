"""A figure says what is true of its numbers: each of its sentences is derived here from the table, in another way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

import pytest

from kuule.disclosure.release import release
from kuule.disclosure.successive_releases import EarlierReleases, shown_groups
from kuule.disclosure.thresholds import DisclosureRules
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.template.template_parts import TemplateFigure
from kuule.publishing.view.figures import FigureView, figure_view
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedColumn, ReleasedTable, WithheldReason
from kuule.tables.request import TableRequest
from kuule.tables.wording import ItemWording, Wording
from tests.disclosure import tables as counted
from tests.publishing.released import RULES, TOLD, result, wording

SMALL = {"nordic": {"yes": 9, "no": 11}, "elsewhere": {"yes": 12, "no": 8}}
WORDS = words_for("en")


def figure(by: dict[str, dict[str, int]], everyone: dict[str, int] = TOLD) -> FigureView:
    released = release([result("told", {"": everyone}), result("told", by, "land")], RULES)
    known = {table.request: table for table in released}
    return figure_view(TemplateFigure(TableRequest("told", "land"), "", 1), 1, known, wording(), WORDS)


def shown(made: FigureView) -> dict[str, tuple[str, ...]]:
    return {row.label: tuple(f"{cell.share} {cell.count}" for cell in row.cells) for row in made.rows}


def test_figure_by_groups_of_which_none_is_shown_is_one_of_everyone():
    made = figure(SMALL)
    assert made.instead == ""
    assert shown(made) == {"Yes, someone": ("57% 203",), "No, <never>": ("43% 156",)}
    assert (made.bases, made.request, made.by) == (("359",), "told", "")
    assert [bar.group for answer in made.answers for bar in answer.bars] == ["", ""]
    assert made.reading.startswith("How to read it: of about 359 people")
    assert made.facts[0] == "All together: the groups of “Region” are too small to show."


def test_figure_of_everyone_that_is_not_shown_either_is_no_figure():
    made = figure(SMALL, {"yes": 12, "no": 11})
    assert made.instead == "This figure is not shown: too few people answered (it takes 30 and a few more)."
    assert (made.rows, made.answers) == ((), ())


def test_figure_with_one_group_that_is_everyone_has_one_column():
    made = figure({"nordic": TOLD, "elsewhere": {"yes": 0, "no": 0}})
    assert made.head == ("Answer", "Nordic countries")
    assert shown(made) == {"Yes, someone": ("57% 203",), "No, <never>": ("43% 156",)}


def test_figure_with_one_group_that_is_not_everyone_has_two_columns():
    assert figure({"nordic": {"yes": 100, "no": 100}}).head == ("Answer", "Everyone", "Nordic countries")


LANDS = ("FI", "FR", "IS")
ANSWERS = ("yes", "no", "partly")


def people(waves: int, random: Random) -> dict:
    """Who answered so far, in each of some waves: many or few, nearly all alike or not, in lands large and small."""
    sizes = {}
    for wave in range(waves):
        most = random.choice((8, 30, 200) if wave == 0 else (1, 12, 200))
        for land in LANDS:
            for answer in ANSWERS:
                size = random.choice((0, 1, random.randint(0, most), random.randint(0, 3 * most)))
                sizes[("told", answer), ("land", land), ("wave", str(wave))] = size
    return sizes


def released(seed: int, *, sensitive: bool) -> Mapping[TableRequest, ReleasedTable]:
    """A figure by land through the door, with an earlier dataset in half of the worlds."""
    rules = DisclosureRules(sensitive=frozenset({"told"} if sensitive else ()))

    def exact(waves: int, dataset: str):
        everyone = counted.people(people(waves, Random(seed)))
        whole = counted.table(everyone, "told", ANSWERS, dataset=dataset)
        return [whole, counted.table(everyone, "told", ANSWERS, "land", LANDS, dataset=dataset)]

    first = exact(1, "d1")
    if seed % 2:
        tables = release(first, rules)
    else:
        earlier = EarlierReleases(shown_groups(first, release(first, rules), rules), rules)
        tables = release(exact(2, "d2"), rules, earlier=earlier)
    return {table.request: table for table in tables}


def said(sensitive: bool) -> Wording:
    answers = {code: code.title() for code in ANSWERS}
    return Wording(
        "en",
        "Our Voice",
        "Example Organisation",
        {"told": ItemWording("told", "Told?", answers, sensitive)},
        {"land": ("Land", {code: f"In {code}" for code in LANDS})},
    )


def why(reasons: set[WithheldReason | None], sensitive: bool) -> str:
    """What may stand where nothing of everyone is shown."""
    few = "too few people answered (it takes 30 and a few more)"
    alike = ", or nearly all gave the same answer" if sensitive else ""
    joined = "since an earlier report, too few people have joined those who answered (it takes 30 and a few more)"
    return f"This figure is not shown: {joined if reasons == {WithheldReason.JOINED} else few + alike}."


def round_to_three(number: int) -> int:
    """A number with three digits that count, as a sentence says it."""
    return int(float(f"{number:.3g}"))


def facts(whole: ReleasedColumn, by: ReleasedTable, sensitive: bool) -> Iterator[str]:
    """The line below a figure of which something is shown."""
    hidden = [column for column in by.columns if column.base is None]
    groups = len(hidden) < len(by.columns)
    if not groups:
        small = all(column.withheld_reason is WithheldReason.FEW for column in hidden) and not sensitive
        yield (
            "All together: the groups of “Land” are too small to show."
            if small
            else "All together: no group of “Land” can be shown."
        )
    if whole.base is None:
        yield "The last row has the base of each group."
    else:
        yield f"Base: about {round_to_three(whole.base):,} people" + (
            "; for each group, see the last row." if groups else "."
        )
        numbers = {reason: count for reason, count in whole.missing.items() if count is not None}
        passed = (
            f"about {round_to_three(numbers[Missing.PASSED_OVER]):,} skipped it; "
            if Missing.PASSED_OVER in numbers
            else ""
        )
        yield f"Not in the base: {passed}others: few or none." if numbers else "Not in the base: few people or none."
    if groups and hidden:
        names = [f"In {column.code}" for column in hidden]
        yield f"Groups not shown: {' and '.join(names)}."
    yield "Of those who chose to answer, not of all people."


@pytest.mark.parametrize("sensitive", [False, True])
def test_every_sentence_of_a_figure_is_true_of_its_table(sensitive):
    met = set()
    for seed in range(60):
        known = released(seed, sensitive=sensitive)
        whole, by = known[TableRequest("told")], known[TableRequest("told", "land")]
        made = figure_view(TemplateFigure(by.request, "", 1), 1, known, said(sensitive), WORDS)
        columns = [column for column in by.columns if column.base is not None] or list(whole.columns)
        [everyone] = whole.columns
        if all(column.base is None for column in columns):
            assert made.instead == why({everyone.withheld_reason}, sensitive)
            assert (made.rows, made.facts) == ((), ("Of those who chose to answer, not of all people.",))
            met.add(everyone.withheld_reason)
            continue
        assert list(made.facts) == list(facts(everyone, by, sensitive))
        met |= {made.facts[0].partition(",")[0].partition(":")[0], *(column.withheld_reason for column in by.columns)}
        cells = [cell for column in (*columns, everyone) for cell in column.cells if cell.share is not None]
        assert (made.instead == "") == bool(cells)
        if made.reading:
            stands_there(made.reading, columns, everyone)
    assert met >= {"All together", "Base", WithheldReason.FEW, WithheldReason.NEAR, WithheldReason.JOINED}


def stands_there(reading: str, columns: list[ReleasedColumn], everyone: ReleasedColumn) -> None:
    """The sentence that reads a number aloud has numbers of the table, and of the answer and groups that it names."""
    number = next(at for at, code in enumerate(ANSWERS) if f"“{code.title()}”" in reading)
    named = [column for column in columns if f"“In {column.code}”" in reading] or [everyone]
    for column in named:
        assert f"{WORDS.share(column.cells[number].share)}" in reading
    if named == [everyone]:
        cell = everyone.cells[number]
        assert f"of about {round_to_three(everyone.base):,} people" in reading
        assert f"(about {round_to_three(cell.count):,} people)" in reading


@pytest.mark.parametrize(
    ("reason", "said_so"),
    [
        (WithheldReason.FEW, "too few people answered (it takes 30 and a few more)."),
        (WithheldReason.NEAR, "too few of those who answered are outside this report (it takes 30 and a few more)."),
        (
            WithheldReason.JOINED,
            "since an earlier report, too few people have joined those who answered (it takes 30 and a few more).",
        ),
    ],
)
def test_figure_that_is_not_shown_says_why(reason, said_so):
    whole = release([result("told", {"": TOLD})], RULES)[0]
    hidden = replace(whole, columns=(ReleasedColumn("", None, (), dict.fromkeys(Missing), reason),))
    made = figure_view(TemplateFigure(TableRequest("told"), "", 1), 1, {TableRequest("told"): hidden}, wording(), WORDS)
    assert made.instead == f"This figure is not shown: {said_so}"


def test_groups_that_have_an_order_keep_their_step_of_it_whichever_are_shown():
    by = {"young": {"yes": 60, "no": 60}, "grown": {"yes": 3, "no": 4}, "old": {"yes": 60, "no": 60}}
    released = release([result("told", {"": TOLD}), result("told", by, "age")], RULES)
    ages = ItemWording("age", "How old are you?", {code: code for code in by}, order_matters=True)
    for matters, steps in ((True, [None, 0, 6]), (False, [None, None, None])):
        said = replace(wording(), items={**wording().items, "age": replace(ages, order_matters=matters)})
        asked = TemplateFigure(TableRequest("told", "age"), "", 1)
        made = figure_view(asked, 1, {table.request: table for table in released}, said, WORDS)
        assert [[bar.step for bar in answer.bars] for answer in made.answers] == [steps, steps]
