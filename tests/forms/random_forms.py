"""Forms that nobody wrote, as XLSForm tables, and what people who do not exist do with them (Hypothesis strategies)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from hypothesis import strategies as st

from kuule.forms.compile.form import Form
from kuule.forms.navigation.visit import Move
from tests.forms.scenario import Scenario, form_of

COLUMNS = (
    *("type", "name", "label", "relevant", "constraint", "required", "calculation", "appearance", "default"),
    *("trigger", "choice_filter", "parameters", "repeat_count"),
)
_ANSWERED = (
    "integer",
    "decimal",
    "text",
    "select_one ab",
    "select_multiple ab",
    "date",
    "acknowledge",
    "rank ab",
    "range",
)
_CHOICES = """
| choices |
| | list_name | name | label | of |
| | ab | a | A | a |
| | ab | b | B | b |
| | part | a | Part A | a |
| | part | b | Part B | b |
| | part | c | Part C | a |
"""
_VALUES = st.one_of(
    st.sampled_from(("a", "b", "1", "3", "7", "40", "2026-11-24", "OK", "word", "", "-3.5")), st.text(max_size=30)
)
_DEEPEST = 3

Steps = list[tuple[str, list[str]]]
"""(a move, or add or remove; values for the questions of the page in turn)."""


@dataclass
class _Scope:
    """What a new row may read: questions before it in the same instances. `live` allows what looks at the past."""

    live: bool
    depth: int = 0
    names: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    triggers: list[str] = field(default_factory=list)
    """Questions of the same repeat that a person answers: a trigger from elsewhere would have to say which instance."""


class _Table:
    def __init__(self, draw: st.DrawFn, *, live: bool) -> None:
        self._draw = draw
        self._live = live
        self._made = 0
        self.rows = [f"| | {' | '.join(COLUMNS)} |"]

    def row(self, **cells: str) -> None:
        self.rows.append(f"| | {' | '.join(cells.get(column, '') for column in COLUMNS)} |")

    def name(self, kind: str) -> str:
        self._made += 1
        return f"{kind}{self._made}"

    def one_in(self, number: int) -> bool:
        return self._draw(st.integers(1, number)) == 1

    def condition(self, names: list[str]) -> str:
        return self._draw(_condition(names))

    def container(self, scope: _Scope) -> None:
        """A group or a repeat, with rows and perhaps another one in it."""
        kind = self._draw(st.sampled_from(("group", "group", "repeat")))
        cells = {"relevant": self.condition(scope.names), "appearance": self._draw(st.sampled_from(("", "field-list")))}
        if kind == "repeat":
            counts = ["", "", "2", *(f"${{{name}}}" for name in scope.numbers[-1:])]
            cells["repeat_count"] = self._draw(st.sampled_from(counts))
            cells["parameters"] = "" if cells["repeat_count"] == "2" else "most=3"
        name = self.name("r" if kind == "repeat" else "g")
        self.row(type=f"begin_{kind}", name=name, label=f"Part {name}", **cells)
        triggers = [] if kind == "repeat" else list(scope.triggers)
        inside = _Scope(scope.live, scope.depth + 1, list(scope.names), list(scope.numbers), triggers)
        for _ in range(self._draw(st.integers(1, 3))):
            self.question(inside)
        if scope.depth + 1 < _DEEPEST and self.one_in(3):
            self.container(inside)
        self.row(type=f"end_{kind}")
        if kind == "group":
            scope.names[:], scope.numbers[:], scope.triggers[:] = inside.names, inside.numbers, inside.triggers

    def question(self, scope: _Scope) -> None:
        name = self.name("q")
        draw = self._draw
        relevant = self.condition(scope.names)
        if self.one_in(5):
            calculation = self.condition(scope.names) or draw(st.sampled_from(("1 + 1", "once(random())", "today()")))
            trigger = f"${{{scope.triggers[-1]}}}" if self._live and scope.triggers and self.one_in(2) else ""
            self.row(type="calculate", name=name, relevant=relevant, calculation=calculation, trigger=trigger)
        else:
            self.answered(name, relevant, scope)
        scope.names.append(name)

    def answered(self, name: str, relevant: str, scope: _Scope) -> None:
        draw = self._draw
        kind = draw(st.sampled_from((*_ANSWERED, "select_one part", "select_multiple part")))
        cells = {
            "constraint": draw(st.sampled_from(("", "", ". != 7", ". < 30", "regex(., '[a-z]+')"))),
            "required": draw(st.sampled_from(("", "", "", "yes"))),
            "appearance": draw(st.sampled_from(("", "", "multiline", "minimal"))),
        }
        if kind.startswith("select"):
            cells["parameters"] = draw(st.sampled_from(("", "randomize=true", "randomize=true, seed=7")))
        if kind.endswith("part") and scope.names:
            cells["choice_filter"] = f"of = ${{{scope.names[-1]}}} or ${{{scope.names[0]}}} = ''"
        scope.triggers.append(name)
        if kind == "integer":
            scope.numbers.append(name)
        if kind == "text" and self._live:
            cells["default"] = draw(st.sampled_from(("", "typed before", "w" * 300, "today()")))
            cells["calculation"] = (
                draw(st.sampled_from(("", "", "'x'", f"'{'é' * 250}'"))) if not cells["default"] else ""
            )
        if cells.get("default") or cells.get("calculation"):
            cells["constraint"] = ""  # a form that does not meet its own constraints is changed by who looks at it
        self.row(type=kind, name=name, label=f"Label of {name}", relevant=relevant, **cells)


def _condition(names: list[str]) -> st.SearchStrategy[str]:
    """An expression over questions asked before, or none."""
    if not names:
        return st.just("")
    name = st.sampled_from(names).map(lambda one: f"${{{one}}}")
    ends = (" = 'a'", " > 5", " != ''", " = 1", " < today()")
    simple = st.builds(lambda one, rest: one + rest, name, st.sampled_from(ends))
    calls = st.builds(
        lambda form, one: form.format(one), st.sampled_from(("selected({0}, 'b')", "not({0} = 'a')")), name
    )
    joined = st.builds(lambda one, sign, other: f"{one} {sign} {other}", simple, st.sampled_from(("and", "or")), simple)
    return st.one_of(st.just(""), simple, calls, joined)


@st.composite
def tables(draw: st.DrawFn, *, live: bool = True) -> str:
    """A form: groups and repeats within each other, cascades, shuffled choices, computed counts; where it is `live`,
    also defaults, triggers and answers with a calculation, whose values depend on when something was answered."""
    table = _Table(draw, live=live)
    scope = _Scope(live)
    for _ in range(draw(st.integers(1, 3))):
        table.container(scope)
    return "\n".join(["| survey |", *table.rows]) + _CHOICES


@lru_cache(maxsize=256)
def compiled(table: str) -> Form:
    """The form of a table; conversion costs more than anything that is done with it."""
    return form_of(table)


FORMS = tables().map(compiled)
STEADY_FORMS = tables(live=False).map(compiled)
MOVES = st.sampled_from([*[str(Move.NEXT)] * 4, str(Move.BACK), str(Move.PASS), str(Move.STAY), "add", "add", "remove"])
STEPS: st.SearchStrategy[Steps] = st.lists(st.tuples(MOVES, st.lists(_VALUES, min_size=1, max_size=5)), max_size=12)


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
