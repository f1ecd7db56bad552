"""Which pages a response has now, in order. A page is a field-list group, or a question outside one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kuule.forms.blueprint import FormNode
from kuule.forms.layout import Ask, Block, Element, Loop, asks_of
from kuule.forms.response import Response


class Spot(NamedTuple):
    """One page to be: what stands on it and where. `node` is what its key names, or the parent of a repeat's end.

    `adds` is the place of the repeat that its page asks to add to; `removes` the instance that begins on it. A
    NamedTuple, because a form of 300 questions makes a hundred of them for each step.
    """

    key: str
    element: Element
    node: FormNode
    around: tuple[Element, ...]
    section: Element | None
    adds: str = ""
    removes: str = ""


class _Inside(NamedTuple):
    node: FormNode
    around: tuple[Element, ...] = ()
    section: Element | None = None


def spots_of(response: Response) -> tuple[Spot, ...]:
    """Every page that is relevant now, in document order."""
    found: list[Spot] = []
    _walk(response, response.form.layout.elements, _Inside(response.root), found)
    return tuple(found)


def place_in(path: str, node: FormNode) -> str:
    """The place of a path below `node`, where no repeat lies between the two."""
    return path if node.place == node.path else node.place + path[len(node.path) :]


def shown(response: Response, ask: Ask, inside: FormNode) -> FormNode | None:
    """The node of a question or note that is shown now, or None. A question that offers no choice yet (its filter
    waits for another answer) is not: it is asked as soon as there is something to choose."""
    node = response.places.get(place_in(ask.path, inside))
    if node is None or not node.relevant or ask.refused or not response.offers_any(ask, node):
        return None
    return node if ask.control is not None or ask.label or ask.hint else None


def block_node(response: Response, block: Block, inside: FormNode) -> FormNode | None:
    """The node of a group that is relevant now; a group without one has the node around it."""
    node = response.places.get(place_in(block.path, inside)) if block.path else inside
    return node if node is not None and node.relevant else None


def loop_instances(response: Response, loop: Loop, inside: FormNode) -> tuple[FormNode, list[FormNode]] | None:
    """(parent, instances) of a repeat that is relevant now."""
    parent = response.node(place_in(loop.path, inside).rpartition("/")[0])
    if parent is None or not parent.relevant:
        return None
    instances = [child for child in parent.children if isinstance(child, FormNode) and child.path == loop.path]
    if instances:
        return (parent, instances) if any(one.relevant for one in instances) else None
    relevant = response.form.relevant.get(loop.path)
    return (parent, []) if relevant is None or relevant.boolean(parent, response.context) else None


def can_change(response: Response, loop: Loop, parent: FormNode) -> bool:
    """Whether a person adds and removes instances."""
    return loop.count is None and not (loop.fixed is not None and loop.fixed.boolean(parent, response.context))


def _walk(response: Response, elements: tuple[Element, ...], inside: _Inside, found: list[Spot]) -> None:
    """Add the pages of these elements to `found`. A list that is handed down, as this is done twice for each step."""
    for element in elements:
        if isinstance(element, Ask):
            node = shown(response, element, inside.node)
            if node is not None:
                found.append(Spot(node.place, element, node, inside.around, inside.section))
        elif isinstance(element, Block):
            _of_block(response, element, inside, found)
        else:
            _of_loop(response, element, inside, found)


def _of_block(response: Response, block: Block, inside: _Inside, found: list[Spot]) -> None:
    node = block_node(response, block, inside.node)
    if node is None:
        return
    section = inside.section if inside.section is not None or inside.around else block
    if block.field_list:
        if _asks_any(response, block.children, node):
            found.append(Spot(_block_key(block, node), block, node, inside.around, section))
        return
    around = (*inside.around, block) if section is not block else inside.around
    _walk(response, block.children, _Inside(node, around, section), found)


def _asks_any(response: Response, elements: tuple[Element, ...], inside: FormNode) -> bool:
    """Whether anything below `inside` is shown now: a question, a note, or a repeat that can be added to."""
    for element in elements:
        if isinstance(element, Ask):
            if shown(response, element, inside) is not None:
                return True
        elif isinstance(element, Block):
            node = block_node(response, element, inside)
            if node is not None and _asks_any(response, element.children, node):
                return True
        elif _of_loop_any(response, element, inside):
            return True
    return False


def _of_loop_any(response: Response, loop: Loop, inside: FormNode) -> bool:
    here = loop_instances(response, loop, inside)
    if here is None:
        return False
    parent, instances = here
    return can_change(response, loop, parent) or any(
        one.relevant and _asks_any(response, loop.children, one) for one in instances
    )


def _block_key(block: Block, node: FormNode) -> str:
    """A group's place; for one that stands in the body only, that of the first question in it, marked."""
    if block.path:
        return node.place
    first = next(asks_of(block.children), None)
    return f"{node.place}#" if first is None else f"{place_in(first.path, node)}#"


def _of_loop(response: Response, loop: Loop, inside: _Inside, found: list[Spot]) -> None:
    here = loop_instances(response, loop, inside.node)
    if here is None:
        return
    parent, instances = here
    changes = can_change(response, loop, parent)
    section = inside.section if inside.section is not None or inside.around else loop
    for instance in instances:
        if instance.relevant:
            within = _Inside(instance, (*inside.around, loop), section)
            _of_instance(response, loop, within, found, changes=changes)
    if changes:
        place = place_in(loop.path, inside.node)
        found.append(Spot(place, loop, parent, inside.around, section, adds=place))


def _of_instance(response: Response, loop: Loop, inside: _Inside, found: list[Spot], *, changes: bool) -> None:
    """Add the pages of one instance; the first says which one it is, where a person takes instances away."""
    instance = inside.node
    removes = instance.place if changes else ""
    if loop.field_list:
        if removes or _asks_any(response, loop.children, instance):
            found.append(Spot(instance.place, loop, instance, inside.around[:-1], inside.section, removes=removes))
        return
    first = len(found)
    _walk(response, loop.children, inside, found)
    if removes and len(found) > first:
        found[first] = found[first]._replace(removes=removes)


def asks_on(response: Response, elements: tuple[Element, ...], inside: FormNode) -> Iterator[tuple[Ask, FormNode]]:
    """Every question and note that is shown now, below `inside`."""
    for element in elements:
        if isinstance(element, Ask):
            node = shown(response, element, inside)
            if node is not None:
                yield element, node
        elif isinstance(element, Block):
            node = block_node(response, element, inside)
            if node is not None:
                yield from asks_on(response, element.children, node)
        else:
            found = loop_instances(response, element, inside)
            for instance in () if found is None else found[1]:
                if instance.relevant:
                    yield from asks_on(response, element.children, instance)


def asks_of_spot(response: Response, spot: Spot) -> list[tuple[Ask, FormNode]]:
    """The questions and notes of one page, as they are shown now."""
    if spot.adds:
        return []
    if isinstance(spot.element, Ask):
        return [(spot.element, spot.node)] if spot.node.relevant else []
    return list(asks_on(response, spot.element.children, spot.node))
