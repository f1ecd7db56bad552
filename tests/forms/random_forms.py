"""Forms that nobody wrote, as XLSForm tables, and what people who do not exist do with them (Hypothesis strategies)."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import strategies as st

from kuule.forms.form import Form
from kuule.forms.visit import Move
from tests.forms.scenario import Scenario, form_of

_TYPES = ("integer", "decimal", "text", "select_one ab", "select_multiple ab", "date", "acknowledge", "rank ab")
_CHOICES = """
| choices |
| | list_name | name | label |
| | ab | a | A |
| | ab | b | B |
"""
_HEADER = "| survey |\n| | type | name | label | relevant | constraint | required | calculation | appearance |"
_VALUES = ("a", "b", "1", "7", "40", "2026-11-24", "OK", "word", "", "-3.5")

Steps = list[tuple[str, list[str]]]
"""(a move, or add or remove; values for the questions of the page in turn)."""


def _condition(names: list[str]) -> st.SearchStrategy[str]:
    """An expression over questions asked before, or none."""
    if not names:
        return st.just("")
    name = st.sampled_from(names).map(lambda one: f"${{{one}}}")
    simple = st.builds(
        lambda one, rest: one + rest, name, st.sampled_from([" = 'a'", " > 5", " != ''", " = 1", " < today()"])
    )
    calls = st.builds(
        lambda form, one: form.format(one), st.sampled_from(["selected({0}, 'b')", "not({0} = 'a')"]), name
    )
    joined = st.builds(lambda one, sign, other: f"{one} {sign} {other}", simple, st.sampled_from(["and", "or"]), simple)
    return st.one_of(st.just(""), simple, calls, joined)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A form of up to three groups with up to four questions each; one group may repeat."""
    rows = [_HEADER]
    outside: list[str] = []
    for group in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["group", "group", "repeat"]))
        look = draw(st.sampled_from(["", "field-list"]))
        relevant = draw(_condition(outside))
        rows.append(f"| | begin_{kind} | g{group} | Group {group} | {relevant} | | | | {look} |")
        inside: list[str] = []
        for number in range(draw(st.integers(1, 4))):
            name = f"q{group}_{number}"
            rows.append(_question(draw, name, [*outside, *inside]))
            inside.append(name)
        rows.append(f"| | end_{kind} | | | | | | | |")
        outside += inside if kind == "group" else []
    return "\n".join(rows) + _CHOICES


def _question(draw: st.DrawFn, name: str, before: list[str]) -> str:
    relevant = draw(_condition(before))
    if draw(st.integers(0, 4)) == 0:
        calculation = draw(_condition(before)) or "1 + 1"
        return f"| | calculate | {name} | | {relevant} | | | {calculation} | |"
    kind = draw(st.sampled_from(_TYPES))
    constraint = draw(st.sampled_from(["", "", ". != 7", ". < 30", "regex(., '[a-z]+')"]))
    required = draw(st.sampled_from(["", "", "", "yes"]))
    look = draw(st.sampled_from(["", "", "multiline", "minimal"]))
    return f"| | {kind} | {name} | Label of {name} | {relevant} | {constraint} | {required} | | {look} |"


@lru_cache(maxsize=256)
def compiled(table: str) -> Form:
    """The form of a table; conversion costs more than anything that is done with it."""
    return form_of(table)


FORMS = tables().map(compiled)
MOVES = st.sampled_from([*[str(Move.NEXT)] * 4, str(Move.BACK), str(Move.PASS), str(Move.STAY), "add", "remove"])
STEPS: st.SearchStrategy[Steps] = st.lists(
    st.tuples(MOVES, st.lists(st.sampled_from(_VALUES), min_size=1, max_size=5)), max_size=12
)


def act(person: Scenario, move: str, values: list[str]) -> None:
    """One step: each question of the page gets the next of the values; `add` and `remove` press the first button."""
    assert person.page is not None
    fields = {
        question.field: [values[number % len(values)], values[(number + 1) % len(values)]]
        for number, question in enumerate(person.page.questions)
    }
    signs = {"add": "+", "remove": "-"}
    buttons = [button[1:] for button in person.buttons if button[0] == signs.get(move)]
    if move in signs and not buttons:
        move = str(Move.STAY)
    person.post(Move(move), person.page.key, fields, buttons[0] if move in signs else "")


def walk(form: Form, steps: Steps, seed: int = 1) -> Scenario:
    """A person who does all of that, as long as there is a page."""
    person = Scenario(form, seed=seed, longest_text=40)
    for move, values in steps:
        if person.page is not None:
            act(person, move, values)
    return person
