"""A certificate as one page of HTML, without script and without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement, builder

from kuule.destruction.certificate import DestructionCertificate
from kuule.destruction.certificate_words import (
    HOW_SIGNED,
    SMALL_PRINT,
    CertificateTable,
    certificate_facts,
    certificate_tables,
    certificate_title,
)
from kuule.static_site.lone_page import lone_page

_STYLE = (
    "h2{color:var(--deep)}dt{color:var(--soft);font-size:.9rem}dd{margin:0 0 .6rem}"
    "th{font-weight:600}thead th{color:var(--soft);font-size:.9rem}@media print{body{font-size:10pt}}"
)


def certificate_html(certificate: DestructionCertificate) -> bytes:
    """The page, as UTF-8."""
    return lone_page(certificate_title(certificate), _body(certificate), width=60, style=_STYLE)


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
