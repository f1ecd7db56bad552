"""No proof is wrong: what is called never true is never true in the engine, for any answers of small random forms."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.forms.compile.form import compile_form
from kuule.forms.instance.response import Response
from kuule.forms.xlsform.converter import read_xlsform
from kuule.study.logic.satisfiability import ConditionLogic
from tests.sampling import examples
from tests.study.logic.rows import table
from tests.study.reading import read_questionnaire

TODAY = date(2026, 11, 24)
ANSWERS = {
    "one": ["", "yes", "no"],
    "other": ["", "a", "b", "c"],
    "some": ["", "a", "b", "c", "a b", "a c", "b c", "a b c"],
    "many": ["", "a", "g", "a b c d e f g", "b d"],
    "whole": ["", "-3", "0", "1", "2", "3", "7"],
    "real": ["", "0.5", "1.0", "1.5", "3.0"],
    "day": ["", "2019-06-01", "2020-01-01", "2021-12-31"],
    "words": ["", "a", "yes", "1", "2020-01-01", "two words"],
    "inner": ["", "yes", "no"],
    "number": ["", "0", "1", "4"],
}
NAMES = st.sampled_from(list(ANSWERS))
TEXTS = st.sampled_from(["''", "'yes'", "'no'", "'a'", "'b'", "'z'", "'1'", "'2020-01-01'"])
NUMBERS = st.sampled_from(["0", "1", "2", "1.5", "3", "-1", "18262"])
SIGNS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])


@st.composite
def operands(draw):
    name = draw(NAMES)
    shapes = [
        f"${{{name}}}",
        ".",
        f"string-length(${{{name}}})",
        f"count-selected(${{{name}}})",
        f"number(${{{name}}})",
        f"${{{name}}} + 1",
        f"-${{{name}}}",
        f"if(${{{name}}} = 'yes', 1, 0)",
        f"coalesce(${{{name}}}, 'b')",
        "count(${child})",
        "true()",
        "date('2020-01-01')",
        draw(TEXTS),
        draw(NUMBERS),
    ]
    return draw(st.sampled_from(shapes))


@st.composite
def atoms(draw):
    name = draw(NAMES)
    comparison = f"{draw(operands())} {draw(SIGNS)} {draw(operands())}"
    plain = f"${{{name}}} {draw(SIGNS)} {draw(st.one_of(TEXTS, NUMBERS))}"
    calls = [
        f"selected(${{{name}}}, {draw(TEXTS)})",
        f"${{{name}}}",
        f"contains(${{{name}}}, 'a')",
        f"count-selected(${{{name}}})",
        "regex(., '[a-z]')",
    ]
    return draw(st.sampled_from([comparison, plain, plain, *calls]))


CONDITIONS = st.recursive(
    atoms(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda ones: f"({' and '.join(ones)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda ones: f"({' or '.join(ones)})"),
        inner.map(lambda one: f"not({one})"),
    ),
    max_leaves=5,
)
RELEVANCE = st.one_of(st.just(""), CONDITIONS)


@st.composite
def forms(draw):
    """A form of every kind of question, in a group, outside, and in a repeat, with conditions on some."""
    kinds = {
        "one": "select_one yn",
        "other": "select_one abc",
        "some": "select_multiple abc",
        "many": "select_multiple many",
        "whole": "integer",
        "real": "decimal",
        "day": "date",
        "words": "text",
        "inner": "select_one yn",
        "number": "integer",
    }
    row = {name: f"{kind} | {name} | {draw(RELEVANCE)} | {draw(RELEVANCE)}" for name, kind in kinds.items()}
    return table(
        f"begin_group | group | {draw(RELEVANCE)}",
        row["one"],
        row["some"],
        "end_group",
        *(row[name] for name in ("other", "many", "whole", "real", "day", "words")),
        f"begin_repeat | child | {draw(RELEVANCE)}",
        row["inner"],
        row["number"],
        "end_repeat",
    )


def read(text):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.md"
        path.write_text(text, "utf-8")
        return read_questionnaire(path), read_xlsform(path)


def asked(node):
    return node.relevant


def check_state(response, logic, never_asked, never_met, always):
    """Nothing that was proved is otherwise now."""
    for path in never_asked:
        assert [node.instance_path for node in response.nodes(path) if node.relevant] == []
    for path in never_met:
        constraint = response.form.body.questions[path].constraint
        shown = [node for node in response.nodes(path) if node.relevant and node.text]
        assert [node.text for node in shown if constraint.boolean(node, response.context)] == []
    for path in always:
        assert [node.instance_path for node in response.nodes(path) if not node.own_relevance] == []


@settings(max_examples=examples(150), deadline=None)
@given(form=forms(), data=st.data())
def test_what_is_proved_holds_for_any_answers(form, data):
    questionnaire, converted = read(form)
    logic = ConditionLogic(questionnaire)
    compiled = compile_form(converted.xform)
    rows = [row for row in questionnaire.rows if row.name and not row.type.startswith("end")]
    never_asked = [row.path for row in rows if logic.can_never_hold(*logic.relevance_conditions(row))]
    never_met = [
        row.path
        for row in rows
        if (goal := logic.condition(row, "constraint")) and logic.can_never_hold(*logic.answer_conditions(row), goal)
    ]
    always = [row.path for row in rows if (goal := logic.condition(row, "relevant")) and logic.must_always_hold(goal)]
    response = Response.begin(compiled, seed=1, today=TODAY)
    check_state(response, logic, never_asked, never_met, always)
    for _ in range(data.draw(st.integers(1, 12))):
        name = data.draw(NAMES)
        nodes = response.nodes(questionnaire.questions[name].path)
        if data.draw(st.integers(0, 9)) == 0:
            response.add_instance(response.node("/data"), "/data/child")
        elif nodes:
            response.set_value(data.draw(st.sampled_from(nodes)), data.draw(st.sampled_from(ANSWERS[name])))
        response.recalculate()
        check_state(response, logic, never_asked, never_met, always)
