"""The items of a form, one for each question, note and calculation. Records, codebooks and checks use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.forms.compile.byte_bounds import max_bytes_of
from kuule.forms.compile.form_compiler import FormCompiler
from kuule.forms.compile.model_definition import is_metadata
from kuule.forms.model.body_definition import (
    BodyDefinition,
    FormElement,
    GroupDefinition,
    QuestionDefinition,
    RepeatDefinition,
)
from kuule.forms.model.choices import Choice
from kuule.forms.model.controls import Control
from kuule.forms.model.expressions import Formula
from kuule.forms.types.type_registry import question_type
from kuule.forms.xform.definitions import Bind, ModelNode


@dataclass(frozen=True, slots=True)
class Item:
    """One item, named by its path without positions. `control` is None for notes and calculations. A question that is
    not asked but shows a value (`readonly` with a calculation or a default) counts as a calculation and not as a note.

    `choices` have their labels in the form's own language. `page_key` is the key of its page, `section` the path of its
    top-level group ("" outside one), `repeats` the paths of the repeats around it, outermost first.
    """

    path: str
    name: str
    control: Control | None
    value_type: str
    list_name: str | None
    choices: tuple[Choice, ...]
    page_key: str
    section: str
    required: bool
    calculated: bool
    note: bool
    repeats: tuple[str, ...]
    text_keys: Mapping[str, str]
    appearance: frozenset[str]
    max_bytes: int = 0
    """The most bytes that the value of a calculation takes, or 0 if its expression does not show it."""

    @property
    def multiple(self) -> bool:
        """Whether several choices can be given."""
        return self.control is not None and question_type(self.control).is_multiple

    @property
    def answerable(self) -> bool:
        return self.control is not None


@dataclass(frozen=True, slots=True)
class _Enclosing:
    section: str = ""
    page: str = ""
    repeats: tuple[str, ...] = ()


_DISPLAY_FUNCTIONS = frozenset({"jr:choice-name", "jr:itext"})
"""Functions that give a text in the respondent's language."""


def build_items(body: BodyDefinition, compiler: FormCompiler, calculate: Mapping[str, Formula]) -> tuple[Item, ...]:
    """All items in the order of the model.

    These are not items: the metadata block, preloaded values, the helper nodes of repeat counts, and calculations that
    make a text to show (`display_only_paths`).
    """
    to_show = display_only_paths(calculate)
    filled = _filled(compiler) - to_show
    found = {item.path: item for item in _items_of(body.elements, _Enclosing(), compiler, filled, depth=0)}
    helpers = {f"{path}_count" for path, repeat in body.repeats.items() if repeat.count is not None}
    left_out = helpers | to_show
    for path in _kept_values(compiler):
        if path not in found and path not in left_out:
            found[path] = _calculated(path, compiler)
    return tuple(sorted(found.values(), key=lambda item: compiler.paths.get(item.path, 0)))


def display_only_paths(calculate: Mapping[str, Formula]) -> frozenset[str]:
    """Paths of calculations that give a text in the respondent's language: they call `jr:choice-name` or `jr:itext`, or
    read a calculation that does. Such a text adds nothing to the answers and would reveal the language, so it is not
    recorded."""
    found: set[str] = set()
    waiting = {path for path, formula in calculate.items() if formula.functions & _DISPLAY_FUNCTIONS}
    while waiting:
        found |= waiting
        waiting = {
            path
            for path, formula in calculate.items()
            if path not in found and any(reading.path in found for reading in formula.reads)
        }
    return frozenset(found)


def _kept_values(compiler: FormCompiler) -> Iterator[str]:
    """Leaves with a bind (calculated or hidden) that are not in the metadata block and not preloaded."""
    groups = {path.rpartition("/")[0] for path in compiler.paths}
    for path, bind in compiler.binds.items():
        if path in compiler.paths and path not in groups and not bind.preload and not is_metadata(path):
            yield path


def _filled(compiler: FormCompiler) -> frozenset[str]:
    """Paths of nodes that get a value without a person: by a calculation, a default or an action."""
    calculated = (path for path, bind in compiler.binds.items() if bind.calculate)
    set_by_actions = (action.ref for action in compiler.xform.actions)
    root = compiler.xform.root
    return frozenset([*calculated, *set_by_actions, *_with_defaults(root, f"/{root.name}")])


def _with_defaults(node: ModelNode, path: str) -> Iterator[str]:
    if node.text.strip():
        yield path
    for child in node.children:
        yield from _with_defaults(child, f"{path}/{child.name}")


def _items_of(
    elements: tuple[FormElement, ...], enclosing: _Enclosing, compiler: FormCompiler, filled: frozenset[str], depth: int
) -> Iterator[Item]:
    for element in elements:
        if isinstance(element, QuestionDefinition):
            yield _item(element, enclosing, compiler, has_value=element.path in filled)
            continue
        section = enclosing.section or (element.path if depth == 0 and isinstance(element, GroupDefinition) else "")
        page = enclosing.page or (element.path if element.field_list else "")
        repeats = (*enclosing.repeats, element.path) if isinstance(element, RepeatDefinition) else enclosing.repeats
        yield from _items_of(element.children, _Enclosing(section, page, repeats), compiler, filled, depth + 1)


def _item(question: QuestionDefinition, enclosing: _Enclosing, compiler: FormCompiler, *, has_value: bool) -> Item:
    """`has_value`: whether the node has a value that nobody gave. If the question is not asked, that value is kept."""
    unasked = question.control is None and not question.refused_type
    bind = compiler.binds.get(question.path)
    keys = {
        "label": question.label,
        "hint": question.hint,
        "guidance_hint": question.guidance,
        "constraint_message": question.constraint_message,
        "required_message": question.required_message,
    }
    return Item(
        path=question.path,
        name=question.path.rpartition("/")[2],
        control=question.control,
        value_type=question.value_type,
        list_name=None if question.choices is None else question.choices.list_name,
        choices=_choices(question, compiler),
        page_key=enclosing.page or question.path,
        section=enclosing.section,
        required=question.required is not None and question.required.text not in ("false()", "0"),
        calculated=(bind is not None and bool(bind.calculate)) or (unasked and has_value),
        note=unasked and not has_value,
        repeats=enclosing.repeats,
        text_keys={kind: key for kind, key in keys.items() if key},
        appearance=question.appearance,
        max_bytes=_max_bytes(bind),
    )


def _max_bytes(bind: Bind | None) -> int:
    return max_bytes_of(bind.calculate) if bind is not None and bind.calculate else 0


def _choices(question: QuestionDefinition, compiler: FormCompiler) -> tuple[Choice, ...]:
    if question.choices is None:
        return ()
    default = compiler.xform.default_language
    texts = compiler.texts
    return tuple(
        Choice(choice.value, texts[choice.key].in_language(default) if choice.key in texts else choice.value)
        for choice in question.choices.listed
    )


def _calculated(path: str, compiler: FormCompiler) -> Item:
    return Item(
        path=path,
        name=path.rpartition("/")[2],
        control=None,
        value_type=compiler.binds[path].value_type,
        max_bytes=_max_bytes(compiler.binds[path]),
        list_name=None,
        choices=(),
        page_key="",
        section="",
        required=False,
        calculated=True,
        note=False,
        repeats=tuple(repeat for repeat in sorted(compiler.repeats) if path.startswith(f"{repeat}/")),
        text_keys={},
        appearance=frozenset(),
    )
