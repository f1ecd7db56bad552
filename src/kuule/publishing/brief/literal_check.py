"""The literal check: a brief says no number that no released figure and no cited entry of the register carries.

A number is live, or the paragraph that says it cites an entry which carries it. What is checked is what readers see:
emphasis, entities and escapes of Markdown hide nothing, nor do invisible characters or another alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kuule.core.problems import Problem
from kuule.languages.markup.markdown import MarkdownNode, block_tree, inline_tree
from kuule.languages.number_words.written_numbers import (
    WrittenKind,
    WrittenNumber,
    is_homograph,
    speaks_of_law,
    visible_text,
    written_numbers,
)
from kuule.publishing.brief.brief_parts import (
    BriefCitation,
    BriefHeading,
    BriefKeyNumber,
    BriefPart,
    BriefPiece,
    BriefPlainWord,
    BriefProse,
    BriefText,
    brief_place,
    pieces_of,
)
from kuule.publishing.brief.register_entries import BriefEntry

_FILLED = "\ue000"
"""Stands where Kuule fills something in. It is no letter, so that nothing typed beside it makes a word with it."""
_LIVE = "write a live number, such as {{ share told no }}, or cite in this paragraph the entry that says it"


def literal_problems(text: BriefText, entries: Mapping[str, BriefEntry], tag: str) -> tuple[tuple[int, Problem], ...]:
    """Numbers that nothing carries (BRIEF_010), words that are said to be no number and are (BRIEF_011), and sentences
    that make a law of what is none (BRIEF_012), with their lines. `entries` are those that the text cites."""
    found = [problem for part in text.parts for problem in _part_problems(text.file, part, entries, tag)]
    return tuple(dict.fromkeys(found))


def _part_problems(
    file: str, part: BriefPart, entries: Mapping[str, BriefEntry], tag: str
) -> Iterator[tuple[int, Problem]]:
    if not isinstance(part, BriefHeading | BriefProse | BriefKeyNumber):
        return
    pieces = part.says if isinstance(part, BriefKeyNumber) else part.pieces
    cited = [entries[one.entry] for one in pieces_of(part) if isinstance(one, BriefCitation) and one.entry in entries]
    for word in (one for one in pieces if isinstance(one, BriefPlainWord)):
        if not is_homograph(word.word, tag):
            cause = f"{word.word!r} is not among the words that look like a number and are none"
            remedy = "write it without the tag; a number has to be live, or cited"
            yield word.line, Problem("BRIEF_011", brief_place(file, word.line), cause, remedy)
    for seen in _seen_texts(pieces, blocks=isinstance(part, BriefProse)):
        for number in written_numbers(seen, tag):
            if not any(one.numbers.carry(number) for one in cited):
                line = part.line + _line_of(number, pieces, tag)
                yield line, _uncarried(brief_place(file, line), number, cited)
        if law := speaks_of_law(seen, tag):
            yield from ((part.line, one) for one in _law_problem(brief_place(file, part.line), law, cited))


def _uncarried(place: str, number: WrittenNumber, cited: Iterable[BriefEntry]) -> Problem:
    named = ", ".join(one.place for one in cited)
    beside = f"what is cited beside it does not carry it ({named})" if named else "nothing is cited beside it"
    said = _HOW[number.kind].format(number.text)
    return Problem("BRIEF_010", place, f"{said}: no live number, and {beside}", _remedy(number))


def _remedy(number: WrittenNumber) -> str:
    if number.kind is WrittenKind.MIXED:
        return "write the word in one alphabet"
    if number.kind is WrittenKind.SHARE:
        return "write the share itself as a live number, or say it without one"
    return _LIVE


_HOW = {
    WrittenKind.DIGITS: "{!r} is a number",
    WrittenKind.WORDS: "{!r} is a number in words",
    WrittenKind.SHARE: "{!r} claims a share",
    WrittenKind.PERCENT: "{!r} is a share in per cent",
    WrittenKind.ROMAN: "{!r} is a Roman numeral",
    WrittenKind.DATE: "{!r} is a date",
    WrittenKind.MIXED: "{!r} has letters of two alphabets, and can hide a number",
}


def _law_problem(place: str, words: str, cited: Iterable[BriefEntry]) -> Iterator[Problem]:
    others = [one for one in cited if not one.is_law]
    if others or not list(cited):
        cause = f"{words!r} makes a law of what {_whose(others)}"
        remedy = "cite a value that was read in the law in force, or say who reports it"
        yield Problem("BRIEF_012", place, cause, remedy)


def _whose(others: Iterable[BriefEntry]) -> str:
    named = ", ".join(one.place for one in others)
    return f"{named} says, which is no law that was read" if named else "nothing here is cited for"


def _seen_texts(pieces: Iterable[BriefPiece], *, blocks: bool) -> Iterator[str]:
    """The texts that readers see: one for each paragraph, item or heading."""
    source = "".join(one if isinstance(one, str) else _FILLED for one in pieces)
    if blocks:
        yield from _block_texts(block_tree(source))
    else:
        yield inline_text(inline_tree(source))


def _block_texts(nodes: Iterable[MarkdownNode]) -> Iterator[str]:
    for node in nodes:
        children = node.get("children")
        if node["kind"] in _HOLDS_BLOCKS and isinstance(children, list):
            yield from _block_texts(children)
        elif isinstance(children, list):
            yield inline_text(children)
        else:
            yield str(node.get("text", ""))


_HOLDS_BLOCKS = frozenset({"bullets", "numbers", "item", "quote"})


def inline_text(nodes: Iterable[MarkdownNode]) -> str:
    """What a reader sees of a text in one paragraph."""
    said = []
    for node in nodes:
        children = node.get("children")
        if isinstance(children, list):
            said.append(inline_text(children))
        else:
            said.append(" " if node["kind"] == "break" else str(node.get("text", "")))
    return "".join(said)


def _line_of(number: WrittenNumber, pieces: Iterable[BriefPiece], tag: str) -> int:
    """How many lines below its beginning a part says a number; 0 where marks of Markdown hide it from this search."""
    source = "".join(one if isinstance(one, str) else _FILLED for one in pieces)
    for line, text in enumerate(source.split("\n")):
        if number.text in visible_text(text) and any(one.text == number.text for one in written_numbers(text, tag)):
            return line
    first = re.split(r"\s", number.text)[0]
    return next((line for line, text in enumerate(source.split("\n")) if first in visible_text(text)), 0)
