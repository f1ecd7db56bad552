"""A compiled questionnaire. It is made once for an edition, never changes, and is shared by every visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kuule.core.problems import Problem, StudyError
from kuule.forms.compile.action_definitions import ActionDefinition, compile_actions
from kuule.forms.compile.body_compiler import compile_body
from kuule.forms.compile.choice_file_checks import check_choices
from kuule.forms.compile.dependencies import Computation, ComputationKind, ComputationOrder, sort_computations
from kuule.forms.compile.follow_ups import FollowUp, find_follow_ups
from kuule.forms.compile.form_compiler import FormCompiler, FormText
from kuule.forms.compile.items import Item, build_items
from kuule.forms.compile.model_definition import NodeDefinition, NodeLayout, define_model, lay_out
from kuule.forms.compile.page_layout import PageLayout, lay_out_pages
from kuule.forms.compile.repeat_bounds import max_instances
from kuule.forms.model.body_definition import BodyDefinition, ListedChoice, QuestionDefinition
from kuule.forms.model.expressions import Formula
from kuule.forms.model.paths import without_positions
from kuule.forms.model.text_keys import IMAGE_DESCRIPTION, MEDIA_KINDS, is_media_key, media_text_key
from kuule.forms.types.type_registry import stored_form_for
from kuule.forms.xform.definitions import BodyControl, BodyElement, BodyRepeat, ModelNode, XForm
from kuule.forms.xform.xform_reader import read_xform
from kuule.forms.xpath.runtime.nodes import Node, document_node


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that a visit needs. `model` is the shape of a response, `computation_order` says what is computed and
    when, and `body` is what a person is asked. `texts` has the form's own texts by key; `instances` has the secondary
    instances as documents."""

    title: str
    form_id: str
    model: NodeDefinition
    layout: NodeLayout
    has_unique_paths: bool
    """Whether an absolute path outside repeats always leads to one node."""
    computation_order: ComputationOrder
    body: BodyDefinition
    page_layout: PageLayout = field(init=False)
    """Follows from the body, also where `dataclasses.replace` gives a form another one."""
    actions: tuple[ActionDefinition, ...]
    preloads: tuple[tuple[str, str, str], ...]
    """(path, kind, parameters) of each value that is filled in before a visit begins."""
    texts: Mapping[str, FormText]
    instances: Mapping[str, Node]
    choice_lists: Mapping[str, tuple[ListedChoice, ...]]
    choice_media: Mapping[str, Mapping[str, str]]
    """For the key of a choice's label, the keys of the files beside the label, by kind."""
    items: tuple[Item, ...]
    items_by_path: Mapping[str, Item] = field(init=False)
    repeats: frozenset[str]
    computed_paths: frozenset[str]
    """Paths whose value is computed in every recalculation, so that a visit need not carry it."""
    counted_repeats: frozenset[str]
    """Repeats whose number of instances is computed."""
    itext: Mapping[str, Mapping[str, str]]
    """Texts by language and id, for texts whose id is computed."""
    languages: tuple[str, ...]
    default_language: str
    filtered_questions: tuple[QuestionDefinition, ...]
    """Questions whose choices depend on answers."""
    relevant: Mapping[str, Formula]
    calculate: Mapping[str, Formula]
    follow_ups: Mapping[str, FollowUp]
    """Questions that are asked if and only if a choice of another is chosen."""
    check_problems: tuple[Problem, ...] = ()
    """Problems that do not stop a visit. `kuule check` reports them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "page_layout", lay_out_pages(self.body.elements, self.model.path))
        object.__setattr__(self, "items_by_path", {item.path: item for item in reversed(self.items)})

    def media(self) -> dict[str, str]:
        """The names of the files beside texts, by the text's key. Another language may have other files."""
        return {key: self.text(key) for key in self.texts if is_media_key(key)}

    def text(self, key: str) -> str:
        """The form's own text with that key in its default language; "" if there is none."""
        text = self.texts.get(key)
        return "" if text is None else text.in_language(self.default_language)

    def itext_value(self, text_id: str, language: str = "") -> str:
        """The form's own text with that itext id, in the given language or else the default one."""
        return self.itext.get(language or self.default_language, {}).get(text_id, "")

    def item(self, path: str) -> Item | None:
        """The item with a path, given with or without positions; None if there is none."""
        return self.items_by_path.get(without_positions(path))


def compile_form(xform: str, places: Mapping[str, str] | None = None) -> Form:
    """Compile an XForm. Raises StudyError with every problem found (FORM_001-021, and those of its expressions).

    `places` maps each path to its row in the questionnaire (`ConvertedForm.places`), so that problems name the row.
    """
    read = read_xform(xform)
    repeats = frozenset(_repeats(read.body))
    binds = {bind.path: bind for bind in read.binds}
    model = define_model(read.root, binds, repeats, frozenset(_never_empty(read.body)))
    paths = {path: number for number, path in enumerate(dict.fromkeys(one.path for one in model.walk()))}
    compiler = FormCompiler(read, paths, repeats, places or {})
    body = compile_body(read.body, compiler)
    body = replace(body, max_instances=max_instances(body, compiler))
    check_choices(body, compiler)
    actions = compile_actions(read.actions, compiler)
    computations = tuple(_computations(compiler, body, frozenset(action.target for action in actions)))
    order, cycles = sort_computations(computations, paths, compiler.place)
    problems = [*compiler.problems, *cycles]
    if problems:
        raise StudyError(*dict.fromkeys(problems))
    return _form(read, compiler, body, actions, order, model)


def _plain_itext(read: XForm) -> Mapping[str, Mapping[str, str]]:
    """The texts of the form by language and id, without their other forms, such as pictures."""
    return {
        language: {key: forms[""].source for key, forms in texts.items() if "" in forms}
        for language, texts in read.itext.items()
    }


def _is_filtered(question: QuestionDefinition) -> bool:
    """Whether answers decide which choices a question offers."""
    choices = question.choices if question.control is not None else None
    return choices is not None and choices.formula is not None and not choices.constant


def _form(
    read: XForm,
    compiler: FormCompiler,
    body: BodyDefinition,
    actions: tuple[ActionDefinition, ...],
    order: ComputationOrder,
    model: NodeDefinition,
) -> Form:
    preloads = tuple((bind.path, bind.preload, bind.preload_parameters) for bind in read.binds if bind.preload)
    by_kind = {kind: [one for one in order.computations if one.kind is kind] for kind in ComputationKind}
    calculate = {one.path: one.formula for one in by_kind[ComputationKind.CALCULATE]}
    relevant = {one.path: one.formula for one in by_kind[ComputationKind.RELEVANT]}
    return Form(
        title=read.title,
        form_id=read.form_id,
        model=model,
        layout=lay_out(model),
        has_unique_paths=model.has_unique_paths,
        computation_order=order,
        body=body,
        actions=actions,
        preloads=preloads,
        texts=compiler.texts,
        instances={name: document_node(_instance(root), name) for name, root in read.instances.items()},
        choice_lists=compiler.lists,
        choice_media=_choice_media(compiler),
        items=build_items(body, compiler, calculate),
        repeats=compiler.repeats,
        computed_paths=frozenset(one.path for one in by_kind[ComputationKind.CALCULATE] if not one.keeps_value),
        counted_repeats=frozenset(one.path for one in by_kind[ComputationKind.COUNT]),
        itext=_plain_itext(read),
        languages=tuple(read.itext),
        default_language=read.default_language,
        filtered_questions=tuple(filter(_is_filtered, body.questions.values())),
        relevant=relevant,
        calculate=calculate,
        follow_ups=find_follow_ups({path: formula for path, formula in relevant.items() if path in body.questions}),
        check_problems=tuple(dict.fromkeys(compiler.check_problems)),
    )


def _choice_media(compiler: FormCompiler) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for listed in compiler.lists.values():
        for choice in listed:
            kinds = (*MEDIA_KINDS, IMAGE_DESCRIPTION)
            keys = {kind: key for kind in kinds if (key := media_text_key(choice.key, kind)) in compiler.texts}
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
    """The paths of repeats that begin with one instance although the form has none there. These are repeats to which
    nobody can add (ODK XForms, jr:noAddRemove), and repeats inside an instance that a person adds: pyxform gives an
    inner instance only to the first one."""
    for element in body:
        fixed = isinstance(element, BodyRepeat) and element.no_add_remove.startswith("true")
        if isinstance(element, BodyRepeat) and not element.count and (element.default_max_instances or fixed):
            yield element.ref
        if not isinstance(element, BodyControl):
            yield from _never_empty(element.children)


def _computations(compiler: FormCompiler, body: BodyDefinition, targets: frozenset[str]) -> Iterator[Computation]:
    for path, bind in compiler.binds.items():
        if path not in compiler.paths:
            continue  # a bind of an attribute, or of no node: other engines ignore it too
        relevant = compiler.compile_formula(bind.relevant, path, "relevant")
        if relevant is not None:
            yield Computation(ComputationKind.RELEVANT, path, relevant)
        calculate = compiler.compile_formula(bind.calculate, path, "calculation")
        if calculate is not None:
            asked = body.questions.get(path)
            answered = asked is not None and asked.control is not None
            kept = answered or path in targets or "once" in calculate.functions
            repeated = any(path.startswith(f"{repeat}/") for repeat in compiler.repeats)
            yield Computation(
                ComputationKind.CALCULATE, path, calculate, kept, stored_form_for(bind.value_type), repeated
            )
    for path, repeat in body.repeats.items():
        if repeat.count is not None:
            yield Computation(ComputationKind.COUNT, path, repeat.count)


def _instance(model: ModelNode) -> Node:
    prefix, _, name = model.name.rpartition(":")
    node = Node(name, text=model.text, namespace=model.namespace, prefix=prefix)
    for attribute, value in model.attributes.items():
        node.set_attribute(attribute, value)
    for child in model.children:
        node.append(_instance(child))
    return node
