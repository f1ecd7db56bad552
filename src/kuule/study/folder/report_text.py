"""The file report.md as its author wrote it, block by block, and its texts to translate; see docs/reference/report.md.

`publishing` deals with what a figure or a live number asks for. A text is a heading, a block of prose (a paragraph, a
whole list, a quotation, or everything inside one condition), what a figure found, who was asked and the note below it,
or one of the three texts of a key finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kuule.languages.markup.finding_lengths import FINDING_LIMITS
from kuule.languages.markup.live_tags import is_within_condition, remove_live_tags
from kuule.languages.workflow.content_keys import content_key
from kuule.languages.workflow.entries import SourceText, max_translation_length

REPORT_AREA = "report.md"
"""Keys are `report.md:<12 hexadecimal digits>:<kind>`; those of the report's own words are `report:<name>`."""
_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?\s*$")
_FIELD = re.compile(r"\s*(?P<name>[a-z]+)\s*:\s*(?P<text>\S.*?)\s*")
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])\s")
_BEGINS = re.compile(r"\s*(?:[-*+]\s|[0-9]{1,9}[.)]\s|#{1,6}\s|`{3}|~{3}|=+\s*$|-+\s*$)")
"""What begins a new line in Markdown; every other line continues the one before."""
_ENDS = re.compile(r"[\s>]*(?:=+|-+|)\s*")
"""Lines that end a paragraph: the underline of a heading, an empty line of a quotation."""
_QUOTED = re.compile(r"\s*>\s?")
_WORDS = re.compile(r"[^\W\d_]")


class ReportBlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    FIGURE = "figure"
    FINDING = "finding"
    COMPARISON = "comparison"


BLOCK_FIELDS: Mapping[ReportBlockKind, tuple[str, ...]] = {
    ReportBlockKind.FIGURE: ("question", "asked", "by", "chart", "finding", "note"),
    ReportBlockKind.FINDING: ("title", "figure", "reading", "topic"),
    ReportBlockKind.COMPARISON: ("by",),
}
"""The fields of the blocks that are set in a fence, each on a line of its own."""
_TRANSLATED_FIELDS = {
    ReportBlockKind.FIGURE: ("finding", "asked", "note"),
    ReportBlockKind.FINDING: ("title", "figure", "reading"),
    ReportBlockKind.COMPARISON: (),
}
_FENCED = {str(kind): kind for kind in BLOCK_FIELDS}


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """`text` is as written: of a heading without its marks, of a figure or a key finding its content. `line` is its
    first line, from 1. `level` is that of a heading. `closed` is false for a fence without an end."""

    kind: ReportBlockKind
    text: str
    line: int
    level: int = 0
    closed: bool = True
    fence: str = ""


def report_blocks(text: str) -> tuple[ReportBlock, ...]:
    """All blocks of a report's text, in order."""
    return tuple(_Reader(text.lstrip("\ufeff").splitlines()).blocks())


@dataclass(frozen=True, slots=True)
class BlockField:
    """One field of a figure or a key finding. `name` is "" if the line is none of the block's fields; `text` is then
    the line. `line` counts from the first line of the block's content, which is 0."""

    name: str
    text: str
    line: int


def block_fields(block: ReportBlock) -> tuple[BlockField, ...]:
    """The fields of a figure or a key finding, in order. A line that is indented continues the one before."""
    known = BLOCK_FIELDS.get(block.kind, ())
    found: list[BlockField] = []
    if not known:
        return ()
    for number, line in enumerate(block.text.splitlines()):
        match = _FIELD.fullmatch(line)
        if match and match["name"] in known:
            found.append(BlockField(match["name"], match["text"], number))
        elif line[:1].isspace() and line.strip() and found and found[-1].name:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.strip()}")
        elif line.strip():
            found.append(BlockField("", line.strip(), number))
    return tuple(found)


def block_texts(block: ReportBlock) -> Mapping[str, str]:
    """The texts that translators see of a block, by their kind. How lines are wrapped makes no difference."""
    if block.kind in BLOCK_FIELDS:
        translated = _TRANSLATED_FIELDS[block.kind]
        # Of a field that stands there twice, the first; `publishing` says that there are two.
        return {each.name: each.text for each in reversed(block_fields(block)) if each.name in translated}
    return {str(block.kind): block.text if block.kind is ReportBlockKind.HEADING else unwrap(block.text)}


def text_key(kind: str, text: str) -> str:
    """The key of a text of this kind; "" if it has no words to translate."""
    return content_key(REPORT_AREA, text, kind) if _WORDS.search(remove_live_tags(text)) else ""


def block_key(block: ReportBlock) -> str:
    """The key of a heading or of prose, or of the note of a figure; "" if there is nothing to translate."""
    kind = "note" if block.kind is ReportBlockKind.FIGURE else str(block.kind)
    return text_key(kind, block_texts(block).get(kind, ""))


def is_report_key(key: str) -> bool:
    """Whether a text belongs to report.md: only the report needs it, not the survey."""
    return key.startswith(f"{REPORT_AREA}:")


def is_survey_key(key: str) -> bool:
    return not is_report_key(key)


def report_sources(text: str) -> tuple[SourceText, ...]:
    """The texts of a report to translate, each once, in order."""
    found: dict[str, SourceText] = {}
    section = ""
    for block in report_blocks(text):
        for kind in _TRANSLATED_FIELDS.get(block.kind, (str(block.kind),)):
            words = block_texts(block).get(kind, "")
            key = text_key(kind, words)
            if key and key not in found:
                found[key] = SourceText(key, words, _note(block, kind, words, section))
            if kind == ReportBlockKind.HEADING:
                section = words if key else ""
    return tuple(found.values())


def _note(block: ReportBlock, kind: str, words: str, section: str) -> str:
    what = {
        "heading": "a heading",
        "paragraph": "a list" if _ITEM.match(words) else "a paragraph",
        "note": f"the note below the figure of {_question(block)}",
        "finding": f"what the figure of {_question(block)} found, as its title; no full stop",
        "asked": f"who was asked the question of the figure of {_question(block)}, above its base; a full sentence",
        "title": "the title of a key finding, on the first page; no full stop",
        "figure": "the number of a key finding, in large letters",
        "reading": "the text of a key finding, below its number and its title",
    }[kind]
    where = f' (section "{section}")' if section and kind != ReportBlockKind.HEADING else ""
    kept = "; keep every {{ … }} as it is, where it belongs in your language" if "{{" in words else ""
    if limit := FINDING_LIMITS.get(kind):
        return f"the report says this to its readers: {what}{where}{kept}; at most {limit} characters with its numbers"
    return (
        f"the report says this to its readers: {what}{where}{kept}; at most {max_translation_length(words)} characters"
    )


def _question(block: ReportBlock) -> str:
    names = (each.text for each in block_fields(block) if each.name == "question")
    return repr(next(names, ""))


def unwrap(text: str) -> str:
    """A block with each of its paragraphs, items and headings on one line."""
    done: list[str] = []
    fence = ""
    joins = False
    for line in text.strip("\n").splitlines():
        mark = _FENCE.match(line.strip())
        if fence or mark:
            done.append(line)
            fence = "" if fence and line.strip().startswith(fence) else fence or (mark["fence"] if mark else "")
            joins = False
        elif not line.strip():
            done.append("")
            joins = False
        elif joins and _goes_on(done[-1], line):
            done[-1] = f"{done[-1].rstrip()} {_QUOTED.sub('', line, count=1).strip()}"
        else:
            done.append(line.rstrip())
            joins = not _ENDS.fullmatch(line)
    return "\n".join(done)


def _goes_on(before: str, line: str) -> bool:
    quoted = _QUOTED.match(line)
    rest = line[quoted.end() :] if quoted else line
    return bool(quoted) == bool(_QUOTED.match(before)) and bool(rest.strip()) and not _BEGINS.match(rest)


class _Reader:
    """Reads a text line by line."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0

    def blocks(self) -> Iterator[ReportBlock]:
        prose: list[str] = []
        began = 0
        while self.at < len(self.lines):
            line = self.lines[self.at]
            fence, heading = _fence_of(line), _HEADING.match(line)
            fenced = _FENCED.get(fence["info"].strip()) if fence else None
            if heading or fenced or (prose and self._ends(prose)):
                yield from _prose(prose, began)
                prose = []
            if not heading and not fenced and (prose or line.strip()):
                began = began if prose else self.at + 1
                prose.append(line)
            self.at += 1
            if heading:
                yield ReportBlock(ReportBlockKind.HEADING, heading["text"], self.at, len(heading["marks"]))
            elif fence and fenced:
                yield self._fenced(fenced, fence["fence"])
            elif fence:
                prose.extend(self._to_end_of(fence["fence"]))
        yield from _prose(prose, began)

    def _ends(self, prose: list[str]) -> bool:
        """Whether the prose so far is a complete block: an empty line follows, and nothing after it belongs to it."""
        if self.lines[self.at].strip() or is_within_condition("\n".join(prose)):
            return False
        after = next((line for line in self.lines[self.at :] if line.strip()), "")
        listed = _ITEM.match(prose[0]) is not None
        return not (listed and (_ITEM.match(after) or after.startswith("  ")))

    def _fenced(self, kind: ReportBlockKind, fence: str) -> ReportBlock:
        line = self.at
        inside = self._to_end_of(fence)
        closed = bool(inside) and inside[-1].strip().startswith(fence)
        return ReportBlock(kind, "\n".join(inside[:-1] if closed else inside), line, closed=closed, fence=fence)

    def _to_end_of(self, fence: str) -> list[str]:
        """The lines up to and including the one that closes a fence. An unclosed fence goes to the end."""
        first = self.at
        while self.at < len(self.lines):
            self.at += 1
            if self.lines[self.at - 1].strip().startswith(fence):
                break
        return list(self.lines[first : self.at])


def _fence_of(line: str) -> re.Match[str] | None:
    """The fence that a line begins. One of ours may be indented, as documentation shows it: elsewhere that is code."""
    own = _FENCE.match(line.strip())
    return own if own is not None and own["info"].strip() in _FENCED else _FENCE.match(line)


def _prose(lines: list[str], began: int) -> Iterator[ReportBlock]:
    if any(line.strip() for line in lines):
        yield ReportBlock(ReportBlockKind.PARAGRAPH, "\n".join(lines).rstrip("\n"), began)
