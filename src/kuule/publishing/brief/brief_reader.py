"""Reads the text of a brief. Syntax: docs/reference/brief.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kuule.core.problems import Problem, PublishingError, StudyError
from kuule.core.regular_files import read_regular_text
from kuule.core.suggestions import did_you_mean
from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.brief.brief_parts import (
    BriefBlock,
    BriefCitation,
    BriefCountry,
    BriefFigure,
    BriefHeading,
    BriefKeyNumber,
    BriefPart,
    BriefPiece,
    BriefPlainWord,
    BriefProse,
    BriefText,
    brief_place,
)
from kuule.publishing.template.live_number_syntax import quote_number, read_pieces

BLOCKS = ("law", "standards", "neighbours", "gap", "sources")
"""What Kuule writes where a text asks for it, each once."""
_KINDS = ("share", "count", "base", "median", "responses", "editions", "title", "country", "cite", "word")
_TAG = re.compile(r"\{\{(?P<inside>[^{}]*)\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?\s*")
_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})\s*(?P<name>[^`]*?)\s*")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_FIELDS = {"brief": ("state", "origin"), "number": ("figure", "says")}
_MOST_LETTERS = 20_000
"""Far more than two pages hold."""


@dataclass(slots=True)
class _Lines:
    """Some lines of the text that belong together; `name` is that of a fenced block."""

    text: list[str]
    line: int
    name: str | None = None


def read_brief(text: str, file: str) -> BriefText:
    """The text of a brief. Raises PublishingError BRIEF_001 to BRIEF_004, all at once, with their lines."""
    reader = _Reader(file)
    if len(text) > _MOST_LETTERS:
        reader.add_problem("BRIEF_004", 1, f"it has {len(text)} characters", "write what fits two pages")
        raise PublishingError(*reader.problems)
    for lines in _blocks(text.lstrip("\ufeff").splitlines()):
        reader.read(lines)
    reader.close()
    if reader.problems:
        raise PublishingError(*reader.problems)
    return BriefText(file, tuple(reader.parts), reader.state, reader.origin)


def brief_file_text(path: Path) -> str:
    """The text in a file. Raises PublishingError BRIEF_022 if it cannot be read."""
    try:
        return read_regular_text(path)
    except StudyError as error:
        raise PublishingError(
            Problem("BRIEF_022", str(path), error.problems[0].cause, error.problems[0].remedy)
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        cause = f"it cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'})"
        raise PublishingError(Problem("BRIEF_022", str(path), cause, "save it as plain text in UTF-8")) from None


def _blocks(lines: list[str]) -> Iterator[_Lines]:
    """Lines in blocks: a fence, a heading, or what lies between empty lines, with a whole list as one."""
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        opened, start = _FENCE.fullmatch(lines[at].strip()), at
        if opened:
            at += 1
            while at < len(lines) and lines[at].strip() != opened["fence"]:
                at += 1
            closed = at < len(lines)
            yield _Lines(lines[start + 1 : at], start + 2, opened["name"] if closed else "")
            at += 1
        elif _HEADING.fullmatch(lines[at]):
            at += 1
            yield _Lines([lines[start]], start + 1)
        else:
            while at < len(lines) and _goes_on(lines, at):
                at += 1
            yield _Lines(lines[start:at], start + 1)


def _goes_on(lines: list[str], at: int) -> bool:
    line = lines[at]
    if line.strip():
        return not _HEADING.fullmatch(line) and not _FENCE.fullmatch(line.strip())
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(_ITEM.match(lines[at - 1]) and _ITEM.match(following))


@dataclass(slots=True)
class _Reader:
    file: str
    parts: list[BriefPart] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    state: State = State.DRAFT_ONE
    origin: TextOrigin = TextOrigin.PERSON

    def add_problem(self, code: str, line: int, cause: str, remedy: str) -> None:
        self.problems.append(Problem(code, brief_place(self.file, line), cause, remedy))

    def read(self, lines: _Lines) -> None:
        if lines.name is not None:
            self._read_fence(lines)
            return
        text = "\n".join(lines.text)
        if heading := _HEADING.fullmatch(text):
            level = len(heading["marks"])
            self.parts.append(BriefHeading(level, self._pieces(heading["text"], lines.line), lines.line))
        elif (tag := _TAG.fullmatch(text.strip())) and (block := self._block(tag["inside"].split(), lines.line)):
            self.parts.append(block)
        else:
            self._check_underlines(lines)
            self.parts.append(BriefProse(self._pieces(text, lines.line), lines.line))

    def _check_underlines(self, lines: _Lines) -> None:
        for line, text in enumerate(lines.text[1:], lines.line + 1):
            if _UNDERLINE.fullmatch(text):
                self.add_problem("BRIEF_004", line, "a heading is underlined here", "write headings with #")

    def close(self) -> None:
        """Check what the text as a whole needs."""
        titles = [one for one in self.parts if isinstance(one, BriefHeading) and one.level == 1]
        if len(titles) != 1 or titles[0] is not self.parts[0]:
            remedy = "begin it with one line like # No time limit for reporting"
            self.add_problem("BRIEF_004", 1, f"it has {len(titles)} titles, or does not begin with one", remedy)
        blocks = [one for one in self.parts if isinstance(one, BriefBlock) and one.kind not in ("chart", "quote")]
        for kind in BLOCKS:
            lines = [one.line for one in blocks if one.kind == kind]
            if len(lines) > 1:
                self.add_problem("BRIEF_004", lines[1], f"{{{{ {kind} }}}} is there twice", "keep one of the two")
            if kind in ("law", "sources") and not lines:
                remedy = f"write {{{{ {kind} }}}} on a line of its own"
                self.add_problem("BRIEF_004", 1, f"it does not say {_WHAT[kind]}", remedy)

    def _read_fence(self, lines: _Lines) -> None:
        if lines.name not in _FIELDS:
            named = "it is not closed" if lines.name == "" else f"there is no block {lines.name!r}"
            remedy = "close it with the marks that it began with; a block is called brief or number"
            self.add_problem("BRIEF_003", lines.line - 1, named, remedy)
            return
        fields = self._fields(lines, _FIELDS[lines.name])
        if lines.name == "brief":
            self._read_header(fields, lines.line)
        elif fields.keys() >= {"figure", "says"}:
            self._read_key_number(fields, lines.line)
        else:
            self.add_problem("BRIEF_003", lines.line, "a number has a figure and says something", "write both lines")

    def _fields(self, lines: _Lines, known: tuple[str, ...]) -> dict[str, tuple[str, int]]:
        fields: dict[str, tuple[str, int]] = {}
        for line, text in enumerate(lines.text, lines.line):
            name, colon, value = (each.strip() for each in text.partition(":"))
            if text.strip() and (not colon or name not in known or not value or name in fields):
                remedy = f"write one of {', '.join(known)}, a colon and what it is, each once"
                self.add_problem("BRIEF_003", line, f"there is no line {text.strip()!r} here", remedy)
            elif text.strip():
                fields[name] = (value, line)
        return fields

    def _read_header(self, fields: dict[str, tuple[str, int]], line: int) -> None:
        state, at = fields.get("state", (str(self.state), line))
        origin, origin_at = fields.get("origin", (str(self.origin), line))
        if state in list(State):
            self.state = State(state)
        else:
            self.add_problem("BRIEF_003", at, f"there is no state {state!r}", f"write one of {', '.join(State)}")
        if origin in list(TextOrigin):
            self.origin = TextOrigin(origin)
        else:
            self.add_problem(
                "BRIEF_003", origin_at, f"{origin!r} writes no texts", f"write one of {', '.join(TextOrigin)}"
            )

    def _read_key_number(self, fields: dict[str, tuple[str, int]], line: int) -> None:
        figure, at = fields["figure"]
        tag = _TAG.fullmatch(figure)
        number = _live_number(tag["inside"].split(), at) if tag else None
        if number is None or number.kind == "title":
            self.add_problem("BRIEF_001", at, f"{figure!r} is no live number", "write one, such as {{ share told no }}")
            return
        says, says_at = fields["says"]
        self.parts.append(BriefKeyNumber(number, self._pieces(says, says_at), line))

    def _block(self, words: list[str], line: int) -> BriefBlock | None:
        if len(words) == 1 and words[0] in BLOCKS:
            return BriefBlock(words[0], "", line)
        if number := quote_number(f"{{{{ {' '.join(words)} }}}}"):
            return BriefBlock("quote", str(number), line)
        return BriefBlock("chart", words[1], line) if len(words) == 2 and words[0] == "chart" else None

    def _pieces(self, text: str, line: int) -> tuple[BriefPiece, ...]:
        pieces: list[BriefPiece] = []
        end = 0
        for found in _TAG.finditer(text):
            at = line + text.count("\n", 0, found.start())
            self._say(text[end : found.start()], line + text.count("\n", 0, end), pieces)
            if (piece := self._piece(found["inside"].split(), found[0], at)) is not None:
                pieces.append(piece)
            end = found.end()
        self._say(text[end:], line + text.count("\n", 0, end), pieces)
        return tuple(pieces)

    def _say(self, text: str, line: int, pieces: list[BriefPiece]) -> None:
        if left := _BRACES.search(text):
            at = line + text.count("\n", 0, left.start())
            self.add_problem("BRIEF_001", at, f"{left[0]!r} has no partner here", "close each {{ with }}")
        if text:
            pieces.append(text)

    def _piece(self, words: list[str], written: str, line: int) -> BriefPiece | None:
        match words:
            case ["country"]:
                return BriefCountry()
            case ["cite", "question", item]:
                return BriefCitation(f"question {item}", line)
            case ["cite", entry]:
                return BriefCitation(entry, line)
            case ["word", word]:
                return BriefPlainWord(word, line)
            case ["if" | "else" | "end", *_]:
                remedy = "take the condition out: a brief whose figure is not shown is not made, so that somebody looks"
                self.add_problem("BRIEF_002", line, "a brief has no conditions", remedy)
            case ["law" | "standards" | "neighbours" | "gap" | "sources" | "chart" | "quote", *_]:
                self.add_problem("BRIEF_001", line, f"{written!r} is in a sentence", "write it on a line of its own")
            case _:
                return self._number(words, written, line)
        return None

    def _number(self, words: list[str], written: str, line: int) -> BriefFigure | None:
        number = _live_number(words, line)
        if number is None:
            remedy = did_you_mean(words[0] if words else "", (*_KINDS, *BLOCKS), "see docs/reference/brief.md")
            self.add_problem("BRIEF_001", line, f"{written!r} is no tag of a brief", remedy)
        return number


def _live_number(words: list[str], line: int) -> BriefFigure | None:
    """The live number that words are in a report's text, and so here."""
    number = BriefFigure(tuple(words), line)
    return None if not words or read_pieces(number.tag, line)[1] else number


_WHAT = {"law": "what the law says", "sources": "where this was read"}
