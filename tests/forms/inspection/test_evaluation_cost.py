"""The bound of what expressions look at is found when a study is checked, not when somebody answers."""

from __future__ import annotations

import pytest

from kuule.forms.compile.form import compile_form
from kuule.forms.inspection import evaluation_cost
from kuule.forms.inspection.evaluation_cost import evaluation_cost_problems, nodes_visited
from kuule.forms.xpath.runtime.evaluation_context import MAX_NODES
from tests.forms.scenario import converted, form_of
from tests.sampling import matrix

TOWNS = "name,label\n" + "".join(f"t{number},Town {number}\n" for number in range(4000))
TABLE = """
| survey |
| | type | name | label | calculation | parameters |
| | csv-external | towns | | | |
| | begin_repeat | visit | Visit | | most={most} |
| | text | town | Town | | |
| | calculate | found | | instance('towns')/root/item[name = ${{town}} or label = ${{town}}]/label | |
| | calculate | again | | count(instance('towns')/root/item[contains(label, ${{town}})]) | |
| | begin_repeat | person | Person | | most={most} |
| | calculate | other | | count(instance('towns')/root/item[starts-with(name, ${{town}})]) | |
| | text | who | Who | | |
| | end_repeat | | | | |
| | end_repeat | | | | |
"""


@pytest.mark.slow
@pytest.mark.parametrize(("most", "bound"), matrix([(8, MAX_NODES // 5), (40, MAX_NODES)], sample=1))
def test_form_that_could_look_at_too_much_is_told_with_the_row_that_looks_at_most(
    most: int, bound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation_cost, "MAX_NODES", bound)
    read = converted(TABLE.format(most=most), {"towns.csv": TOWNS})
    form = compile_form(read.xform, read.places)
    assert [(problem.code, problem.place) for problem in evaluation_cost_problems(form, read.places)] == [
        ("FORM_123", "form.md, survey, row 8")
    ]


def test_form_within_the_bound_is_not_told() -> None:
    form = form_of(TABLE.format(most=3), {"towns.csv": TOWNS})
    total, path = nodes_visited(form)
    assert (path, list(evaluation_cost_problems(form, {}))) == ("/data/visit/person/other", [])
    assert 9 * 4000 < total < 400_000


def test_form_without_expressions_looks_at_nothing() -> None:
    assert nodes_visited(form_of("| survey |\n| | type | name | label |\n| | text | a | A |\n")) == (0, "")
