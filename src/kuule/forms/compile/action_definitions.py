"""Actions: they set a value when a visit begins, when a repeat gets an instance or when an answer changes (ODK XForms,
Actions)."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.forms.compile.dependencies import ancestor_paths
from kuule.forms.compile.form_compiler import FormCompiler
from kuule.forms.model.expressions import Formula
from kuule.forms.xform.definitions import Action

FIRST_LOAD = "odk-instance-first-load"
LOAD = "odk-instance-load"
NEW_REPEAT = "odk-new-repeat"
VALUE_CHANGED = "xforms-value-changed"


@dataclass(frozen=True, slots=True)
class ActionDefinition:
    """One setvalue. `source` is the path of the control or repeat that it stands in, or "" in the model. `target` is
    the path of the node that it sets; `ref` finds that node from the source. The value is `formula`, or `literal` if
    there is none."""

    event_names: frozenset[str]
    source: str
    target: str
    ref: Formula
    formula: Formula | None
    literal: str
    relative_to_source: bool = False
    """Whether the formula is read from the source. pyxform writes it so if source and target are in different groups of
    one repeat. Everywhere else, and in the specification, it is read from the target."""


def compile_actions(actions: tuple[Action, ...], compiler: FormCompiler) -> tuple[ActionDefinition, ...]:
    """Compile the actions. A target in a repeat that does not contain the source must say which instance it means
    (FORM_021)."""
    definitions = []
    for action in actions:
        context = action.source or next(iter(compiler.paths))
        chosen = "[" in action.ref
        ref = compiler.compile_formula(action.ref, context, "setvalue", absolute=chosen)
        if ref is None:
            continue
        target = next((reading.path for reading in sorted(ref.reads, key=lambda one: -len(one.path))), context)
        _check_target(action, target, chosen, compiler)
        value = action.expression or ""
        at_source = not compiler.names_existing_nodes(value, target) and compiler.names_existing_nodes(value, context)
        formula = compiler.compile_formula(value, context if at_source else target, "setvalue")
        literal = action.literal if action.expression is None else ""
        definitions.append(
            ActionDefinition(frozenset(action.events), action.source, target, ref, formula, literal, at_source)
        )
    return tuple(definitions)


def _check_target(action: Action, target: str, chosen: bool, compiler: FormCompiler) -> None:
    if chosen or VALUE_CHANGED not in action.events:
        return
    around = {action.source, *ancestor_paths(action.source)}
    loose = [path for path in (target, *ancestor_paths(target)) if path in compiler.repeats and path not in around]
    if loose:
        compiler.add_problem(
            "FORM_021",
            f"{action.source or 'the model'}, trigger",
            f"it sets {target}, which repeats, and does not say in which instance",
            "put both into the same repeat",
        )
