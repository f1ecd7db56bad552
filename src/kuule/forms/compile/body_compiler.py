"""Compiles the body of an XForm to a BodyDefinition: what each question asks for, its texts with their keys, its
formulas."""

from __future__ import annotations

from collections import Counter

from kuule.forms.compile.form_compiler import INSTANCE_PATTERN, SINGLE_NAME_PATTERN, FormCompiler
from kuule.forms.model.body_definition import (
    BodyDefinition,
    ChoiceSource,
    FormElement,
    GroupDefinition,
    ListedChoice,
    QuestionDefinition,
    RepeatDefinition,
    containers_of,
    questions_of,
)
from kuule.forms.model.expressions import Formula
from kuule.forms.model.text_keys import IMAGE_DESCRIPTION, MEDIA_KINDS, choice_text_key, form_text_key
from kuule.forms.types.question_type import INPUT_ELEMENT, QuestionType
from kuule.forms.types.range import DEFAULT_BOUNDS
from kuule.forms.types.rating import MAX_STEPS, RATING, rating_steps
from kuule.forms.types.type_registry import find_question_type
from kuule.forms.xform.definitions import Bind, BodyControl, BodyElement, BodyGroup, BodyRepeat, TextRef
from kuule.forms.xpath.grammar.path_resolution import resolve_path
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall, PathExpression

LABEL_APPEARANCE = "label"
"""The appearance of a select that only shows the labels of its choices above a grid. It asks nothing."""
REFUSED_TYPES = frozenset({"geopoint", "geotrace", "geoshape", "binary", "barcode"})

_CHANGING = frozenset({"now", "random", "randomize", "today", "uuid"})
"""Functions by which the choices of a question differ from day to day or from visit to visit, whatever is answered."""


def compile_body(body: tuple[BodyElement, ...], compiler: FormCompiler) -> BodyDefinition:
    """Compile the body. Problems are added to the compiler."""
    elements = _elements(body, compiler)
    for path in _shared_places(elements):
        cause = "two parts of the form's body have the same node: what is answered there, and where a visit stands"
        compiler.add_check_problem("FORM_012", path, cause, "give each a node of its own")
    return BodyDefinition(
        elements,
        {question.path: question for question in questions_of(elements)},
        {one.path: one for one in containers_of(elements) if isinstance(one, RepeatDefinition)},
        {question.path: place for place, question in enumerate(questions_of(elements))},
    )


def _shared_places(elements: tuple[FormElement, ...]) -> list[str]:
    """The paths that two questions have, or two groups that are a page. XLSForm cannot write that."""
    groups = (one for one in containers_of(elements) if isinstance(one, GroupDefinition))
    pages = (group.path for group in groups if group.field_list and group.path)
    counted = Counter((*(question.path for question in questions_of(elements)), *pages))
    return [path for path, count in counted.items() if count > 1]


def _elements(body: tuple[BodyElement, ...], compiler: FormCompiler) -> tuple[FormElement, ...]:
    """Compile each element. A control whose node is not in the model is left out, as other engines do, and `kuule
    check` refuses it."""
    found = []
    for element in body:
        if isinstance(element, BodyControl) and element.ref not in compiler.paths:
            cause = "the form's body asks for a node that its model does not have"
            compiler.add_check_problem("FORM_011", element.ref, cause, "name a question that exists")
        else:
            found.append(_element(element, compiler))
    return tuple(found)


def _element(element: BodyElement, compiler: FormCompiler) -> FormElement:
    if isinstance(element, BodyControl):
        return _question(element, compiler)
    if isinstance(element, BodyRepeat):
        return _repeat(element, None, compiler)
    only = element.children[0] if len(element.children) == 1 else None
    if isinstance(only, BodyRepeat) and element.ref in ("", only.ref):
        return _repeat(only, element, compiler)  # XLSForm writes a repeat inside a group that has its label
    return GroupDefinition(
        path=element.ref,
        label=_text(compiler, element.ref, "label", element.label),
        field_list="field-list" in element.appearance,
        children=_elements(element.children, compiler),
        appearance=element.appearance,
    )


def _repeat(repeat: BodyRepeat, around: BodyGroup | None, compiler: FormCompiler) -> RepeatDefinition:
    appearance = repeat.appearance | (around.appearance if around is not None else frozenset())
    parent = repeat.ref.rpartition("/")[0]
    return RepeatDefinition(
        path=repeat.ref,
        label="" if around is None else _text(compiler, repeat.ref, "label", around.label),
        field_list="field-list" in appearance,
        count=compiler.compile_formula(repeat.count, repeat.ref, "repeat_count"),
        no_add_remove=compiler.compile_formula(repeat.no_add_remove, parent, "noAddRemove"),
        children=_elements(repeat.children, compiler),
        stated_max_instances=repeat.stated_max_instances,
        default_max_instances=repeat.default_max_instances,
    )


def _text(compiler: FormCompiler, path: str, kind: str, ref: TextRef | None) -> str:
    return compiler.add_text(form_text_key(path, kind), ref, path) if ref is not None else ""


def _question(control: BodyControl, compiler: FormCompiler) -> QuestionDefinition:
    path = control.ref
    bind = compiler.binds.get(path, Bind(path))
    steps = _rated_steps(control, compiler)
    has_list = control.itemset is not None and (control.kind != RATING.element or bool(steps))
    type_ = find_question_type(control.kind, bind.value_type, control.appearance, has_list=has_list)
    refused = _refused_type(control, bind)
    is_asked = type_ is not None and not refused and _is_asked(control, bind, type_)
    return QuestionDefinition(
        path=path,
        control=type_.control if type_ is not None and is_asked else None,
        value_type=bind.value_type,
        label=_text(compiler, path, "label", control.label),
        hint=_text(compiler, path, "hint", control.hint),
        guidance=compiler.add_guidance(form_text_key(path, "guidance_hint"), control.hint, path),
        media={
            kind: key
            for kind in (*MEDIA_KINDS, IMAGE_DESCRIPTION)
            if (key := compiler.add_media(form_text_key(path, kind), control.label, path))
        },
        appearance=control.appearance,
        choices=(steps or _choices(control, compiler)) if type_ is not None and type_.has_choices else None,
        bounds=_bounds(control) if type_ is not None and type_.has_bounds else None,
        required=compiler.compile_formula(bind.required, path, "required"),
        constraint=compiler.compile_formula(bind.constraint, path, "constraint"),
        readonly=compiler.compile_formula(bind.readonly, path, "readonly"),
        required_message=compiler.add_message(form_text_key(path, "required_message"), bind.required_message, path),
        constraint_message=compiler.add_message(
            form_text_key(path, "constraint_message"), bind.constraint_message, path
        ),
        refused_type=refused,
    )


def _is_asked(control: BodyControl, bind: Bind, type_: QuestionType) -> bool:
    """Whether a person answers the question rather than only reads it."""
    if type_.has_grid and LABEL_APPEARANCE in control.appearance:
        return False  # the column heads of a grid, which XLSForm writes as a question
    if control.kind != INPUT_ELEMENT:
        return True
    return bind.readonly not in _READ_ONLY and (not bind.calculate or bind.readonly in _WRITABLE)


_READ_ONLY = frozenset({"true()", "1"})
_WRITABLE = frozenset({"", "false()", "0"})


def _refused_type(control: BodyControl, bind: Bind) -> str:
    if control.kind == "upload":
        return "file"
    return bind.value_type if bind.value_type in REFUSED_TYPES else ""


def _bounds(control: BodyControl) -> tuple[str, str, str]:
    get = control.attributes.get
    start, end, step = DEFAULT_BOUNDS
    return (get("start") or start, get("end") or end, get("step") or step)


def _rated_steps(control: BodyControl, compiler: FormCompiler) -> ChoiceSource | None:
    """Every step of a range whose list has words for some of them; None for any other question."""
    if control.kind != RATING.element or control.itemset is None:
        return None
    match = INSTANCE_PATTERN.match(control.itemset.nodeset)
    name = "" if match is None else match.group(1)
    keys = {choice.value: choice.key for choice in compiler.lists.get(name, ())}
    steps = rating_steps(_bounds(control))
    if not steps or not keys.keys() <= set(steps):
        cause = f"its steps have words, and are not whole numbers, or more than {MAX_STEPS}"
        compiler.add_check_problem("FORM_049", control.ref, cause, "give it fewer, whole steps, or no tick_labelset")
        return None
    return ChoiceSource(name, tuple(ListedChoice(step, keys.get(step, "")) for step in steps), constant=True)


def _choices(control: BodyControl, compiler: FormCompiler) -> ChoiceSource:
    if control.itemset is None:
        name = control.ref.lstrip("/")
        for choice in control.choices:
            compiler.add_text(choice_text_key(name, choice.value), choice.label, control.ref)
        listed = tuple(ListedChoice(choice.value, choice_text_key(name, choice.value)) for choice in control.choices)
        return ChoiceSource(name, listed)
    itemset = control.itemset
    match = INSTANCE_PATTERN.match(itemset.nodeset)
    list_name = match.group(1) if match is not None and match.group(1) in compiler.lists else None
    formula = compiler.compile_formula(itemset.nodeset, control.ref, "choice_filter")
    value_name = (
        itemset.value.strip()
        if SINGLE_NAME_PATTERN.fullmatch(itemset.value.strip()) and itemset.value.strip() != "."
        else ""
    )
    inside = match.group(0) if match is not None else _path_of(formula, control.ref)
    return ChoiceSource(
        list_name=list_name,
        listed=compiler.lists.get(list_name, ()) if list_name is not None else (),
        formula=formula,
        value=compiler.compile_formula(itemset.value, inside, "choices") if not value_name else None,
        value_name=value_name,
        label=compiler.compile_formula(itemset.label, inside, "choices") if list_name is None else None,
        constant=formula is not None and not formula.reads and formula.functions.isdisjoint(_CHANGING),
    )


def _path_of(formula: Formula | None, at: str) -> str:
    """The path of the nodes that the choices come from, without predicates; "" if it is not known before evaluation."""
    expression = None if formula is None else formula.compiled.expression
    if isinstance(expression, FunctionCall) and expression.name == "randomize":
        expression = expression.arguments[0]
    return (resolve_path(expression, at) or "") if isinstance(expression, PathExpression) else ""
