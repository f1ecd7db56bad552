"""A questionnaire, compiled: frozen, made once for an edition, shared by every visit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kuule.errors import Problem, StudyError
from kuule.forms.blueprint import Plan, plan_model
from kuule.forms.body import lay_out
from kuule.forms.choice_files import tell_choices
from kuule.forms.codecs.value_types import stored_form
from kuule.forms.compiler import Compiler, FormText
from kuule.forms.definitions import BodyControl, BodyElement, BodyRepeat, ModelNode, XForm
from kuule.forms.events import Event, read_events
from kuule.forms.expressions import Formula
from kuule.forms.follow_ups import FollowUp, follow_ups
from kuule.forms.items import Item, items_of
from kuule.forms.layout import Ask, Layout, ListedChoice
from kuule.forms.notes import note_for
from kuule.forms.order import Kind, Order, Step, put_in_order
from kuule.forms.repeat_bounds import most_instances
from kuule.forms.texts import DESCRIPTION, MEDIA, media_key
from kuule.forms.tree import Node, document
from kuule.forms.xform import read_xform
from kuule.languages.texts import Source


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that a visit needs. `plan` is the shape of a response, `order` what is computed and when, `layout`
    what a person is asked; `texts` has the form's own texts by key, `instances` the secondary instances as documents.
    """

    title: str
    form_id: str
    plan: Plan
    direct: bool
    """Whether an absolute path outside repeats leads to one node."""
    order: Order
    layout: Layout
    events: tuple[Event, ...]
    preloads: tuple[tuple[str, str, str], ...]
    """(path, kind, parameters) of what is filled in before a visit begins."""
    texts: Mapping[str, FormText]
    instances: Mapping[str, Node]
    choice_lists: Mapping[str, tuple[ListedChoice, ...]]
    choice_media: Mapping[str, Mapping[str, str]]
    """For the key of a choice's label, the keys of the files beside it, by kind."""
    items: tuple[Item, ...]
    repeats: frozenset[str]
    computed: frozenset[str]
    """Paths whose value is made again in every pass, so that a visit does not carry it."""
    counted: frozenset[str]
    """Repeats whose number of instances is computed."""
    itext: Mapping[str, Mapping[str, str]]
    """By language and id, for texts whose id is computed."""
    languages: tuple[str, ...]
    default_language: str
    filtered: tuple[Ask, ...]
    """Questions whose choices depend on answers."""
    relevant: Mapping[str, Formula]
    calculate: Mapping[str, Formula]
    follow_ups: Mapping[str, FollowUp]
    """Questions that are asked if and only if a choice of another is chosen."""
    doubts: tuple[Problem, ...] = ()
    """What is wrong with it and keeps no visit from going on: for `kuule check`."""

    def sources(self) -> tuple[Source, ...]:
        """Every text to translate, in document order, with a note for the translator."""
        return tuple(
            Source(key, text.in_language(self.default_language), note_for(key, self))
            for key, text in self.texts.items()
            if text.languages and not _is_media(key)
        )

    def media(self) -> dict[str, str]:
        """Names of the files that stand beside texts, by the text's key; another language may name others."""
        return {key: self.text(key) for key in self.texts if _is_media(key)}

    def own_texts(self, language: str) -> dict[str, str]:
        """The texts that the form itself has in a language (itext), by key."""
        return {key: text.in_language(language) for key, text in self.texts.items() if text.languages}

    def text(self, key: str) -> str:
        """The form's own text of a key, in its default language; "" where there is none."""
        text = self.texts.get(key)
        return "" if text is None else text.in_language(self.default_language)

    def itext_of(self, text_id: str, language: str = "") -> str:
        """The form's own text of an itext id, in its default language where no other is named."""
        return self.itext.get(language or self.default_language, {}).get(text_id, "")

    def item(self, path: str) -> Item | None:
        """The item of a path, with or without positions."""
        path = re.sub(r"\[\d+\]", "", path)
        return next((item for item in self.items if item.path == path), None)


def compile_form(xform: str, places: Mapping[str, str] | None = None) -> Form:
    """Compile an XForm. Raises StudyError with every problem found (FORM_001-021, and those of its expressions).

    `places` tells where an author finds each path (`XlsForm.places`), so that a problem names the row.
    """
    read = read_xform(xform)
    repeats = frozenset(_repeats(read.body))
    binds = {bind.path: bind for bind in read.binds}
    plan = plan_model(read.root, binds, repeats, frozenset(_never_empty(read.body)))
    paths = {path: number for number, path in enumerate(dict.fromkeys(one.path for one in plan.walk()))}
    compiler = Compiler(read, paths, repeats, places or {})
    layout = lay_out(read.body, compiler)
    layout = replace(layout, most=most_instances(layout, compiler))
    tell_choices(layout, compiler)
    events = read_events(read.actions, compiler)
    steps = tuple(_steps(compiler, layout, frozenset(event.target for event in events)))
    order, cycles = put_in_order(steps, paths, compiler.place)
    problems = [*compiler.problems, *cycles]
    if problems:
        raise StudyError(*dict.fromkeys(problems))
    return _form(read, compiler, layout, events, order, plan)


def _form(read: XForm, compiler: Compiler, layout: Layout, events: tuple[Event, ...], order: Order, plan: Plan) -> Form:
    preloads = tuple((bind.path, bind.preload, bind.preload_parameters) for bind in read.binds if bind.preload)
    calculate = {step.path: step.formula for step in order.steps if step.kind is Kind.CALCULATE}
    relevant = {step.path: step.formula for step in order.steps if step.kind is Kind.RELEVANT}
    return Form(
        title=read.title,
        form_id=read.form_id,
        plan=plan,
        direct=plan.direct,
        order=order,
        layout=layout,
        events=events,
        preloads=preloads,
        texts=compiler.texts,
        instances={name: document(_instance(root), name) for name, root in read.instances.items()},
        choice_lists=compiler.lists,
        choice_media=_choice_media(compiler),
        items=items_of(layout, compiler, calculate),
        repeats=compiler.repeats,
        computed=frozenset(step.path for step in order.steps if step.kind is Kind.CALCULATE and not step.kept),
        counted=frozenset(step.path for step in order.steps if step.kind is Kind.COUNT),
        itext={
            language: {key: forms[""].source for key, forms in texts.items() if "" in forms}
            for language, texts in read.itext.items()
        },
        languages=tuple(read.itext),
        default_language=read.default_language,
        filtered=tuple(
            ask
            for ask in layout.asks.values()
            if ask.control is not None
            and ask.choices is not None
            and ask.choices.formula is not None
            and not ask.choices.constant
        ),
        relevant=relevant,
        calculate=calculate,
        follow_ups=follow_ups({path: formula for path, formula in relevant.items() if path in layout.asks}),
        doubts=tuple(dict.fromkeys(compiler.doubts)),
    )


def _is_media(key: str) -> bool:
    return key.rpartition(":")[2] in MEDIA


def _choice_media(compiler: Compiler) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for listed in compiler.lists.values():
        for choice in listed:
            kinds = (*MEDIA, DESCRIPTION)
            keys = {kind: key for kind in kinds if (key := media_key(choice.key, kind)) in compiler.texts}
            if keys:
                found[choice.key] = keys
    return found


def _repeats(body: tuple[BodyElement, ...]) -> Iterator[str]:
    for element in body:
        if isinstance(element, BodyRepeat):
            yield element.ref
        if not isinstance(element, BodyControl):
            yield from _repeats(element.children)


def _never_empty(body: tuple[BodyElement, ...]) -> Iterator[str]:
    """Repeats that begin with one instance though the form has none there: those to which nobody can add (ODK XForms,
    jr:noAddRemove), and those within an instance that is added (pyxform gives the first one an inner instance, and
    none to those that a person adds)."""
    for element in body:
        fixed = isinstance(element, BodyRepeat) and element.no_add_remove.startswith("true")
        if isinstance(element, BodyRepeat) and not element.count and (element.usual or fixed):
            yield element.ref
        if not isinstance(element, BodyControl):
            yield from _never_empty(element.children)


def _steps(compiler: Compiler, layout: Layout, targets: frozenset[str]) -> Iterator[Step]:
    for path, bind in compiler.binds.items():
        if path not in compiler.paths:
            continue  # a bind of an attribute, or of nothing: peers pass over it too
        relevant = compiler.formula(bind.relevant, path, "relevant")
        if relevant is not None:
            yield Step(Kind.RELEVANT, path, relevant)
        calculate = compiler.formula(bind.calculate, path, "calculation")
        if calculate is not None:
            asked = layout.asks.get(path)
            answered = asked is not None and asked.control is not None
            kept = answered or path in targets or "once" in calculate.functions
            repeated = any(path.startswith(f"{repeat}/") for repeat in compiler.repeats)
            yield Step(Kind.CALCULATE, path, calculate, kept, stored_form(bind.value_type), repeated)
    for path, loop in layout.loops.items():
        if loop.count is not None:
            yield Step(Kind.COUNT, path, loop.count)


def _instance(model: ModelNode) -> Node:
    prefix, _, name = model.name.rpartition(":")
    node = Node(name, text=model.text, namespace=model.namespace, prefix=prefix)
    for attribute, value in model.attributes.items():
        node.set_attribute(attribute, value)
    for child in model.children:
        node.append(_instance(child))
    return node
