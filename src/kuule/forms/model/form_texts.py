"""The texts of a form, and how a text or its translation is filled with earlier answers.

A text is a template of plain pieces and outputs. In a source or a translation, an output is written `${name}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_OUTPUT = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
_SIMPLE_PATH = re.compile(r"\s*(?:[\w.:/-]|current\(\))+\s*")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""Runs of spaces. Non-breaking spaces are not among them: French needs them in its texts."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+.!|~&-])")


@dataclass(frozen=True, slots=True)
class Output:
    """An earlier answer inside a text: its name in `${name}`, and the XPath expression that gives its value."""

    name: str
    expression: str


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """One text in one language, as the form has it."""

    parts: tuple[str | Output, ...]

    @property
    def source(self) -> str:
        """The text as an author or a translator sees it, with outputs written `${name}`."""
        return "".join(part if isinstance(part, str) else f"${{{part.name}}}" for part in self.parts)

    @property
    def outputs(self) -> tuple[Output, ...]:
        return tuple(part for part in self.parts if isinstance(part, Output))


def plain_text(text: str) -> TextTemplate:
    """A text without outputs."""
    return TextTemplate((text,))


def build_template(pieces: list[tuple[str, str | None]], ending: str = "") -> TextTemplate:
    """Build a TextTemplate from pairs (text before, expression of the output). Spaces at its beginning and end are
    dropped, since they come from the layout of the file."""
    parts: list[str | Output] = []
    names: dict[str, str] = {}
    for before, expression in pieces:
        parts.append(before)
        if expression is not None:
            parts.append(Output(_name_for(expression.strip(), names), expression.strip()))
    parts.append(ending)
    if isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return TextTemplate(tuple(part for part in parts if part != ""))


def _name_for(expression: str, names: dict[str, str]) -> str:
    """The name of an output: the last step of its path, or `output`. A number is added if another expression has the
    name."""
    wanted = "output"
    if _SIMPLE_PATH.fullmatch(expression):
        wanted = expression.rstrip("/").rpartition("/")[2].rpartition(":")[2].strip(".") or "output"
    name, number = wanted, 1
    while names.setdefault(name, expression) != expression:
        number += 1
        name = f"{wanted}_{number}"
    return name


def fill_outputs(text: str, value_of: Callable[[str], str | None]) -> str:
    """Fill a text with answers. They are escaped, so that what a person typed never becomes Markdown.

    `value_of` gives the value of an output by its name, or None for a name that the source text does not have; that
    output then stays as it is written.
    """
    if "${" not in text:
        return text

    def replaced(match: re.Match[str]) -> str:
        value = value_of(match.group(1))
        return match.group(0) if value is None else escape_markdown(value)

    return _OUTPUT.sub(replaced, text)


def escape_markdown(value: str) -> str:
    """The value with every character escaped that Markdown or HTML could read as markup. Line breaks become spaces."""
    return _MARKDOWN.sub(r"\\\1", _SPACES.sub(" ", value).strip())
