"""Runs recorded form traces through Form and Response: after each action, the state of every node is compared.

A trace agrees when every step does: values, relevance, required, readonly, violations, choices, labels, and which
nodes there are. The metadata block (`meta`) is left out: Kuule makes none, by design.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kuule.core.problems import KuuleError
from kuule.forms.compile.form import Form, compile_form
from kuule.forms.instance.form_node import FormNode
from kuule.forms.instance.localised_texts import LocalisedTexts
from kuule.forms.instance.offered_choices import offered_choices, offered_values
from kuule.forms.instance.response import Response
from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.navigation.answer_binder import constraint_holds
from kuule.forms.navigation.filled_texts import FilledTexts
from kuule.forms.navigation.page_maker import is_readonly, is_required
from kuule.forms.types import acknowledge, rank, select_many
from kuule.forms.types import range as on_range
from kuule.forms.types.type_registry import stored_form_for
from kuule.forms.types.violations import Violation
from tests.conformance.moments import NOW, TODAY
from tests.conformance.report import Outcome, Report
from tests.conformance.restoring import again, begins_restored, restored

_META = re.compile(r"^/[^/]+/(\w+:)?meta(/|$)")
_UUID = re.compile(r"uuid:[0-9a-f-]{36}")
State = dict[str, Any]


@dataclass(slots=True)
class _Run:
    form: Form
    response: Response
    language: str = ""
    expected: dict[str, State] = field(default_factory=dict)


class AnswerError(Exception):
    """An answer that does not fit, where a trace expects an error."""


def run_trace(trace: Mapping[str, Any], xform: str, *, carried: bool = False) -> Outcome:
    """Run one trace whole. With `carried` the response goes through a visit's bytes after each step, as it does where
    a person answers page by page."""
    differences: list[str] = []
    run: _Run | None = None
    for number, step in enumerate(trace["steps"]):
        wanted = step.get("error")
        try:
            run = _begin(xform, trace, step) if step["op"] == "init" else _act(run, step)
            if carried and not wanted:
                run.response = again(run.response)
        except (KuuleError, AnswerError) as error:
            if not wanted:
                differences.append(f"step {number} {step['op']}: {error}")
            break
        if wanted:
            differences.append(f"step {number} {step['op']}: expected the error {wanted!r}")
            break
        if run is not None:
            run.language = step.get("language", run.language)
            differences += [f"step {number} {step['op']}: {text}" for text in _compare(run, step)]
        if differences:
            break
    return Outcome(trace["id"], trace["group"], "; ".join(differences[:3]))


def run(data: Mapping[str, Any], *, carried: bool = False) -> Report:
    """Run every trace of a file."""
    traces = data["traces"]
    return Report(tuple(_outcome(trace, data["forms"], carried=carried) for trace in traces))


def _outcome(trace: Mapping[str, Any], forms: Mapping[str, str], *, carried: bool) -> Outcome:
    try:
        return run_trace(trace, forms[trace["form"]], carried=carried)
    except Exception as error:  # noqa: BLE001 - a trace that breaks us is a difference, and the others are run
        return Outcome(trace["id"], trace["group"], f"broke: {error!r}")


def _begin(xform: str, trace: Mapping[str, Any], step: Mapping[str, Any]) -> _Run:
    form = compile_form(xform)
    if begins_restored(trace["test"]) and step.get("instance_xml"):
        return _Run(form, restored(form, step["instance_xml"]), form.default_language)
    return _Run(form, Response.begin(form, seed=1, today=TODAY, now=NOW), form.default_language)


def _act(run: _Run | None, step: Mapping[str, Any]) -> _Run:
    if run is None:
        raise AnswerError("no form")
    response, op, arguments = run.response, step["op"], step.get("args") or []
    if op == "answer":
        place = step.get("ref") or arguments[0]
        _answer(response, place, arguments if step.get("ref") else arguments[1:])
    elif op == "createNewRepeat":
        reference = arguments[0]
        place = reference["assertCurrentReference"] if isinstance(reference, dict) else reference
        _create(response, place)
    elif op == "removeRepeat":
        node = response.node(arguments[0]) or response.node(f"{arguments[0]}[1]")
        if node is None:
            raise AnswerError(f"no instance {arguments[0]}")
        response.remove_instance(node)
    elif op == "setLanguage":
        run.language = arguments[0]
    elif op == "new_instance":
        run.response = Response.begin(run.form, seed=1, today=TODAY, now=NOW)
    run.response.recalculate()
    return run


def _create(response: Response, place: str) -> None:
    place = re.sub(r"\[\d+\]$", "", place)
    parent = response.node(place.rpartition("/")[0])
    path = re.sub(r"\[\d+\]", "", place)
    if parent is None or response.add_instance(parent, path) is None:
        raise AnswerError(f"no repeat {place}")


def _answer(response: Response, place: str, given: list[Any]) -> None:
    node = response.node(place)
    if node is None:
        raise AnswerError(f"no node {place}")
    ask = response.form.body.questions.get(node.path)
    texts = [_text(value) for value in given if value is not None]
    value = _decoded(response, ask, node, texts)
    if isinstance(value, Violation):
        raise AnswerError(f"{value.kind}")
    response.set_value(node, value)


def _text(value: Any) -> str:
    if value is True or value is False:
        return "1" if value else "0"
    return str(value)


def _decoded(response: Response, ask: QuestionDefinition | None, node: FormNode, texts: list[str]) -> str | Violation:
    stored = stored_form_for(node.definition.value_type)
    control = None if ask is None else ask.control
    if ask is not None and control is Control.SELECT_MANY:
        return select_many.decode(
            [one for text in texts for one in text.split()], offered=offered_values(response.context, ask, node)
        )
    if ask is not None and control is Control.RANK:
        return rank.decode(texts, offered=offered_values(response.context, ask, node))
    if control is Control.ACKNOWLEDGE:
        return acknowledge.decode([text for text in texts if text != "0"])
    value = stored(texts[0] if texts else "")
    if (
        ask is not None
        and control is Control.RANGE
        and ask.bounds
        and value
        and not on_range.is_on_range(value, ask.bounds)
    ):
        return ""
    return value


# State -----------------------------------------------------------------------------------------------------------


def _compare(run: _Run, step: Mapping[str, Any]) -> Iterator[str]:
    if step["op"] == "read":
        yield from _read(run, step)
        return
    if step["op"] == "init" or "nodes" in step:
        run.expected = {node["ref"]: dict(node) for node in step.get("nodes") or [] if not _META.search(node["ref"])}
    for change in step.get("changed") or []:
        if _META.search(change["ref"]):
            continue
        state = {} if change.get("new") else run.expected.setdefault(change["ref"], {})
        run.expected[change["ref"]] = {
            key: value for key, value in (state | change).items() if value is not None and key != "new"
        }
    for gone in step.get("gone") or []:
        run.expected.pop(gone, None)
    yield from _differences(run)


def _read(run: _Run, step: Mapping[str, Any]) -> Iterator[str]:
    if "value" not in step or step.get("ref") is None:
        return
    node = run.response.node(step["ref"])
    actual = "" if node is None else node.string_value()
    if not _same(step["value"], actual):
        yield f"{step['ref']}: expected {step['value']!r}, is {actual!r}"


def _differences(run: _Run) -> Iterator[str]:
    actual = {node.instance_path: node for node in run.response.all_nodes() if not _META.search(node.instance_path)}
    for ref, wanted in run.expected.items():
        if str(wanted.get("type", "")).startswith("repeat-range"):
            continue
        node = actual.pop(ref, None)
        if node is None:
            yield f"{ref}: expected, is not there"
        else:
            yield from (f"{ref} {text}" for text in _node_differences(run, node, wanted))
    root = run.response.root.instance_path
    for ref in actual:
        if ref != root:
            yield f"{ref}: is there, not expected"


def _node_differences(run: _Run, node: FormNode, wanted: State) -> Iterator[str]:
    ask = run.response.form.body.questions.get(node.path)
    found: State = {"relevant": node.relevant}
    if node.definition.is_leaf:
        found["value"] = node.text
    if ask is not None:
        found |= _asked(run, ask, node)
    for name, default in (
        ("relevant", True),
        ("value", None),
        ("required", False),
        ("readonly", False),
        ("violation", None),
    ):
        if name == "value" and "value" not in wanted:
            continue
        if name == "readonly" and ask is None:
            continue  # nobody could write there anyway
        expected = wanted.get(name, default)
        is_there = found.get(name, default)
        if not (_same(expected, is_there) if name == "value" else expected == is_there):
            yield f"{name}: expected {expected!r}, is {is_there!r}"
    for name in ("label", "hint", "violation_message"):
        if name in wanted and _plain(wanted[name]) != _plain(found.get(name, _group_label(run, node))):
            yield f"{name}: expected {wanted[name]!r}, is {found.get(name)!r}"
    if "options" in wanted and [list(map(_plain, pair)) for pair in wanted["options"]] != found.get("options"):
        yield f"options: expected {wanted['options']!r}, is {found.get('options')!r}"


def _asked(run: _Run, ask: QuestionDefinition, node: FormNode) -> State:
    response = run.response
    words = FilledTexts(response, LocalisedTexts(response.form, _own_texts(response.form, run.language)))
    found: State = {
        "label": words.text(ask.label, node),
        "hint": words.text(ask.hint, node),
        "required": is_required(response, ask, node),
        "readonly": is_readonly(response, ask, node),
    }
    if node.relevant and not node.text and found["required"]:
        found["violation"] = "required"
        found["violation_message"] = words.text(ask.required_message, node) or "Condition not satisfied: required"
    elif node.relevant and not constraint_holds(response, ask, node):
        found["violation"] = "constraint"
        found["violation_message"] = words.text(ask.constraint_message, node) or "Condition not satisfied: constraint"
    if ask.choices is not None:
        found["options"] = [
            [_plain(offer.value), _plain(words.text(offer.key, node) if offer.key else offer.label)]
            for offer in offered_choices(response.context, ask, node)
        ]
    return found


def _own_texts(form: Form, language: str) -> dict[str, str]:
    """The texts that the form itself has in a language (itext), by key."""
    return {key: text.in_language(language) for key, text in form.texts.items() if text.languages}


def _group_label(run: _Run, node: FormNode) -> str:
    words = FilledTexts(run.response, LocalisedTexts(run.form, _own_texts(run.form, run.language)))
    for element in _groups(run.form.body.elements):
        if element.path == node.path and element.label:
            return words.text(element.label, node)
    return ""


def _groups(elements: Any) -> Iterator[Any]:
    for element in elements:
        if not isinstance(element, QuestionDefinition):
            yield element
            yield from _groups(element.children)


def _plain(text: object) -> str:
    """Without what only differs in showing: spaces, and the escapes that keep an answer from being Markdown."""
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", str(text or "")).split())


def _same(expected: object, actual: object) -> bool:
    wanted, found = str(expected if expected is not None else ""), str(actual if actual is not None else "")
    return wanted == found or (wanted == "uuid:*" and bool(_UUID.fullmatch(found)))
