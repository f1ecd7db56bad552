"""Taking what was posted from a page: only what it asks, only what fits; the rest is kept as typed and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.offered_choices import offered_values
from kuule.forms.instance.response import Response
from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.navigation.filled_texts import FilledTexts
from kuule.forms.navigation.page_maker import is_required, questions_on_page
from kuule.forms.navigation.page_refs import PageRef
from kuule.forms.types.question_type import join_typed
from kuule.forms.types.type_registry import question_type
from kuule.forms.types.violations import Violation, ViolationKind

AskedQuestions = list[tuple[QuestionDefinition, FormNode]]


@dataclass(frozen=True, slots=True)
class BindingResult:
    """What came of it. `typed` is the visit's raw text after it, `unfit` by place, `fresh` what is newly asked."""

    typed: Mapping[str, str]
    violations: Mapping[str, Violation]
    fresh: frozenset[str]


class AnswerBinder:
    """`judge` is False where the page is only kept (help, Back): nothing is named then, and nothing is required."""

    def __init__(self, longest_text: int, gates: frozenset[str], *, judge: bool) -> None:
        self._longest_text = longest_text
        self._gates = gates
        self._judge = judge

    def bind(
        self,
        response: Response,
        spot: PageRef,
        fields: Mapping[str, Sequence[str]],
        typed: Mapping[str, str],
    ) -> BindingResult:
        """Put the answers of a page into the response, and settle it."""
        kept = dict(typed)
        unfit: dict[str, Violation] = {}
        asked = questions_on_page(response, spot)
        on_page = {node.instance_path for _, node in asked}
        chosen = _chosen(response, asked, fields)
        self._enter(response, asked, fields, kept, unfit)
        done = set(on_page)
        while new := [one for one in questions_on_page(response, spot) if one[1].instance_path not in done]:
            done.update(node.instance_path for _, node in new)
            self._enter(response, [one for one in new if one[1].instance_path in fields], fields, kept, unfit)
        self._constrain(response, spot, kept, unfit)
        now = questions_on_page(response, spot)
        if self._judge:
            self._require(response, now, unfit)
        places = {node.instance_path for _, node in now}
        fresh = frozenset(place for place in places - on_page if place not in fields)
        fresh |= {node.instance_path for ask, node in now if _is_gone(response, ask, node, chosen)}
        shown = {place: why for place, why in unfit.items() if place in places and place not in fresh}
        return BindingResult(kept, shown if self._judge else {}, fresh)

    def _enter(
        self,
        response: Response,
        asked: AskedQuestions,
        fields: Mapping[str, Sequence[str]],
        kept: dict[str, str],
        unfit: dict[str, Violation],
    ) -> None:
        for ask, node in asked:
            values = fields.get(node.instance_path, ())
            if node.text and node.instance_path not in kept and tuple(values) == _fields(ask, node):
                continue  # as it stood there: a person is not told that a default, which they never typed, does not fit
            value = self._decode(response, ask, node, values)
            kept.pop(node.instance_path, None)
            if isinstance(value, Violation):
                unfit[node.instance_path] = value
                kept[node.instance_path] = join_typed(values)
                value = ""
            response.set_value(node, value)
        response.recalculate()

    def _decode(
        self, response: Response, ask: QuestionDefinition, node: FormNode, posted: Sequence[str]
    ) -> str | Violation:
        offered = () if ask.choices is None else offered_values(response.context, ask, node)
        return question_type(ask.control).decode(ask, posted, offered=offered, longest_text=self._longest_text)

    def _constrain(self, response: Response, spot: PageRef, kept: dict[str, str], unfit: dict[str, Violation]) -> None:
        """Constraints hold for answers that are there; one that does not is taken out again and kept as typed."""
        wording = FilledTexts(response)
        broken = [one for one in questions_on_page(response, spot) if not constraint_holds(response, *one)]
        for ask, node in broken:
            unfit[node.instance_path] = Violation(ViolationKind.CONSTRAINT, wording.text(ask.constraint_message, node))
            kept[node.instance_path] = join_typed(node.text.split(" ") if ask.choices is not None else [node.text])
        for _, node in broken:
            response.set_value(node, "")
        if broken:
            response.recalculate()

    def _require(self, response: Response, asked: AskedQuestions, unfit: dict[str, Violation]) -> None:
        wording = FilledTexts(response)
        for ask, node in asked:
            if not node.text and node.instance_path not in unfit and is_required(response, ask, node, self._gates):
                unfit[node.instance_path] = Violation(ViolationKind.REQUIRED, wording.text(ask.required_message, node))

    def first_page_with_violations(
        self, response: Response, spots: tuple[PageRef, ...], seen: frozenset[str], typed: Mapping[str, str]
    ) -> tuple[int, dict[str, Violation]] | None:
        """The first seen page, by its number, with what does not fit now (an answer elsewhere changed), and why."""
        for number, spot in enumerate(spots):
            if spot.key in seen:
                asked = questions_on_page(response, spot)
                found = {node.instance_path: self._fault(response, ask, node, typed) for ask, node in asked}
                unfit = {place: why for place, why in found.items() if why is not None}
                if unfit:
                    return number, unfit
        return None

    def _fault(
        self, response: Response, ask: QuestionDefinition, node: FormNode, typed: Mapping[str, str]
    ) -> Violation | None:
        wording = FilledTexts(response)
        if node.instance_path in typed:
            value = self._decode(response, ask, node, question_type(ask.control).split_typed(typed[node.instance_path]))
            if isinstance(value, Violation):
                return value
        if node.instance_path in typed or not constraint_holds(response, ask, node):
            return Violation(ViolationKind.CONSTRAINT, wording.text(ask.constraint_message, node))
        if not node.text and is_required(response, ask, node, self._gates):
            return Violation(ViolationKind.REQUIRED, wording.text(ask.required_message, node))
        return None


def _fields(ask: QuestionDefinition, node: FormNode) -> tuple[str, ...]:
    return question_type(ask.control).encode(ask, node.text)


def _chosen(response: Response, asked: AskedQuestions, fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was chosen of filtered choices that were on the page."""
    filtered = {ask.path for ask in response.form.filtered_questions}
    return {
        node.instance_path: [
            value
            for value in offered_values(response.context, ask, node)
            if value in fields.get(node.instance_path, ())
        ]
        for ask, node in asked
        if ask.path in filtered
    }


def _is_gone(response: Response, ask: QuestionDefinition, node: FormNode, chosen: Mapping[str, list[str]]) -> bool:
    """Whether all that was chosen is offered no more, since another answer of the page changed: it is asked anew."""
    before = chosen.get(node.instance_path)
    return bool(before) and not node.text and not set(before or ()) & set(offered_values(response.context, ask, node))


def constraint_holds(response: Response, ask: QuestionDefinition, node: FormNode) -> bool:
    """True also where there is no constraint or no answer."""
    return ask.constraint is None or not node.text or ask.constraint.boolean(node, response.context)


def asks_question(response: Response, spot: PageRef, path: str) -> bool:
    """Whether a page asks the question of that path."""
    return any(ask.path == path for ask, _ in questions_on_page(response, spot))
