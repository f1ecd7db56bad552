"""A certificate as one page of HTML, without script and without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement, builder

from kuule.core.palette import DARK, LIGHT
from kuule.destruction.certificate import DestructionCertificate
from kuule.destruction.certificate_words import (
    HOW_SIGNED,
    SMALL_PRINT,
    CertificateTable,
    certificate_facts,
    certificate_tables,
    certificate_title,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_COLOURS = ("paper", "ink", "soft", "hair", "deep")


def certificate_html(certificate: DestructionCertificate) -> bytes:
    """The page, as UTF-8."""
    title = certificate_title(certificate)
    head = builder.HEAD(
        builder.META(charset="utf-8"),
        builder.META({"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        builder.META(name="viewport", content="width=device-width, initial-scale=1"),
        builder.META(name="referrer", content="no-referrer"),
        builder.TITLE(title),
        builder.STYLE(_style()),
    )
    page = builder.HTML(head, builder.BODY(builder.MAIN(builder.H1(title), *_body(certificate))), lang="en")
    whole: bytes = html.tostring(page, doctype="<!doctype html>", encoding="utf-8", pretty_print=True)
    return whole


def _body(certificate: DestructionCertificate) -> Iterator[HtmlElement]:
    facts = [part for name, value in certificate_facts(certificate) for part in (builder.DT(name), builder.DD(value))]
    yield builder.DL(*facts)
    for table in certificate_tables(certificate):
        yield builder.H2(table.title)
        yield _table(table)
    yield builder.H2("What this cannot say")
    yield builder.UL(*map(builder.LI, SMALL_PRINT))
    yield builder.H2("Signatures")
    yield builder.P(HOW_SIGNED)


def _table(table: CertificateTable) -> HtmlElement:
    head = builder.THEAD(builder.TR(*(builder.TH(name, scope="col") for name in table.head)))
    rows = []
    for row in table.rows:
        cells = [builder.CODE(text) if place in table.mono else text for place, text in enumerate(row)]
        rows.append(builder.TR(builder.TH(cells[0], scope="row"), *map(builder.TD, cells[1:])))
    return builder.TABLE(head, builder.TBODY(*rows))


def _style() -> str:
    def colours(scheme: dict[str, str]) -> str:
        return "".join(f"--{name}:{scheme[name]};" for name in _COLOURS)

    return (
        f":root{{color-scheme:light dark;{colours(LIGHT)}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{colours(DARK)}}}}}"
        "body{background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;margin:0}"
        "main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem}"
        "h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem;color:var(--deep)}"
        "dt{color:var(--soft);font-size:.9rem}dd{margin:0 0 .6rem}"
        "h1,th,td,li,dd,code{overflow-wrap:anywhere}"
        "table{border-collapse:collapse;width:100%}th{font-weight:600}"
        "th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--hair)}"
        "thead th{color:var(--soft);font-size:.9rem}"
        "@media(max-width:34rem){thead{position:absolute;clip-path:inset(50%)}"
        "tr,th,td{display:block;border:0;padding:0}tr{border-bottom:1px solid var(--hair);padding:.6rem 0}}"
        "@media print{body{font-size:10pt}}"
    )
