"""Puts the posted answers of a page into the response. Only questions of that page are accepted. An answer that does
not fit is kept as it was typed, outside the response, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.offered_choices import offered_values, values_to_choose
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
    """What binding a page gave. `typed` holds the raw text of every answer of the visit that does not fit, by instance
    path; `violations` says why, for the questions of this page; `fresh` has the instance paths of questions that the
    page did not ask before."""

    typed: Mapping[str, str]
    violations: Mapping[str, Violation]
    fresh: frozenset[str]


class AnswerBinder:
    """Binds the answers of one page. With `judge` False, when a person asks for help or goes back, the answers are
    kept, but no violation is reported and no question is required."""

    def __init__(self, longest_text: int, gates: frozenset[str], *, judge: bool) -> None:
        self._longest_text = longest_text
        self._gates = gates
        self._judge = judge

    def bind(
        self,
        response: Response,
        ref: PageRef,
        fields: Mapping[str, Sequence[str]],
        typed: Mapping[str, str],
    ) -> BindingResult:
        """Put the posted values (`fields`, by instance path) of one page into the response and recalculate it. `typed`
        is the raw text that the visit carries so far."""
        typed_now = dict(typed)
        violations: dict[str, Violation] = {}
        asked = questions_on_page(response, ref)
        on_page = {node.instance_path for _, node in asked}
        chosen = _posted_choices(response, asked, fields)
        self._set_answers(response, asked, fields, typed_now, violations)
        done = set(on_page)
        while new := [one for one in questions_on_page(response, ref) if one[1].instance_path not in done]:
            done.update(node.instance_path for _, node in new)
            self._set_answers(
                response, [one for one in new if one[1].instance_path in fields], fields, typed_now, violations
            )
        self._constrain(response, ref, typed_now, violations)
        now = questions_on_page(response, ref)
        if self._judge:
            self._require(response, now, violations)
        places = {node.instance_path for _, node in now}
        fresh = frozenset(path for path in places - on_page if path not in fields)
        fresh |= {node.instance_path for question, node in now if _lost_its_choice(response, question, node, chosen)}
        shown = {path: why for path, why in violations.items() if path in places and path not in fresh}
        return BindingResult(typed_now, shown if self._judge else {}, fresh)

    def _set_answers(
        self,
        response: Response,
        asked: AskedQuestions,
        fields: Mapping[str, Sequence[str]],
        typed_now: dict[str, str],
        violations: dict[str, Violation],
    ) -> None:
        for question, node in asked:
            values = fields.get(node.instance_path, ())
            if node.text and node.instance_path not in typed_now and tuple(values) == _shown_values(question, node):
                continue  # unchanged: nobody is told that a default is wrong which they never typed
            value = self._decode(response, question, node, values)
            typed_now.pop(node.instance_path, None)
            if isinstance(value, Violation):
                violations[node.instance_path] = value
                typed_now[node.instance_path] = join_typed(values)
                value = ""
            response.set_value(node, value)
        response.recalculate()

    def _decode(
        self, response: Response, question: QuestionDefinition, node: FormNode, posted: Sequence[str]
    ) -> str | Violation:
        offered = values_to_choose(response, question, node)
        return question_type(question.control).decode(
            question, posted, offered=offered, longest_text=self._longest_text
        )

    def _constrain(
        self, response: Response, ref: PageRef, typed_now: dict[str, str], violations: dict[str, Violation]
    ) -> None:
        """Test the constraints of answered questions. An answer that breaks its constraint is removed from the response
        and kept as typed."""
        texts = FilledTexts(response)
        broken = [one for one in questions_on_page(response, ref) if not constraint_holds(response, *one)]
        for question, node in broken:
            violations[node.instance_path] = Violation(
                ViolationKind.CONSTRAINT, texts.text(question.constraint_message, node)
            )
            typed_now[node.instance_path] = join_typed(
                node.text.split(" ") if question.choices is not None else [node.text]
            )
        for _, node in broken:
            response.set_value(node, "")
        if broken:
            response.recalculate()

    def _require(self, response: Response, asked: AskedQuestions, violations: dict[str, Violation]) -> None:
        texts = FilledTexts(response)
        for question, node in asked:
            if (
                not node.text
                and node.instance_path not in violations
                and is_required(response, question, node, self._gates)
            ):
                violations[node.instance_path] = Violation(
                    ViolationKind.REQUIRED, texts.text(question.required_message, node)
                )

    def first_page_with_violations(
        self, response: Response, refs: tuple[PageRef, ...], seen: frozenset[str], typed: Mapping[str, str]
    ) -> tuple[int, dict[str, Violation]] | None:
        """The first page that was seen and has a violation now, because an answer elsewhere changed: its number and its
        violations by instance path. None if there is no such page."""
        for number, ref in enumerate(refs):
            if ref.key in seen:
                asked = questions_on_page(response, ref)
                found = {
                    node.instance_path: self._violation_of(response, question, node, typed) for question, node in asked
                }
                violations = {path: why for path, why in found.items() if why is not None}
                if violations:
                    return number, violations
        return None

    def _violation_of(
        self, response: Response, question: QuestionDefinition, node: FormNode, typed: Mapping[str, str]
    ) -> Violation | None:
        texts = FilledTexts(response)
        if node.instance_path in typed:
            value = self._decode(
                response, question, node, question_type(question.control).split_typed(typed[node.instance_path])
            )
            if isinstance(value, Violation):
                return value
        if node.instance_path in typed or not constraint_holds(response, question, node):
            return Violation(ViolationKind.CONSTRAINT, texts.text(question.constraint_message, node))
        if not node.text and is_required(response, question, node, self._gates):
            return Violation(ViolationKind.REQUIRED, texts.text(question.required_message, node))
        return None


def _shown_values(question: QuestionDefinition, node: FormNode) -> tuple[str, ...]:
    return question_type(question.control).encode(question, node.text)


def _posted_choices(
    response: Response, asked: AskedQuestions, fields: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The posted choices of those questions whose choices depend on answers, by instance path."""
    filtered = {question.path for question in response.form.filtered_questions}
    return {
        node.instance_path: [
            value
            for value in offered_values(response.context, question, node)
            if value in fields.get(node.instance_path, ())
        ]
        for question, node in asked
        if question.path in filtered
    }


def _lost_its_choice(
    response: Response, question: QuestionDefinition, node: FormNode, chosen: Mapping[str, list[str]]
) -> bool:
    """Whether no choice that was posted is offered any more, because another answer on the page changed. The question
    is then asked again."""
    before = chosen.get(node.instance_path)
    return (
        bool(before) and not node.text and not set(before or ()) & set(offered_values(response.context, question, node))
    )


def constraint_holds(response: Response, question: QuestionDefinition, node: FormNode) -> bool:
    """Whether the answer meets the question's constraint. True if there is no constraint or no answer."""
    return question.constraint is None or not node.text or question.constraint.boolean(node, response.context)


def asks_question(response: Response, ref: PageRef, path: str) -> bool:
    """Whether a page asks the question with that path."""
    return any(question.path == path for question, _ in questions_on_page(response, ref))
