"""A sheet as one page of HTML, to be printed from any browser."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from kuule.opening.key_sheet import KeySheet


def render_key_sheet_html(sheet: KeySheet) -> str:
    """The page. It loads nothing from anywhere."""
    return _template().substitute(
        title=escape(sheet.title),
        practice=f'<p class="practice">{escape(sheet.practice)}</p>' if sheet.practice else "",
        intro=escape(sheet.intro),
        facts=_pairs(sheet.facts),
        fingerprint=escape(sheet.key.fingerprint),
        fingerprint_words="<br>".join(map(escape, sheet.fingerprint_lines)),
        words_title=escape(sheet.words_title),
        words="\n".join(f"<li>{escape(word)}</li>" for word in sheet.words),
        steps=_pairs(sheet.steps),
    )


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f'<dt>{escape(term)}</dt><dd dir="auto">{escape(text)}</dd>' for term, text in pairs)


@cache
def _template() -> Template:
    return Template(Path(__file__).with_name("sheet.html").read_text(encoding="utf-8"))
