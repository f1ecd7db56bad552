"""Live numbers in a text, and conditions for text that depends on them. Syntax: docs/reference/report.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kuule.core.problems import Problem
from kuule.publishing.template.template_parts import LiveNumber, ShownCondition, TextPiece

TEMPLATE_FILE = "report.md"
_TAG = re.compile(r"\{\{(?P<inside>[^{}]*)\}\}")
_QUOTE = re.compile(r"\s*\{\{\s*quote\s+(?P<number>[1-9][0-9]{0,8})\s*\}\}\s*")
_BRACES = re.compile(r"(?:\{\{|\}\})[^\n]{0,30}")
"""Braces that belong to no live number: the other pair is missing, or one pair is inside another."""
_WORDS = {"share": 2, "count": 2, "base": 1, "median": 1, "responses": 0, "editions": 0, "title": 0}
"""How many words follow each kind of live number; a share or a count may have more answers."""
_SUMS = ("share", "count")
_NUMBER_REMEDY = "write share, count, base or median with a question (and an answer), or responses, editions, title"
_CONDITION_REMEDY = (
    "write if shown, then a question and an answer (a question for its base, median and a question, or responses), "
    "more after and"
)
_MAY_BE_HIDDEN = frozenset({"share", "count", "median"})
"""Kinds of live number that may become "not shown" in the middle of a sentence, unless a condition guards them."""


def line_place(line: int) -> str:
    return f"{TEMPLATE_FILE}, line {line}"


def quote_number(text: str) -> int:
    """The number of the quote that a paragraph is, or 0 if it is anything else."""
    found = _QUOTE.fullmatch(text)
    return int(found["number"]) if found else 0


def read_pieces(text: str, line: int) -> tuple[tuple[TextPiece, ...], tuple[tuple[int, Problem], ...]]:
    """The pieces of a text that begins on `line`, and its problems with their lines: REPORT_004 (not a live number),
    REPORT_008 (a condition that is malformed, not closed, or inside another), QUOTE_020 (a quote within a text)."""
    reader = _Reader()
    end = 0
    for found in _TAG.finditer(text):
        reader.read_text(text[end : found.start()], line + text.count("\n", 0, end))
        end = found.end()
        reader.read(found["inside"].split(), found[0], line + text.count("\n", 0, found.start()))
    reader.read_text(text[end:], line + text.count("\n", 0, end))
    reader.close()
    return tuple(reader.done), tuple(reader.problems)


def numbers_in_pieces(pieces: tuple[TextPiece, ...]) -> Iterator[LiveNumber]:
    """Every live number, including those in conditions and in both of their branches."""
    for piece in pieces:
        if isinstance(piece, LiveNumber):
            yield piece
        elif isinstance(piece, ShownCondition):
            yield from piece.shown
            yield from (each for each in (*piece.then, *piece.otherwise) if isinstance(each, LiveNumber))


def unguarded_numbers(pieces: tuple[TextPiece, ...]) -> Iterator[LiveNumber]:
    """The live numbers that may turn out not to be shown and that no condition guards."""
    for piece in pieces:
        if isinstance(piece, ShownCondition):
            inside = [(each, piece.shown) for each in piece.then] + [(each, ()) for each in piece.otherwise]
        else:
            inside = [(piece, ())]
        for each, shown in inside:
            if isinstance(each, LiveNumber) and each.kind in _MAY_BE_HIDDEN and not _is_guarded(each, shown):
                yield each


def _is_guarded(number: LiveNumber, shown: tuple[LiveNumber, ...]) -> bool:
    """Whether a condition on `shown` covers a number. A share is shown whenever its count is."""
    kind = "median" if number.kind == "median" else "share"
    covered = {answer for each in shown if (each.kind, each.item) == (kind, number.item) for answer in each.answers}
    return (
        set(number.answers) <= covered
        if number.answers
        else any((each.kind, each.item) == (kind, number.item) for each in shown)
    )


@dataclass(slots=True)
class _OpenCondition:
    """A condition that is being read. `otherwise` is None until its else has come."""

    shown: tuple[LiveNumber, ...]
    line: int
    then: list[str | LiveNumber] = field(default_factory=list)
    otherwise: list[str | LiveNumber] | None = None


@dataclass(slots=True)
class _Reader:
    done: list[TextPiece] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    open: _OpenCondition | None = None

    def read_text(self, text: str, line: int) -> None:
        """Read the text between live numbers, which begins on `line`."""
        if left := _BRACES.search(text):
            at = line + text.count("\n", 0, left.start())
            self._wrong("REPORT_004", at, f"{left[0].strip()!r} is no whole live number", _NUMBER_REMEDY)
        self.say_text(text)

    def say_text(self, text: str | LiveNumber) -> None:
        if not text:
            return
        if self.open is None:
            self.done.append(text)
        else:
            (self.open.then if self.open.otherwise is None else self.open.otherwise).append(text)

    def read(self, words: list[str], written: str, line: int) -> None:
        match words:
            case ["if", *rest]:
                self._begin(rest, written, line)
            case ["else"]:
                if self.open is None or self.open.otherwise is not None:
                    self._wrong("REPORT_008", line, "this else belongs to no condition", "write one else after an if")
                else:
                    self.open.otherwise = []
            case ["end"]:
                if self.open is None:
                    self._wrong("REPORT_008", line, "this end belongs to no condition", "take it out, or begin with if")
                self.close(ended=True)
            case ["quote", *_]:
                remedy = "write {{ quote 12 }}, with its number, as a paragraph of its own"
                self._wrong("QUOTE_020", line, f"{written!r} is no quote in a paragraph of its own", remedy)
            case _:
                number = _live_number(words, line)
                if number is None:
                    self._wrong("REPORT_004", line, f"{written!r} is not a live number", _NUMBER_REMEDY)
                else:
                    self.say_text(number)

    def _begin(self, rest: list[str], written: str, line: int) -> None:
        shown = _condition_numbers(rest, line)
        if self.open is not None:
            self._wrong("REPORT_008", line, "a condition stands inside another", "end the first one before it")
        elif shown is None:
            self._wrong("REPORT_008", line, f"{written!r} is not a condition", _CONDITION_REMEDY)
        self.close(ended=True)
        self.open = _OpenCondition(shown or (), line)

    def close(self, *, ended: bool = False) -> None:
        if self.open is None:
            return
        if not ended:
            remedy = "close it with end, before the next heading or figure"
            self._wrong("REPORT_008", self.open.line, "this condition is not closed", remedy)
        otherwise = tuple(self.open.otherwise or ())
        self.done.append(ShownCondition(self.open.shown, tuple(self.open.then), otherwise))
        self.open = None

    def _wrong(self, code: str, line: int, cause: str, remedy: str) -> None:
        self.problems.append((line, Problem(code, line_place(line), cause, remedy)))


def _live_number(words: list[str], line: int) -> LiveNumber | None:
    least = _WORDS.get(words[0]) if words else None
    if least is None or len(words) - 1 < least or (len(words) - 1 > least and words[0] not in _SUMS):
        return None
    item, answer = (*words[1:3], "", "")[:2]
    return LiveNumber(words[0], item, answer, line, tuple(words[3:]))


def _condition_numbers(words: list[str], line: int) -> tuple[LiveNumber, ...] | None:
    """The live numbers in words such as `shown told yes and told no`, or None if they are not a condition."""
    if words[:1] != ["shown"]:
        return None
    found = []
    for part in " ".join(words[1:]).split(" and "):
        match part.split():
            case ["responses"]:
                found.append(LiveNumber("responses", "", "", line))
            case ["median", item]:
                found.append(LiveNumber("median", item, "", line))
            case [item]:
                found.append(LiveNumber("base", item, "", line))
            case [item, answer, *more] if not (more and item in _WORDS):
                found.append(LiveNumber("share", item, answer, line, tuple(more)))
            case _:
                return None
    return tuple(found)
