from __future__ import annotations

import pytest

from tests.forms.xpath.asking import ask

PLACES = {
    "p": """<root>
<item><name>lux</name><country>lu</country><size>1</size></item>
<item><name>oslo</name><country>no</country><size>2</size></item>
<item><name>bergen</name><country>no</country><size>1</size></item>
<item><name>both</name><country>lu</country><country>no</country><size>3</size></item>
</root>"""
}
ANSWERS = "<data><country>no</country><n>1</n><many>lu no</many></data>"


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("country = /data/country", ["oslo", "bergen", "both"]),
        ("/data/country = country", ["oslo", "bergen", "both"]),
        ("country = 'lu'", ["lux", "both"]),
        ("country = current()/country", ["oslo", "bergen", "both"]),
        ("country = /data/country and size = /data/n", ["bergen"]),
        ("country = 'no' and position() = 2", ["oslo"]),
        ("country != 'no'", ["lux", "both"]),
        ("size = 1", ["lux", "bergen"]),
        ("size = number(/data/n)", ["lux", "bergen"]),
        ("size = /data/n + 1", ["oslo"]),
        ("selected(/data/many, country)", ["lux", "oslo", "bergen", "both"]),
        ("country = /data/nothing", []),
        ("country = name", []),
        ("contains(name, 'o') or size = 1", ["lux", "oslo", "bergen", "both"]),
        ("if(size > 1, true(), false())", ["oslo", "both"]),
        ("if(true(), 2, 3)", ["oslo"]),
        ("size > 1 and if(true(), 2, 3)", ["oslo", "both"]),
        ("country = 'no'][2", ["bergen"]),
        ("2][country = 'no'", ["oslo"]),
        ("string-length(name) = string-length(/data/many) - 1", ["oslo", "both"]),
        ("../item[1]/country = country", ["lux", "both"]),
    ],
)
def test_choice_filter_keeps(condition: str, names: list[str]) -> None:
    assert ask(f"instance('p')/root/item[{condition}]/name", ANSWERS, instances=PLACES).texts == names


def test_positions_of_an_outer_predicate_survive_an_inner_one() -> None:
    xml = "<data><a><b/><b/></a><a><b/><c>x</c></a><a><c>y</c></a></data>"
    assert ask("a[count(b[position() = 1]) + 1 = position()]/c", xml).texts == ["x"]
    assert ask("a[c[last()]][last()]/c", xml).texts == ["y"]


def test_a_text_compared_in_a_predicate_is_the_whole_text_of_a_group() -> None:
    xml = "<data><a><b><c>x</c><d>y</d></b><n>1</n></a></data>"
    assert ask("a[b = 'xy']/n", xml).texts == ["1"]


def test_a_predicate_nested_deeply_is_compiled_in_no_time() -> None:
    depth = 25
    expression = "/data/a[b = count(" * depth + "1" + ")]" * depth
    with pytest.raises(Exception, match="FORM_107"):
        ask(expression.replace("count(1)", "count('1')"))
