"""What the door lets through: noise on every number, and what is shown decided by numbers with noise alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.core.problems import PublishingError
from kuule.disclosure.differencing import count_label, label_in_dataset
from kuule.disclosure.release import release
from kuule.disclosure.release_origin import release_origin
from kuule.disclosure.required_tables import ReleaseCandidate, release_candidates, required_groups
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, WithheldReason
from kuule.tables.request import LANGUAGE, QUARTER, Subpopulation
from kuule.tables.result import MonthlyResponses, PeopleCount, SetAside
from tests.disclosure.tables import key_of, origin, people, simple, table, with_table
from tests.sampling import examples

RULES = DisclosureRules()
BOUND = RULES.noise_bound
SEEDS = [str(number) for number in range(40)]
HIDDEN = ReleasedCell(None, None, withheld_reason=WithheldReason.ALIKE)
FEW = ReleasedCell(None, None, below_threshold=True, withheld_reason=WithheldReason.FEW)


def counts(released_column) -> list[int | None]:
    return [cell.count for cell in released_column.cells]


def test_release_adds_the_noise_of_each_set_to_counts_bases_and_reasons():
    exact = simple("told", {"yes": 64, "no": 38, "!passed_over": 26})
    [column] = release([exact], RULES)[0].columns
    keys = exact.table.columns[0].keys
    noise = RULES.noise
    yes, no = (
        noise.perturb(count, key, label_in_dataset(exact.table.origin.key, count_label("told", (), row)))
        for row, count, key in zip(("yes", "no"), (64, 38), keys.counts, strict=True)
    )
    base = column.base
    about = label_in_dataset(exact.table.origin.key, count_label("told", ()))
    assert base == noise.perturb(102, keys.base, about)
    share = round(100 * (yes + (base - yes - no) / 3) / (base - (base - yes - no) / 3))
    assert column.cells == (ReleasedCell(yes, share), ReleasedCell(no, 100 - share))
    passed_over = noise.perturb(26, keys.missing[Missing.PASSED_OVER], about)
    assert column.missing[Missing.PASSED_OVER] == passed_over


def test_release_shows_a_reason_from_the_smallest_count_on():
    shown = {}
    for seed in SEEDS:
        exact = simple("told", {"yes": 64, "no": 38, "!passed_over": 11}, seed)
        about = label_in_dataset(exact.table.origin.key, count_label("told", ()))
        noisy = RULES.noise.perturb(11, exact.table.columns[0].keys.missing[Missing.PASSED_OVER], about)
        [column] = release([exact], RULES)[0].columns
        shown[noisy] = column.missing[Missing.PASSED_OVER]
    assert {9, 10, 11} <= shown.keys()
    assert shown == {noisy: noisy if noisy >= RULES.smallest_count else None for noisy in shown}


def test_release_gives_all_that_is_asked_under_one_condition_one_noise_for_not_asked():
    """How many were not asked says how many did not give the answer that the condition wants: with noise of its own,
    each question would be another look at it."""

    def asked(item: str, seed: str, condition: str):
        counts = {"x": 40 + len(item), "y": 50 - len(item), "!not_asked": 97}
        made = with_table(simple(item, counts, seed), asked_when=condition)
        [column] = made.table.columns
        keys = replace(column.keys, missing={**column.keys.missing, Missing.NOT_ASKED: 12345 + int(seed)})
        return with_table(made, columns=(replace(column, keys=keys),))

    def not_asked(table) -> int:
        return release([table], RULES)[0].columns[0].missing[Missing.NOT_ASKED]

    seen = [{not_asked(asked(item, seed, "told = 'yes'")) for item in ("when", "whom", "how")} for seed in SEEDS]
    assert [len(each) for each in seen] == [1] * len(SEEDS)
    assert len(set.union(*seen)) > 5
    assert any(not_asked(asked("when", seed, "told = 'no'")) not in seen[int(seed)] for seed in SEEDS)


@pytest.mark.parametrize("base", [0, 1, 10, 29])
def test_release_shows_no_base_under_thirty_whatever_the_noise(base):
    for seed in SEEDS:
        [released] = release([simple("told", {"yes": base // 2, "no": base - base // 2}, seed)], RULES)
        [column] = released.columns
        assert (column.base, column.cells, set(column.missing.values())) == (None, (), {None})


def test_release_shows_every_base_of_forty():
    bases = [release([simple("told", {"yes": 20, "no": 20}, seed)], RULES)[0].columns[0].base for seed in SEEDS]
    assert [base for base in bases if base is None or not 35 <= base <= 45] == []
    assert len(set(bases)) > 1


@pytest.mark.parametrize("small", [0, 1, 2, 4])
def test_release_small_counts_and_zero_look_alike(small):
    for seed in SEEDS:
        [released] = release([simple("who", {"a": 400, "b": 200, "c": 60, "d": small}, seed)], RULES)
        assert released.columns[0].cells[3] == FEW


@pytest.mark.slow
def test_release_shows_no_count_under_ten_whatever_was_added():
    seen = set()
    for seed in SEEDS:
        for count in range(15):
            [released] = release([simple("who", {"a": 400, "b": 200, "c": count}, seed)], RULES)
            seen.add(released.columns[0].cells[2].count)
    assert seen <= {None, *range(10, 20)}
    assert {None, 10, 14} <= seen


def test_release_an_answer_that_nearly_all_gave_is_not_shown_and_that_is_told_apart_from_few():
    [released] = release([simple("told", {"yes": 95, "no": 2})], RULES)
    assert released.columns[0].cells == (HIDDEN, FEW)


@pytest.mark.parametrize("others", [8, 9, 10, 11, 12])
def test_release_of_two_answers_the_number_of_one_decides_of_both(others):
    """Both are shown, or neither: one beside a "fewer than 10" would tell, with the base, what that is."""
    seen = [release([simple("told", {"yes": 95, "no": others}, seed)], RULES)[0].columns[0].cells for seed in SEEDS]
    few = [yes for yes, no in seen if no == FEW]
    shown = [yes for yes, no in seen if no != FEW]
    assert few == [HIDDEN] * len(few)
    assert [yes.count is None for yes in shown] == [False] * len(shown)
    assert few or others == 12
    assert shown


@pytest.mark.parametrize("others", [0, 1, 2])
def test_release_an_answer_of_all_looks_like_one_of_nearly_all(others):
    for seed in SEEDS:
        [released] = release([simple("told", {"yes": 95, "no": others}, seed)], RULES)
        assert released.columns[0].cells == (HIDDEN, FEW)


def test_release_a_sensitive_question_that_nearly_all_answered_alike_looks_like_a_small_group():
    sensitive = replace(RULES, sensitive=frozenset({"told"}))
    [alike] = release([simple("told", {"yes": 95, "no": 2})], sensitive)
    [small] = release([simple("told", {"yes": 9, "no": 9})], sensitive)
    assert alike.columns == small.columns
    exact = simple("told", {"yes": 60, "no": 37})
    [mixed], [plain] = release([exact], sensitive), release([exact], RULES)
    assert mixed.columns == plain.columns
    assert [type(count) for count in counts(mixed.columns[0])] == [int, int]


def test_release_says_why_a_group_is_withheld():
    """Small; of one that is large, that it leaves few of all; and of a sensitive question, as a small group."""
    everyone = cut_people({"FI": (300, 200), "IS": (1, 0)})
    [lands] = release([table(everyone, "told", ("yes", "no"), "land", ("FI", "IS"))], RULES)
    assert [column.withheld_reason for column in lands.columns] == [WithheldReason.NEAR, WithheldReason.FEW]
    [alike] = release([simple("told", {"yes": 95, "no": 2})], replace(RULES, sensitive=frozenset({"told"})))
    assert [column.withheld_reason for column in alike.columns] == [WithheldReason.FEW]
    [shown] = release([simple("told", {"yes": 60, "no": 37})], RULES)
    assert [column.withheld_reason for column in shown.columns] == [None]
    assert [cell.withheld_reason for cell in shown.columns[0].cells] == [None, None]


def test_release_says_why_a_row_is_withheld():
    told, sizes = ("yes", "no"), {"FI": (300, 200), "FR": (100, 100), "IS": (6, 6)}
    everyone = cut_people(sizes)
    columns = table(everyone, "told", told, "land", tuple(sizes))
    groups = {"country": {code: AnswerSet("land", frozenset({code})) for code in sizes}}
    rows = replace(table(everyone, "land", tuple(sizes), "told", told), transposed=(columns,))
    [seen] = release([rows], replace(RULES, groups=groups))
    assert (seen.withheld_rows, seen.withheld_row_reasons) == (("IS",), {"IS": WithheldReason.FEW})
    assert [column.cells[2] for column in seen.columns] == [
        ReleasedCell(None, None, withheld_reason=WithheldReason.FEW)
    ] * 2


def test_release_origin_says_why_it_has_no_number_of_responses():
    assert release_origin(origin(20), RULES).withheld_reason == WithheldReason.FEW
    assert release_origin(origin(400), RULES).withheld_reason is None
    finland = replace(origin(400), within=Subpopulation("land", "FI"))
    near, far = (release_origin(finland, RULES, supersets=[PeopleCount(people, 9)]) for people in (405, 500))
    assert (near.withheld_reason, far.withheld_reason) == (WithheldReason.NEAR, None)
    assert far.within == finland.within


def test_release_origin_of_a_group_whose_surroundings_were_not_counted_is_refused():
    """Finland stands in the north, and both in everyone."""
    rules = replace(RULES, groups=REGIONS)
    finland = replace(origin(400), within=Subpopulation("land", "FI"))
    assert required_groups(finland.within, rules) == ((Subpopulation("region", "north"),), ())
    for supersets in ((), [PeopleCount(900, 9)]):
        with pytest.raises(ValueError, match="groups around land=FI were not counted"):
            release_origin(finland, rules, supersets=supersets)
    assert release_origin(finland, rules, supersets=[PeopleCount(900, 9)] * 2).responses is not None


def cut_people(sizes: dict[str, tuple[int, int]], seed: str = "") -> list:
    return people(
        {
            (("told", answer), ("land", code)): size
            for code, pair in sizes.items()
            for answer, size in zip(("yes", "no"), pair, strict=True)
        },
        seed,
    )


def released_cut(sizes: dict[str, tuple[int, int]]) -> dict[str, bool]:
    everyone = cut_people(sizes)
    tables = [table(everyone, "told", ("yes", "no")), table(everyone, "told", ("yes", "no"), "land", tuple(sizes))]
    return {column.code: column.base is not None for column in release(tables, RULES)[1].columns}


def test_release_of_the_nordic_cut_withholds_the_small_land_alone():
    shown = released_cut({"DK": (150, 150), "FI": (300, 200), "NO": (60, 50), "SE": (200, 200), "IS": (6, 6)})
    assert shown == {"DK": True, "FI": True, "NO": True, "SE": True, "IS": False}


def test_release_of_one_large_land_does_not_depend_on_what_else_is_asked_for():
    everyone = cut_people({"FI": (300, 200), "IS": (1, 0)})
    [alone] = release([table(everyone, "told", ("yes", "no"), "land", ("FI", "IS"))], RULES)
    assert [column.base for column in alone.columns] == [None, None]


def test_release_of_groups_whose_surroundings_were_not_counted_is_refused():
    exact = table(cut_people({"FI": (300, 200)}), "told", ("yes", "no"), "land", ("FI",))
    with pytest.raises(ValueError, match="groups around 'FI' were not counted"):
        ReleaseCandidate(exact.table, {})
    with pytest.raises(ValueError, match="groups around 'FI' were not counted"):
        release_candidates([exact.request], [exact.table], RULES)


def test_release_of_one_large_land_and_a_small_one_shows_neither():
    # Everyone less Finland would be Iceland: two numbers that differ by few people are not both shown.
    assert released_cut({"FI": (300, 200), "IS": (1, 0)}) == {"FI": False, "IS": False}
    assert released_cut({"FI": (300, 200), "IS": (0, 0)}) == {"FI": False, "IS": False}


REGIONS = {
    "region": {
        "north": AnswerSet("land", frozenset({"FI", "IS"})),
        "else": AnswerSet("land", frozenset({"FI", "IS"}), rest=True),
    }
}


@pytest.mark.parametrize(("small", "shown"), [(0, False), (1, False), (20, False), (60, True)])
def test_release_of_a_region_and_of_its_land_shows_the_land_only_where_they_differ_by_enough(small, shown):
    sizes = {"FI": (300, 200), "FR": (100, 100), "DE": (60, 40), "IS": (small, 0)}
    everyone = [{**one, "region": "else" if one["land"] in ("FR", "DE") else "north"} for one in cut_people(sizes)]
    by_land = table(everyone, "told", ("yes", "no"), "land", tuple(sizes))
    by_region = table(everyone, "told", ("yes", "no"), "region", ("north", "else"))
    rules = replace(RULES, groups=REGIONS)
    whole = table(everyone, "told", ("yes", "no"))
    counted = [each.table for each in (by_land, by_region, whole)]
    surrounded = release_candidates([by_land.request, by_region.request], counted, rules)
    for tables in (surrounded, surrounded[::-1], surrounded[:1]):
        released = {each.request.cut: each for each in release(tables, rules)}
        bases = {column.code: column.base is not None for column in released["land"].columns}
        assert bases == {"FI": shown, "FR": True, "DE": True, "IS": small >= 40}
        assert len(tables) == 1 or all(column.base for column in released["region"].columns)


CELLS = st.lists(st.tuples(*[st.integers(0, 120)] * 3), min_size=2, max_size=4)


def two_questions(sizes, seed: str, dataset: str = "0123456789abcdef"):
    rows, codes = ("a", "b", "c"), tuple(f"g{number}" for number in range(len(sizes)))
    everyone = people(
        {(("told", row), ("land", code)): sizes[i][j] for i, code in enumerate(codes) for j, row in enumerate(rows)},
        seed,
    )
    return everyone, [
        table(everyone, "told", rows, dataset=dataset),
        table(everyone, "told", rows, "land", codes, dataset=dataset),
        table(everyone, "land", codes, dataset=dataset),
        table(everyone, "land", codes, "told", rows, dataset=dataset),
    ]


def cells(released) -> dict[frozenset[tuple[str, str]], ReleasedCell]:
    """Each cell by the conditions of its people; a cell that two tables show differently is an error."""
    found: dict = {}
    for each in released:
        for column in each.columns:
            for row, cell in zip(each.rows, column.cells, strict=False):
                who = frozenset({(each.request.item, row)} | ({(each.request.cut, column.code)} - {(None, "")}))
                known = found.setdefault(who, cell)
                assert known.count is None or cell.count is None or known.count == cell.count
    return found


@settings(max_examples=examples(60), deadline=None)
@given(CELLS, st.text("abc", max_size=3))
def test_release_gives_a_cell_the_same_noise_in_every_table_and_every_release_of_a_dataset(sizes, seed):
    """A table, its transpose and their margins; then another release, of the same people in another order, with answers
    that nobody gave. In a dataset that grew, the noise is another (`test_grown.py`)."""
    everyone, exact = two_questions(sizes, seed)
    first = cells(release(exact, RULES))
    later = [*reversed(everyone)]
    rows, codes = ("a", "b", "c", "d"), (*exact[1].table.columns, None)
    named = tuple(column.code for column in codes if column is not None)
    again = cells(
        release(
            [table(later, "told", rows, dataset="d2"), table(later, "told", rows, "land", named, dataset="d2")], RULES
        )
    )
    for who, cell in again.items():
        if who in first and first[who].count is not None and cell.count is not None:
            assert first[who].count == cell.count


@settings(max_examples=examples(100), deadline=None)
@given(CELLS, st.text("abc", max_size=3))
def test_release_shows_every_number_within_the_bound_and_no_small_one(sizes, seed):
    _, exact = two_questions(sizes, seed)
    for true, seen in zip(exact, release(exact, RULES), strict=True):
        for column, shown in zip(true.table.columns, seen.columns, strict=True):
            assert shown.base is None or (column.base >= 30 and abs(column.base - shown.base) <= BOUND)
            for count, cell in zip(column.counts, shown.cells, strict=False):
                assert (cell.count is None) == (cell.share is None)
                assert cell.count is None or (cell.count >= 10 and abs(cell.count - count) <= BOUND)
                assert cell.count is None or column.base - count >= 10 - BOUND
            for reason in Missing:
                number = shown.missing[reason]
                assert number is None or (number >= 10 and abs(number - column.missing[reason]) <= BOUND)


PUBLISHED = {"everyone": 22_285, "nordic": 1_416, "GB": 643, "SI": 68}
ONLINE_IN_NORDIC = 246
"""Of one survey of survivors: responses in all and in three of its published cuts, and one answer in one of them."""


def test_release_rebuilds_a_published_table_exactly_before_noise_and_within_its_bound_after():
    rest = 2 * PUBLISHED["everyone"] - sum(PUBLISHED.values())
    sizes = {
        "nordic": (ONLINE_IN_NORDIC, PUBLISHED["nordic"] - ONLINE_IN_NORDIC),
        "GB": (300, PUBLISHED["GB"] - 300),
        "SI": (30, PUBLISHED["SI"] - 30),
        "rest": (9_000, rest - 9_000),
    }
    everyone = cut_people(sizes)
    exact = [table(everyone, "told", ("yes", "no")), table(everyone, "told", ("yes", "no"), "land", tuple(sizes))]
    whole, by_land = (each.table for each in exact)
    bases = {"everyone": whole.columns[0].base} | {column.code: column.base for column in by_land.columns}
    assert bases == PUBLISHED | {"rest": rest}
    assert by_land.columns[0].counts[0] == ONLINE_IN_NORDIC
    for true, seen in zip(exact, release(exact, RULES), strict=True):
        for column, shown in zip(true.table.columns, seen.columns, strict=True):
            pairs = zip((column.base, *column.counts), (shown.base, *counts(shown)), strict=True)
            assert [pair for pair in pairs if pair[1] is None or abs(pair[0] - pair[1]) > BOUND] == []


def test_release_tables_of_two_datasets_are_refused():
    first, second = simple("a", {"x": 50, "y": 50}), simple("b", {"x": 50, "y": 50})
    other = with_table(second, origin=origin(100, "fedcba9876543210"))
    with pytest.raises(PublishingError, match="REPORT_021"):
        release([first, other], RULES)


def test_release_one_question_in_too_many_tables_is_refused_and_groups_are_free():
    everyone = [
        {"told": "yes" if number % 2 else "no", "region": "n", LANGUAGE: "en", "@key": str(number)}
        | {f"q{each}": "x" for each in range(9)}
        for number in range(100)
    ]
    rules = replace(RULES, groups={"region": {"n": AnswerSet("land", frozenset({"FI"}))}})
    by_questions = [table(everyone, "told", ("yes", "no"), f"q{each}", ("x",)) for each in range(9)]
    assert len(release(by_questions[:8], rules)) == 8
    with pytest.raises(PublishingError, match="REPORT_022 tables of told: 'told' stands in 9 tables"):
        release(by_questions, rules)
    by_groups = [table(everyone, f"q{each}", ("x",), "region", ("n",)) for each in range(9)]
    by_language = [table(everyone, f"q{each}", ("x",), LANGUAGE, ("en",)) for each in range(9)]
    assert len(release([*by_groups, *by_language], rules)) == 18


def test_release_origin_has_the_noise_of_all_responses():
    assert release_origin(origin(2004), RULES).responses == RULES.noise.perturb(2004, 7)
    assert [release_origin(origin(29, key=key), RULES).responses for key in range(40)] == [None] * 40


def test_release_of_responses_that_were_not_read_is_refused():
    with pytest.raises(ValueError, match="without a cell key"):
        release_origin(origin(2004, key=None), RULES)


def test_number_set_aside_by_a_rule_has_noise_and_few_or_nearly_all_are_not_told():
    aside = (SetAside("empty", 57, 343, 1), SetAside("doubles", 4, 334, 2), SetAside("fast", 397, 3, 3))
    released = release_origin(replace(origin(400), set_aside=aside), RULES)
    assert released.set_aside == {
        "empty": RULES.noise.perturb(57, 1, label_in_dataset(7, "empty")),
        "doubles": None,
        "fast": None,
    }


def test_quarter_that_is_not_shown_looks_like_one_in_which_nobody_answered():
    sizes = {"2026-Q3": 1, "2026-Q4": 80, "2027-Q1": 90}
    everyone = people({(("told", "yes"), (QUARTER, code)): size for code, size in sizes.items()})
    exact = table(everyone, "told", ("yes", "no"), QUARTER, tuple(sizes))
    assert [column.code for column in release([exact], RULES)[0].columns] == ["2026-Q4", "2027-Q1"]


@pytest.mark.parametrize(
    ("sent", "months"),
    [
        ({"2026-01": 3, "2026-02": 200, "2026-04": 80, "2026-05": 2}, ("2026-02", "2026-04")),
        ({"2026-02": 200}, ("2026-02", "2026-02")),
        ({"2026-01": 25, "2026-02": 25, "2026-03": 25}, None),
        ({"2026-01": 34, "2026-02": 70, "2026-03": 34}, None),
        ({"2026-01": 29, "2026-02": 400, "2026-03": 29}, ("2026-02", "2026-02")),
        ({"2026-01": 12, "2026-02": 12}, None),
        ({}, None),
    ],
)
def test_months_of_answering_are_told_only_from_where_enough_had_sent(sent, months):
    by_month = tuple(
        MonthlyResponses(month, responses, key_of(number)) for number, (month, responses) in enumerate(sent.items())
    )
    assert release_origin(replace(origin(400), responses_by_month=by_month), RULES).months == months


def test_months_have_the_noise_of_all_who_had_sent_by_then():
    """33 people: whether they are enough follows from the keys of both months."""
    for seed in SEEDS:
        keys = [key_of(number, seed) for number in range(3)]
        sent = tuple(
            MonthlyResponses(f"2026-0{at}", size, key)
            for at, size, key in zip((1, 2, 3), (20, 13, 400), keys, strict=True)
        )
        enough = RULES.noise.perturb(33, keys[0] + keys[1]) >= RULES.base_threshold
        first, _ = release_origin(replace(origin(433), responses_by_month=sent), RULES).months
        assert first == ("2026-02" if enough else "2026-03")


def test_number_set_aside_is_told_where_the_others_by_their_noise_are_enough():
    told = []
    for key in range(60):
        rest = RULES.noise.perturb(10, 7 - key, label_in_dataset(7, "nearly"))
        aside = release_origin(replace(origin(400), set_aside=(SetAside("nearly", 390, 10, key),)), RULES).set_aside
        told.append(aside["nearly"] is not None)
        assert told[-1] == (rest >= RULES.smallest_count)
    assert len(set(told)) == 2


def test_release_of_tables_and_its_origin_have_one_name():
    tables = [simple("told", {"yes": 200, "no": 100}), simple("told", {"yes": 200, "no": 100})]
    [first, _] = release(tables, RULES)
    assert first.origin.release == release_origin(tables[0].table.origin, RULES, [tables[0].request]).release
