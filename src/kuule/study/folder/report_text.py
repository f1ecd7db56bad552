"""The file report.md as its author wrote it, block by block, and its texts to translate; see docs/reference/report.md.

`publishing` deals with what a figure or a live number asks for. A text is a heading, the note of a figure, or a block
of prose: a paragraph, a whole list, a quotation, or everything inside one condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kuule.languages.markup.live_tags import is_within_condition, remove_live_tags
from kuule.languages.workflow.content_keys import content_key
from kuule.languages.workflow.entries import SourceText, max_translation_length

REPORT_AREA = "report.md"
"""Keys are `report.md:<12 hexadecimal digits>:<kind>`; those of the report's own words are `report:<name>`."""
_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?\s*$")
_NOTE = re.compile(r"\s*note\s*:\s*(?P<note>\S.*?)\s*")
_QUESTION = re.compile(r"\s*question\s*:\s*(?P<name>\S+)\s*")
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


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """`text` is as written: of a heading without its marks, of a figure its content. `line` is its first line, from 1.
    `level` is that of a heading. `closed` is false for a figure without an end."""

    kind: ReportBlockKind
    text: str
    line: int
    level: int = 0
    closed: bool = True
    fence: str = ""


def report_blocks(text: str) -> tuple[ReportBlock, ...]:
    """All blocks of a report's text, in order."""
    return tuple(_Reader(text.lstrip("\ufeff").splitlines()).blocks())


def block_key(block: ReportBlock) -> str:
    """The key of the text to translate in a block; "" if there is none."""
    text = block_text(block)
    if not _WORDS.search(remove_live_tags(text)):
        return ""
    return content_key(REPORT_AREA, text, "note" if block.kind is ReportBlockKind.FIGURE else str(block.kind))


def block_text(block: ReportBlock) -> str:
    """The text that translators see of a block. How its lines are wrapped makes no difference."""
    if block.kind is ReportBlockKind.FIGURE:
        notes = (match["note"] for line in block.text.splitlines() if (match := _NOTE.fullmatch(line)))
        return next(notes, "")
    return block.text if block.kind is ReportBlockKind.HEADING else unwrap(block.text)


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
        key, words = block_key(block), block_text(block)
        if key and key not in found:
            found[key] = SourceText(key, words, _note(block, words, section))
        if block.kind is ReportBlockKind.HEADING:
            section = words if key else ""
    return tuple(found.values())


def _note(block: ReportBlock, words: str, section: str) -> str:
    what = {
        ReportBlockKind.HEADING: "a heading",
        ReportBlockKind.FIGURE: f"the note below the figure of {_question(block)}",
        ReportBlockKind.PARAGRAPH: "a list" if _ITEM.match(words) else "a paragraph",
    }[block.kind]
    where = f' (section "{section}")' if section and block.kind is not ReportBlockKind.HEADING else ""
    kept = "; keep every {{ … }} as it is, where it belongs in your language" if "{{" in words else ""
    return (
        f"the report says this to its readers: {what}{where}{kept}; at most {max_translation_length(words)} characters"
    )


def _question(block: ReportBlock) -> str:
    names = (match["name"] for line in block.text.splitlines() if (match := _QUESTION.fullmatch(line)))
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
            fence, heading = _FENCE.match(line), _HEADING.match(line)
            figure = fence if fence and fence["info"].strip() == "figure" else None
            if heading or figure or (prose and self._ends(prose)):
                yield from _prose(prose, began)
                prose = []
            if not heading and not figure and (prose or line.strip()):
                began = began if prose else self.at + 1
                prose.append(line)
            self.at += 1
            if heading:
                yield ReportBlock(ReportBlockKind.HEADING, heading["text"], self.at, len(heading["marks"]))
            elif figure:
                yield self._figure(figure["fence"])
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

    def _figure(self, fence: str) -> ReportBlock:
        line = self.at
        inside = self._to_end_of(fence)
        closed = bool(inside) and inside[-1].strip().startswith(fence)
        return ReportBlock(
            ReportBlockKind.FIGURE, "\n".join(inside[:-1] if closed else inside), line, closed=closed, fence=fence
        )

    def _to_end_of(self, fence: str) -> list[str]:
        """The lines up to and including the one that closes a fence. An unclosed fence goes to the end."""
        first = self.at
        while self.at < len(self.lines):
            self.at += 1
            if self.lines[self.at - 1].strip().startswith(fence):
                break
        return list(self.lines[first : self.at])


def _prose(lines: list[str], began: int) -> Iterator[ReportBlock]:
    if any(line.strip() for line in lines):
        yield ReportBlock(ReportBlockKind.PARAGRAPH, "\n".join(lines).rstrip("\n"), began)
