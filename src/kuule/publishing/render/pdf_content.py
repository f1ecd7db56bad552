"""The data for the template of the PDF: a report as plain data for JSON, with drawings as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kuule.core.palette import LIGHT
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import block_tree, inline_tree
from kuule.publishing.charts.chart_kinds import lay_out_figure
from kuule.publishing.charts.chart_typst import chart_parts, drawing_data
from kuule.publishing.render.report_looks import NEWEST_LOOK
from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.figures import FigureTableRow, FigureView
from kuule.publishing.view.report import ReportSection, ReportView
from kuule.publishing.view.report_identity import ReportIdentity, ShownPartner
from kuule.publishing.view.side_by_side import ComparisonView

JsonObject = dict[str, object]
_COLUMNS = 6
"""How many groups one table has side by side. With more groups, further tables follow below."""
_WIDTH = 860
"""The width of a drawing, in the units of the layout. Its letters are then a little smaller than those of the text."""
_FIRST_DRAWING_HEIGHT = 1000
"""The greatest height of the first drawing of a figure, which stands below a heading, in the units of the layout. A
higher one is divided after one of its rows, so that a page can break there."""
_LOGO_MILLIMETRES = (34, 12)
"""The greatest width and height of a logo."""
_PAGE_HEIGHT = 1250
"""The greatest height of further drawings, which can fill a page: 259 mm are 1,251 units."""


def pdf_content(view: ReportView, fonts: Sequence[str], heading_fonts: Sequence[str] = ()) -> JsonObject:
    """Everything on the pages. `fonts` are font families, and `heading_fonts` those of headings; each letter is set in
    the first one that has it."""
    words = view.words
    practice = {"banner": words.say("practice"), "note": words.say("practice_note")} if view.rehearsal else None
    levels = _Levels()
    return {
        **_language(view.tag),
        "dir": view.direction,
        "ours": {"lang": _language(words.tag)["lang"], "dir": words.direction},
        "fonts": list(fonts),
        "heading_fonts": list(heading_fonts or fonts),
        "paints": _paints(view.identity),
        "partners": [_partner(each) for each in view.identity.partners],
        "digits": [words.number(digit) for digit in range(10)],
        "title": f"{words.say('practice')}: {view.title}" if view.rehearsal else view.title,
        "heading": inline_tree(view.heading),
        "heading_in": _foreign_language(view.title_language),
        "draft": list(_draft_sentences(view)),
        "organisation": view.organisation,
        "practice": practice,
        "short": view.short,
        "summary": None if view.short else _summary(view, levels),
        "contents": words.say("contents"),
        "sections": [_section(section, view, levels) for section in (view.sections if view.short else view.body)],
        "annex": _annex(view) if view.figures and not view.short else None,
        "methods": {
            "title": words.say("methods"),
            "sentences": view.methods.sentences,
            "lists": [
                {"title": words.say("missing_codes"), "sentences": view.methods.missing},
                {"title": words.say("limits"), "sentences": view.methods.limits},
            ]
            if not view.short
            else [],
        },
    }


def _paints(identity: ReportIdentity) -> dict[str, str]:
    """The colours of the page and its charts, on paper."""
    own = identity.colour or LIGHT["deep"]
    named = {
        "accent": own,
        "series-0": own,
        "rule": LIGHT["hair"],
        "tint": "#ffffff" if identity.colour else LIGHT["tint"],
        "sand": LIGHT["sand"],
    }
    return {**NEWEST_LOOK.paints, **named}


def _partner(partner: ShownPartner) -> JsonObject:
    """A partner; the logo as numbers from 0 to 255, because JSON has no bytes, with its size in millimetres."""
    most_width, most_height = _LOGO_MILLIMETRES
    scale = min(most_width / (partner.width or 1), most_height / (partner.height or 1))
    size = (partner.width * scale, partner.height * scale)
    return {"name": partner.name, "logo": list(partner.content), "size": size}


def _draft_sentences(view: ReportView) -> Iterator[str]:
    """Sentences which say that the report is a draft in its language, and in which other language parts of it are."""
    if view.draft:
        yield view.words.say(view.draft)
    if view.borrowed:
        yield view.words.say("borrowed", language=view.words.language(view.borrowed))


class _Levels:
    """Levels of headings. None is skipped on the way down, because people who use a screen reader would look for it."""

    def __init__(self) -> None:
        self.last = 1

    def next_level(self, level: int) -> int:
        self.last = min(level, self.last + 1)
        return self.last


def _language(tag: str) -> JsonObject:
    """The language and, if the tag has one, the region."""
    first, *rest = tag.split("-")
    region = next((part for part in rest if len(part) == len("PT") and part.isupper()), None)
    return {"lang": first, "region": region}


def _foreign_language(tag: str) -> JsonObject | None:
    """The language and direction of a text that is not in the language of the report; None for ""."""
    return {"lang": _language(tag)["lang"], "dir": find_language(tag).direction} if tag else None


def _summary(view: ReportView, levels: _Levels) -> JsonObject:
    """The first page: what comes before the first section, the key findings, and what the numbers are of."""
    words = view.words
    chosen = words.say("chosen") if view.findings else ""
    return {
        "chosen": chosen,
        "opening": [_section(section, view, levels) for section in view.opening],
        "title": words.say("in_short"),
        "findings": [
            {
                "figure": each.figure,
                "title": each.title,
                "reading": each.reading,
                "in": _foreign_language(each.language),
                "topic": words.say("figure", number=words.number(each.topic)) if each.topic else "",
                "to": f"figure-{each.topic}",
            }
            for each in view.findings
        ],
        "basis": [sentence for sentence in (*view.basis, *view.publication) if sentence != chosen],
    }


def _section(section: ReportSection, view: ReportView, levels: _Levels) -> JsonObject:
    apart = _foreign_language(section.language)
    if section.figure is not None:
        level, note = min(levels.last + 1, 3), inline_tree(section.text)
        found = {"finding": section.finding, "finding_in": _foreign_language(section.finding_language)}
        found |= {"asked": section.asked, "asked_in": _foreign_language(section.asked_language)}
        return {"kind": "figure", "level": level, "note": note, "in": apart, **found, **_figure(section.figure, view)}
    if section.kind == "prose":
        return {"kind": "prose", "content": _with_heading_levels(block_tree(section.text), levels), "in": apart}
    if section.comparison is not None:
        return _comparison(section.comparison, levels.next_level(3))
    if section.kind == "key":
        said = [sentence for sentence in view.key if sentence not in view.basis]
        return {"kind": "key", "level": levels.next_level(2), "title": view.words.say("key"), "sentences": said}
    heading = inline_tree(section.text)
    level = levels.next_level(section.level)
    return {"kind": "heading", "level": level, "anchor": section.anchor, "content": heading, "in": apart}


def _comparison(compared: ComparisonView, level: int) -> JsonObject:
    return {
        "kind": "comparison",
        "level": level,
        "title": compared.heading,
        "by": compared.by,
        "instead": compared.instead,
        "tables": [part | {"apart": True} for part in _table_parts(compared.head, compared.rows)],
        "caution": compared.caution,
        "facts": compared.withheld,
    }


def _with_heading_levels(nodes: list[JsonObject], levels: _Levels) -> list[JsonObject]:
    """Blocks of prose in which headings (underlined ones) have levels that continue those before."""
    return [
        {**node, "level": levels.next_level(int(str(node["level"])) + 1)} if node["kind"] == "heading" else node
        for node in nodes
    ]


def _figure(figure: FigureView, view: ReportView) -> JsonObject:
    words = view.words
    return {
        "name": _name(figure, words),
        "anchor": figure.anchor,
        "heading": figure.heading,
        "by": figure.by,
        "basis": " ".join(figure.basis),
        "instead": figure.instead,
        "spoken": figure.plot.spoken if figure.plot else "",
        "drawings": list(_drawings(figure)),
        "tables": list(_tables(figure, words)) if view.short else [],
        "aloud": [sentence for sentence in (figure.reading, figure.middle) if sentence],
        "facts": " ".join(figure.facts if view.short else figure.remarks),
        "to_table": words.say("to_table", number=words.number(figure.number)) if figure.rows else "",
        "table": f"table-{figure.number}",
    }


def _name(figure: FigureView, words: Words) -> str:
    return words.say("figure", number=words.number(figure.number))


def _drawings(figure: FigureView) -> Iterator[JsonObject]:
    """The chart of a figure, in parts of which none is higher than a page."""
    if figure.plot is not None:
        for part in chart_parts(lay_out_figure(figure.plot, _WIDTH), _FIRST_DRAWING_HEIGHT, _PAGE_HEIGHT):
            yield drawing_data(part, _WIDTH)


def _tables(figure: FigureView, words: Words) -> Iterator[JsonObject]:
    """The table of a figure. With many groups it becomes several tables, each with the answers again."""
    for part in _table_parts(figure.head, figure.rows, figure.bases):
        yield part | {"base": words.say("base_row")}


def _table_parts(
    head: Sequence[str], rows: Sequence[FigureTableRow], bases: Sequence[str] = ()
) -> Iterator[JsonObject]:
    """A table in parts that are narrow enough for a page."""
    if not rows:
        return
    first, *labels = head
    for at in range(0, len(labels), _COLUMNS):
        columns = slice(at, at + _COLUMNS)
        yield {
            "head": [first, *labels[columns]],
            "rows": [
                {
                    "label": row.label,
                    "cells": [{"share": c.share, "count": c.count, "shown": c.shown} for c in row.cells[columns]],
                }
                for row in rows
            ],
            "bases": bases[columns],
        }


def _annex(view: ReportView) -> JsonObject:
    """The table of each figure that shows a number."""
    words = view.words
    return {
        "title": words.say("all_tables"),
        "note": f"{words.say('tables_note')} {words.say('sources_note')}",
        "counted_as": words.say("counted_as"),
        "tables": [
            {
                "name": words.say("table", number=words.number(figure.number)),
                "anchor": f"table-{figure.number}",
                "heading": figure.heading,
                "by": figure.by,
                "parts": list(_tables(figure, words)),
                "figure": _name(figure, words),
                "to": figure.anchor,
                "request": figure.request,
            }
            for figure in view.figures
            if figure.rows
        ],
    }
