"""Circles of a graph, against the definition: two nodes are in one circle when each is reached from the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kuule.forms.compile.strongly_connected import strongly_connected_components

GRAPHS = st.integers(1, 8).flatmap(
    lambda size: st.lists(st.sets(st.integers(0, size - 1)), min_size=size, max_size=size)
)


def reached(graph: list[set[int]], start: int) -> set[int]:
    found, left = {start}, [start]
    while left:
        new = graph[left.pop()] - found
        found |= new
        left.extend(new)
    return found


@given(GRAPHS)
def test_two_are_in_one_circle_when_each_is_reached_from_the_other(graph: list[set[int]]) -> None:
    found = strongly_connected_components(range(len(graph)), lambda node: sorted(graph[node]))
    assert sorted(node for circle in found for node in circle) == list(range(len(graph)))
    reach = [reached(graph, node) for node in range(len(graph))]
    for circle in found:
        assert {frozenset(n for n in reach[one] if one in reach[n]) for one in circle} == {frozenset(circle)}


@given(GRAPHS)
def test_no_circle_leads_to_a_later_one(graph: list[set[int]]) -> None:
    found = strongly_connected_components(range(len(graph)), lambda node: sorted(graph[node]))
    place = {node: number for number, circle in enumerate(found) for node in circle}
    assert all(place[after] <= place[node] for node in place for after in graph[node])
