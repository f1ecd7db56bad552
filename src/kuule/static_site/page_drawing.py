"""Drawing pages: Jinja2 with escaping always on, one style sheet within each page, and a policy that allows that
alone."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import block_html, inline_html
from kuule.static_site.page_links import is_web_address, shown_host
from kuule.static_site.readable_text import remove_reordering

_SHARED = Path(__file__).parent / "templates"


def page_environment(folder: Path) -> Environment:
    """The templates of a folder, with what pages that nobody is to find by searching have in their head
    (`unlisted_head.html`, which is given `style_hash`). A name that a page is not given is an error."""
    environment = Environment(
        loader=FileSystemLoader([folder, _SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clean": remove_reordering, "plain": str, "host": shown_host}
    environment.filters |= {"inline": inline_html, "prose": prose_html, "apart": language_attributes}
    environment.tests["is_web"] = is_web_address
    return environment


def prose_html(text: str) -> str:
    """Markdown as HTML. Authors wrap the text of a report as they like, so its lines flow."""
    return block_html(text, heading_shift=1).replace("<br />\n", "\n")


def language_attributes(tag: str) -> Markup:
    """The attributes of a text that is not in the language of the page; none for ""."""
    return Markup(' lang="{}" dir="{}"').format(tag, find_language(tag).direction) if tag else Markup()


def policy_hash(style: str) -> str:
    """What the policy of a page calls its style sheet: it allows that one and nothing else."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def common_style() -> str:
    """The style that all sites have: colours, letters, the head and the end of a page, and paper."""
    return (Path(__file__).parent / "common.css").read_text("utf-8")


def css_string(text: str) -> str:
    """A text as a string of CSS within an element `style`: whatever could end either is written by its number."""
    return "'" + re.sub(r"[^\w .,-]", lambda found: f"\\{ord(found[0]):x} ", text) + "'"
