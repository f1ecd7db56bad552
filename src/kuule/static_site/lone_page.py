"""A page that lies alone: one file of HTML without script, with nothing from elsewhere, to be kept, sent or printed."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html
from lxml.html import HtmlElement, builder

from kuule.core.palette import DARK, LIGHT

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_COLOURS = ("paper", "ink", "soft", "hair", "deep", "honey", "sand")


def lone_page(title: str, body: Iterable[HtmlElement], *, width: int, style: str = "") -> bytes:
    """The page in English, as UTF-8. `title` is its heading too; `width`: that of its text, in rem; `style`: further
    rules."""
    head = builder.HEAD(
        builder.META(charset="utf-8"),
        builder.META({"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        builder.META(name="viewport", content="width=device-width, initial-scale=1"),
        builder.META(name="referrer", content="no-referrer"),
        builder.TITLE(title),
        builder.STYLE(_common_style(width) + style),
    )
    page = builder.HTML(head, builder.BODY(builder.MAIN(builder.H1(title), *body)), lang="en")
    whole: bytes = html.tostring(page, doctype="<!doctype html>", encoding="utf-8", pretty_print=True)
    return whole


def _common_style(width: int) -> str:
    """On a narrow screen each row of a table is a block of its own."""

    def colours(scheme: dict[str, str]) -> str:
        return "".join(f"--{name}:{scheme[name]};" for name in _COLOURS)

    return (
        f":root{{color-scheme:light dark;{colours(LIGHT)}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{colours(DARK)}}}}}"
        "body{background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;margin:0}"
        f"main{{max-width:{width}rem;margin:0 auto;padding:1.5rem 1rem 3rem}}"
        "h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem}"
        "h1,th,td,li,dd,p,code{overflow-wrap:anywhere}"
        "table{border-collapse:collapse;width:100%}"
        "th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--hair)}"
        "@media(max-width:34rem){thead{position:absolute;clip-path:inset(50%)}"
        "tr,th,td{display:block;border:0;padding:0}tr{border-bottom:1px solid var(--hair);padding:.6rem 0}}"
    )
