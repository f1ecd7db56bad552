from __future__ import annotations

import gc
from dataclasses import replace
from datetime import date

import pytest

from kuule.forms.instance.form_node import FormNode
from kuule.forms.navigation.journey import Ending, Gate
from kuule.forms.navigation.page import Page
from kuule.forms.navigation.visit import Move
from kuule.tables.missing import Missing
from tests.forms.scenario import TODAY, Scenario, form_of

CALM = """
    | survey |
    | | type | name | label | relevant | appearance | constraint | constraint_message |
    | | begin_group | about | About you | | | | |
    | | select_one yes_no | consent | Will you answer? | | | | |
    | | begin_group | who | Who you are | | field-list | | |
    | | integer | age | How old are you? | | | . > 17 and . < 120 | Please give your age in years. |
    | | select_one yes_no | studies | Do you study? | | | | |
    | | text | school | What do you study? | ${studies} = 'yes' | | | |
    | | end_group | | | | | | |
    | | end_group | | | | | | |
    | | begin_group | rest | The rest | | | | |
    | | note | thanks | You are ${age}. | | | | |
    | | text | wish | What do you wish? | | multiline | | |
    | | end_group | | | | | | |
    | choices |
    | | list_name | name | label |
    | | yes_no | yes | Yes |
    | | yes_no | no | No |
    """
CONSENT = Gate("consent", "consent", "yes")
TWO_TEXTS = """
    | survey |
    | | type | name | label | relevant |
    | | text | who | Who? | |
    | | text | more | More? | ${who} != '' |
    """
TWO_GATES = """
    | survey |
    | | type | name | label |
    | | select_one yes_no | consent | Will you answer? |
    | | select_one yes_no | adult | Are you 18 or older? |
    | | text | wish | What do you wish? |
    | choices |
    | | list_name | name | label |
    | | yes_no | yes | Yes |
    | | yes_no | no | No |
    """


@pytest.fixture(scope="module")
def calm() -> object:
    return form_of(CALM)


@pytest.fixture(scope="module")
def two_gates() -> object:
    return form_of(TWO_GATES)


def _visit(form: object, **settings: object) -> Scenario:
    return Scenario(form, gates=[CONSENT], **settings)  # type: ignore[arg-type]


def test_pages_are_questions_and_field_lists(calm: object) -> None:
    person = _visit(calm)
    assert person.sees == ["consent"]
    assert person.answer("consent", "yes").next().sees == ["age", "studies"]
    assert person.reads == ["Who you are", "How old are you?", "Do you study?"]
    assert person.next().reads == ["You are ."]
    assert person.next().sees == ["wish"]
    assert person.next().ending == Ending("end")


def test_section_of_a_page_is_its_top_level_group(calm: object) -> None:
    person = _visit(calm)
    assert person.page is not None
    assert (person.page.section, person.page.section_number, person.page.sections) == ("About you", 1, 2)
    person.answer("consent", "yes").next().next()
    assert person.page is not None
    assert (person.page.section, person.page.section_number) == ("The rest", 2)


def test_next_shows_a_follow_up_on_the_same_page_once_more(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next()
    person.answer("age", "30").answer("studies", "yes").next()
    assert (person.sees, person.fresh, person.unfit) == (["age", "studies", "school"], ["school"], {})
    assert person.question("age").typed == ("30",)
    assert person.answer("school", "history").next().reads == ["You are 30."]


def test_follow_up_that_is_posted_with_its_page_is_not_shown_again(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next()
    assert person.page is not None
    fields = {"/data/about/who/studies": ["yes"], "/data/about/who/school": ["history"]}
    person.post(Move.NEXT, person.page.key, fields)
    assert person.reads == ["You are ."]
    assert person.visit.answers["/data/about/who/school"] == "history"


def test_answer_that_does_not_fit_is_named_and_everything_typed_is_kept(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next()
    person.answer("age", "thirty").answer("studies", "no").next()
    assert person.unfit == {"age": "whole_number"}
    assert (person.question("age").typed, person.question("studies").typed) == (("thirty",), ("no",))
    person.answer("age", "12").next()
    assert person.unfit == {"age": "constraint"}
    assert person.question("age").violation.message == "Please give your age in years."  # type: ignore[union-attr]
    assert "/data/about/who/age" not in person.visit.answers


def test_answer_that_does_not_fit_keeps_through_back_and_is_named_at_the_end(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("age", "12").back()
    assert (person.sees, person.unfit) == (["consent"], {})
    assert person.next().question("age").typed == ("12",)
    assert person.next().unfit == {"age": "constraint"}


def test_digits_of_any_script_are_understood(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("age", "٣٠").next()
    assert person.visit.answers["/data/about/who/age"] == "30"


def test_gate_stops_the_visit_and_back_leads_to_it(calm: object) -> None:
    person = _visit(calm).answer("consent", "no").next()
    assert person.ending == Ending("stopped", "consent")
    assert person.visit.page == "/data/about/consent"


def test_page_beyond_a_closed_gate_is_the_gate(calm: object) -> None:
    """Only who goes on from a gate ends a visit, and nobody does by looking at a page."""
    person = _visit(calm)
    closed = {"/data/about/consent": "no"}
    for page in ("/data/rest/wish", ""):
        shown = person.journey.page(replace(person.visit, page=page, answers=closed), TODAY)
        assert isinstance(shown, Page)
        assert [(one.path, one.typed) for one in shown.questions] == [("/data/about/consent", ("no",))]


@pytest.mark.parametrize("move", [Move.STAY, Move.BACK, Move.NEXT, Move.FINISH])
def test_no_at_a_gate_ends_nothing_from_another_page(two_gates: object, move: Move) -> None:
    """Who has turned back from a gate after a "no" is shown it again, and goes on from there."""
    gates = [CONSENT, Gate("age", "adult", "yes")]
    person = Scenario(two_gates, gates=gates).answer("consent", "yes").next()  # type: ignore[arg-type]
    person.answer("adult", "no").back().go(move)
    assert (person.ending, person.sees) == (None, ["consent" if move in (Move.STAY, Move.BACK) else "adult"])
    if person.sees == ["adult"]:
        assert (person.question("adult").typed, person.next().ending) == (("no",), Ending("stopped", "age"))


def test_gate_has_to_be_answered_and_cannot_be_passed(calm: object) -> None:
    person = _visit(calm)
    assert person.page is not None
    assert not person.page.can_pass
    assert person.go(Move.PASS).unfit == {"consent": "required"}
    assert person.go(Move.FINISH).unfit == {"consent": "required"}


def test_gate_cannot_be_gone_round_by_posting_a_later_page(calm: object) -> None:
    person = _visit(calm).post(Move.NEXT, "/data/rest/wish", {"/data/rest/wish": ["x"]})
    assert (person.sees, dict(person.visit.answers)) == (["consent"], {})


def test_pass_drops_what_was_typed_on_the_page(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("age", "40").answer("studies", "no").go(Move.PASS)
    assert person.reads == ["You are ."]
    assert dict(person.visit.answers) == {"/data/about/consent": "yes"}


def test_finish_goes_to_the_end_and_keeps_this_page(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("age", "40").go(Move.FINISH)
    assert person.ending == Ending("end")
    assert person.visit.answers["/data/about/who/age"] == "40"


def test_stay_keeps_what_was_typed_unchecked(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("age", "x").answer("studies", "yes").go(Move.STAY)
    assert (person.sees, person.unfit) == (["age", "studies", "school"], {})
    assert (person.question("age").typed, person.question("studies").typed) == (("x",), ("yes",))


def test_back_and_on_changes_nothing(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("age", "40").answer("studies", "no").next()
    before = person.visit
    assert person.back().next().visit == before


def test_old_page_that_was_seen_is_taken_again(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("age", "40").next().next()
    person.post(Move.NEXT, "/data/about/who", {"/data/about/who/age": ["41"]})
    assert person.reads == ["You are 41."]


def test_field_that_the_page_did_not_ask_never_enters(calm: object) -> None:
    person = _visit(calm)
    fields = {"/data/about/consent": ["yes"], "/data/rest/wish": ["marker"], "/data/nowhere": ["marker"]}
    person.post(Move.NEXT, "/data/about/consent", fields)
    assert dict(person.visit.answers) == {"/data/about/consent": "yes"}


def test_value_that_was_not_offered_never_enters(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("studies", "marker").next()
    assert "/data/about/who/studies" not in person.visit.answers


def test_answer_that_lost_its_question_stays_in_the_visit_and_out_of_the_record(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("studies", "yes").next().answer("school", "art").next()
    person.back().answer("studies", "no").next()
    assert person.visit.answers["/data/about/who/school"] == "art"
    assert "/data/about/who/school" not in person.record.answers
    person.back().answer("studies", "yes").next()
    assert person.question("school").typed == ("art",)


def test_output_in_a_translation_is_filled_and_stays_words(calm: object) -> None:
    texts = {"form:/data/rest/wish:label": "${nobody} ${age}", "form:/data/rest/thanks:label": "*Du* är ${age}."}
    person = _visit(calm, texts=texts).answer("consent", "yes").next().answer("age", "40").next()
    assert person.reads == ["*Du* är 40."]
    assert person.next().reads == ["${nobody} ${age}"]


def test_output_of_a_typed_text_is_escaped() -> None:
    form = form_of(
        """
        | survey |
        | | type | name | label |
        | | text | call | What may we call you? |
        | | note | hi   | Hello ${call}! |
        """
    )
    person = Scenario(form).answer("call", "<b>*x*</b> [a](http://b)").next()
    assert person.reads == [r"Hello \<b\>\*x\*\</b\> \[a\]\(http://b\)!"]


def test_review_has_what_was_answered_and_passed_over(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("age", "40").go(Move.FINISH)
    sections = person.journey.review(person.visit, TODAY)
    lines = [
        (section.label, line.question, line.answers, line.page_key) for section in sections for line in section.lines
    ]
    assert lines == [
        ("About you", "Will you answer?", ("Yes",), "/data/about/consent"),
        ("About you", "How old are you?", ("40",), "/data/about/who"),
        ("About you", "Do you study?", (), "/data/about/who"),
    ]


REPEAT = """
    | survey |
    | | type         | name  | label     | appearance |
    | | begin_repeat | place | A place   |            |
    | | text         | town  | Which?    |            |
    | | text         | year  | When?     |            |
    | | end_repeat   |       |           |            |
    | | text         | last  | And last? |            |
    """


def test_repeat_asks_to_add_and_lets_one_remove() -> None:
    person = Scenario(form_of(REPEAT))
    assert (person.sees, person.buttons) == (["town"], ["-/data/place[1]"])
    person.answer("town", "a").next().answer("year", "1").next()
    assert (person.sees, person.buttons) == ([], ["+/data/place"])
    person.go(Move.ADD, "/data/place")
    assert (person.page and person.page.key) == "/data/place[2]/town"
    person.answer("town", "b").next().answer("year", "2").back()
    person.post(Move.REMOVE, "/data/place[1]/town", {"/data/place[1]/town": ["a"]}, "/data/place[1]")
    assert dict(person.visit.answers) == {"/data/place[1]/town": "b", "/data/place[1]/year": "2"}


def test_reasons_stay_with_their_instance_after_one_before_it_is_removed() -> None:
    """The first place was gone through and left blank; of the second only the first page was seen."""
    person = Scenario(form_of(REPEAT)).next().next().go(Move.ADD, "/data/place").next().back()
    assert person.record.missing == {
        "/data/place[1]/town": Missing.PASSED_OVER,
        "/data/place[1]/year": Missing.PASSED_OVER,
        "/data/place[2]/town": Missing.PASSED_OVER,
        "/data/place[2]/year": Missing.NOT_REACHED,
        "/data/last": Missing.NOT_REACHED,
    }
    person.post(Move.REMOVE, "/data/place[1]/town", {}, "/data/place[1]")
    assert person.record.missing == {
        "/data/place[1]/town": Missing.PASSED_OVER,
        "/data/place[1]/year": Missing.NOT_REACHED,
        "/data/last": Missing.NOT_REACHED,
    }


def test_what_did_not_fit_stays_with_its_instance_after_one_before_it_is_removed() -> None:
    table = """
        | survey |
        | | type         | name  | label   | appearance |
        | | begin_group  | all   | All     | field-list |
        | | begin_repeat | place | A place |            |
        | | integer      | year  | When?   |            |
        | | end_repeat   |       |         |            |
        | | end_group    |       |         |            |
        """
    person = Scenario(form_of(table)).go(Move.ADD, "/data/all/place").go(Move.ADD, "/data/all/place")
    typed = {f"/data/all/place[{number}]/year": [text] for number, text in ((1, "1999"), (2, "long ago"), (3, "2001"))}
    assert person.page is not None
    person.post(Move.REMOVE, person.page.key, typed, "/data/all/place[1]")
    assert person.page is not None
    shown = {one.field: one.typed for one in person.page.questions}
    assert shown == {"/data/all/place[1]/year": ("long ago",), "/data/all/place[2]/year": ("2001",)}


def test_add_of_another_repeat_changes_nothing() -> None:
    person = Scenario(form_of(REPEAT))
    before = person.visit.counts
    assert person.go(Move.ADD, "/data/other").visit.counts == before


def test_repeat_in_a_field_list_stays_on_its_page() -> None:
    table = """
        | survey |
        | | type         | name  | label   | appearance |
        | | begin_group  | all   | All     | field-list |
        | | begin_repeat | place | A place |            |
        | | text         | town  | Which?  |            |
        | | end_repeat   |       |         |            |
        | | end_group    |       |         |            |
        """
    person = Scenario(form_of(table)).answer("town", "a").go(Move.ADD, "/data/all/place")
    assert (person.sees, person.buttons) == (
        ["town", "town"],
        ["-/data/all/place[1]", "-/data/all/place[2]", "+/data/all/place"],
    )
    assert person.go(Move.REMOVE, "/data/all/place[1]").question("town").typed == ()


@pytest.mark.parametrize(
    ("told", "count", "sees"),
    [("no", "", ["wish"]), ("yes", "", ["town"]), ("no", "2", ["wish"]), ("yes", "2", ["town"])],
)
def test_page_of_which_nothing_but_a_repeat_could_be_shown_is_none_without_it(
    told: str, count: str, sees: list[str]
) -> None:
    table = f"""
        | survey |
        | | type              | name  | label   | appearance | relevant         | repeat_count |
        | | select_one yes_no | told  | Told?   |            |                  |              |
        | | begin_group       | all   | All     | field-list |                  |              |
        | | begin_group       | part  | Part    |            |                  |              |
        | | begin_repeat      | place | A place |            | ${{told}} = 'yes' | {count}      |
        | | text              | town  | Which?  |            |                  |              |
        | | end_repeat        |       |         |            |                  |              |
        | | end_group         |       |         |            |                  |              |
        | | end_group         |       |         |            |                  |              |
        | | text              | wish  | A wish? |            |                  |              |
        | choices |
        | | list_name | name | label |
        | | yes_no    | yes  | Yes   |
        | | yes_no    | no   | No    |
        """
    assert Scenario(form_of(table)).answer("told", told).next().sees[:1] == sees


def test_repeat_count_follows_an_answer() -> None:
    table = """
        | survey |
        | | type         | name  | label     | repeat_count |
        | | integer      | many  | How many? |              |
        | | begin_repeat | place | A place   | ${many}      |
        | | text         | town  | Which?    |              |
        | | end_repeat   |       |           |              |
        """
    person = Scenario(form_of(table)).answer("many", "2").next()
    assert (person.sees, person.buttons) == (["town"], [])
    person.answer("town", "a").next().answer("town", "b").next()
    assert person.ending == Ending("end")
    assert person.record.answers == {"/data/many": "2", "/data/place[1]/town": "a", "/data/place[2]/town": "b"}


CASCADE = """
    | survey |
    | | type              | name | label | choice_filter   |
    | | select_one area   | area | Where? |                |
    | | select_one town   | town | Which? | area = ${area} |
    | choices |
    | | list_name | name | label | area |
    | | area      | n    | North |      |
    | | area      | s    | South |      |
    | | town      | oulu | Oulu  | n    |
    | | town      | pori | Pori  | s    |
    """


def test_choice_filter_offers_what_fits_and_drops_what_does_not_any_more() -> None:
    person = Scenario(form_of(CASCADE)).answer("area", "n").next()
    assert [choice.label for choice in person.question("town").choices] == ["Oulu"]
    person.answer("town", "oulu").back().answer("area", "s").next()
    assert [choice.value for choice in person.question("town").choices] == ["pori"]
    assert "/data/town" not in person.visit.answers


def test_choices_filtered_by_the_day_are_those_of_the_day() -> None:
    """What is offered in one visit is kept for others only where it is the same for all."""
    form = form_of(
        """
        | survey |
        | | type | name | label | choice_filter |
        | | select_one season | now | Which season? | until > format-date(today(), '%Y%m%d') |
        | | text | then | And then? | |
        | choices |
        | | list_name | name | label | until |
        | | season | autumn | Autumn | 20261201 |
        | | season | winter | Winter | 20270301 |
        """
    )
    early = Scenario(form)
    late = Scenario(form, today=date(2026, 12, 24))
    late.journey = early.journey
    assert [choice.value for choice in early.question("now").choices] == ["autumn", "winter"]
    assert early.answer("now", "autumn").next().visit.answers == {"/data/now": "autumn"}
    shown = early.journey.page(late.visit, late.today)
    assert isinstance(shown, Page)
    assert [choice.value for choice in shown.questions[0].choices] == ["winter"]
    assert late.answer("now", "autumn").next().visit.answers == {}


def test_randomized_choices_keep_their_order_within_a_visit() -> None:
    table = """
        | survey |
        | | type            | name  | label | parameters     |
        | | select_one many | first | One?  | randomize=true |
        | | text            | then  | Two?  |                |
        | choices |
        | | list_name | name | label |
        """ + "".join(f"\n        | | many | v{number} | {number} |" for number in range(9))
    form = form_of(table)
    person = Scenario(form, seed=5)
    before = [choice.value for choice in person.question("first").choices]
    person.next().back()
    assert [choice.value for choice in person.question("first").choices] == before
    orders = {
        tuple(choice.value for choice in Scenario(form, seed=seed).question("first").choices) for seed in range(8)
    }
    assert len(orders) > 1


def test_what_does_not_fit_is_named_again_at_the_end_with_its_own_reason(calm: object) -> None:
    person = _visit(calm).answer("consent", "yes").next().answer("age", "30").next()
    person.back().answer("age", "x").back().go(Move.FINISH)
    assert (person.sees, person.unfit) == (["age", "studies"], {"age": "whole_number"})
    assert person.question("age").typed == ("x",)


def nodes_in_memory() -> int:
    return sum(type(one) is FormNode for one in gc.get_objects())  # what is lazy is not to be asked for its class


@pytest.mark.slow
def test_no_step_leaves_nodes_for_a_search_for_cycles() -> None:
    form = form_of(TWO_TEXTS)
    gc.collect()
    gc.disable()
    try:
        before = nodes_in_memory()
        person = Scenario(form).answer("who", "a").next().back().next()
        person.journey.review(person.visit, TODAY)
        person.journey.has_seen_last_page(person.visit, TODAY)
        assert person.record.answers == {"/data/who": "a"}
        assert nodes_in_memory() == before
    finally:
        gc.enable()
