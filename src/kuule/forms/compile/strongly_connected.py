"""Finds what depends on itself: the strongly connected components of a graph."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

_Node = TypeVar("_Node", bound=Hashable)


def strongly_connected_components(
    starts: Iterable[_Node], following: Callable[[_Node], Iterable[_Node]]
) -> list[list[_Node]]:
    """The strongly connected components of what can be reached from `starts`, single nodes included. No component leads
    to a later one.

    Without recursion, and in time linear in nodes and edges. Source: R. Tarjan, "Depth-first search and linear graph
    algorithms", 1972.
    """
    number: dict[_Node, int] = {}
    low: dict[_Node, int] = {}
    stack: list[_Node] = []
    settled: set[_Node] = set()
    found: list[list[_Node]] = []
    for start in starts:
        if start in number:
            continue
        number[start] = low[start] = len(number)
        stack.append(start)
        work = [(start, iter(following(start)))]
        while work:
            node, rest = work[-1]
            for after in rest:
                if after not in number:
                    number[after] = low[after] = len(number)
                    stack.append(after)
                    work.append((after, iter(following(after))))
                    break
                if after not in settled:
                    low[node] = min(low[node], number[after])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    found.append(_from(stack, node))
                    settled.update(found[-1])
    return found


def _from(stack: list[_Node], node: _Node) -> list[_Node]:
    """Take the nodes from `node` to the top off the stack, and return them."""
    taken = [stack.pop()]
    while taken[-1] != node:
        taken.append(stack.pop())
    return taken[::-1]
