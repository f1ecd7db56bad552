"""What a record could tell of the day or of a draw: found by what expressions reach, and nothing else is."""

# ruff: noqa: E501  # a table is one line, so that tables can be compared

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings

from kuule.forms.compile.form import Form
from kuule.forms.inspection.volatile_values import VolatilityAnalysis
from kuule.forms.record import Record
from tests.forms.random_forms import FORMS, STEPS, Steps, act
from tests.forms.scenario import TODAY, Scenario, form_of
from tests.sampling import examples

CHOICES = """
    | choices |
    | | list_name | name | label |
    | | ab        | a    | A     |
    | | ab        | b    | B     |
    """


def found(rows: str, header: str = "calculation | relevant") -> dict[str, set[str]]:
    table = f"| survey |\n| | type | name | label | {header} |\n| | date | born | When? | |\n{rows}{CHOICES}"
    return {made.path: set(made.functions) for made in VolatilityAnalysis(form_of(table)).values()}


@pytest.mark.parametrize(
    ("expression", "made_of"),
    [
        ("format-date(today(), '%Y-%m-%d')", {"today"}),
        ("today()", {"today"}),
        ("string(today())", {"today"}),
        ("concat(today(), '')", {"today"}),
        ("date(today())", {"today"}),
        ("today() - 0", {"today"}),
        ("decimal-date-time(today())", {"today"}),
        ("if(true(), today(), '')", {"today"}),
        ("once(format-date(today(), '%j'))", {"today"}),
        ("now()", {"now"}),
        ("format-date-time(now(), '%H:%M')", {"now"}),
        ("uuid()", {"uuid"}),
        ("random()", {"random"}),
        ("once(random())", {"random"}),
        ("digest(uuid(), 'SHA-256')", {"uuid"}),
        ("today() > '2026-11-27'", {"today"}),
        ("int((today() - ${born}) div 365.25)", {"today"}),
        ("join(' ', randomize(instance('ab')/root/item/name))", {"randomize"}),
        ("count(${born}[. < today()])", {"today"}),
        ("int(format-date(${born}, '%Y'))", set()),
        ("string-length('today()')", set()),
        ("version()", set()),
    ],
)
def test_value_that_is_made_of_the_clock_or_of_chance_is_found(expression: str, made_of: set[str]) -> None:
    listed = "| | select_one ab | side | Which? | | |\n"
    rows = f"| | calculate | stamp | | {expression} | |\n| | calculate | copy | | concat('x', ${{stamp}}) | |\n{listed}"
    assert found(rows) == ({"/data/stamp": made_of, "/data/copy": made_of} if made_of else {})


@pytest.mark.parametrize(
    ("rows", "header", "paths"),
    [
        ("| | date | day | Day | today() |\n", "default", {"/data/day"}),
        ("| | date | day | Day | today() |\n", "calculation", {"/data/day"}),
        (
            "| | text | why | Why? | | |\n| | calculate | at | | now() | ${why} |\n",
            "calculation | trigger",
            {"/data/at"},
        ),
        ("| | text | q | Q | date | today |\n", "bind::jr:preload | bind::jr:preloadParams", {"/data/q"}),
        ("| | hidden | q | | uid |\n| | calculate | c | | | ${q} |\n", "bind::jr:preload | calculation", {"/data/c"}),
        (
            "| | begin_repeat | r | R | int(random() * 5) + 1 | most=6 |\n| | text | q | Q | | |\n| | end_repeat | | | | |\n",
            "repeat_count | parameters",
            {"/data/r"},
        ),
        (
            "| | select_multiple ab | s | S | today() > '2026-11-27' or name = 'a' | a b |\n",
            "choice_filter | default",
            {"/data/s"},
        ),
        (
            "| | calculate | shown | | if(today() > '2026-11-27', jr:choice-name('a', '/data/side'), '') |\n"
            "| | select_one ab | side | Which? | |\n| | calculate | bit | | string-length(${shown}) > 0 |\n",
            "calculation",
            set(),
        ),
    ],
    ids=["default", "asked", "trigger", "preload", "read preload", "repeat count", "filtered default", "only shown"],
)
def test_every_way_to_give_a_value_is_looked_at(rows: str, header: str, paths: set[str]) -> None:
    assert set(found(rows, header)) == paths


def test_conditions_are_counted_by_what_a_record_tells() -> None:
    table = """
    | survey |
    | | type            | name | label | relevant               | constraint     | choice_filter   | parameters     |
    | | begin_group     | late | Late  | today() > '2026-12-01' |                |                 |                |
    | | date            | born | Born? |                        | . <= today()   |                 |                |
    | | end_group       |      |       |                        |                |                 |                |
    | | text            | more | More? | today() > '2026-12-01' |                |                 |                |
    | | note            | half | Half  | random() < 0.5         |                |                 |                |
    | | begin_repeat    | r    | R     |                        |                |                 | most=3         |
    | | text            | arm  | Arm?  | random() < 0.5         |                |                 |                |
    | | end_repeat      |      |       |                        |                |                 |                |
    | | select_one ab   | s    | S     |                        |                | name != today() |                |
    | | select_one ab   | t    | T     |                        |                |                 | randomize=true |
    """
    told = VolatilityAnalysis(form_of(table + CHOICES)).conditions()
    assert {one.path: (set(one.functions), one.evaluations) for one in told} == {
        "/data/late": ({"today"}, 1),
        "/data/r/arm": ({"random"}, 3),
        "/data/s": ({"today"}, 1),
    }


DAY = "number(format-date(today(), '%e'))"


@pytest.mark.parametrize(
    ("rows", "header", "ways"),
    [
        (  # one condition, and in each of 31 instances another answer
            f"| | begin_repeat | r | R | | 31 |\n| | text | q | Q | position(..) = {DAY} | |\n| | end_repeat | | | | |\n",
            "relevant | repeat_count",
            31,
        ),
        (  # one text, which reads another node in each group
            "".join(
                f"| | begin_group | g{day} | G | | |\n| | calculate | x | | | {day} |\n"
                f"| | text | q{day} | Q | ../x = {DAY} | |\n| | end_group | | | | |\n"
                for day in range(20, 25)
            ),
            "relevant | calculation",
            5,
        ),
        (  # a text to show is not kept, and whether it stands there decides what is asked
            "| | select_one ab | side | S | | |\n"
            + "".join(
                f"| | calculate | t{day} | | {DAY} = {day} | jr:choice-name('a', '/data/side') |\n"
                f"| | text | q{day} | Q | ${{t{day}}} != '' | |\n"
                for day in range(20, 25)
            ),
            "relevant | calculation",
            5,
        ),
        ("".join(f"| | text | q{day} | Q | {DAY} = {day} |\n" for day in range(20, 25)), "readonly", 5),
        ("".join(f"| | text | q{day} | Q | {DAY} = {day} |\n" for day in range(20, 25)), "constraint", 5),
        ("".join(f"| | text | q{day} | Q | {DAY} = {day} |\n" for day in range(20, 25)), "required", 5),
        ("| | text | a | Q | |\n| | text | b | Q | today() > '2026-12-01' and ${a} = 'x' |\n", "relevant", 1),
    ],
)
def test_condition_counts_for_each_node_that_makes_another_value_of_it(rows: str, header: str, ways: int) -> None:
    table = f"| survey |\n| | type | name | label | {header} |\n{rows}{CHOICES}"
    assert sum(one.evaluations for one in VolatilityAnalysis(form_of(table)).conditions()) == ways


@pytest.mark.parametrize(
    ("constraint", "counted"),
    [
        (". <= today()", False),
        (". >= date('1920-01-01') and . <= today()", False),
        ("int((today() - .) div 365.25) >= 18", False),
        ("today() + 1 >= .", False),
        ("today() > '2026-12-01'", True),
        (". <= today() and today() > '2026-12-01'", True),
        ("string-length(.) * 0 + today() > 20786", True),
        (". div 100000 + today() > 20786", True),
        ("today() - . - . > 5", True),
    ],
)
def test_constraint_on_the_clock_counts_unless_it_bounds_a_day_that_is_typed(constraint: str, counted: bool) -> None:
    def told(kind: str, default: str = "") -> bool:
        header = "| survey |\n| | type | name | label | constraint | default |\n"
        form = form_of(f"{header}| | {kind} | q | Q | {constraint} | {default} |\n{CHOICES}")
        return bool(VolatilityAnalysis(form).conditions())

    assert told("date") is counted
    assert told("date", "2026-11-27")
    assert told("integer")


@given(FORMS, STEPS)
@settings(
    max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
def test_a_form_in_which_nothing_is_found_makes_one_record_on_every_day_and_with_every_draw(
    form: Form, steps: Steps
) -> None:
    told = VolatilityAnalysis(form)
    assume(not told.values() and not told.conditions())
    assert _record(form, steps, 1, 0) == _record(form, steps, 2, 400)


def _record(form: Form, steps: Steps, seed: int, days: int) -> Record:
    person = Scenario(form, seed=seed, longest_text=40, today=TODAY + timedelta(days=days))
    for move, values in steps:
        if person.page is not None:
            act(person, move, values)
    return person.record
