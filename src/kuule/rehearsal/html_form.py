"""Reads the form on a page: its controls, what is in them, and its buttons. HTML in, frozen data out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import lxml.html

_USABLE = (
    "(.//input|.//select|.//textarea|.//button)[@name!=''][not(@disabled)]"
    "[not(ancestor-or-self::*[@hidden][@aria-hidden='true'])]"
)
"""What can be filled in or pressed. What is hidden from everyone cannot."""


PICK = "pick:"
"""What the value of a button begins with that answers a question and goes on."""
_PICKED = "picked"
"""The class of the hidden field of such a question, which holds what was chosen before."""


class ControlKind(StrEnum):
    """What a control lets a person do. RADIO and CHECKBOX mean all boxes of one name. PICK is a question whose choices
    are buttons."""

    RADIO = "radio"
    CHECKBOX = "checkbox"
    SELECT = "select"
    TEXT = "text"
    HIDDEN = "hidden"
    PICK = "pick"


_INPUT_KINDS = {
    "radio": ControlKind.RADIO,
    "checkbox": ControlKind.CHECKBOX,
    "hidden": ControlKind.HIDDEN,
    "text": ControlKind.TEXT,
}
"""The input types that Kuule's pages have. A date picker drops what it cannot read, so dates are typed as text."""


@dataclass(frozen=True, slots=True)
class HtmlControl:
    """One control to fill in. `values` are what can be chosen, `chosen` what is chosen now, both in the page's
    order."""

    name: str
    kind: ControlKind
    values: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    required: bool = False
    max_length: int | None = None
    numeric: bool = False
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class HtmlForm:
    """A form: where it is sent, its controls (hidden ones too), and its named buttons as (name, value)."""

    action: str
    controls: tuple[HtmlControl, ...]
    buttons: tuple[tuple[str, str], ...]

    def go_values(self) -> frozenset[str]:
        """The values of the buttons called `go`."""
        return frozenset(value for name, value in self.buttons if name == "go")

    def hidden_value(self, name: str) -> str:
        """The value of a hidden control, or ""."""
        return next((c.chosen[0] for c in self.controls if c.kind is ControlKind.HIDDEN and c.name == name), "")


class UnknownControl(ValueError):
    """The page has a control that a person without script could not fill in, or that this module does not know."""


def read_form(document: lxml.html.HtmlElement, path: str) -> HtmlForm | None:
    """The form of the page that is sent by POST (the one with the most controls), or None if there is none."""
    forms = [form for form in document.forms if (form.get("method") or "").lower() == "post"]
    if not forms:
        return None
    form = max(forms, key=_size) if len(forms) > 1 else forms[0]
    elements = form.xpath(_USABLE)
    buttons = tuple((element.get("name", ""), _code(element)) for element in elements if _is_button(element))
    controls = _merged(_control(element) for element in elements if not _is_button(element))
    picks = tuple(value.removeprefix(PICK) for _, value in buttons if value.startswith(PICK))
    controls = (replace(one, values=picks) if one.kind is ControlKind.PICK else one for one in controls)
    action = (form.get("action") or path).partition("#")[0]  # what follows is the browser's alone
    return HtmlForm(action, tuple(controls), buttons)


def _size(form: lxml.html.HtmlElement) -> int:
    return len(form.xpath(".//input|.//select|.//textarea"))


def _is_button(element: lxml.html.HtmlElement) -> bool:
    return element.tag == "button" or (element.tag == "input" and element.get("type") in ("submit", "image"))


def _control(element: lxml.html.HtmlElement) -> HtmlControl:
    name, required = element.get("name", ""), element.get("required") is not None
    longest = int(element.get("maxlength", "0")) or None
    if element.tag == "textarea":
        return HtmlControl(
            name, ControlKind.TEXT, chosen=_texts(element.text_content()), required=required, max_length=longest
        )
    if element.tag == "select":
        options = element.xpath(".//option[not(@disabled)]")
        values = tuple(_code(option) for option in options)
        chosen = tuple(_code(option) for option in options if option.get("selected") is not None)
        return HtmlControl(name, ControlKind.SELECT, values, tuple(filter(None, chosen)), required)
    return _input(element, name, required, longest)


def _input(element: lxml.html.HtmlElement, name: str, required: bool, longest: int | None) -> HtmlControl:
    type_ = element.get("type", "text").lower()
    kind = _INPUT_KINDS.get(type_)
    if kind is None:
        raise UnknownControl(f"an input of type {type_!r} called {name!r}")
    value = element.get("value", "")
    if kind in (ControlKind.RADIO, ControlKind.CHECKBOX):
        code, ticked = _code(element), element.get("checked") is not None
        return HtmlControl(name, kind, (code,), (code,) if code and ticked else (), required)
    if element.get("class") == _PICKED:
        return HtmlControl(name, ControlKind.PICK, (), (value,))
    chosen = (value,) if kind is ControlKind.HIDDEN else _texts(value)
    numeric = element.get("inputmode") in ("numeric", "decimal")
    low, high = element.get("min", ""), element.get("max", "")
    return HtmlControl(name, kind, (), chosen, required, longest, numeric, low, high)


def _code(element: lxml.html.HtmlElement) -> str:
    """The value of a choice, without the spaces that make all values of a list equally long."""
    return str(element.get("value", "")).rstrip(" ")


def _texts(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _merged(controls: Iterable[HtmlControl]) -> Iterable[HtmlControl]:
    """The controls with all boxes of one name put together, at the place of the first."""
    merged: dict[str, HtmlControl] = {}
    for control in controls:
        first = merged.get(control.name)
        if first is None or (control.kind is ControlKind.HIDDEN and first.kind is not ControlKind.HIDDEN):
            merged[control.name] = control
        else:
            merged[control.name] = HtmlControl(
                control.name, control.kind, first.values + control.values, first.chosen + control.chosen,
                first.required or control.required,
            )  # fmt: skip
    return merged.values()
