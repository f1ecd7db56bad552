"""Drawing pages: Jinja2 with escaping always on, one style sheet within each page, and a policy that allows that
alone."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kuule.static_site.page_links import is_web_address, shown_host
from kuule.static_site.readable_text import remove_reordering


def page_environment(folder: Path) -> Environment:
    """The templates of a folder. A name that a page is not given is an error."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clean": remove_reordering, "plain": str, "host": shown_host}
    environment.tests["is_web"] = is_web_address
    return environment


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
