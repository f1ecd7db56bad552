"""Attacks on what leaves the door, made with datasets of people: each found an answer of one person once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from kuule.core.problems import PublishingError
from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.disclosure.noise import noise_distribution
from kuule.disclosure.release import release
from kuule.disclosure.release_origin import release_origin
from kuule.disclosure.successive_releases import EarlierReleases, ShownGroup, shown_groups
from kuule.disclosure.thresholds import disclosure_rules
from kuule.forms.record import Record
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import report_view
from kuule.study.settings.study_settings import Group, GroupMember, LinkSettings
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedTable
from kuule.tables.request import Subpopulation, TableRequest
from kuule.usecases.reporting.released_report import count_for_release
from tests.dataset.small import edition
from tests.factories import make_dataset

ASKED = tuple(f"q{number}" for number in range(12))
FORM = """
| survey  |                   |           |        |
|         | type              | name      | label  |
|         | select_one land   | land      | Where? |
|         | select_one gender | gender    | Who?   |
{asked}
| choices |                   |           |        |
|         | list_name         | name      | label  |
|         | yn                | yes       | Yes    |
|         | yn                | no        | No     |
|         | gender            | f         | F      |
|         | gender            | m         | M      |
|         | land              | FI        | Finland |
|         | land              | AX        | Åland |
|         | land              | SE        | Sweden |
|         | land              | IS        | Iceland |
""".format(asked="\n".join(f"|         | select_one yn     | {name} | {name}? |" for name in ASKED))
WEST = Group(
    "part", "Part", "land", (GroupMember("west", "West", ("FI", "AX")), GroupMember("else", "Else", rest=True))
)
ICELAND = Group("alone", "Alone", "land", (GroupMember("IS", "I", ("IS",)), GroupMember("x", "X", rest=True)))
SAID = Group("said", "Said", "q0", (GroupMember("y", "Yes", ("yes",)), GroupMember("n", "No", ("no",))))
LANDS = tuple(f"L{number}" for number in range(30))
TOLD = tuple(f"told{number}" for number in range(3))
AFTER = ("when", "whom", "how")
FOLLOWED = """
| survey  |                 |       |        |              |
|         | type            | name  | label  | relevant     |
|         | select_one land | land  | Where? |              |
{asked}
| choices |                 |       |        |              |
|         | list_name       | name  | label  |              |
|         | yn              | yes   | Yes    |              |
|         | yn              | no    | No     |              |
{lands}
""".format(
    asked="\n".join(
        line
        for name in TOLD
        for line in (
            f"| | select_one yn | {name} | {name}? | |",
            *(f"| | select_one yn | {name}_{each} | {each}? | ${{{name}}} = 'yes' |" for each in AFTER),
        )
    ),
    lands="\n".join(f"| | land | {land} | {land} | |" for land in LANDS),
)
SIZES = {"FI": 150, "SE": 150, "IS": 60}
Person = tuple[str, str, Sequence[str]]


def some(random: Random, sizes: Mapping[str, int] = SIZES) -> list[Person]:
    """People who answered by chance."""
    return [
        (land, random.choice("fm"), [random.choice(("yes", "no")) for _ in ASKED])
        for land, size in sizes.items()
        for _ in range(size)
    ]


def dataset(folder: Path, people: Iterable[Person], sensitive: tuple[str, ...] = ()) -> Dataset:
    """Women came by one partner's link, and men by another's."""
    one = edition(1, FORM)
    answers = replace(one.study.answers, sensitive=sensitive, ordered=())
    groups, links = {each.name: each for each in (WEST, ICELAND, SAID)}, LinkSettings(partners={"f1": "F", "m1": "M"})
    one = replace(one, study=replace(one.study, groups=groups, answers=answers, links=links))
    known = {"study": "our-voice", "edition": one.id, "language": "en", "week": "2026-W48"}
    rows = [
        Record(
            **known,
            link=f"{gender}1",
            answers={"/data/land": land, "/data/gender": gender}
            | {f"/data/{name}": answer for name, answer in zip(ASKED, given, strict=True)},
            missing={},
        )
        for land, gender, given in people
    ]
    make_dataset(rows, [one], folder)
    return read_dataset(folder)


def released(made: Dataset, *requests: TableRequest, earlier: Iterable[ShownGroup] = ()) -> list[ReleasedTable]:
    rules = disclosure_rules(made.study, made.codebook.rests_on)
    return list(release(count_for_release(made, requests, rules), rules, earlier=EarlierReleases(earlier, rules)))


def noted(made: Dataset, *requests: TableRequest) -> list[ShownGroup]:
    rules = disclosure_rules(made.study, made.codebook.rests_on)
    exact = count_for_release(made, requests, rules)
    return list(shown_groups(exact, release(exact, rules), rules))


def row(table: ReleasedTable, code: str) -> list[int | None]:
    """What a table shows of one of its answers, column by column."""
    number = table.rows.index(code)
    return [column.cells[number].count if column.cells else None for column in table.columns]


@pytest.mark.parametrize("by_report", [False, True], ids=["a table by the answer", "a report on each answer"])
def test_a_land_that_is_not_shown_as_a_column_is_not_shown_as_a_row(tmp_path: Path, by_report: bool) -> None:
    """One person of Åland: the west is Finland and they. By "q0 by part" less Finland in "land by q0" their answer
    stood there, and was certain where the two numbers were the same."""
    made = dataset(tmp_path / "ds", [*some(Random(1)), ("AX", "f", ["yes"] * len(ASKED))])
    [direct] = released(made, TableRequest("q0", "land"))
    assert {column.code for column in direct.columns if column.base is None} == {"FI", "AX"}
    whole = [TableRequest("land", "q0"), TableRequest("land", "said")]
    parts = [TableRequest("land", None, Subpopulation("said", code)) for code in "yn"]
    for table in released(made, *(parts if by_report else whole)):
        assert not any(row(table, "FI"))
        assert not any(cell.below_threshold for column in table.columns for cell in column.cells[:2])
        assert all(count is not None for count in row(table, "SE"))
    [turned] = released(made, TableRequest("land", "q0"))
    assert row(turned, "SE") == [cell.count for cell in direct.columns[2].cells]


@pytest.mark.parametrize(("women", "men"), [(20, 80), (100, 1)], ids=["few women", "all women but one man"])
@pytest.mark.parametrize(("cut", "code"), [("gender", "f"), ("@link", "f1")])
def test_a_land_that_is_not_shown_within_a_part_of_the_people_is_not_shown_as_a_row_by_that_part(
    tmp_path: Path, cut: str, code: str, women: int, men: int
) -> None:
    """In the report on those who said yes, the lands by the part. How many women of Iceland said yes stood there, be
    they 20; and where they are all of Iceland but one man, what "q0 by land" has more is what that man said."""
    iceland = [
        ("IS", gender, ["yes" if number % 5 < 3 else "no"] * len(ASKED))
        for gender, size in (("f", women), ("m", men))
        for number in range(size)
    ]
    made = dataset(tmp_path / "ds", [*some(Random(6), {"FI": 200, "AX": 200, "SE": 200}), *iceland])
    [direct] = released(made, TableRequest("q0", cut, Subpopulation("alone", "IS")))
    assert code in {column.code for column in direct.columns if column.base is None}
    [table] = released(made, TableRequest("land", cut, Subpopulation("said", "y")))
    assert "IS" in table.withheld_rows
    assert row(table, "IS")[:2] == [None, None]
    assert not any(cell.below_threshold for column in table.columns for cell in column.cells[3:])
    assert all(row(table, "FI")[:2])
    assert all(row(table, "AX")[:2])


def test_a_row_that_is_not_shown_is_named_with_the_groups_that_are_not(tmp_path: Path) -> None:
    """ "Not shown" in its cells would say that nearly all gave that answer."""
    made = dataset(tmp_path / "ds", [*some(Random(1)), ("AX", "f", ["yes"] * len(ASKED))])
    template = read_template("```figure\nquestion: land\nby: q0\n```\n")
    rules, wording = disclosure_rules(made.study, made.codebook.rests_on), made.wording("en")
    tables = release(count_for_release(made, template.requests, rules), rules)
    [figure] = report_view(template, tables, wording, release_origin(cleaned_origin(made), rules)).figures
    assert {each.label for each in figure.rows} == {"Sweden", "Iceland"}
    assert {each.label for each in figure.answers} == {"Sweden", "Iceland"}
    assert "Groups not shown: Finland and Åland." in figure.facts
    assert not any("Answers left out" in fact for fact in figure.facts)


def test_a_land_that_few_joined_is_not_shown_again_as_a_row(tmp_path: Path) -> None:
    """Else the one number of two that is another one than before is what the newcomer answered."""
    random = Random(2)
    before = some(random)
    then = [*before, *some(random, {"FI": 70, "SE": 70}), ("IS", "f", ["no"] * len(ASKED))]
    first, second = dataset(tmp_path / "first", before), dataset(tmp_path / "second", then)
    asked = TableRequest("land", "q1")
    [earlier], [later] = released(first, asked), released(second, asked, earlier=noted(first, asked))
    assert all(row(earlier, "IS"))
    assert not any(row(later, "IS"))
    assert all(row(later, "SE"))
    [direct] = released(second, TableRequest("q1", "land"), earlier=noted(first, asked))
    assert {column.code for column in direct.columns if column.base is None} == {"FI", "AX", "IS"}


@pytest.mark.parametrize("cut", ["gender", "@link"])
def test_a_land_of_which_few_women_joined_is_not_shown_again_as_a_row_by_gender_or_by_their_link(
    tmp_path: Path, cut: str
) -> None:
    """So many men of Iceland joined that it is shown again by itself; of the women one, whose answer would stand
    there."""
    random = Random(7)
    before = some(random, dict.fromkeys(("FI", "AX", "SE", "IS"), 240))
    men = [("IS", "m", given) for _, _, given in some(random, {"IS": 200})]
    then = [*before, *some(random, dict.fromkeys(("FI", "AX", "SE"), 400)), *men, ("IS", "f", ["yes"] * len(ASKED))]
    first, second = dataset(tmp_path / "first", before), dataset(tmp_path / "second", then)
    asked = TableRequest("land", cut, Subpopulation("said", "y"))
    [earlier], [later] = released(first, asked), released(second, asked, earlier=noted(first, asked))
    assert all(row(earlier, "IS")[:2])
    assert (later.withheld_rows, row(later, "IS")[:2]) == (("IS",), [None, None])
    assert all(row(later, "SE")[:2])


def test_that_nearly_all_answered_a_sensitive_question_alike_is_not_seen_where_it_is_the_columns(
    tmp_path: Path,
) -> None:
    people = [(land, gender, ["yes"] * 12 if gender == "f" else given) for land, gender, given in some(Random(3))]
    made = dataset(tmp_path / "ds", people, sensitive=("q1",))
    [direct, turned] = released(made, TableRequest("q1", "gender"), TableRequest("gender", "q1"))
    assert [column.base is None for column in direct.columns] == [True, False]
    assert row(turned, "f") == [None, None]
    assert not any(cell.below_threshold for column in turned.columns for cell in column.cells[:1])
    assert row(turned, "m")[0] is not None


def test_who_sends_responses_that_are_alike_does_not_find_where_one_persons_answers_are(tmp_path: Path) -> None:
    """All others of the land answered every question alike: so those who said yes are they, or they and one more. When
    the same people had the same noise whatever was asked, a number stood for each of the two, and all answers of
    the one were known."""
    target = ["yes", "no", "yes", "yes", "no", "no", "yes", "no", "no", "yes", "no", "yes"]
    sent = [("IS", "m", [answer] * 12) for answer in ("yes", "no") for _ in range(60)]
    made = dataset(tmp_path / "ds", [*some(Random(4), {"FI": 150, "SE": 150}), *sent, ("IS", "f", target)])
    tables = released(made, *(TableRequest(name, "alone") for name in ASKED))
    iceland = [row(table, "yes")[0] for table in tables]
    yes, no = ({n for n, said in zip(iceland, target, strict=True) if said == answer} for answer in ("yes", "no"))
    assert len(yes) > 2
    assert len(no) > 2
    assert yes & no


def test_who_sends_what_a_group_has_to_grow_by_does_not_find_what_the_one_newcomer_answered(tmp_path: Path) -> None:
    """All that they send say no. When the same people had the same noise in each dataset, the number of those who said
    yes stayed where the newcomer said no, and changed else: 96 of 100 answers were found so."""
    random = Random(5)
    before = some(random, {"FI": 90, "SE": 90, "IS": 100})
    sent = [("IS", "m", ["no"] * 12)] * 45
    target = ["no"] * 8 + ["yes"] * 4
    then = [*before, *some(random, {"FI": 50, "SE": 50}), *sent, ("IS", "f", target)]
    first, second = dataset(tmp_path / "first", before), dataset(tmp_path / "second", then)
    asked = [TableRequest(name, "alone") for name in ASKED]
    one, two = released(first, *asked), released(second, *asked, earlier=noted(first, *asked))
    same = [row(a, "yes")[0] == row(b, "yes")[0] for a, b in zip(one, two, strict=True)]
    assert all(row(table, "yes")[0] is not None for table in two)
    assert sum(same) < 5


def followed(folder: Path, random: Random) -> tuple[Dataset, dict[tuple[str, str], bool]]:
    """In each land 40 who said yes to each question and 40 who said no, and one person: what that one said. Whoever
    said yes was asked three questions more, and answered them."""
    one = edition(1, FOLLOWED)
    country = Group("country", "Country", "land", tuple(GroupMember(land, land, (land,)) for land in LANDS))
    answers = replace(one.study.answers, sensitive=(), ordered=())
    one = replace(one, study=replace(one.study, groups={"country": country}, answers=answers))
    said = {(land, name): random.random() < 0.5 for land in LANDS for name in TOLD}
    known = {"study": "our-voice", "edition": one.id, "language": "en", "week": "2026-W48", "link": ""}
    rows = []
    for land in LANDS:
        for number in range(81):
            given: dict[str, object] = {"/data/land": land}
            missing = {}
            for name in TOLD:
                yes = number < 40 if number < 80 else said[land, name]
                given[f"/data/{name}"] = "yes" if yes else "no"
                for each in AFTER:
                    if yes:
                        given[f"/data/{name}_{each}"] = random.choice(("yes", "no"))
                    else:
                        missing[f"/data/{name}_{each}"] = Missing.NOT_ASKED
            rows.append(Record(**known, answers=given, missing=missing))
    make_dataset(rows, [one], folder)
    return read_dataset(folder), said


def test_what_is_asked_after_an_answer_is_a_further_look_and_who_was_not_asked_one(tmp_path: Path) -> None:
    """Who knows all others of a land finds what one person said by the two numbers of one table, by the bases of what
    was asked after it, and by how many were not asked: when these had noise of their own, three times more. Of 90
    answers the attack finds no more than is said of it (75 of 100)."""
    made, said = followed(tmp_path / "ds", Random(11))
    law = noise_distribution(40, 3, 5).as_mapping()

    def tells(yes: bool, seen: int | None) -> float:
        """How much likelier a number is where the person is among those whom it counts."""
        one, none = law.get((seen or 0) - 41, 1e-9), law.get((seen or 0) - 40, 1e-9)
        return (1 if yes else -1) * math.log(one / none)

    found = {"table": 0, "bases": 0, "all": 0}
    for name in TOLD:
        table, *after = released(
            made, TableRequest(name, "country"), *(TableRequest(f"{name}_{each}", "country") for each in AFTER)
        )
        for number, land in enumerate(LANDS):
            own = table.columns[number]
            columns = [each.columns[number] for each in after]
            assert len({column.missing[Missing.NOT_ASKED] for column in columns}) == 1
            logs = sum(tells(yes, cell.count) for yes, cell in zip((True, False), own.cells, strict=True))
            found["table"] += (logs > 0) == said[land, name]
            logs += sum(tells(yes=True, seen=column.base) for column in columns)
            found["bases"] += (logs > 0) == said[land, name]
            logs += tells(yes=False, seen=columns[0].missing[Missing.NOT_ASKED])
            found["all"] += (logs > 0) == said[land, name]
    assert found["table"] < 72
    assert found["all"] < 78
    assert found["bases"] > 54


def test_more_tables_than_eight_of_an_answer_and_what_is_asked_after_it_are_refused(tmp_path: Path) -> None:
    made, _ = followed(tmp_path / "ds", Random(11))
    cuts = (None, "country", "@language")
    asked = [TableRequest(name, cut) for name in ("told0", "told0_when", "told0_whom") for cut in cuts]
    assert len(released(made, *asked[:8])) == 8
    with pytest.raises(PublishingError, match="REPORT_022 tables of told0: 'told0' stands in 9 tables"):
        released(made, *asked)
