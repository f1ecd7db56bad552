"""Which codec gives a value of a bind's type its stored form. A type that is not named here is text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kuule.forms.codecs import boolean, date, datetime, decimal, integer, text, time

STORED: Mapping[str, Callable[[str], str]] = {
    "boolean": boolean.stored,
    "date": date.stored,
    "dateTime": datetime.stored,
    "decimal": decimal.stored,
    "int": integer.stored,
    "integer": integer.stored,
    "time": time.stored,
}


def stored_form(value_type: str) -> Callable[[str], str]:
    """The function that gives text its stored form; blank text stays blank."""
    return STORED.get(value_type, text.stored)
