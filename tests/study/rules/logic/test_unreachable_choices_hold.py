"""No choice that is called hidden is ever offered by the engine, for random filters and any answers."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.forms.compile.form import compile_form
from kuule.forms.instance.offered_choices import offered_values
from kuule.forms.instance.response import Response
from kuule.study.logic.satisfiability import ConditionLogic
from kuule.study.rules.logic.unreachable_choices import hidden_choices
from tests.sampling import examples
from tests.study.logic.rows import table
from tests.study.logic.test_proofs_hold import SIGNS, read

CHOICES = """
| choices | | | | | |
| | list_name | name | label | country | size |
| | country | fi | Finland | | |
| | country | se | Sweden | | |
| | some | fi | Finland | | |
| | some | se | Sweden | | |
| | town | oulu | Oulu | fi | 2 |
| | town | lund | Lund | se | 1 |
| | town | oslo | Oslo | no | |
| | town | other | Another | | 3 |
"""
ANSWERS = {"country": ["", "fi", "se"], "some": ["", "fi", "se", "fi se"], "whole": ["", "1", "2", "7"]}
OPERANDS = st.sampled_from(["country", "size", "name", "missing", "${country}", "${whole}", "'fi'", "'no'", "''", "2"])
ATOMS = st.one_of(
    st.tuples(OPERANDS, SIGNS, OPERANDS).map(" ".join),
    st.sampled_from(["selected(${some}, country)", "selected(country, ${country})", "country", "size", "missing"]),
    st.sampled_from(
        ["string-length(country) > 1", "size > ${whole}", "contains(country, 'f')", "true()", "size + 1 = 3"]
    ),
)
FILTERS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map(lambda three: f"({''.join(three)})"),
        inner.map(lambda one: f"not({one})"),
    ),
    max_leaves=4,
)


@settings(max_examples=examples(150), deadline=None)
@given(FILTERS, st.data())
def test_hidden_choice_is_never_offered(written, data):
    rows = ["select_one country | country", "select_multiple some | some", "integer | whole"]
    questionnaire, converted = read(table(*rows, f"select_one town | town | | | {written}", choices=CHOICES))
    form = compile_form(converted.xform)
    logic = ConditionLogic(questionnaire)
    never = set(hidden_choices(logic, questionnaire.questions["town"]))
    response = Response.begin(form, seed=1, today=date(2026, 11, 24))
    node = response.nodes("/data/town")[0]
    for _ in range(data.draw(st.integers(1, 6))):
        name = data.draw(st.sampled_from(list(ANSWERS)))
        response.set_value(response.nodes(f"/data/{name}")[0], data.draw(st.sampled_from(ANSWERS[name])))
        response.recalculate()
        assert never & set(offered_values(response.context, form.body.questions["/data/town"], node)) == set()
