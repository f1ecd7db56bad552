"""What holds for every form and every visit."""

from __future__ import annotations

import gc
import random
import weakref

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuule.forms.compile.form import Form
from kuule.forms.instance.response import Response
from kuule.forms.instance.response_tree import ResponseData
from kuule.forms.navigation.journey import Journey
from kuule.forms.navigation.page_refs import PageRef, page_refs, shown_questions_on_page
from kuule.forms.navigation.visit import Move, Visit
from kuule.forms.record import Record, max_record_bytes
from tests.forms.random_forms import FORMS, STEADY_FORMS, STEPS, Steps, act, walk
from tests.forms.scenario import TODAY, Scenario, laid_out_by_walks
from tests.sampling import examples

MANY = settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _given(visit: Visit) -> ResponseData:
    return ResponseData(visit.answers, visit.counts, visit.fixed, visit.seed)


def _state(response: Response) -> dict[str, tuple[bool, str]]:
    return {node.instance_path: (node.relevant, node.text) for node in response.all_nodes()}


@given(STEADY_FORMS, STEPS, st.randoms(use_true_random=False))
@MANY
def test_what_is_shown_depends_on_the_answers_alone(form: Form, steps: Steps, chance: random.Random) -> None:
    """The same answers, given in another order and at once, show and compute the same."""
    visit = walk(form, steps).visit
    wanted = Response.rebuild(form, _given(visit), today=TODAY)
    places = list(visit.answers)
    chance.shuffle(places)
    other = Response.rebuild(form, ResponseData({}, visit.counts, visit.fixed, visit.seed), today=TODAY)
    for place in places:
        node = other.node(place)
        if node is None:  # an instance that a lowered count holds back
            return
        other.set_value(node, visit.answers[place])
    other.recalculate()
    assert _state(other) == _state(wanted)


@given(FORMS, STEPS, st.randoms(use_true_random=False))
@MANY
def test_no_order_of_what_a_visit_carries_matters(form: Form, steps: Steps, chance: random.Random) -> None:
    visit = walk(form, steps).visit
    mixed = [list(part.items()) for part in (visit.answers, visit.counts, visit.fixed)]
    for part in mixed:
        chance.shuffle(part)
    answers, counts, fixed = (dict(part) for part in mixed)
    other = Response.rebuild(form, ResponseData(answers, counts, fixed, visit.seed), today=TODAY)
    assert _state(other) == _state(Response.rebuild(form, _given(visit), today=TODAY))


@given(FORMS, STEPS)
@MANY
def test_going_back_and_on_changes_nothing(form: Form, steps: Steps) -> None:
    person = walk(form, steps)
    if person.page is None or person.page.first:
        return
    page, answers = person.page, dict(person.visit.answers)
    person.go(Move.BACK)
    assert dict(person.visit.answers) == answers
    person.go(Move.NEXT)
    if person.page is not None and not person.unfit and not person.fresh:
        assert (person.page.key, dict(person.visit.answers)) == (page.key, answers)


@given(FORMS, STEPS, st.randoms(use_true_random=False))
@MANY
def test_pages_stay_the_same_until_the_response_says_that_one_may_have_changed(
    form: Form, steps: Steps, chance: random.Random
) -> None:
    visit = walk(form, steps).visit
    response = Response.rebuild(form, _given(visit), today=TODAY)
    values = [*visit.answers.values(), "", "a", "b", "1", "2"]
    for node in [one for one in response.all_nodes() if one.definition.is_leaf]:
        changes, pages = response.page_changes, page_refs(response)
        response.set_value(node, chance.choice(values))
        response.recalculate()
        if response.page_changes == changes:
            assert page_refs(response) == pages


@given(FORMS, STEPS)
@MANY
def test_a_response_survives_to_bytes_and_back(form: Form, steps: Steps) -> None:
    person = walk(form, steps)
    record = person.record
    assert Record.from_bytes(record.to_bytes()) == record
    assert len(record.to_bytes()) <= max_record_bytes(form, 40)
    assert Visit.from_data(person.visit.to_data()) == person.visit


@given(FORMS, STEPS)
@MANY
def test_a_visit_shown_again_is_the_same_page(form: Form, steps: Steps) -> None:
    visit = walk(form, steps).visit
    one, other = (Scenario(form, longest_text=40).journey.page(visit, TODAY) for _ in range(2))
    again = Scenario(form, longest_text=40).journey.page(Visit.from_data(visit.to_data()), TODAY)
    assert one == other == again


@given(FORMS, STEPS, STEPS)
@MANY
def test_page_is_the_same_for_the_second_person_of_a_journey(form: Form, others: Steps, steps: Steps) -> None:
    """What a journey keeps of questions that nobody has answered is what it would make anew."""
    journey = walk(form, others).journey
    person = Scenario(form, longest_text=40)
    for move, values in steps:
        assert journey.page(person.visit, TODAY) == Journey(form, {}, longest_text=40).page(person.visit, TODAY)
        if person.page is None:
            break
        act(person, move, values)


@given(FORMS, STEPS)
@MANY
def test_nothing_of_an_answer_is_kept_with_a_journey(form: Form, steps: Steps) -> None:
    person = Scenario(form, longest_text=40)
    for move, _ in steps:
        if person.page is not None:
            act(person, move, ["zebra", "a"])
    untouched = person.journey.page_settings.untouched.values()
    assert [one for one in untouched if one.typed or one.violation or one.fresh or "[" in one.path] == []
    assert "zebra" not in repr(untouched)


@given(FORMS, STEPS)
@MANY
def test_pages_of_the_layout_are_those_of_a_walk(form: Form, steps: Steps) -> None:
    visit = walk(form, steps).visit
    response = Response.rebuild(form, _given(visit), today=TODAY)
    walked = laid_out_by_walks(form)
    other = Response.rebuild(walked, _given(visit), today=TODAY)
    assert [ref.key for ref in page_refs(response)] == [ref.key for ref in page_refs(other)]
    assert [_on_page(response, ref) for ref in page_refs(response)] == [
        _on_page(other, ref) for ref in page_refs(other)
    ]


def _on_page(response: Response, ref: PageRef) -> tuple[object, ...]:
    asked = [node.instance_path for _, node in shown_questions_on_page(response, ref)]
    return ref.element, ref.node.instance_path, ref.ancestors, ref.section, ref.adds_to, ref.removes, asked


@given(FORMS, STEPS)
@MANY
def test_a_response_leaves_no_cycles(form: Form, steps: Steps) -> None:
    """A node and its children know each other, and so do a response and what it evaluates with: until its end."""
    visit = walk(form, steps).visit
    with Response.rebuild(form, _given(visit), today=TODAY) as response:
        page_refs(response)
        nodes, left = list(response.all_nodes()), weakref.ref(response)
    collecting = gc.isenabled()
    gc.disable()
    try:
        del response
        assert left() is None
    finally:
        if collecting:
            gc.enable()
    assert {node.parent for node in nodes} == {None}


@given(FORMS, STEPS)
@MANY
def test_no_posted_field_that_was_not_asked_gets_in(form: Form, steps: Steps) -> None:
    """Every question of the form is posted with every page: the visit comes to the same as without the others."""
    person = Scenario(form, longest_text=40)
    for move, values in steps:
        if person.page is None:
            break
        page, before = person.page, person.visit
        asked = {question.field: values for question in page.questions}
        places = Response.rebuild(form, _given(before), today=TODAY).nodes_by_instance_path
        strange = {place: ["a"] for place in places if not place.startswith(page.key)} | {"/data/nowhere": ["a"]}
        step = Move.STAY if move in ("add", "remove") else Move(move)
        person.post(step, page.key, {**strange, **asked})
        other = person.journey.step(before, step, page.key, asked, today=TODAY)
        assert (person.visit, person.page) == (other.visit, other.page)


@given(FORMS, STEPS)
@MANY
def test_required_questions_are_never_passed_by_and_no_page_is_empty(form: Form, steps: Steps) -> None:
    person = Scenario(form, longest_text=40)
    for move, values in steps:
        if person.page is None:
            break
        page = person.page
        assert page.parts != ()
        assert page.can_pass is not any(question.required for question in page.questions)
        required = {question.field for question in page.questions if question.required}
        person.post(Move.NEXT, page.key, {})
        now = Response.rebuild(form, _given(person.visit), today=TODAY).nodes_by_instance_path
        still = {place for place in required if place in now and now[place].relevant and not now[place].text}
        if still:
            assert person.page is not None
            assert {question.field for question in person.page.questions if question.violation} >= still
            assert person.page.key == page.key
        if person.page is not None:
            act(person, move, values)
