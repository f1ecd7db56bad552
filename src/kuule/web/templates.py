"""Jinja2 for both sites: escaping always on, a missing name is a bug and not an empty string."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.tags import locale_of
from kuule.languages.markup.fallback_text import with_language_attribute
from kuule.languages.markup.markdown import block_html, inline_html
from kuule.web.length_hiding.field_padding import BUTTON_WIDTH, pad_value


def environment(**options: Any) -> Environment:
    """For Django's Jinja2 backend.

    Filters: `inline`, `block` (safe HTML of Markdown), `plain` (a text in an attribute or an option, where no element
    can say its language), `spoken`, `day`, `padded`, `move`.
    """
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=True)
    made = Environment(**options)  # noqa: S701 - autoescape is set above
    made.filters["inline"] = inline
    made.filters["block"] = lambda text: Markup(with_language_attribute(block_html(text, new_page=True), text, "div"))  # noqa: S704 - as inline
    made.filters["plain"] = str
    made.filters["spoken"] = _spoken
    made.filters["day"] = format_day
    made.filters["padded"] = pad_value
    made.filters["move"] = lambda go: pad_value(go, BUTTON_WIDTH)
    return made


def inline(text: str) -> Markup:
    """One line of Markdown as HTML, within an element that says its language where that is not the page's."""
    return Markup(with_language_attribute(inline_html(text, new_page=True), text))  # noqa: S704 - safe by languages.markdown


def _spoken(given: str, tag: str) -> str:
    """A language's name for a reader of `tag` where it is given as a tag; else as it was written."""
    return str(locale_of(tag).languages.get(given, given))


def templates_setting(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """Django's TEMPLATES: Jinja2 alone, reading from `folders`."""
    return [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": [str(folder) for folder in folders],
            "APP_DIRS": False,
            "OPTIONS": {"environment": "kuule.web.templates.environment", "auto_reload": False},
        }
    ]
