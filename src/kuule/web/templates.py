"""Jinja2 for both sites: escaping is always on, and a missing name is an error instead of an empty string."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.template import engines
from jinja2 import BaseLoader, DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from kuule.languages.cldr.locale_formats import format_day, list_mark
from kuule.languages.cldr.tags import locale_of
from kuule.languages.hyphenation.soft_hyphens import SOFT_HYPHEN
from kuule.languages.markup.fallback_text import with_language_attribute
from kuule.languages.markup.markdown import block_html, inline_html
from kuule.web.length_hiding.field_padding import BUTTON_WIDTH, pad_value


def environment(**options: Any) -> Environment:
    """The environment for Django's Jinja2 backend.

    Filters: `inline`, `block` (Markdown as safe HTML), `plain` (a text in an attribute or an option, where no element
    can name its language), `spoken` (the name of a language), `day`, `list_mark` (what stands between things in a
    row, by the tag of the language), `padded` (a value padded to a width), `move` (the
    value of a button, padded). `untagged` leaves the words of HTML, `striptags` takes out soft hyphens too:
    for an option, and for what is only heard.
    """
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=True)
    made = Environment(**options)  # noqa: S701 - autoescape is set above
    if made.loader is not None:
        made.loader = _in_memory(made, made.loader)
    made.filters["inline"] = inline
    made.filters["block"] = lambda text: Markup(with_language_attribute(block_html(text, new_page=True), text, "div"))  # noqa: S704 - as inline
    made.filters["plain"] = str
    made.filters["untagged"] = made.filters["striptags"]
    made.filters["striptags"] = _without_tags
    made.filters["spoken"] = _spoken
    made.filters["day"] = format_day
    made.filters["list_mark"] = list_mark
    made.filters["padded"] = pad_value
    made.filters["move"] = lambda go: pad_value(go, BUTTON_WIDTH)
    return made


def inline(text: str) -> Markup:
    """One line of Markdown as HTML, inside an element that declares its language if that is not the language of the
    page."""
    return Markup(with_language_attribute(inline_html(text, new_page=True), text))  # noqa: S704 - safe by languages.markup.markdown


def _without_tags(text: Markup) -> str:
    return Markup(text).striptags().replace(SOFT_HYPHEN, "")  # noqa: S704 - no HTML any more: a plain text


def _spoken(given: str, tag: str) -> str:
    """The name of a language for a reader of `tag`, if `given` is a tag; otherwise `given` as it was written."""
    return str(locale_of(tag).languages.get(given, given))


def load_templates() -> None:
    """Read the templates of this process now. Whoever upgrades replaces files while a server still runs, which would
    else read one of another version when a page first needs it. They are compiled when they are needed."""
    engines.all()


def _in_memory(made: Environment, loader: BaseLoader) -> DictLoader:
    """The templates of an environment, as they are now."""
    return DictLoader({name: loader.get_source(made, name)[0] for name in made.list_templates()})


def templates_setting(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """The value of Django's TEMPLATES: only Jinja2, reading from `folders`."""
    return [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": [str(folder) for folder in folders],
            "APP_DIRS": False,
            "OPTIONS": {"environment": "kuule.web.templates.environment", "auto_reload": False},
        }
    ]
