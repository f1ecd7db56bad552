from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.forms.record import Record, longest_record
from kuule.forms.visit import Move, Visit
from tests.forms.scenario import TODAY, Scenario, form_of

FORM = form_of(
    """
    | survey |
    | | type                 | name  | label | relevant             | appearance | constraint |
    | | begin_group          | one   | One   |                      | field-list |            |
    | | select_one ab        | pick  | Pick  |                      |            |            |
    | | select_multiple ab   | some  | Some  | ${pick} = 'a'        |            |            |
    | | integer              | many  | Many  |                      |            | . < 50     |
    | | end_group            |       |       |                      |            |            |
    | | text                 | free  | Free  | ${many} > 10         | multiline  |            |
    | | begin_repeat         | row   | Row   |                      |            |            |
    | | date                 | day   | Day   |                      |            |            |
    | | end_repeat           |       |       |                      |            |            |
    | | rank ab              | order | Order | selected(${some}, 'b') |          |            |
    | choices |
    | | list_name | name | label |
    | | ab        | a    | A     |
    | | ab        | b    | B     |
    """
)
VALUES = st.one_of(st.sampled_from(["a", "b", "7", "12", "99", "2026-11-24"]), st.text(max_size=30))
FIELDS = st.dictionaries(
    st.sampled_from(["one/pick", "one/some", "one/many", "free", "row[1]/day", "order", "marker"]),
    st.lists(VALUES, max_size=3),
    max_size=7,
)
STEPS = st.lists(st.tuples(st.sampled_from([Move.NEXT, Move.BACK, Move.PASS, Move.STAY]), FIELDS), max_size=8)


def _walk(steps: list[tuple[Move, dict[str, list[str]]]]) -> Scenario:
    person = Scenario(FORM, longest_text=40)
    for move, fields in steps:
        if person.page is not None:
            person.post(move, person.page.key, {f"/data/{name}": values for name, values in fields.items()})
    return person


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_back_and_on_changes_nothing(steps: list[tuple[Move, dict[str, list[str]]]]) -> None:
    person = _walk(steps)
    if person.page is None or person.page.first:
        return
    page, answers = person.page, dict(person.visit.answers)
    person.go(Move.BACK)
    assert dict(person.visit.answers) == answers
    person.go(Move.NEXT)
    if person.page is not None and not person.unfit and not person.fresh:
        assert (person.page.key, dict(person.visit.answers)) == (page.key, answers)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_only_what_the_page_asked_enters(steps: list[tuple[Move, dict[str, list[str]]]]) -> None:
    person = Scenario(FORM, longest_text=40)
    for move, fields in steps:
        if person.page is None:
            break
        before = person.visit.answers
        person.post(move, person.page.key, {f"/data/{name}": values for name, values in fields.items()})
        changed = {
            path for path in {*before, *person.visit.answers} if before.get(path) != person.visit.answers.get(path)
        }
        assert changed <= {f"/data/{name}" for name in fields if name != "marker"} | set(before)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_record_survives_bytes_and_is_no_longer_than_the_longest(
    steps: list[tuple[Move, dict[str, list[str]]]],
) -> None:
    record = _walk(steps).record
    content = record.to_bytes()
    assert Record.from_bytes(content) == record
    assert len(content) <= longest_record(FORM, 40)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_visit_survives_its_data(steps: list[tuple[Move, dict[str, list[str]]]]) -> None:
    visit = _walk(steps).visit
    assert Visit.from_data(visit.to_data()) == visit


@given(STEPS)
@settings(max_examples=40, deadline=None)
def test_what_is_shown_depends_on_the_visit_alone(steps: list[tuple[Move, dict[str, list[str]]]]) -> None:
    person = _walk(steps)
    other = Scenario(FORM, longest_text=40)
    other.visit = Visit.from_data(person.visit.to_data())
    assert other.journey.page(other.visit, TODAY) == person.journey.page(person.visit, TODAY)
