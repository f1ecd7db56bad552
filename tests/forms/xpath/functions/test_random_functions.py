from __future__ import annotations

import re

import pytest

from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.functions.random_functions import instance_path, shuffle_nodes, shuffle_seed
from kuule.forms.xpath.runtime.nodes import Node
from tests.conformance.documents import node_at, read_document
from tests.forms.xpath.asking import ask, context_of

XML = "<data><r><n>a</n></r><r><n>b</n></r><r><n>c</n></r><seed>9</seed></data>"
_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def _evaluated(expression: str, at: str = "/*[1]", seed: int = 7, fixed: dict[str, str] | None = None) -> str:
    document = read_document(XML)
    context = context_of(document, seed=seed)
    context.fixed = {} if fixed is None else fixed
    return compile_expression(expression).string(context, node_at(document, at))


def test_random_is_the_same_in_one_visit_and_other_in_another() -> None:
    assert _evaluated("random()") == _evaluated("random()")
    assert _evaluated("random()") != _evaluated("random()", seed=8)
    assert 0 <= float(_evaluated("random()")) < 1


def test_random_differs_between_calls_and_instances() -> None:
    assert _evaluated("random() = random()") == "false"
    assert _evaluated("random()", "/*[1]/*[1]/*[1]") != _evaluated("random()", "/*[1]/*[2]/*[1]")


def test_what_was_fixed_before_stays() -> None:
    fixed: dict[str, str] = {}
    first = _evaluated("uuid()", fixed=fixed)
    assert _evaluated("uuid()", seed=99, fixed=fixed) == first
    assert fixed == {"uuid:/data:0": first}


def test_now_is_one_moment_in_a_visit() -> None:
    fixed = {"now": "2020-01-01T00:00:00.000Z"}
    assert _evaluated("now()", fixed=fixed) == "2020-01-01T00:00:00.000Z"


def test_uuid_is_of_version_4_or_as_long_as_asked() -> None:
    assert _UUID4.fullmatch(_evaluated("uuid()"))
    assert re.fullmatch("[0-9A-Za-z]{12}", _evaluated("uuid(12)"))
    assert [_evaluated(f"uuid({length})") for length in ("0", "-3", "'x'")] == ["", "", ""]


def test_instance_path_numbers_only_what_repeats() -> None:
    document = read_document(XML)
    assert instance_path(node_at(document, "/*[1]/*[2]/*[1]")) == "/data/r[2]/n"


@pytest.mark.parametrize(
    ("seed", "order"),
    [(42, "AFCBDE"), (-42, "EDAFBC"), (1, "BFEACD"), (11111111, "ACDBFE"), (0, "CBEAFD")],
)
def test_shuffled_as_the_specification_and_its_implementations_do(seed: int, order: str) -> None:
    nodes = [Node(name) for name in "ABCDEF"]
    assert "".join(node.name for node in shuffle_nodes(nodes, seed)) == order
    assert "".join(node.name for node in nodes) == "ABCDEF"


def test_seed_of_numbers_blanks_and_texts() -> None:
    assert [shuffle_seed("9", 9.0), shuffle_seed("", float("nan")), shuffle_seed([], float("nan"))] == [9, 0, 0]
    text = shuffle_seed("word", float("nan"))
    assert text != shuffle_seed("other", float("nan"))
    assert -(2**63) <= text < 2**63


def test_randomize_is_one_order_for_one_visit_and_has_every_node_once() -> None:
    assert ask("randomize(r/n)", XML).texts == ask("randomize(r/n)", XML).texts
    assert sorted(ask("randomize(r/n)", XML).texts) == ["a", "b", "c"]
    assert ask("randomize(r/n, seed)", XML).texts == ask("randomize(r/n, 9)", XML).texts
