"""Texts of a form: what stands in them, and how a translation is filled with earlier answers.

A text is a template: plain pieces and outputs. In a source or a translation an output is written `${name}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_OUTPUT = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
_SIMPLE_PATH = re.compile(r"\s*(?:[\w.:/-]|current\(\))+\s*")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""Runs of space; those that do not break belong to the text, as French sets them."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+.!|~&-])")


@dataclass(frozen=True, slots=True)
class Output:
    """An earlier answer inside a text: the name it has in `${name}` and the XPath expression behind it."""

    name: str
    expression: str


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """One text in one language, as the form has it."""

    parts: tuple[str | Output, ...]

    @property
    def source(self) -> str:
        """The text as an author and a translator see it, outputs as `${name}`."""
        return "".join(part if isinstance(part, str) else f"${{{part.name}}}" for part in self.parts)

    @property
    def outputs(self) -> tuple[Output, ...]:
        return tuple(part for part in self.parts if isinstance(part, Output))


def plain_text(text: str) -> TextTemplate:
    """A text without outputs."""
    return TextTemplate((text,))


def build_template(pieces: list[tuple[str, str | None]], ending: str = "") -> TextTemplate:
    """Build a Text from (text before, output expression) pairs; spaces that a file's layout puts around it go."""
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
    """The last step of a path, or `output`; numbered where two different expressions would share a name."""
    wanted = "output"
    if _SIMPLE_PATH.fullmatch(expression):
        wanted = expression.rstrip("/").rpartition("/")[2].rpartition(":")[2].strip(".") or "output"
    name, number = wanted, 1
    while names.setdefault(name, expression) != expression:
        number += 1
        name = f"{wanted}_{number}"
    return name


def fill_outputs(text: str, value_of: Callable[[str], str | None]) -> str:
    """Put answers into a text. What a person typed is escaped, so that it stays words and never becomes Markdown.

    `value_of` gives an output's value by its name, or None for a name that the text's source does not have: that
    one stays as it is written.
    """
    if "${" not in text:
        return text

    def replaced(match: re.Match[str]) -> str:
        value = value_of(match.group(1))
        return match.group(0) if value is None else escape_markdown(value)

    return _OUTPUT.sub(replaced, text)


def escape_markdown(value: str) -> str:
    """The value with every character that Markdown or HTML could read as markup escaped; line breaks become spaces."""
    return _MARKDOWN.sub(r"\\\1", _SPACES.sub(" ", value).strip())
