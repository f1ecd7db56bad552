"""Which pages a response has now, in order. A page is a field-list group, or a question outside one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.response import Response
from kuule.forms.model.body_definition import (
    FormElement,
    GroupDefinition,
    QuestionDefinition,
    RepeatDefinition,
    questions_of,
)


class PageRef(NamedTuple):
    """One page to be: what stands on it and where. `node` is what its key names, or the parent of a repeat's end.

    `adds_to` is the place of the repeat that its page asks to add to; `removes` the instance that begins on it. A
    NamedTuple, because a form of 300 questions makes a hundred of them for each step.
    """

    key: str
    element: FormElement
    node: FormNode
    ancestors: tuple[FormElement, ...]
    section: FormElement | None
    adds_to: str = ""
    removes: str = ""


class _Inside(NamedTuple):
    node: FormNode
    around: tuple[FormElement, ...] = ()
    section: FormElement | None = None


def page_refs(response: Response) -> tuple[PageRef, ...]:
    """Every page that is relevant now, in document order."""
    found: list[PageRef] = []
    _walk(response, response.form.body.elements, _Inside(response.root), found)
    return tuple(found)


def instance_path_in(path: str, node: FormNode) -> str:
    """The place of a path below `node`, where no repeat lies between the two."""
    return path if node.instance_path == node.path else node.instance_path + path[len(node.path) :]


def shown_node(response: Response, ask: QuestionDefinition, inside: FormNode) -> FormNode | None:
    """The node of a question or note that is shown now, or None. A question that offers no choice yet (its filter
    waits for another answer) is not: it is asked as soon as there is something to choose."""
    node = response.nodes_by_instance_path.get(instance_path_in(ask.path, inside))
    if node is None or not node.relevant or ask.refused_type or not response.has_choice_to_offer(ask, node):
        return None
    return node if ask.control is not None or ask.label or ask.hint else None


def group_node(response: Response, block: GroupDefinition, inside: FormNode) -> FormNode | None:
    """The node of a group that is relevant now; a group without one has the node around it."""
    node = response.nodes_by_instance_path.get(instance_path_in(block.path, inside)) if block.path else inside
    return node if node is not None and node.relevant else None


def repeat_instances(
    response: Response, loop: RepeatDefinition, inside: FormNode
) -> tuple[FormNode, list[FormNode]] | None:
    """(parent, instances) of a repeat that is relevant now."""
    parent = response.node(instance_path_in(loop.path, inside).rpartition("/")[0])
    if parent is None or not parent.relevant:
        return None
    instances = [child for child in parent.children if isinstance(child, FormNode) and child.path == loop.path]
    if instances:
        return (parent, instances) if any(one.relevant for one in instances) else None
    relevant = response.form.relevant.get(loop.path)
    return (parent, []) if relevant is None or relevant.boolean(parent, response.context) else None


def can_add_and_remove(response: Response, loop: RepeatDefinition, parent: FormNode) -> bool:
    """Whether a person adds and removes instances."""
    return loop.count is None and not (
        loop.no_add_remove is not None and loop.no_add_remove.boolean(parent, response.context)
    )


def _walk(response: Response, elements: tuple[FormElement, ...], inside: _Inside, found: list[PageRef]) -> None:
    """Add the pages of these elements to `found`. A list that is handed down, as this is done twice for each step."""
    for element in elements:
        if isinstance(element, QuestionDefinition):
            node = shown_node(response, element, inside.node)
            if node is not None:
                found.append(PageRef(node.instance_path, element, node, inside.around, inside.section))
        elif isinstance(element, GroupDefinition):
            _of_block(response, element, inside, found)
        else:
            _of_loop(response, element, inside, found)


def _of_block(response: Response, block: GroupDefinition, inside: _Inside, found: list[PageRef]) -> None:
    node = group_node(response, block, inside.node)
    if node is None:
        return
    section = inside.section if inside.section is not None or inside.around else block
    if block.field_list:
        if _asks_any(response, block.children, node):
            found.append(PageRef(_block_key(block, node), block, node, inside.around, section))
        return
    around = (*inside.around, block) if section is not block else inside.around
    _walk(response, block.children, _Inside(node, around, section), found)


def _asks_any(response: Response, elements: tuple[FormElement, ...], inside: FormNode) -> bool:
    """Whether anything below `inside` is shown now: a question, a note, or a repeat that can be added to."""
    for element in elements:
        if isinstance(element, QuestionDefinition):
            if shown_node(response, element, inside) is not None:
                return True
        elif isinstance(element, GroupDefinition):
            node = group_node(response, element, inside)
            if node is not None and _asks_any(response, element.children, node):
                return True
        elif _of_loop_any(response, element, inside):
            return True
    return False


def _of_loop_any(response: Response, loop: RepeatDefinition, inside: FormNode) -> bool:
    here = repeat_instances(response, loop, inside)
    if here is None:
        return False
    parent, instances = here
    return can_add_and_remove(response, loop, parent) or any(
        one.relevant and _asks_any(response, loop.children, one) for one in instances
    )


def _block_key(block: GroupDefinition, node: FormNode) -> str:
    """A group's place; for one that stands in the body only, that of the first question in it, marked."""
    if block.path:
        return node.instance_path
    first = next(questions_of(block.children), None)
    return f"{node.instance_path}#" if first is None else f"{instance_path_in(first.path, node)}#"


def _of_loop(response: Response, loop: RepeatDefinition, inside: _Inside, found: list[PageRef]) -> None:
    here = repeat_instances(response, loop, inside.node)
    if here is None:
        return
    parent, instances = here
    changes = can_add_and_remove(response, loop, parent)
    section = inside.section if inside.section is not None or inside.around else loop
    for instance in instances:
        if instance.relevant:
            within = _Inside(instance, (*inside.around, loop), section)
            _of_instance(response, loop, within, found, changes=changes)
    if changes:
        place = instance_path_in(loop.path, inside.node)
        found.append(PageRef(place, loop, parent, inside.around, section, adds_to=place))


def _of_instance(
    response: Response, loop: RepeatDefinition, inside: _Inside, found: list[PageRef], *, changes: bool
) -> None:
    """Add the pages of one instance; the first says which one it is, where a person takes instances away."""
    instance = inside.node
    removes = instance.instance_path if changes else ""
    if loop.field_list:
        if removes or _asks_any(response, loop.children, instance):
            found.append(
                PageRef(instance.instance_path, loop, instance, inside.around[:-1], inside.section, removes=removes)
            )
        return
    first = len(found)
    _walk(response, loop.children, inside, found)
    if removes and len(found) > first:
        found[first] = found[first]._replace(removes=removes)


def shown_questions_below(
    response: Response, elements: tuple[FormElement, ...], inside: FormNode
) -> Iterator[tuple[QuestionDefinition, FormNode]]:
    """Every question and note that is shown now, below `inside`."""
    for element in elements:
        if isinstance(element, QuestionDefinition):
            node = shown_node(response, element, inside)
            if node is not None:
                yield element, node
        elif isinstance(element, GroupDefinition):
            node = group_node(response, element, inside)
            if node is not None:
                yield from shown_questions_below(response, element.children, node)
        else:
            found = repeat_instances(response, element, inside)
            for instance in () if found is None else found[1]:
                if instance.relevant:
                    yield from shown_questions_below(response, element.children, instance)


def shown_questions_on_page(response: Response, spot: PageRef) -> list[tuple[QuestionDefinition, FormNode]]:
    """The questions and notes of one page, as they are shown now."""
    if spot.adds_to:
        return []
    if isinstance(spot.element, QuestionDefinition):
        return [(spot.element, spot.node)] if spot.node.relevant else []
    return list(shown_questions_below(response, spot.element.children, spot.node))
