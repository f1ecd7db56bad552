"""A part of a register as YAML: keys in the model's order, one item a line, long texts folded, no anchors.

What is not said is left out: keys that hold nothing, and those that hold what the model takes for granted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import BaseModel

from kuule.register.writing.plain_texts import is_plain_text

_WIDTH = 100
_BREAKS = ("\n ", "\n\t", "\x85", "\u2028", "\u2029", "\r", "\t")
"""What a folded text could not give back as it was."""
_TEXT = "tag:yaml.org,2002:str"


def yaml_text(part: BaseModel) -> str:
    """The part as YAML. What kuule.register.reading reads of it is equal to the part."""
    return str(yaml.dump(_content(part), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH))


def _content(what: Any) -> Any:
    if isinstance(what, BaseModel):
        return {name: _content(value) for name, value in what if _is_said(what, name, value)}
    if isinstance(what, Mapping):
        return {str(key): _content(value) for key, value in what.items()}
    if isinstance(what, list | tuple):
        return [_content(one) for one in what]
    return str(what) if isinstance(what, str) else what


def _is_said(part: BaseModel, name: str, value: Any) -> bool:
    """Whether a key has to be written. `kind` always: it says which of several models this is."""
    field = type(part).model_fields[name]
    return field.is_required() or name == "kind" or value != field.get_default(call_default_factory=True)


class _Dumper(yaml.SafeDumper):
    """Lists are indented, what needs quotes has double ones, nothing is an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def choose_scalar_style(self) -> str:
        style = str(super().choose_scalar_style())
        return '"' if style == "'" else style


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(_TEXT, text, style=_style(text))


def _style(text: str) -> str | None:
    if any(one in text for one in _BREAKS):
        return '"'
    if "\n" in text or (len(text) > _WIDTH and " " in text):
        return ">"
    return None if is_plain_text(text) else '"'


_Dumper.add_representer(str, _represent_text)
