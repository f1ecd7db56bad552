"""The items of a form: what a record, a codebook and the checks go by. One for each question, note and calculation."""

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
    """One item, named by its path without positions. `control` is None for notes and calculations. What is shown with
    a value and not asked (`readonly` with a calculation or a default) is a calculation, and no note.

    `choices` have their labels in the form's own language. `page_key` is the page it is asked on, `section` the path
    of its top-level group ("" outside one), `repeats` the paths of the repeats around it, outermost first.
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
    """Bytes that the value of a calculation takes at most, where its expression shows that."""

    @property
    def multiple(self) -> bool:
        """True where several choices can be given."""
        return self.control is not None and question_type(self.control).is_multiple

    @property
    def answerable(self) -> bool:
        return self.control is not None


@dataclass(frozen=True, slots=True)
class _Around:
    section: str = ""
    page: str = ""
    repeats: tuple[str, ...] = ()


_SHOWN = frozenset({"jr:choice-name", "jr:itext"})
"""Functions that give a text in the language of the person."""


def build_items(layout: BodyDefinition, compiler: FormCompiler, calculate: Mapping[str, Formula]) -> tuple[Item, ...]:
    """All items in the order of the model.

    No items: the metadata block, what is preloaded, the helpers of a repeat count, and calculations that make a text
    for showing (`display_only_paths`).
    """
    to_show = display_only_paths(calculate)
    filled = _filled(compiler) - to_show
    found = {item.path: item for item in _walk(layout.elements, _Around(), compiler, filled, depth=0)}
    helpers = {f"{path}_count" for path, loop in layout.repeats.items() if loop.count is not None}
    left_out = helpers | to_show
    for path in _kept_values(compiler):
        if path not in found and path not in left_out:
            found[path] = _calculated(path, compiler)
    return tuple(sorted(found.values(), key=lambda item: compiler.paths.get(item.path, 0)))


def display_only_paths(calculate: Mapping[str, Formula]) -> frozenset[str]:
    """Paths of calculations that give a text in the person's language: they call `jr:choice-name` or `jr:itext`, or
    read a calculation that does. Such a text says nothing that the answers do not, and would tell languages apart.
    """
    found: set[str] = set()
    waiting = {path for path, formula in calculate.items() if formula.functions & _SHOWN}
    while waiting:
        found |= waiting
        waiting = {
            path
            for path, formula in calculate.items()
            if path not in found and any(reading.path in found for reading in formula.reads)
        }
    return frozenset(found)


def _kept_values(compiler: FormCompiler) -> Iterator[str]:
    """Leaves with a bind (calculate, hidden), in no metadata block and not preloaded."""
    groups = {path.rpartition("/")[0] for path in compiler.paths}
    for path, bind in compiler.binds.items():
        if path in compiler.paths and path not in groups and not bind.preload and not is_metadata(path):
            yield path


def _filled(compiler: FormCompiler) -> frozenset[str]:
    """Paths that get a value without a person: by a calculation, a default or an action."""
    calculated = (path for path, bind in compiler.binds.items() if bind.calculate)
    set_by_actions = (action.ref for action in compiler.xform.actions)
    root = compiler.xform.root
    return frozenset([*calculated, *set_by_actions, *_with_defaults(root, f"/{root.name}")])


def _with_defaults(node: ModelNode, path: str) -> Iterator[str]:
    if node.text.strip():
        yield path
    for child in node.children:
        yield from _with_defaults(child, f"{path}/{child.name}")


def _walk(
    elements: tuple[FormElement, ...], around: _Around, compiler: FormCompiler, filled: frozenset[str], depth: int
) -> Iterator[Item]:
    for element in elements:
        if isinstance(element, QuestionDefinition):
            yield _item(element, around, compiler, shown=element.path in filled)
            continue
        section = around.section or (element.path if depth == 0 and isinstance(element, GroupDefinition) else "")
        page = around.page or (element.path if element.field_list else "")
        repeats = (*around.repeats, element.path) if isinstance(element, RepeatDefinition) else around.repeats
        yield from _walk(element.children, _Around(section, page, repeats), compiler, filled, depth + 1)


def _item(ask: QuestionDefinition, around: _Around, compiler: FormCompiler, *, shown: bool) -> Item:
    """`shown`: whether a value stands there that nobody gave, which a question that is not asked keeps."""
    unasked = ask.control is None and not ask.refused_type
    bind = compiler.binds.get(ask.path)
    keys = {
        "label": ask.label,
        "hint": ask.hint,
        "guidance_hint": ask.guidance,
        "constraint_message": ask.constraint_message,
        "required_message": ask.required_message,
    }
    return Item(
        path=ask.path,
        name=ask.path.rpartition("/")[2],
        control=ask.control,
        value_type=ask.value_type,
        list_name=None if ask.choices is None else ask.choices.list_name,
        choices=_choices(ask, compiler),
        page_key=around.page or ask.path,
        section=around.section,
        required=ask.required is not None and ask.required.text not in ("false()", "0"),
        calculated=(bind is not None and bool(bind.calculate)) or (unasked and shown),
        note=unasked and not shown,
        repeats=around.repeats,
        text_keys={kind: key for kind, key in keys.items() if key},
        appearance=ask.appearance,
        max_bytes=_room(bind),
    )


def _room(bind: Bind | None) -> int:
    return max_bytes_of(bind.calculate) if bind is not None and bind.calculate else 0


def _choices(ask: QuestionDefinition, compiler: FormCompiler) -> tuple[Choice, ...]:
    if ask.choices is None:
        return ()
    default = compiler.xform.default_language
    texts = compiler.texts
    return tuple(
        Choice(choice.value, texts[choice.key].in_language(default) if choice.key in texts else choice.value)
        for choice in ask.choices.listed
    )


def _calculated(path: str, compiler: FormCompiler) -> Item:
    return Item(
        path=path,
        name=path.rpartition("/")[2],
        control=None,
        value_type=compiler.binds[path].value_type,
        max_bytes=_room(compiler.binds[path]),
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
