"""One response while it is being given: its tree of values, and the recalculation of all that depends on them.

Values are set and instances added or removed; then `recalculate` brings everything up to date: relevance, calculations
and repeat counts in the form's order, then what actions set, until nothing changes any more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Self

from kuule.forms.compile.action_definitions import VALUE_CHANGED
from kuule.forms.compile.dependencies import Computation, ComputationKind
from kuule.forms.compile.form import Form
from kuule.forms.instance import actions
from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.localised_texts import LocalisedTexts
from kuule.forms.instance.offered_choices import choice_label, drop_unoffered, offered_values
from kuule.forms.instance.removed_instances import RemovedInstances
from kuule.forms.instance.renumbering import renumber_fixed_values
from kuule.forms.instance.response_tree import ResponseData, ResponseTree, placeholder_instance, repeat_node_definition
from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext, no_label
from kuule.forms.xpath.runtime.nodes import document_node

_NOT_A_NUMBER = "NaN"
_ROUNDS = 12
"""The most passes within one `recalculate`. More would mean that two actions keep changing each other's value."""


class Response:
    """A tree of FormNodes, kept up to date. `begin` makes a new one, `rebuild` makes it from what a visit carries."""

    def __init__(
        self,
        form: Form,
        given: ResponseData,
        today: date,
        now: datetime | None = None,
        vocabulary: LocalisedTexts | None = None,
    ) -> None:
        self.form = form
        self.texts = LocalisedTexts(form, {}) if vocabulary is None else vocabulary
        self._given = given
        self._dirty = bytearray(len(form.computation_order.computations))
        self._changed: list[FormNode] = []
        self._restoring = True
        self._removed = RemovedInstances()
        self._computed: dict[FormNode, str] = {}
        self._offering: dict[FormNode, bool] = {}
        self._pages_read_answers = bool(form.filtered_questions or form.body.repeats)
        self.page_changes = 0
        """Grows with every change that may add or remove a page, or a question on one."""
        self._sources = {event.source for event in form.actions if VALUE_CHANGED in event.event_names}
        self._tree = ResponseTree(form.model, form.layout, form.repeats, given)
        self.root = self._tree.root
        self.nodes_by_instance_path: Mapping[str, FormNode] = self._tree.by_instance_path
        """Every node by its path with positions, in document order."""
        self.fixed = dict(given.fixed)
        self.context = EvaluationContext(
            document_node(self.root),
            today=today,
            now=now,
            instances=form.instances,
            fixed=self.fixed,
            seed=given.seed,
            itext=form.itext_value,
            choice_label=lambda path, value, node: choice_label(self, path, value, node),
            single=self._tree.by_instance_path if form.has_unique_paths else None,
        )

    @classmethod
    def begin(
        cls,
        form: Form,
        *,
        seed: int,
        today: date,
        now: datetime | None = None,
        vocabulary: LocalisedTexts | None = None,
    ) -> Response:
        """A new response: defaults, preloads and calculations, then the actions of the first load."""
        response = cls(form, ResponseData(seed=seed), today, now, vocabulary)
        response._restoring = False
        actions.fill_preloads(response)
        response._mark_all()
        response.recalculate()
        actions.run_first_load(response)
        response.recalculate()
        return response

    @classmethod
    def rebuild(
        cls,
        form: Form,
        given: ResponseData,
        *,
        today: date,
        now: datetime | None = None,
        vocabulary: LocalisedTexts | None = None,
    ) -> Response:
        """The response that a visit carries. Everything that depends on its answers is computed again."""
        response = cls(form, given, today, now, vocabulary)
        response._mark_all()
        response._run_dirty()
        response._changed.clear()
        response._restoring = False
        if form.counted_repeats:
            response._removed.load(given.answers, given.counts, response._tree.by_instance_path, form.counted_repeats)
        return response

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Undo what refers to each other, so that all is freed at once and no search for cycles has to find it. The
        response is of no use any more."""
        self._tree.detach()
        self.context.choice_label = no_label

    def node(self, instance_path: str) -> FormNode | None:
        """The node with an instance path, or None."""
        return self._tree.by_instance_path.get(instance_path)

    def nodes(self, path: str) -> list[FormNode]:
        """All nodes with a path without positions, in document order."""
        return self._tree.nodes(path)

    def has_choice_to_offer(self, question: QuestionDefinition, node: FormNode) -> bool:
        """Whether a question offers a choice now. True for a question without choices."""
        if question.choices is None or question.choices.formula is None or question.choices.constant:
            return True
        if node not in self._offering:
            self._offering[node] = bool(offered_values(self.context, question, node))
        return self._offering[node]

    def all_nodes(self) -> Iterator[FormNode]:
        """Every node in document order."""
        return iter(self._tree.by_instance_path.values())

    def to_data(self) -> ResponseData:
        """What a visit has to carry so that `rebuild` can make this response again."""
        answers = self._tree.changed_values(self.form.computed_paths) | self._removed.values
        counts = self._tree.instance_counts() | self._removed.counts
        return ResponseData(answers, counts, dict(self.fixed), self._given.seed)

    def set_value(self, node: FormNode, value: str) -> None:
        """Set a value in its stored form. `recalculate` computes what depends on it."""
        self._write(node, value)

    def add_instance(self, parent: FormNode, path: str) -> FormNode | None:
        """Add an instance at the end of a repeat. Returns None if the repeat is full."""
        repeat = repeat_node_definition(parent.definition, path)
        if repeat is None or len(self._tree.instances(parent, repeat.path)) >= self.form.body.max_instances[path]:
            return None
        instance = self._tree.insert_instance(parent, repeat)
        self._reindex(path)
        actions.run_new_repeat(self, instance)
        return instance

    def remove_instance(self, instance: FormNode) -> None:
        """Remove an instance of a repeat; those after it move up by one."""
        parent = instance.parent
        if parent is not None and instance.path in self.form.repeats:
            parent.remove(instance)
            kept = renumber_fixed_values(self.fixed, instance.instance_path)
            self.fixed.clear()
            self.fixed.update(kept)
            self._removed.renumber(instance.instance_path)
            self._reindex(instance.path)

    def recalculate(self) -> None:
        """Compute what changed, run the actions of the values that changed, and repeat until nothing changes."""
        for _ in range(_ROUNDS):
            self._run_dirty()
            changed, self._changed = self._changed, []
            for node in changed:
                actions.run_value_changed(self, node)
            if not self._changed and not any(self._dirty) and not drop_unoffered(self):
                break

    def _reindex(self, path: str) -> None:
        """After instances of `path` were added or removed, mark every computation in them or about them."""
        self._tree.rebuild_index()
        self._offering.clear()
        self.page_changes += 1
        order = self.form.computation_order
        for own, steps in (*order.by_path.items(), *order.readers.items()):
            if own == path or own.startswith(f"{path}/"):
                self._mark(steps)

    def _mark_all(self) -> None:
        self._dirty = bytearray(b"\1") * len(self.form.computation_order.computations)

    def _mark(self, steps: tuple[int, ...]) -> None:
        for number in steps:
            self._dirty[number] = 1

    def _run_dirty(self) -> None:
        steps = self.form.computation_order.computations
        for _ in range(_ROUNDS):
            at = self._dirty.find(1)
            if at < 0:
                return
            while at >= 0:
                self._dirty[at] = 0
                self._run(steps[at], at)
                at = self._dirty.find(1, at + 1)

    def _run(self, computation: Computation, number: int) -> None:
        if computation.kind is ComputationKind.RELEVANT:
            for node in self._tree.nodes(computation.path):
                own = computation.formula.boolean(node, self.context)
                if own is not node.own_relevance:
                    node.own_relevance = own
                    self._spread_relevance(node)
        elif computation.kind is ComputationKind.CALCULATE:
            for node in self._tree.nodes(computation.path):
                if node.relevant:
                    self._calculate(computation, node)
            self._dirty[number] = 0
        else:
            self._count(computation)

    def _calculate(self, computation: Computation, node: FormNode) -> None:
        """A person may overwrite a value that is kept. Inside a repeat it is computed anew only if the result for its
        own instance changed, so that answers in another instance do not overwrite what a person wrote."""
        if computation.keeps_value and self._restoring and not computation.in_repeat:
            return
        value = computation.formula.string(node, self.context)
        value = "" if value == _NOT_A_NUMBER else computation.to_stored_form(value)
        if computation.keeps_value and computation.in_repeat:
            before = self._computed.get(node)
            self._computed[node] = value
            if self._restoring or before == value:
                return
        self._write(node, value)

    def _spread_relevance(self, node: FormNode) -> None:
        """Update relevance below a node: a node is relevant if it and all of its ancestors are."""
        parent = node.parent
        relevant = node.own_relevance and (parent is None or parent.relevant)
        if relevant is node.relevant:
            return
        node.relevant = relevant
        self._offering.clear()
        self.page_changes += 1
        order = self.form.computation_order
        self._mark(order.readers.get(node.path, ()))
        if node.definition.children:
            for child in node.children:
                if isinstance(child, FormNode):
                    self._spread_relevance(child)
            return
        if relevant:
            node.text, node.hidden_value = node.hidden_value, ""
            self._computed.pop(node, None)
            own = order.by_path.get(node.path, ())
            self._mark(tuple(one for one in own if order.computations[one].kind is ComputationKind.CALCULATE))
        else:
            node.text, node.hidden_value = "", node.text
        if node.path in self._sources:
            self._changed.append(node)

    def _write(self, node: FormNode, value: str) -> None:
        if node.relevant:
            if node.text == value:
                return
            node.text = value
            self._offering.clear()
            self.page_changes += self._pages_read_answers
            self._mark(self.form.computation_order.readers.get(node.path, ()))
            if node.path in self._sources:
                self._changed.append(node)
        else:
            node.hidden_value = value

    def _count(self, computation: Computation) -> None:
        if self._restoring:
            return
        for parent in tuple(self._tree.nodes(computation.path.rpartition("/")[0])):
            repeat = repeat_node_definition(parent.definition, computation.path)
            if repeat is None:
                continue
            present = self._tree.instances(parent, repeat.path)
            start = present[0] if present else placeholder_instance(repeat, parent)
            number = computation.formula.number(start, self.context)
            wanted = 0 if math.isnan(number) else int(min(max(number, 0), self.form.body.max_instances[repeat.path]))
            if len(present) == wanted:
                continue
            added = [self._tree.insert_instance(parent, repeat, self._removed) for _ in range(wanted - len(present))]
            for extra in present[wanted:]:
                self._removed.remember(extra)
                parent.remove(extra)
            self._reindex(computation.path)
            for instance in added:
                actions.run_new_repeat(self, instance)
