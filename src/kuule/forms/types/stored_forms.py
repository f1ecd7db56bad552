"""Which codec gives a value of a bind's type its stored form. A type that is not named here is text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kuule.forms.types import boolean, date, datetime, decimal, integer, text, time

STORED_FORMS: Mapping[str, Callable[[str], str]] = {
    "boolean": boolean.to_stored_form,
    "date": date.to_stored_form,
    "dateTime": datetime.to_stored_form,
    "decimal": decimal.to_stored_form,
    "int": integer.to_stored_form,
    "integer": integer.to_stored_form,
    "time": time.to_stored_form,
}


def stored_form_for(value_type: str) -> Callable[[str], str]:
    """The function that gives text its stored form; blank text stays blank."""
    return STORED_FORMS.get(value_type, text.to_stored_form)
