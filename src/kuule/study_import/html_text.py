"""Texts of programs that write HTML, as the Markdown that a form has; what of them it cannot have is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from kuule.study_import.not_taken import NotTakenNotes, Reason

_LOST_TEXT = "…"
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"})
_UNREAD = frozenset({"script", "style", "iframe", "object", "embed", "video", "audio"})
_SCRIPTS = frozenset({"script", "iframe", "object", "embed"})
_MEDIA = frozenset({"img", "video", "audio"})
_FIELDS = frozenset({"input", "select", "textarea", "button"})


@dataclass(frozen=True, slots=True)
class TextCleaner:
    """Makes texts plain. `piping` is how the program writes what it fills in."""

    piping: re.Pattern[str]
    notes: NotTakenNotes

    def plain_text(self, written: str, place: str) -> str:
        """The text, with … where something was to be filled in."""
        reader = _TextReader()
        reader.feed(written)
        reader.close()
        text = reader.text()
        for found in dict.fromkeys(match[0] for match in self.piping.finditer(text)):
            self.notes.add(place, found, Reason.PIPING)
        text = self.piping.sub(_LOST_TEXT, text).replace("${", "$ {")
        for what in reader.scripts:
            self.notes.add(place, f"<{what}> in a text", Reason.SCRIPT)
        for what in reader.media:
            self.notes.add(place, f"<{what}> in a text", Reason.MEDIA)
        for what in reader.fields:
            self.notes.add(place, f"<{what}> in a text", Reason.MARKUP)
        return text


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: dict[str, None] = {}
        self.media: dict[str, None] = {}
        self.fields: dict[str, None] = {}
        self.parts: list[str] = []
        self.unread_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self.unread_depth += 1
        if tag in _SCRIPTS or any(name.startswith("on") for name, _ in attrs):
            self.scripts[tag] = None
        elif tag in _MEDIA:
            self.media[tag] = None
        elif tag in _FIELDS:
            self.fields[tag] = None
        self.add_mark(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self.unread_depth = max(0, self.unread_depth - 1)
        self.add_mark(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _UNREAD:
            self.unread_depth = max(0, self.unread_depth - 1)

    def handle_data(self, data: str) -> None:
        if not self.unread_depth:
            self.parts.append(data)

    def text(self) -> str:
        """Lines without spaces at their ends, at most one empty one between two; emphasis around nothing is gone."""
        joined = re.sub(r"[^\S\n]+", " ", "".join(self.parts).replace("\xa0", " "))
        joined = re.sub(r"(\*\*|\*)(\s*)([^*\n]*?)(\s*)\1", _emphasis, joined)
        lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in joined.split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def add_mark(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append("\n")
        elif tag in _MARKS and not self.unread_depth:
            self.parts.append(_MARKS[tag])


def _emphasis(match: re.Match[str]) -> str:
    """Markdown wants no space inside its marks."""
    mark, before, inside, after = match.groups()
    return f"{before}{mark}{inside}{mark}{after}" if inside else f"{before}{after}"
