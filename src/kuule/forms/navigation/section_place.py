"""Which part of a form a page is in, and how many parts a person can meet: "Part 3 of 9".

A part is a section, which is a top-level group. The number counts the sections met so far, so it never goes down on the
way forward. The total adds those that can still come: a section is left out only once the answers given rule it out.
So the total never goes up on the way forward (decision 0065).
"""

from __future__ import annotations

from kuule.forms.instance.response import Response
from kuule.forms.model.body_definition import FormElement, QuestionDefinition, questions_of
from kuule.forms.model.expressions import Formula
from kuule.forms.navigation.page_refs import PageRef
from kuule.forms.xpath.compiler.references import Reference


def section_place(response: Response, ref: PageRef, refs: tuple[PageRef, ...]) -> tuple[int, int]:
    """The number of a page's section, and the total; the number is 0 for a page outside sections. `refs` are all pages
    now."""
    present = {id(one.section) for one in refs if one.section is not None}
    elements = response.form.body.elements
    at = next((place for place, one in enumerate(elements) if one is ref.section), None)
    asked = _Outlook(response, _first_question(ref))
    later = sum(id(one) in present or asked.can_come(one) for one in elements[0 if at is None else at + 1 :])
    if at is None:
        return 0, later
    number = sum(id(one) in present for one in elements[: at + 1])
    return number, number + later


def _first_question(ref: PageRef) -> str:
    if isinstance(ref.element, QuestionDefinition):
        return ref.element.path
    return next((question.path for question in questions_of(ref.element.children)), "")


class _Outlook:
    """What can still be asked from a page on, as far as the answers decide that. In doubt, a question can still be
    asked."""

    def __init__(self, response: Response, from_question: str) -> None:
        self._response = response
        self._places = response.form.body.question_places
        self._here = self._places.get(from_question, 0)
        self._known: dict[str, bool] = {}

    def can_come(self, section: FormElement) -> bool:
        """Whether anything in this section can still be asked. A question outside sections is no section."""
        if isinstance(section, QuestionDefinition):
            return False
        return any(self._can_be_asked(question.path) for question in questions_of((section,)))

    def _can_be_asked(self, path: str) -> bool:
        known = self._known.get(path)
        if known is None:
            self._known[path] = True
            known = self._known[path] = all(self._can_hold(around) for around in _with_ancestors(path))
        return known

    def _can_hold(self, path: str) -> bool:
        """Whether the relevance of one node is true now, or can become true."""
        formula, node = self._response.form.relevant.get(path), self._response.node(path)
        if formula is None or node is None or formula.boolean(node, self._response.context):
            return True
        return not self._is_decided(formula)

    def _is_decided(self, formula: Formula) -> bool:
        return all(map(self._is_known, formula.reads))

    def _is_known(self, read: Reference) -> bool:
        """Whether everything that an expression reads stays the same on the way forward."""
        if read.includes_descendants or read.has_predicate:
            return False
        calculated = self._response.form.calculate.get(read.path)
        if calculated is not None:
            return self._is_decided(calculated)
        place = self._places.get(read.path)
        if place is None or place < self._here:
            return place is not None
        node = self._response.node(read.path)
        return (node is not None and bool(node.text)) or not self._can_be_asked(read.path)


def _with_ancestors(path: str) -> tuple[str, ...]:
    """The path, and the paths of all groups around it, outermost first."""
    steps = path.split("/")
    return tuple("/".join(steps[:end]) for end in range(2, len(steps) + 1))
