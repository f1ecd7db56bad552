from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.forms.xpath.runtime.evaluation_context import StaticContext
from tests.forms.xpath.asking import ask

XML = "<data><c>lu</c><r><n>a</n></r><r><n/></r><r><n>b</n></r></data>"
LISTS = {"places": "<root><item><name>lu</name><label>Luxembourg</label></item><item><name>no</name></item></root>"}


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("count(r)", 3.0),
        ("count(r/n)", 3.0),
        ("count-non-empty(r/n)", 2.0),
        ("position(r[n = 'b'])", 3.0),
        ("position(c)", 1.0),
        ("count(instance('places')/root/item)", 2.0),
        ("count(instance('nowhere')/root/item)", 0.0),
        ("count(current()/r)", 3.0),
    ],
)
def test_counts_and_places(expression: str, number: float) -> None:
    assert ask(expression, XML, instances=LISTS).number == number


def test_position_of_the_parent_of_a_question_in_a_repeat() -> None:
    assert ask("position(..)", XML, "/*[1]/*[3]/*[1]").number == 2.0


@pytest.mark.parametrize(("value", "label"), [("/data/c", "Luxembourg"), ("'no'", ""), ("'dk'", "")])
def test_pulldata_is_the_first_item_that_fits(value: str, label: str) -> None:
    assert ask(f"pulldata('places', 'label', 'name', {value})", XML, instances=LISTS).string == label


def test_pulldata_by_an_attribute() -> None:
    lists = {"p": "<root><item at='n' to='x'><l>north</l></item><item at='s' to='y'><l>south</l></item></root>"}
    asked = [ask(f"pulldata('p', '{wanted}', '@at', 's')", instances=lists).string for wanted in ("l", "@to", "@no")]
    assert asked == ["south", "y", ""]


def test_pulldata_from_no_instance_is_blank() -> None:
    assert ask("pulldata('nowhere', 'label', 'name', 'lu')", XML, instances=LISTS).string == ""


def test_an_unknown_instance_is_refused_beforehand() -> None:
    with pytest.raises(KuuleError) as raised:
        ask("instance('place')/root", static=StaticContext(instances=frozenset({"places"})))
    (problem,) = raised.value.problems
    assert (problem.code, problem.remedy) == ("FORM_108", "the form has places")


def test_id_finds_by_the_attribute_in_document_order() -> None:
    xml = '<data><a id="x">1</a><b id="y">2</b><b id="y">3</b></data>'
    assert ask("id('y x')", xml).texts == ["1", "2"]
