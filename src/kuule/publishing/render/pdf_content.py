"""What the PDF's template is given: a report as plain data for JSON, every text a text and every drawing numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import block_tree, inline_tree
from kuule.publishing.render.layout import FONT_SIZE, LINE_HEIGHT, ChartDrawing, lay_out_chart
from kuule.publishing.render.svg_charts import COLOURS
from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.chart_data import ChartAnswer
from kuule.publishing.view.figures import FigureView
from kuule.publishing.view.report import ReportSection, ReportView

JsonObject = dict[str, object]
_COLUMNS = 6
"""Groups beside each other in one table: with more, the table goes on below itself."""
_WIDTH = 860
"""Of a drawing, in the units of the layout: letters are then a little smaller than in the text."""
_HIGHEST = 1000
"""A figure's first drawing, below its heading, is cut after an answer where it is higher, or within one of many groups,
so that pages can break there; in the units of the layout."""
_PAGE = 1250
"""The same of its further drawings, which can have a page to themselves: 259 mm of it are 1,251 units."""


def pdf_content(view: ReportView, fonts: Sequence[str]) -> JsonObject:
    """Everything on the pages. `fonts` are families, the first one that has a letter is taken."""
    words = view.words
    practice = {"banner": words.say("practice"), "note": words.say("practice_note")} if view.rehearsal else None
    levels = _Levels()
    return {
        **_language(view.tag),
        "dir": view.direction,
        "ours": {"lang": _language(words.tag)["lang"], "dir": words.direction},
        "fonts": list(fonts),
        "paints": COLOURS,
        "digits": [words.number(digit) for digit in range(10)],
        "title": f"{words.say('practice')}: {view.title}" if view.rehearsal else view.title,
        "heading": inline_tree(view.heading),
        "heading_in": _apart(view.title_language),
        "draft": list(_draft(view)),
        "organisation": view.organisation,
        "practice": practice,
        "watermark": view.watermark,
        "short": view.short,
        "contents": words.say("contents"),
        "sections": [_section(section, view, levels) for section in view.sections],
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
        "sources": _sources(view) if view.figures and not view.short else None,
    }


def _draft(view: ReportView) -> Iterator[str]:
    """That it is a draft in its language, and which other language parts of it are in."""
    if view.draft:
        yield view.words.say(view.draft)
    if view.borrowed:
        yield view.words.say("borrowed", language=view.words.language(view.borrowed))


class _Levels:
    """Levels of headings, none left out on the way down: a screen reader would look for it."""

    def __init__(self) -> None:
        self.last = 1

    def next_level(self, level: int) -> int:
        self.last = min(level, self.last + 1)
        return self.last


def _language(tag: str) -> JsonObject:
    """The language and, where the tag has one, the region."""
    first, *rest = tag.split("-")
    region = next((part for part in rest if len(part) == len("PT") and part.isupper()), None)
    return {"lang": first, "region": region}


def _apart(tag: str) -> JsonObject | None:
    """The language and direction of a text in another language than the report's."""
    return {"lang": _language(tag)["lang"], "dir": find_language(tag).direction} if tag else None


def _section(section: ReportSection, view: ReportView, levels: _Levels) -> JsonObject:
    apart = _apart(section.language)
    if section.figure is not None:
        level, note = min(levels.last + 1, 3), inline_tree(section.text)
        return {"kind": "figure", "level": level, "note": note, "in": apart, **_figure(section.figure, view)}
    if section.kind == "prose":
        return {"kind": "prose", "content": _levelled(block_tree(section.text), levels), "in": apart}
    if section.kind == "key":
        return {"kind": "key", "level": levels.next_level(2), "title": view.words.say("key"), "sentences": view.key}
    heading = inline_tree(section.text)
    level = levels.next_level(section.level)
    return {"kind": "heading", "level": level, "anchor": section.anchor, "content": heading, "in": apart}


def _levelled(nodes: list[JsonObject], levels: _Levels) -> list[JsonObject]:
    """Headings that stand inside prose (underlined ones) have levels that follow on."""
    return [
        {**node, "level": levels.next_level(int(str(node["level"])) + 1)} if node["kind"] == "heading" else node
        for node in nodes
    ]


def _figure(figure: FigureView, view: ReportView) -> JsonObject:
    words = view.words
    return {
        "name": _name(figure, words),
        "anchor": figure.anchor,
        "source": f"source-{figure.number}",
        "heading": figure.heading,
        "by": figure.by,
        "instead": figure.instead,
        "spoken": figure.spoken,
        "drawings": [_drawing(lay_out_chart(part, _WIDTH)) for part in _parts(figure.answers)],
        "tables": list(_tables(figure, words)),
        "aloud": [sentence for sentence in (figure.reading, figure.middle) if sentence],
        "facts": " ".join(figure.facts) if view.short else f"{' '.join(figure.facts)} {words.say('counted_as')}",
        "request": figure.request,
    }


def _name(figure: FigureView, words: Words) -> str:
    return words.say("figure", number=words.number(figure.number))


def _parts(answers: Iterable[ChartAnswer]) -> Iterator[tuple[ChartAnswer, ...]]:
    """Answers that stand together in one drawing, none higher than a page."""
    part: list[ChartAnswer] = []
    room = _HIGHEST
    for answer in (piece for each in answers for piece in _pieces(each)):
        if part and lay_out_chart((*part, answer), _WIDTH).height > room:
            yield tuple(part)
            part, room = [], _PAGE
        part.append(answer)
    if part:
        yield tuple(part)


def _pieces(answer: ChartAnswer) -> Iterator[ChartAnswer]:
    """One answer; in several, each with its words again, where it has bars for more than a page."""
    if len(answer.bars) < 2 or lay_out_chart((answer,), _WIDTH).height <= _HIGHEST:
        yield answer
        return
    half = len(answer.bars) // 2
    yield from _pieces(replace(answer, bars=answer.bars[:half], line_below=""))
    yield from _pieces(replace(answer, bars=answer.bars[half:]))


def _drawing(drawing: ChartDrawing) -> JsonObject:
    return {
        "width": drawing.width,
        "height": drawing.height,
        "font": FONT_SIZE,
        "line": LINE_HEIGHT,
        "boxes": [(box.x, box.y, box.width, box.height, box.paint) for box in drawing.boxes],
        "lines": [(line.x, line.y, line.text, line.paint, line.bold) for line in drawing.lines],
        "marks": drawing.watermark_heights,
    }


def _tables(figure: FigureView, words: Words) -> Iterator[JsonObject]:
    """The figure's table; one with many groups in several, each with the answers again."""
    if not figure.rows:
        return
    first, *labels = figure.head
    for at in range(0, len(labels), _COLUMNS):
        columns = slice(at, at + _COLUMNS)
        yield {
            "head": [first, *labels[columns]],
            "rows": [
                {
                    "label": row.label,
                    "cells": [{"share": c.share, "count": c.count, "shown": c.shown} for c in row.cells[columns]],
                }
                for row in figure.rows
            ],
            "base": words.say("base_row"),
            "bases": figure.bases[columns],
        }


def _sources(view: ReportView) -> JsonObject:
    words = view.words
    return {
        "title": words.say("sources"),
        "note": words.say("sources_note"),
        "head": [words.say(name) for name in ("s_figure", "counted_as", "s_dataset", "s_release")],
        "rows": [
            {
                "name": _name(figure, words),
                "anchor": figure.anchor,
                "source": f"source-{figure.number}",
                "codes": [figure.request, view.dataset, view.release],
            }
            for figure in view.figures
        ],
    }
