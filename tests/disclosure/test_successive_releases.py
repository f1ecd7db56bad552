"""A group is shown again only where many joined it: the attack that a report after one new person would be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.disclosure.carried_forward import PublishedColumn, published_columns
from kuule.disclosure.differencing import GroupHierarchy, count_label
from kuule.disclosure.release import release
from kuule.disclosure.release_origin import release_origin
from kuule.disclosure.successive_releases import EarlierReleases, ShownGroup, shown_group, shown_groups, shown_responses
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedColumn, WithheldReason
from kuule.tables.request import EDITION, QUARTER, Subpopulation, TableRequest
from kuule.tables.result import MonthlyResponses, PeopleCount, SetAside
from tests.disclosure.tables import origin, people, table, with_table

NORTH, OLD = AnswerSet("land", frozenset({"FI", "SE"})), AnswerSet("age", frozenset({"old"}))
RULES = DisclosureRules(groups={"region": {"north": NORTH}})
TREE = GroupHierarchy(RULES.groups)
FIRST = {("yes", "FI"): 60, ("no", "FI"): 40, ("yes", "FR"): 300, ("no", "FR"): 300}
GREW = {("yes", "FI"): 0, ("yes", "FR"): 160, ("no", "FR"): 140}


def tables(*waves: dict[tuple[str, str], int], dataset: str = "d1"):
    """All who came in the first wave, then those of the second: who came before keeps the key they had."""
    everyone = people(
        {
            (("told", told), ("land", land), ("wave", str(number))): size
            for number, wave in enumerate(waves)
            for (told, land), size in wave.items()
        }
    )
    rows = ("yes", "no")
    return [
        table(everyone, "told", rows, dataset=dataset),
        table(everyone, "told", rows, "land", ("FI", "FR"), dataset=dataset),
    ]


def noted(exact) -> EarlierReleases:
    return EarlierReleases(shown_groups(exact, release(exact, RULES), RULES), RULES)


def shown(exact, earlier) -> dict[str, bool]:
    [everyone, lands] = release(exact, RULES, earlier=earlier)
    return {column.code: column.base is not None for column in (*everyone.columns, *lands.columns)}


@pytest.mark.parametrize("joined", [0, 1, 2, 29])
def test_a_land_that_few_joined_is_not_shown_again_and_none_looks_the_same(joined):
    first, then = tables(FIRST), tables(FIRST, {**GREW, ("yes", "FI"): joined}, dataset="d2")
    assert shown(first, None) == {"": True, "FI": True, "FR": True}
    assert shown(then, noted(first)) == {"": True, "FI": False, "FR": True}
    [_, lands] = release(then, RULES, earlier=noted(first))
    assert [column.withheld_reason for column in lands.columns] == [WithheldReason.JOINED, None]


def test_a_land_that_many_joined_is_shown_again():
    then = tables(FIRST, {**GREW, ("yes", "FI"): 20, ("no", "FI"): 20}, dataset="d2")
    assert shown(then, noted(tables(FIRST))) == {"": True, "FI": True, "FR": True}


def standing(exact, rules: DisclosureRules = RULES) -> EarlierReleases:
    """As `noted`, with the numbers that left the door."""
    seen = release(exact, rules)
    published = published_columns(release_origin(exact[0].table.origin, rules), seen, TREE)
    named = {(one.item, one.people): replace(one, column=replace(one.column, carried_from="d1")) for one in published}
    return EarlierReleases(shown_groups(exact, seen, rules), rules, named)


@pytest.mark.parametrize("joined", [0, 1, 29])
def test_numbers_of_a_land_that_few_joined_stand_on_to_the_digit_and_say_of_which_dataset(joined):
    first, then = tables(FIRST), tables(FIRST, {**GREW, ("yes", "FI"): joined}, dataset="d2")
    [_, before], [everyone, lands] = release(first, RULES), release(then, RULES, earlier=standing(first))
    finland, france = lands.columns
    assert finland == replace(before.columns[0], carried_from="d1")
    assert (france.carried_from, everyone.columns[0].carried_from) == ("", "")
    assert france.base > before.columns[1].base


def test_numbers_that_stand_on_are_not_noted_as_of_the_new_dataset():
    first, then = tables(FIRST), tables(FIRST, {**GREW, ("yes", "FI"): 1}, dataset="d2")
    seen = release(then, RULES, earlier=standing(first))
    finland = frozenset({"FI"})
    assert finland not in {each.named for one in shown_groups(then, seen, RULES) for each in one.people}
    published = list(published_columns(release_origin(then[0].table.origin, RULES), seen, TREE))
    assert finland not in {each.named for one in published for each in one.people}
    assert len(published) == 3


def test_numbers_do_not_stand_on_for_other_answers_or_where_all_but_few_gave_one_that_became_sensitive():
    first, then = tables(FIRST), tables(FIRST, {**GREW, ("yes", "FI"): 1}, dataset="d2")
    more = [with_table(each, rows=("yes", "maybe")) for each in then]
    assert release(more, RULES, earlier=standing(first))[1].columns[0].withheld_reason == WithheldReason.JOINED
    alike = {**FIRST, ("yes", "FI"): 97, ("no", "FI"): 3}
    first, then = tables(alike), tables(alike, GREW, dataset="d2")
    earlier = standing(first)
    assert release(then, RULES, earlier=earlier)[1].columns[0].carried_from == "d1"
    earlier.rules = replace(RULES, sensitive=frozenset({"told"}))
    assert (
        earlier.carried_column("told", earlier.tree.answer_sets((Subpopulation("land", "FI"),)), ("yes", "no")) is None
    )


def test_a_row_whose_column_stands_on_is_withheld_where_its_numbers_would_be_new():
    """Turned round, Finland's column stands on as it was; its row would count the one who joined."""
    told, lands = ("yes", "no"), ("FI", "FR")
    country = DisclosureRules(groups={"country": {land: AnswerSet("land", frozenset({land})) for land in lands}})

    def turned_round(exact):
        by_land = exact[1]
        everyone = exact[2]
        return replace(
            table(everyone, "land", lands, "told", told, dataset=exact[0].table.origin.dataset), transposed=(by_land,)
        )

    def waves(*each, dataset):
        made = tables(*each, dataset=dataset)
        everyone = people(
            {
                (("told", said), ("land", land), ("wave", str(number))): size
                for number, wave in enumerate(each)
                for (said, land), size in wave.items()
            }
        )
        return [*made, everyone]

    first, then = waves(FIRST, dataset="d1"), waves(FIRST, {**GREW, ("yes", "FI"): 1}, dataset="d2")
    earlier = standing(first[:2], country)
    [rows] = release([turned_round(then)], country, earlier=earlier)
    assert rows.withheld_row_reasons == {"FI": WithheldReason.JOINED}
    assert {column.cells[0].count for column in rows.columns if column.cells} == {None}


def test_what_was_withheld_is_not_noted():
    first = tables({("yes", "FI"): 20, ("yes", "FR"): 100, ("no", "FR"): 100})
    entries = list(shown_groups(first, release(first, RULES), RULES))
    assert [each.people for each in entries] == [()]


def test_a_row_that_nearly_all_gave_is_noted_for_that_is_told_of_it():
    told = ("yes", "no", "unsure")
    sizes = {("yes", "FI"): 200, ("yes", "FR"): 2, ("no", "FR"): 30, ("unsure", "FR"): 30}
    everyone = people({(("told", answer), ("land", land)): size for (answer, land), size in sizes.items()})
    columns = table(everyone, "told", told, "land", ("FI", "FR"))
    rows = replace(table(everyone, "land", ("FI", "FR"), "told", told), transposed=(columns,))
    [seen] = release([rows], RULES)
    assert [column.base is not None for column in seen.columns] == [True, False, False]
    assert [(cell.count, cell.below_threshold) for cell in seen.columns[0].cells] == [(None, False), (None, True)]
    noted = [(each.item, each.base) for each in shown_groups([rows], [seen], RULES)]
    assert noted == [("land", 202), ("told", 200), ("told", 62)]


def test_that_a_number_is_the_same_in_the_next_dataset_does_not_tell_who_joined():
    """Of 40 newcomers: where the number of the other answer, which is of the same people, stayed as it was, and only
    theirs is another one. With the same noise in each dataset it was so for more than 25, and their answer was told."""
    told = 0
    for seed in range(40):
        waves = [{("yes", "FI"): 60 + seed, ("no", "FI"): 40}, {("yes", "FI"): 1}]
        before, after = (tables(*waves[:number], dataset=f"d{number}")[0] for number in (1, 2))
        [first], [second] = ([each.columns[0] for each in release([one], RULES)] for one in (before, after))
        yes, no = (second.cells[row].count != first.cells[row].count for row in (0, 1))
        told += yes and not no
    assert told < 12


def test_the_same_people_in_a_dataset_opened_again_have_the_same_numbers():
    first, again = tables(FIRST), tables(FIRST, dataset="d2")
    assert [each.columns for each in release(first, RULES)] == [each.columns for each in release(again, RULES)]


@pytest.mark.parametrize(("cut", "over", "next_one"), [(QUARTER, "2026-Q3", "2026-Q4"), (EDITION, "e" * 64, "f" * 64)])
def test_a_quarter_or_an_edition_keeps_its_numbers_while_others_join_the_dataset(cut, over, next_one):
    """Unlike others it is shown again unchanged, dataset after dataset: other noise each time would wear off."""
    waves = people({(("told", told), (cut, over)): 50 for told in ("yes", "no")})
    later = people({(("told", "yes"), (cut, next_one)): 90}, "later")
    asked = ("told", ("yes", "no"), cut, (over,))
    shown = [release([table(each, *asked)], RULES)[0].columns for each in ([*waves, *later[:50]], [*waves, *later])]
    assert shown[0] == shown[1]
    assert shown[0][0].base is not None


def column(base: int, key: int = 1, whole: int = 0) -> ShownGroup:
    return ShownGroup("told", (NORTH,), base, key, whole or base, key)


@pytest.mark.parametrize(
    ("then", "near"),
    [
        (column(100), True),
        (column(129), True),
        (column(140), False),
        (column(60), False),
        (column(71), True),
        (column(200, whole=101), True),
        (ShownGroup("told", (AnswerSet("land", frozenset({"FI"})),), 90, 5, 90, 5), True),
        (ShownGroup("told", (OLD, NORTH), 90, 5, 90, 5), True),
        (ShownGroup("told", (OLD,), 90, 5, 90, 5), False),
        (ShownGroup("who", (NORTH,), 100, 1, 100, 1), False),
        (ShownGroup("told", (), 110, 5, 110, 5), True),
    ],
)
def test_a_group_is_held_against_what_was_shown_of_it_and_of_those_that_hold_it_or_that_it_holds(then, near):
    assert EarlierReleases([then], RULES).is_too_near(column(100)) is near


def test_who_left_are_counted_as_a_set_of_their_own():
    """33 people were in the group and are not: their number has the noise of their keys."""
    about = count_label("told", (NORTH,))
    near = [EarlierReleases([column(133, key)], RULES).is_too_near(column(100, 3)) for key in range(60)]
    assert near == [RULES.noise.perturb(33, key - 3, about) < RULES.base_threshold for key in range(60)]
    assert len(set(near)) == 2


def test_responses_of_all_are_told_anew_once_many_are_new():
    before = EarlierReleases([shown_responses(origin(400, key=7), TREE)], RULES)
    few = release_origin(origin(401, key=8), RULES, earlier=before)
    assert (few.responses, few.withheld_reason) == (None, WithheldReason.JOINED)
    assert release_origin(origin(450, key=8), RULES, earlier=before).responses is not None


def test_responses_of_which_few_are_new_stand_on_and_nothing_else_of_them_is_told():
    """Neither what rules set aside nor the months."""
    one = PublishedColumn("", (), (), ReleasedColumn("", 398, (), dict.fromkeys(Missing), carried_from="d1"))
    before = EarlierReleases([shown_responses(origin(400, key=7), TREE)], RULES, {("", ()): one})
    now = replace(
        origin(401, key=8),
        set_aside=(SetAside("empty", 57, 344, 1),),
        responses_by_month=(MonthlyResponses("2026-11", 401, 8),),
    )
    seen = release_origin(now, RULES, earlier=before)
    assert (seen.responses, seen.responses_carried_from, seen.withheld_reason) == (398, "d1", None)
    assert (seen.set_aside, seen.months) == ({"empty": None}, None)
    assert release_origin(replace(now, responses=460), RULES, earlier=before).responses_carried_from == ""


def test_people_who_passed_over_are_of_the_group_too():
    exact = table(people({(("told", "yes"),): 50, (("told", "!passed_over"),): 7}), "told", ("yes",))
    one = shown_group(TableRequest("told"), exact.table.columns[0], TREE)
    assert (one.base, one.size) == (50, 57)
    assert one.size_key == exact.table.origin.key


def test_a_group_that_is_declared_anew_under_another_name_is_held_against_what_it_was():
    """So is one that has a land more: its name tells nothing of who is in it."""
    wider = DisclosureRules(groups={"others": {"n": AnswerSet("land", frozenset({"FI", "SE", "IS"}))}})
    asked = TableRequest("told", None, Subpopulation("others", "n"))
    exact = table(people({(("told", "yes"),): 101}), "told", ("yes",))
    exact = with_table(exact, request=asked)
    assert EarlierReleases([column(100)], wider).is_column_too_near(exact, exact.table.columns[0])


@pytest.mark.parametrize(("cut", "code"), [(QUARTER, "2026-Q3"), (EDITION, "e" * 64)])
def test_a_quarter_or_an_edition_that_is_over_is_shown_again_as_it_was(cut, code):
    """Twice: in each of two datasets that grew by others."""
    quarter = AnswerSet(cut, frozenset({code}))
    asked = TableRequest("told", cut)
    before, later, last = (
        [
            table(
                people(
                    {(("told", "yes"), (cut, code)): 60, (("told", "no"), (cut, code)): 50}
                    | {(("told", "yes"), (cut, "other")): others}
                ),
                "told",
                ("yes", "no"),
                cut,
                (code,),
                dataset=f"d{others}",
            )
        ]
        for others in (90, 150, 220)
    )
    [first] = release(before, RULES)
    noted_so_far = list(shown_groups(before, [first], RULES))
    for each in (later, last):
        [seen] = release(each, RULES, earlier=EarlierReleases(noted_so_far, RULES))
        assert (seen.request, seen.columns) == (asked, first.columns)
        assert seen.columns[0].base is not None
        noted_so_far += shown_groups(each, [seen], RULES)
    then = ShownGroup("told", (quarter,), 60, 1, 70, 2)
    earlier = EarlierReleases([then], RULES)
    assert not earlier.is_too_near(then)
    assert earlier.is_too_near(ShownGroup("told", (quarter,), 61, 4, 71, 5))
    assert earlier.is_too_near(ShownGroup("told", (quarter,), 60, 1, 71, 5))
    assert EarlierReleases([column(100)], RULES).is_too_near(column(100))


def test_a_follow_up_that_is_new_is_not_shown_of_a_land_that_one_person_joined():
    """Its base is how many told, and "not asked" how many did not: beside the earlier report, the newcomer's answer."""
    told, when, land = ("yes", "no"), ("then", "later"), ("FI", "FR")
    sizes = {
        ("yes", "then", "FI"): 60,
        ("no", "!not_asked", "FI"): 40,
        ("yes", "then", "FR"): 300,
        ("no", "!not_asked", "FR"): 300,
    }
    joined = {("yes", "later", "FI"): 1, ("yes", "then", "FR"): 100}
    first, then = (
        people(
            {
                (("told", said), ("when", at), ("land", home), ("wave", str(number))): size
                for number, wave in enumerate(waves)
                for (said, at, home), size in wave.items()
            }
        )
        for waves in ((sizes,), (sizes, joined))
    )
    after = replace(RULES, rests_on={"when": frozenset({"told"}), "whom": frozenset({"told"})})
    before = [table(first, "told", told, "land", land)]
    earlier = EarlierReleases(shown_groups(before, release(before, after), after), after)
    [seen] = release([table(then, "when", when, "land", land, dataset="d2")], after, earlier=earlier)
    assert [column.withheld_reason for column in seen.columns] == [WithheldReason.JOINED, None]


@pytest.mark.parametrize(
    ("shown_then", "now", "near"),
    [
        ("told", "when", True),
        ("when", "told", True),
        ("when", "whom", True),
        ("told", "age", False),
        ("path", "when", True),
        ("long", "when", False),
        ("told@1", "when", True),
        ("told", "when@1", True),
    ],
)
def test_questions_that_reveal_the_same_answers_are_held_against_each_other(shown_then, now, near):
    """But two questions of the same route reveal no answer."""
    rests_on = {
        "when": {"told", "path"},
        "when@1": {"told@1", "path"},
        "whom": {"told", "path"},
        "long": {"path"},
        "told@1": {"path"},
    }
    rules = replace(
        RULES,
        rests_on={item: frozenset(those) for item, those in rests_on.items()},
        routing=frozenset({"path"}),
        versions={"told@1": ("told", frozenset("e")), "when@1": ("when", frozenset("e"))},
    )
    one = replace(column(60, whole=100), item=shown_then.removesuffix("@1"))
    two = replace(column(20, whole=110), item=now.removesuffix("@1"))
    assert EarlierReleases([one], rules).is_too_near(two) is near
    assert not EarlierReleases([one], rules).is_too_near(replace(two, size=145, size_key=3))


def test_a_question_that_cuts_a_new_table_is_held_against_what_was_shown_of_it():
    """The bases of "age by told" within the north are how many there told, so that is noted as well."""
    sizes = {("old", "yes"): 40, ("young", "yes"): 30, ("old", "no"): 40, ("young", "no"): 21}
    everyone = people({(("age", age), ("told", told)): size for (age, told), size in sizes.items()})
    exact = table(everyone, "age", ("old", "young"), "told", ("yes",))
    asked = TableRequest("age", "told", Subpopulation("region", "north"))
    whole = table(everyone, "age", ("old", "young")).table.columns[0]
    made = with_table(replace(exact, whole=whole), request=asked)
    told = [column(base, whole=whole) for base, whole in ((100, 130), (70, 90))]
    near = [EarlierReleases([one], RULES).is_column_too_near(made, made.table.columns[0]) for one in told]
    assert near == [True, False]
    [seen] = release([made], RULES)
    noted = list(shown_groups([made], [seen], RULES))
    key = whole.keys.base
    assert ShownGroup("told", (NORTH,), 131, key, 131, key) in noted
    assert EarlierReleases(noted, RULES).is_too_near(column(101, whole=132))
    assert not EarlierReleases(noted, RULES).is_too_near(column(190, whole=220))


@pytest.mark.parametrize(("joined", "why"), [(1, WithheldReason.JOINED), (60, None)])
def test_a_new_division_of_a_land_that_few_joined_is_not_shown(joined, why):
    """Its columns add up to the land, of which the earlier report had the answers. One that was shown is as before."""
    ages, told = ("old", "young"), ("yes", "no")
    each = {(("told", said), ("age", age)): 60 for said in told for age in ages}
    more = {(("told", "yes"), ("age", "old")): joined, (("told", "no"), ("age", "young")): joined - 1}
    first, then = people(each), people(each) + people({key: size for key, size in more.items() if size}, "joined")
    rules = DisclosureRules(groups={"age": {age: AnswerSet("age", frozenset({age})) for age in ages}})
    before = [table(first, "told", told)]
    noted = list(shown_groups(before, release(before, rules), rules))
    divided = table(then, "told", told, "age", ages, dataset="d2")
    divided = replace(divided, whole=table(then, "told", told).table.columns[0])
    [seen] = release([divided], rules, earlier=EarlierReleases(noted, rules))
    assert {column.withheld_reason for column in seen.columns} == {why}
    known = [replace(noted[0], people=TREE.answer_sets((Subpopulation("age", age),)), base=40, size=40) for age in ages]
    [seen] = release([divided], rules, earlier=EarlierReleases([*noted, *known], rules))
    assert {column.withheld_reason for column in seen.columns} == {None}


NORTH_NOW = TableRequest("told", QUARTER, Subpopulation("region", "north"))


def part_of_a_quarter(north: int, others: int, dataset: str):
    """The north's quarter, and the whole of the quarter, of so many people who told or did not."""
    made = people({(("land", "FI"), ("told", told), (QUARTER, "2026-Q3")): 50 for told in ("yes", "no")})
    made += people({(("land", "FI"), ("told", "yes"), (QUARTER, "2026-Q3")): north} if north else {}, "north")
    made += people({(("land", "FI"), ("told", "no"), (QUARTER, "2026-Q2")): 40}, "before")
    made += people({(("land", "FR"), ("told", "yes"), (QUARTER, "2026-Q3")): others}, "others")
    made += people({(("land", "FR"), ("told", "yes"), (QUARTER, "2026-Q2")): 300 + len(dataset)}, "rest")
    finns = [one for one in made if one["land"] == "FI"]
    whole = table(made, "told", ("yes", "no"), QUARTER, ("2026-Q3",), dataset=dataset)
    part = table(finns, "told", ("yes", "no"), QUARTER, ("2026-Q3",), dataset=dataset)
    everyone, north_all = table(made, "told", ("yes", "no")), table(finns, "told", ("yes", "no"))
    columns = [each.table.columns[0] for each in (everyone, north_all, whole)]
    around = {
        people_: PeopleCount(one.base, one.keys.base)
        for people_, one in zip(((), NORTH_NOW.within, QUARTER), columns, strict=True)
    }
    order = TREE.supersets(TREE.people_of(NORTH_NOW, "2026-Q3"))
    counts = tuple(around[QUARTER if each and each[0].cut == QUARTER else each[0] if each else ()] for each in order)
    return [
        whole,
        with_table(replace(part, supersets={"2026-Q3": counts}), request=NORTH_NOW, origin=whole.table.origin),
    ]


def noted_of(exact, dataset: str) -> list[ShownGroup]:
    seen = release(exact, RULES)
    return [replace(each, dataset=dataset) for each in shown_groups(exact, seen, RULES)]


def withheld(exact, noted_before) -> list[WithheldReason | None]:
    seen = release(exact, RULES, earlier=EarlierReleases(noted_before, RULES))
    return [column.withheld_reason for each in seen for column in each.columns]


@pytest.mark.parametrize("joined", [0, 1, 29])
def test_of_a_quarter_that_others_join_nobody_sees_whether_somebody_of_the_north_did(joined):
    first = noted_of(part_of_a_quarter(0, 100, "d1"), "d1")
    [_, north] = release(part_of_a_quarter(joined, 180, "d2"), RULES, earlier=EarlierReleases(first, RULES))
    assert not north.columns
    assert north.request == NORTH_NOW


def test_a_part_of_a_quarter_that_is_over_is_shown_again_as_it_was():
    first = noted_of(part_of_a_quarter(0, 100, "d1"), "d1")
    assert withheld(part_of_a_quarter(0, 100, "d2x"), first) == [None, None]


def test_a_part_is_held_against_the_dataset_that_showed_it_and_not_against_a_later_one():
    """The quarter was open when the north was shown, and is over since: nobody sees when the north stopped growing."""
    first = [each for each in noted_of(part_of_a_quarter(0, 100, "d1"), "d1") if len(each.people) > 1]
    second = [each for each in noted_of(part_of_a_quarter(0, 180, "d2"), "d2") if len(each.people) == 1]
    assert withheld(part_of_a_quarter(0, 180, "d3xx"), [*first, *second]) == [None]


def test_a_table_of_a_quarter_that_is_over_is_shown_again_though_not_all_answered_what_cuts_it():
    """Five passed over it: of the question itself, the ledger has another base."""
    sizes = {("old", "yes"): 60, ("young", "yes"): 60, ("old", "no"): 60, ("young", "no"): 60, ("old", ""): 5}
    made = people({(("age", age), ("told", told)): size for (age, told), size in sizes.items()})
    asked = TableRequest("age", "told", Subpopulation(QUARTER, "2026-Q3"))
    of_all = table(made, "age", ("old", "young"))
    whole = of_all.table.columns[0]
    quarter, others = PeopleCount(whole.base, whole.keys.base), PeopleCount(1000, 9)
    order = {code: TREE.supersets(TREE.people_of(asked, code)) for code in ("yes", "no")}
    around = {code: [quarter if each == (asked.within,) else others for each in order[code]] for code in order}
    divided = with_table(
        replace(table(made, "age", ("old", "young"), "told", ("yes", "no")), whole=whole, supersets=around),
        request=asked,
    )
    exact = [with_table(of_all, request=asked.without_cut), divided]
    noted = [replace(each, dataset="d1") for each in shown_groups(exact, release(exact, RULES), RULES)]
    told = next(each for each in noted if each.item == "told")
    assert told.base == 245
    earlier = EarlierReleases([*noted, replace(told, base=240, base_key=4)], RULES)
    assert not any(earlier.is_column_too_near(divided, each) for each in divided.table.columns)
    one_more = [replace(each, base=each.base + 1) for each in divided.table.columns]
    assert all(earlier.is_column_too_near(divided, each) for each in one_more)
