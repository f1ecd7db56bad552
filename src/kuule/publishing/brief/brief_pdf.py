"""A brief as tagged PDF (PDF/UA-1) on two pages, set by Typst inside this process.

The type gets smaller until the brief fits, down to a size that can still be read; what does not fit then is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kuule.core.palette import LIGHT, REPORT_CHART
from kuule.core.problems import Problem, PublishingError
from kuule.languages.cldr.numbers import format_number
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import MarkdownNode, block_tree, inline_tree
from kuule.publishing.brief.brief_view import CITED, CITED_END, BriefSection, BriefView
from kuule.publishing.brief.brief_words import BriefSaid
from kuule.publishing.brief.law_view import BriefReading
from kuule.publishing.typesetter import installed_font_families, typeset_pdf
from kuule.publishing.watermark import WATERMARK_TEMPLATE, watermark_outlines
from kuule.typesetting.packed_pdf import packed_pdf
from kuule.typesetting.typst_documents import with_prose

JsonValue = dict[str, object]
PDF_FILE = "brief.pdf"
MOST_PAGES = 2
_TEMPLATE = Path(__file__).parent / "templates" / "brief.typ"
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
"""The sizes of type that are tried, in points."""
_PAGE = re.compile(rb"/Type\s*/Page\b")
_CITATION = re.compile(f"{CITED}([0-9]+){CITED_END}")


def brief_pdf(view: BriefView) -> bytes:
    """The bytes of the PDF. Raises PublishingError BRIEF_030 if it does not fit two pages, and REPORT_040 to REPORT_042
    as a report's PDF does."""
    content = _content(view)
    template, pages = with_prose(WATERMARK_TEMPLATE + _TEMPLATE.read_bytes()), 0
    for size in _SIZES:
        pdf = typeset_pdf(template, {**content, "size": size}, PDF_FILE)
        pages = len(_PAGE.findall(pdf))
        if pages <= MOST_PAGES:
            return packed_pdf(pdf)
    cause = f"it takes {pages} pages at the smallest type, and a brief has {MOST_PAGES}"
    remedy = "shorten the text, or leave out a chart or a table"
    raise PublishingError(Problem("BRIEF_030", PDF_FILE, cause, remedy))


def _content(view: BriefView) -> JsonValue:
    sans, serif = installed_font_families(PDF_FILE)
    paints = {name: LIGHT[name] for name in ("ink", "soft", "hair", "tint", "sand", "honey")}
    return {
        **_language(view.tag),
        "fonts": sans,
        "heading_fonts": serif,
        "paints": {**paints, "track": REPORT_CHART["track"], "accent": view.identity.colour or LIGHT["deep"]},
        "digits": [format_number(digit, view.tag) for digit in range(10)],
        "title": view.title,
        "heading": _inline(view.heading, view),
        "organisation": view.organisation,
        "kind": _said(view.kind),
        "banners": [_said(one) for one in view.banners],
        "help": _said(view.help) if view.help else None,
        "watermark": watermark_outlines(view.watermark, view.tag, PDF_FILE),
        "sections": [_section(one, view) for one in view.sections],
        "notes": [_said(one) for one in view.notes],
    }


def _said(one: BriefSaid) -> JsonValue:
    return {"text": one.text, **_language(one.tag)}


def _language(tag: str) -> JsonValue:
    """The language as Typst names it, its region, and its direction."""
    first, *rest = tag.split("-")
    region = next((part for part in rest if len(part) == len("PT") and part.isupper()), None)
    return {"lang": first, "region": region, "dir": find_language(tag).direction}


def _inline(text: str, view: BriefView) -> list[MarkdownNode]:
    return inline_tree(_numbered(text, view))


def _numbered(text: str, view: BriefView) -> str:
    return _CITATION.sub(lambda found: f"\\[{format_number(int(found[1]), view.tag)}\\]", text)


def _section(one: BriefSection, view: BriefView) -> JsonValue:
    return {"kind": one.kind, **_CONTENTS[one.kind](one, view)}


def _heading(one: BriefSection, view: BriefView) -> JsonValue:
    return {"level": one.level, "content": _inline(one.text, view)}


def _prose(one: BriefSection, view: BriefView) -> JsonValue:
    return {"content": block_tree(_numbered(one.text, view))}


def _key_number(one: BriefSection, view: BriefView) -> JsonValue:
    return {"value": one.value, "content": _inline(one.text, view), "base": _base(one, view)}


def _base(one: BriefSection, view: BriefView) -> list[JsonValue]:
    return [_said(one.base), _cited(1, view)] if one.base else []


def _chart(one: BriefSection, view: BriefView) -> JsonValue:
    if one.chart is None:
        raise TypeError("a chart has its numbers")
    bars = [{"label": bar.label, "share": bar.share, "value": bar.value} for bar in one.chart.bars]
    return {"question": one.chart.question, "bars": bars, "base": _base(one, view)}


def _law(one: BriefSection, view: BriefView) -> JsonValue:
    return {
        "level": one.level,
        "laws": [
            {
                "title": _said(law.title),
                "warnings": [_said(each) for each in law.warnings],
                "readings": [_reading(each, view) for each in law.readings],
                "more": _said(law.more) if law.more else None,
            }
            for law in one.laws
        ],
    }


def _reading(one: BriefReading, view: BriefView) -> JsonValue:
    number = view.numbers_of_sources[one.entry.place]
    parts = {"voice": _said(one.voice), "says": _said(one.says), "where": _said(one.where)}
    return {**parts, "is_law": one.is_law, "source": _cited(number, view)}


def _standards(one: BriefSection, view: BriefView) -> JsonValue:
    groups = []
    for group in one.standards:
        rows = []
        for row in group.rows:
            number = view.numbers_of_sources.get(row.standard)
            name = [_said(row.name), *([_cited(number, view)] if number else [])]
            beside = [_said(row.article)] if row.article else []
            rows.append({"cells": [_cell(name, beside), _cell([_said(row.demands)]), _cell([_said(row.outcome)])]})
        groups.append({"title": _said(group.title) if len(one.standards) > 1 else None, "rows": rows})
    return {"head": [_said(each) for each in one.head], "groups": groups, "columns": "standards"}


def _neighbours(one: BriefSection, _view: BriefView) -> JsonValue:
    rows = [
        {
            "cells": [
                _cell([_said(row.country)]),
                *(_cell([_said(cell[0])], map(_said, cell[1:])) for cell in row.cells),
            ],
            "is_this": row.is_this,
        }
        for row in one.countries
    ]
    return {"head": [_said(each) for each in one.head], "groups": [{"title": None, "rows": rows}], "columns": ""}


def _cell(said: list[JsonValue], quiet: Iterable[JsonValue] = ()) -> JsonValue:
    return {"said": said, "quiet": list(quiet)}


def _gap(one: BriefSection, _view: BriefView) -> JsonValue:
    return {"items": [[_said(each) for each in item] for item in one.items]}


def _sources(one: BriefSection, view: BriefView) -> JsonValue:
    return {
        "sources": [
            {
                "number": _cited(source.number, view),
                "said": [_said(each) for each in source.said],
                "place": source.place,
                "address": source.address,
            }
            for source in one.sources
        ]
    }


def _cited(number: int, view: BriefView) -> JsonValue:
    return _said(BriefSaid(f"[{format_number(number, view.tag)}]", view.tag))


_CONTENTS: Mapping[str, Callable[[BriefSection, BriefView], JsonValue]] = {
    "heading": _heading,
    "prose": _prose,
    "number": _key_number,
    "chart": _chart,
    "law": _law,
    "standards": _standards,
    "neighbours": _neighbours,
    "gap": _gap,
    "sources": _sources,
}
