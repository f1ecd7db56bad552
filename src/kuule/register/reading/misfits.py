"""What does not fit where it stands, in words: what is wrong with it, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kuule.core.suggestions import did_you_mean

Misfit = tuple[str, str]
"""Cause and remedy."""
_QUOTED = re.compile(r"'([^']*)'")
_PATTERNS = {
    r"^[^\n]+$": ("it has more than one line", "write it on one line; notes: takes more"),
    r"^[0-9a-f]{64}$": ("a SHA-256 has 64 digits, 0 to 9 and a to f", "write all of them"),
}
"""By pattern of the model; any other is that of an id."""


def misfit_words(error: Mapping[str, Any]) -> Misfit:
    """The words for an error of pydantic."""
    if error["input"] is None:
        return "there is nothing after the colon", "write what it is, or take the key away"
    words = _WORDS.get(error["type"])
    if words is None:
        message = str(error["msg"])
        return f"{_shown(error['input'])}: {message[0].lower()}{message[1:]}", "write what is asked for"
    return words(error["input"], error.get("ctx") or {})


def _shown(content: Any) -> str:
    if isinstance(content, dict):
        return "a list of keys"
    return "a list" if isinstance(content, list) else repr(content)


def _not_listed(content: Any, context: Mapping[str, Any]) -> Misfit:
    expected = _QUOTED.findall(str(context.get("expected", "")))
    written = str(content)
    return f"{written!r} is none of {', '.join(expected)}", did_you_mean(written, expected, "write one of these")


def _no_tag(_content: Any, context: Mapping[str, Any]) -> Misfit:
    expected = _QUOTED.findall(str(context["expected_tags"]))
    tag = str(context["tag"])
    return f"{tag!r} is none of {', '.join(expected)}", did_you_mean(tag, expected, "write one of these")


def _pattern(content: Any, context: Mapping[str, Any]) -> Misfit:
    of_id = (f"{content!r} is no id", "write small letters, digits, and hyphens between them: tier-2")
    return _PATTERNS.get(context["pattern"], of_id)


def _said(cause: str, remedy: str) -> Callable[[Any, Mapping[str, Any]], Misfit]:
    """The same words for whatever stands there; `{}` is that."""
    return lambda content, _context: (cause.format(_shown(content)), remedy)


def _value(_content: Any, context: Mapping[str, Any]) -> Misfit:
    return str(context["error"]), "correct it here"


def _long(content: Any, context: Mapping[str, Any]) -> Misfit:
    cause = f"the text has {len(content)} characters, and there is room for {context['max_length']}"
    return cause, "say it shorter"


_NO_DAY = _said("{} is no day", "write the day as 2026-05-31")
_KEYS = _said("keys are asked for here, and this is {}", "write the keys that belong here, each on a line of its own")
_NUMBER = _said("{} is no whole number", "write it in digits: 20")
_WORDS: Mapping[str, Callable[[Any, Mapping[str, Any]], Misfit]] = {
    "value_error": _value,
    "enum": _not_listed,
    "literal_error": _not_listed,
    "union_tag_invalid": _no_tag,
    "string_pattern_mismatch": _pattern,
    "string_too_long": _long,
    "string_too_short": _said("the text is empty", "write what it is, or take the key away"),
    "string_type": _said("a text is asked for, and this is {}", "write it as a text"),
    "tuple_type": _said("a list is asked for, and this is {}", "write each item on a line of its own, behind a hyphen"),
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "too_short": _said("the list is empty", "write at least one item"),
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "float_parsing": _said("{} is no number", "write it in digits: 0.05"),
    "bool_parsing": _said("{} is neither true nor false", "write true or false, or take the key away"),
    "bool_type": _said("{} is neither true nor false", "write true or false, or take the key away"),
    "greater_than_equal": lambda content, context: (f"{content} is less than {context['ge']}", "write a larger number"),
    "greater_than": lambda content, context: (f"{content} is not more than {context['gt']}", "write a larger number"),
    "less_than_equal": lambda content, context: (f"{content} is more than {context['le']}", "write a smaller number"),
    "less_than": lambda content, context: (f"{content} is not less than {context['lt']}", "write a smaller number"),
    "date_parsing": _NO_DAY,
    "date_from_datetime_parsing": _NO_DAY,
    "date_type": _NO_DAY,
    "datetime_from_date_parsing": _NO_DAY,
    "datetime_parsing": _said("{} is no time", "write the time as 2026-05-31T10:00:00"),
    "datetime_type": _NO_DAY,
}
"""By pydantic's type of an error."""
