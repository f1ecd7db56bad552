"""Finds the pages that a response has now, in order. A page is a group with the appearance field-list, or a question
outside such a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kuule.forms.compile.page_layout import FixedPage, can_be_shown, group_key
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
    """A reference to one page: what is on it, and where it is in the response. `node` is the node that the key names;
    for the page that ends a repeat it is the repeat's parent.

    `adds_to` is the instance path of the repeat that the page offers to extend. `removes` is the instance that begins
    on the page and can be removed. `asked` are all questions and notes that can be shown on the page, None where only
    a walk through the response can tell. This is a NamedTuple for speed: a form of 300 questions makes a hundred of
    them at each step.
    """

    key: str
    element: FormElement
    node: FormNode
    ancestors: tuple[FormElement, ...]
    section: FormElement | None
    adds_to: str = ""
    removes: str = ""
    asked: tuple[QuestionDefinition, ...] | None = None


class _Inside(NamedTuple):
    node: FormNode
    around: tuple[FormElement, ...] = ()
    section: FormElement | None = None


def page_refs(response: Response) -> tuple[PageRef, ...]:
    """Every page that is relevant now, in document order."""
    found: list[PageRef] = []
    nodes = response.nodes_by_instance_path
    for page in response.form.page_layout:
        if isinstance(page, FixedPage):
            key, element, node_path, around, section, asked = page
            node = nodes.get(node_path)
            if node is not None and _is_anything_shown(response, asked):
                found.append(PageRef(key, element, node, around, section, "", "", asked))
        elif (node := nodes.get(page.node_path)) is not None:
            inside = _Inside(node, page.around, page.section)
            _append_pages(response, (page.element,), inside, found)
    return tuple(found)


def _is_anything_shown(response: Response, asked: tuple[QuestionDefinition, ...]) -> bool:
    """Whether a page of these questions outside repeats shows any: as `shown_node`, for a whole form at each step."""
    nodes = response.nodes_by_instance_path
    for question in asked:
        node = nodes.get(question.path)
        if node is not None and node.relevant and response.has_choice_to_offer(question, node):
            return True
    return False


def nearest_page_index(response: Response, refs: tuple[PageRef, ...], key: str) -> int:
    """Where to stand if a visit's page is no longer relevant: the first page after it in the form."""
    order = {node.instance_path: number for number, node in enumerate(response.all_nodes())}
    wanted = order.get(key, 0)
    return next((number for number, ref in enumerate(refs) if order.get(ref.key, 0) >= wanted), len(refs) - 1)


def page_index(refs: tuple[PageRef, ...], key: str) -> int | None:
    """The number of the page with this key, or None."""
    return next((number for number, ref in enumerate(refs) if ref.key == key), None)


def next_page_index(before: tuple[PageRef, ...], ref: PageRef, now: tuple[PageRef, ...]) -> int:
    """Where the page after `ref` is in `now`, also if the answers on `ref` made it irrelevant; `before` had it."""
    at = page_index(now, ref.key)
    if at is not None:
        return at + 1
    indexes = {one.key: number for number, one in enumerate(now)}
    later = before[before.index(ref) + 1 :]
    return next((indexes[one.key] for one in later if one.key in indexes), len(now))


def instance_path_in(path: str, node: FormNode) -> str:
    """The instance path of the node with this path below `node`. No repeat may lie between the two."""
    return path if node.instance_path == node.path else node.instance_path + path[len(node.path) :]


def shown_node(response: Response, question: QuestionDefinition, inside: FormNode) -> FormNode | None:
    """The node of a question or note if it is shown now, else None. A question whose filter offers no choice yet is not
    shown: it is asked as soon as there is something to choose."""
    node = response.nodes_by_instance_path.get(instance_path_in(question.path, inside))
    if node is None or not node.relevant or not can_be_shown(question):
        return None
    return node if response.has_choice_to_offer(question, node) else None


def group_node(response: Response, group: GroupDefinition, inside: FormNode) -> FormNode | None:
    """The node of a group that is relevant now, else None. A group without a node of its own has the node around it."""
    node = response.nodes_by_instance_path.get(instance_path_in(group.path, inside)) if group.path else inside
    return node if node is not None and node.relevant else None


def repeat_instances(
    response: Response, repeat: RepeatDefinition, inside: FormNode
) -> tuple[FormNode, list[FormNode]] | None:
    """(parent, instances) of a repeat that is relevant now, else None."""
    parent = response.node(instance_path_in(repeat.path, inside).rpartition("/")[0])
    if parent is None or not parent.relevant:
        return None
    instances = [child for child in parent.children if isinstance(child, FormNode) and child.path == repeat.path]
    if instances:
        return (parent, instances) if any(one.relevant for one in instances) else None
    relevant = response.form.relevant.get(repeat.path)
    return (parent, []) if relevant is None or relevant.boolean(parent, response.context) else None


def can_add_and_remove(response: Response, repeat: RepeatDefinition, parent: FormNode) -> bool:
    """Whether a person can add and remove instances of this repeat."""
    return repeat.count is None and not (
        repeat.no_add_remove is not None and repeat.no_add_remove.boolean(parent, response.context)
    )


def _append_pages(response: Response, elements: tuple[FormElement, ...], inside: _Inside, found: list[PageRef]) -> None:
    """Append the pages of these elements to `found`. One list is passed down because this runs twice at each step."""
    for element in elements:
        if isinstance(element, QuestionDefinition):
            node = shown_node(response, element, inside.node)
            if node is not None:
                found.append(PageRef(node.instance_path, element, node, inside.around, inside.section))
        elif isinstance(element, GroupDefinition):
            _append_group_pages(response, element, inside, found)
        else:
            _append_repeat_pages(response, element, inside, found)


def _append_group_pages(response: Response, group: GroupDefinition, inside: _Inside, found: list[PageRef]) -> None:
    node = group_node(response, group, inside.node)
    if node is None:
        return
    section = inside.section if inside.section is not None or inside.around else group
    if group.field_list:
        if _shows_anything(response, group.children, node):
            found.append(PageRef(_group_key(group, node), group, node, inside.around, section))
        return
    around = (*inside.around, group) if section is not group else inside.around
    _append_pages(response, group.children, _Inside(node, around, section), found)


def _shows_anything(response: Response, elements: tuple[FormElement, ...], inside: FormNode) -> bool:
    """Whether anything below `inside` is shown now: a question, a note, or a repeat to which an instance can be
    added."""
    for element in elements:
        if isinstance(element, QuestionDefinition):
            if shown_node(response, element, inside) is not None:
                return True
        elif isinstance(element, GroupDefinition):
            node = group_node(response, element, inside)
            if node is not None and _shows_anything(response, element.children, node):
                return True
        elif _repeat_shows_anything(response, element, inside):
            return True
    return False


def _repeat_shows_anything(response: Response, repeat: RepeatDefinition, inside: FormNode) -> bool:
    here = repeat_instances(response, repeat, inside)
    if here is None:
        return False
    parent, instances = here
    return can_add_and_remove(response, repeat, parent) or any(
        one.relevant and _shows_anything(response, repeat.children, one) for one in instances
    )


def _group_key(group: GroupDefinition, node: FormNode) -> str:
    first = next(questions_of(group.children), None)
    return group_key(group, node.instance_path, "" if first is None else instance_path_in(first.path, node))


def _append_repeat_pages(response: Response, repeat: RepeatDefinition, inside: _Inside, found: list[PageRef]) -> None:
    here = repeat_instances(response, repeat, inside.node)
    if here is None:
        return
    parent, instances = here
    changes = can_add_and_remove(response, repeat, parent)
    section = inside.section if inside.section is not None or inside.around else repeat
    for instance in instances:
        if instance.relevant:
            within = _Inside(instance, (*inside.around, repeat), section)
            _append_instance_pages(response, repeat, within, found, changes=changes)
    if changes:
        instance_path = instance_path_in(repeat.path, inside.node)
        found.append(PageRef(instance_path, repeat, parent, inside.around, section, adds_to=instance_path))


def _append_instance_pages(
    response: Response, repeat: RepeatDefinition, inside: _Inside, found: list[PageRef], *, changes: bool
) -> None:
    """Append the pages of one instance. If it can be removed, its first page says which instance it is."""
    instance = inside.node
    removes = instance.instance_path if changes else ""
    if repeat.field_list:
        if removes or _shows_anything(response, repeat.children, instance):
            found.append(
                PageRef(instance.instance_path, repeat, instance, inside.around[:-1], inside.section, removes=removes)
            )
        return
    first = len(found)
    _append_pages(response, repeat.children, inside, found)
    if removes and len(found) > first:
        found[first] = found[first]._replace(removes=removes)


def shown_questions_below(
    response: Response, elements: tuple[FormElement, ...], inside: FormNode
) -> Iterator[tuple[QuestionDefinition, FormNode]]:
    """Every question and note below `inside` that is shown now, with its node."""
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


def shown_questions_on_page(response: Response, ref: PageRef) -> list[tuple[QuestionDefinition, FormNode]]:
    """The questions and notes that are shown on one page now, with their nodes."""
    if ref.adds_to:
        return []
    if isinstance(ref.element, QuestionDefinition):
        return [(ref.element, ref.node)] if ref.node.relevant else []
    if ref.asked is None:
        return list(shown_questions_below(response, ref.element.children, ref.node))
    nodes = response.nodes_by_instance_path
    found = [(question, nodes[question.path]) for question in ref.asked if question.path in nodes]
    return [one for one in found if one[1].relevant and response.has_choice_to_offer(*one)]
