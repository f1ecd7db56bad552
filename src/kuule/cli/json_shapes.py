"""What the shapes of results are made of: small pieces of JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ResultShape = Mapping[str, Any]
TEXT: ResultShape = {"type": "string"}
COUNT: ResultShape = {"type": "integer", "minimum": 0}
FLAG: ResultShape = {"type": "boolean"}
FIGURE: ResultShape = {"type": ["number", "null"]}
MAYBE: ResultShape = {"type": ["string", "null"]}
COUNTS: ResultShape = {"type": "object", "additionalProperties": COUNT}
ANY: ResultShape = {"type": "object"}


def many(one: ResultShape) -> ResultShape:
    """A list."""
    return {"type": "array", "items": one}


def fields(**known: ResultShape) -> ResultShape:
    """An object with exactly these fields."""
    return {"type": "object", "properties": known, "required": list(known), "additionalProperties": False}


def either(*shapes: ResultShape) -> ResultShape:
    """One of several, which depends on the options."""
    return {"anyOf": list(shapes)}


def texts(*names: str) -> ResultShape:
    """A list of objects whose fields are all texts."""
    return many(fields(**dict.fromkeys(names, TEXT)))
