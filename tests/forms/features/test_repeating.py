"""Repeats: as many as a person adds, or as an answer says; one inside another."""

from __future__ import annotations

from kuule.forms.navigation.page import PageHeading, RepeatControls, RepeatInstance
from kuule.forms.navigation.visit import Move
from tests.forms.scenario import TODAY, Scenario, form_of

COUNTED = """
    | survey |
    | | type | name | label | repeat_count | calculation |
    | | integer | many | How many? | | |
    | | begin_repeat | child | Child | ${many} | |
    | | text | name | Name? | | |
    | | end_repeat | | | | |
    | | note | end | Thank you | | |
    """


def _at_a_new_child(person: Scenario) -> Scenario:
    """The form begins with one instance; after it stands the page that offers another."""
    return person.go(Move.ADD, "/data/child") if "+/data/child" in person.buttons else person


def test_number_of_instances_follows_an_answer() -> None:
    person = Scenario(form_of(COUNTED)).answer("many", "2").next()
    assert (person.sees, person.buttons) == (["name"], [])
    person.answer("name", "Ada").next().answer("name", "Bo").next()
    assert person.reads == ["Thank you"]
    assert person.record.answers == {
        "/data/many": "2",
        "/data/child[1]/name": "Ada",
        "/data/child[2]/name": "Bo",
    }


def test_answers_beyond_a_lowered_number_come_back_with_it_and_are_not_sent() -> None:
    person = Scenario(form_of(COUNTED)).answer("many", "2").next()
    person.answer("name", "Ada").next().answer("name", "Bo").next()
    person.back().back().back().answer("many", "1").next().next()
    assert person.record.answers == {"/data/many": "1", "/data/child[1]/name": "Ada"}
    person.back().back().answer("many", "3").next().next()
    assert person.question("child[2]/name").typed == ("Bo",)
    assert person.next().question("child[3]/name").typed == ()


def test_person_adds_and_removes_and_those_after_move_up() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | appearance | calculation |
        | | begin_repeat | child | Child | field-list | |
        | | text | name | Name? | | |
        | | calculate | key | | | uuid() |
        | | calculate | draw | | | once(random()) |
        | | end_repeat | | | | |
        """
    )
    person = Scenario(form)
    for name in ("Ada", "Bo", "Cy"):
        _at_a_new_child(person).answer("name", name).next()
    before = person.record.answers
    person.back().back().back().go(Move.REMOVE, "/data/child[1]")
    after = person.record.answers
    for field in ("name", "key", "draw"):
        assert [after[f"/data/child[{one}]/{field}"] for one in (1, 2)] == [
            before[f"/data/child[{one}]/{field}"] for one in (2, 3)
        ]
    while person.page is not None and person.page.key != "/data/child":
        person.next()
    person.go(Move.ADD, "/data/child").next()
    keys = [person.record.answers[f"/data/child[{one}]/key"] for one in (1, 2, 3)]
    assert len({*keys, *(before[f"/data/child[{one}]/key"] for one in (2, 3))}) == 3


def test_repeat_stands_inside_a_repeat() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | repeat_count |
        | | begin_repeat | house | House | 2 |
        | | begin_repeat | room | Room | |
        | | text | use | What for? | |
        | | end_repeat | | | |
        | | end_repeat | | | |
        | | note | end | Thank you | |
        """
    )
    person = Scenario(form)
    assert person.buttons == ["-/data/house[1]/room[1]"]
    person.answer("use", "sleep").next()
    assert person.buttons == ["+/data/house[1]/room"]
    person.next()
    assert person.buttons == ["-/data/house[2]/room[1]"]
    person.answer("use", "cook").next()
    person.go(Move.ADD, "/data/house[2]/room").answer("use", "wash").next()
    assert person.record.answers == {
        "/data/house[1]/room[1]/use": "sleep",
        "/data/house[2]/room[1]/use": "cook",
        "/data/house[2]/room[2]/use": "wash",
    }


def test_answer_written_over_a_calculation_stays_when_another_instance_changes() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | appearance | calculation |
        | | begin_repeat | child | Child | field-list | |
        | | integer | age | Age? | | |
        | | integer | next_age | Next year? | | ${age} + 1 |
        | | end_repeat | | | | |
        """
    )
    person = Scenario(form)
    for age in ("3", "5"):
        _at_a_new_child(person).answer("age", age).next()
    person.back().back().answer("next_age", "40").next().answer("age", "6").next()
    ages = {place: value for place, value in person.record.answers.items() if place.endswith("next_age")}
    assert ages == {"/data/child[1]/next_age": "40", "/data/child[2]/next_age": "7"}
    person.back().back().answer("age", "4").next()
    assert person.record.answers["/data/child[1]/next_age"] == "5"


def test_answers_of_all_instances_are_counted_and_named() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | calculation | repeat_count |
        | | begin_repeat | child | Child | | 2 |
        | | integer | age | Age? | | |
        | | calculate | place | | position(..) | |
        | | end_repeat | | | | |
        | | calculate | total | | sum(${age}) | |
        | | calculate | second | | indexed-repeat(${age}, ${child}, 2) | |
        | | note | end | ${total} ${second} | | |
        """
    )
    person = Scenario(form).answer("age", "3").next().answer("age", "5").next()
    assert person.reads == ["8 5"]
    assert person.record.answers["/data/child[2]/place"] == "2"


def test_instance_that_is_added_begins_like_the_first_one() -> None:
    form = form_of(
        """
        | survey |
        | | type         | name  | label | appearance |
        | | begin_repeat | home  | Home  |            |
        | | text         | town  | Town  |            |
        | | begin_repeat | child | Child | field-list |
        | | text         | name  | Name  |            |
        | | end_repeat   |       |       |            |
        | | end_repeat   |       |       |            |
        """
    )
    person = Scenario(form).next().next().next()
    assert person.buttons == ["+/data/home"]
    assert person.go(Move.ADD, "/data/home").sees == ["town"]
    assert person.next().sees == ["name"]
    assert person.page is not None
    assert person.page.key == "/data/home[2]/child[1]"


def test_instance_that_asks_nothing_now_has_no_page() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label | appearance | repeat_count | relevant |
        | | select_one yn | more | More? | | | |
        | | begin_repeat | child | Child | field-list | 2 | |
        | | text | name | Name? | | | ${more} = 'y' |
        | | end_repeat | | | | | |
        | | note | end | Thank you | | | |
        | choices |
        | | list_name | name | label |
        | | yn | y | Yes |
        | | yn | n | No |
        """
    )
    person = Scenario(form).answer("more", "n").next()
    assert person.reads == ["Thank you"]
    person.back().answer("more", "y").next()
    assert person.sees == ["name"]


ROSTER = """
    | survey |
    | | type         | name   | label                | appearance |
    | | begin_group  | house  | Your home            | field-list |
    | | begin_repeat | person | What ${nick} does    |            |
    | | text         | nick   | A word for them      |            |
    | | end_repeat   |        |                      |            |
    | | begin_repeat | pet    | Pet                  |            |
    | | text         | kind   | Kind                 |            |
    | | end_repeat   |        |                      |            |
    | | end_group    |        |                      |            |
    """


def test_label_that_reads_an_instance_is_that_of_its_own_instance() -> None:
    person = Scenario(form_of(ROSTER)).answer("person[1]/nick", "one").go(Move.ADD, "/data/house/person")
    person.answer("person[2]/nick", "two").go(Move.ADD, "/data/house/pet")
    assert person.page is not None
    controls = [part for part in person.page.parts if isinstance(part, RepeatControls)]
    assert [(one.removes or one.path, one.label, one.names_instance) for one in controls] == [
        ("/data/house/person[1]", "What one does", True),
        ("/data/house/person[2]", "What two does", True),
        ("/data/house/person", "", False),
        ("/data/house/pet[1]", "Pet", False),
        ("/data/house/pet[2]", "Pet", False),
        ("/data/house/pet", "Pet", False),
    ]
    told = {part.label: part.names_instance for part in person.page.parts if isinstance(part, PageHeading)}
    assert told == {"What one does": True, "What two does": True, "Pet": False}


HOUSES = """
    | survey |
    | | type         | name   | label        | appearance |
    | | begin_repeat | house  | House        |            |
    | | text         | street | A word for it |           |
    | | begin_repeat | person | ${nick}, who lives there | field-list |
    | | text         | nick   | A word for them | |
    | | end_repeat   |        |              |            |
    | | end_repeat   |        |              |            |
    """


def test_page_and_what_was_written_say_in_which_instances_they_stand() -> None:
    person = Scenario(form_of(HOUSES)).answer("street", "a").next().answer("person[1]/nick", "one").next().next()
    person.go(Move.ADD, "/data/house")
    assert person.page is not None
    assert (person.page.section, person.page.instances) == ("", (RepeatInstance("House", 2),))
    person.answer("street", "b").next().answer("person[1]/nick", "two").go(Move.NEXT).go(Move.BACK)
    assert person.page is not None
    assert person.page.instances == (RepeatInstance("House", 2), RepeatInstance("two, who lives there", 0))
    person.next().next()
    assert person.page is not None
    assert (person.page.section, person.page.instances) == ("House", ())
    written = person.journey.review(person.visit, TODAY)
    assert [(one.instances, [line.answers for line in one.lines]) for one in written] == [
        ((RepeatInstance("House", 1),), [("a",)]),
        ((RepeatInstance("House", 1), RepeatInstance("one, who lives there", 0)), [("one",)]),
        ((RepeatInstance("House", 2),), [("b",)]),
        ((RepeatInstance("House", 2), RepeatInstance("two, who lives there", 0)), [("two",)]),
    ]
